"""Words a posting: as JSON for programs, or by the template of a chat system."""

from collections.abc import Mapping
from datetime import datetime

from tracker.domain.webhook import Body, Posting
from tracker.rendering.mail import Publication
from tracker.rendering.tongue import Tongue
from tracker.rendering.webhook_chat import Said, Template
from tracker.rendering.webhook_payload import payload

JSON = "json"
"""The template of programs; every other one is a file."""


class PostWriter:
    """Writes what is posted, in the language of whoever asked for it."""

    def __init__(
        self, publication: Publication, tongues: Mapping[str, Tongue], templates: Mapping[str, Template]
    ) -> None:
        """`templates` are the chat systems by key."""
        self.publication, self.tongues, self.templates = publication, tongues, templates

    def word(self, posting: Posting, now: datetime) -> Body:
        """The body of a post. A template that is no longer shipped is a KeyError: the post waits."""
        language = posting.hook.language
        tongue = self.tongues.get(language) or self.tongues[self.publication.default_language]
        if posting.hook.template == JSON:
            return payload(posting, self.publication, tongue, now)
        return Said(self.templates[posting.hook.template], posting, self.publication, tongue).body()

    def offered(self) -> dict[str, str]:
        """The templates by key, with their names as people know them."""
        return {JSON: "JSON", **{key: one.name for key, one in self.templates.items()}}
