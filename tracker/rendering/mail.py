"""Words a parcel as a message: subject, plain text and HTML, in the subscriber's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tracker.domain.letter import ALERT, Letter
from tracker.domain.parcel import QUIET, Parcel
from tracker.domain.post import Message
from tracker.rendering.alert_mail import LIST, alert_values
from tracker.rendering.clean_text import one_line
from tracker.rendering.headlines import headline, left_over, sections
from tracker.rendering.letters import plain, worded
from tracker.rendering.list_words import frequency_words, list_words, rest_path
from tracker.rendering.moulds import Moulds
from tracker.rendering.news import path as news_path
from tracker.rendering.plain_text import folded, wrapped
from tracker.rendering.quiet_words import quiet_words
from tracker.rendering.tongue import Tongue

DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Publication:
    """Who writes, and where the links lead."""

    name: str
    publisher: str
    base_url: str
    default_language: str
    contact: str = ""
    """Where answers to a letter go; empty: to the sender."""

    def address(self, path: str, language: str) -> str:
        """The full address of a path of the site in a language."""
        prefix = "" if language == self.default_language else f"/{language}"
        return f"{self.base_url.rstrip('/')}{prefix}{path}"


class MailWriter:
    """Fills the templates under `mail/`: one folder for the digest and one for each letter."""

    def __init__(self, publication: Publication, tongues: Mapping[str, Tongue], folder: Path) -> None:
        """`folder` is where the templates are."""
        self.publication, self.tongues = publication, tongues
        self._moulds = Moulds()
        self.templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.templates.filters |= {"wrapped": wrapped, "folded": folded}

    def word(self, parcel: Parcel, now: datetime) -> Message:
        """The finished message; what is said to several readers is worded once."""
        return self._moulds.word(parcel, now, lambda marked: self._worded(marked, now))

    def _worded(self, parcel: Parcel, now: datetime) -> Message:
        tongue = self._tongue(parcel.language)
        values = self._values(parcel, tongue, now)
        folder = f"mail/{parcel.letter or DIGEST}"
        lists = {wanted.query.name.value for wanted in parcel.wanted}
        return Message(
            message_id=parcel.message_id,
            to=parcel.address,
            subject=one_line(self._fill(f"{folder}/subject.txt", values)),
            text=self._fill(f"{folder}/body.txt", values),
            html=self._fill(f"{folder}/body.html", values),
            language=tongue.code,
            dated_at=now,
            list_name=(lists.pop() if len(lists) == 1 else "news") if parcel.letter in ("", QUIET) else "",
            unsubscribe_url=values["unsubscribe_url"],
        )

    def letter(self, letter: Letter, now: datetime) -> Message:
        """A finished letter that is no news."""
        tongue = self._tongue(letter.language)
        at = partial(self.publication.address, language=tongue.code)
        if letter.kind == ALERT:
            return self._alert(letter, now, tongue, alert_values(letter, tongue, at))
        url = at(letter.path) if letter.path else ""
        words = worded(letter.kind, letter.said, tongue)
        values = {
            "_": tongue.say,
            "tongue": tongue,
            "publication": self.publication,
            "home_url": at("/"),
            "at": at,
            "words": words,
            "url": url,
            "paragraphs": list(plain(words, url, tongue, at)),
        }
        return Message(
            message_id=letter.message_id,
            to=letter.address,
            subject=one_line(self._fill("mail/letter/subject.txt", values)),
            text=self._fill("mail/letter/body.txt", values),
            html=self._fill("mail/letter/body.html", values),
            language=tongue.code,
            dated_at=now,
            reply_to=self.publication.contact,
        )

    def _alert(self, letter: Letter, now: datetime, tongue: Tongue, values: dict[str, Any]) -> Message:
        values["publication"] = self.publication
        return Message(
            message_id=letter.message_id,
            to=letter.address,
            subject=one_line(self._fill("mail/alert/subject.txt", values)),
            text=self._fill("mail/alert/body.txt", values),
            html=self._fill("mail/alert/body.html", values),
            language=tongue.code,
            dated_at=now,
            list_name=LIST,
            unsubscribe_url=values["leave_url"],
        )

    def _fill(self, template: str, values: Mapping[str, Any]) -> str:
        return self.templates.get_template(template).render(values)

    def _tongue(self, language: str) -> Tongue:
        return self.tongues.get(language) or self.tongues[self.publication.default_language]

    def _values(self, parcel: Parcel, tongue: Tongue, now: datetime) -> dict[str, Any]:
        return {
            "_": tongue.say,
            "tongue": tongue,
            "publication": self.publication,
            **self._addresses(parcel, tongue),
            "wanted": [
                (
                    list_words(one.query, tongue, parcel.names),
                    frequency_words(one.frequency, one.weekday, tongue),
                )
                for one in parcel.wanted
            ],
            **self._news(parcel, tongue),
            **quiet_words(parcel, tongue, now),
            "head": parcel.head,
        }

    def _addresses(self, parcel: Parcel, tongue: Tongue) -> dict[str, Any]:
        def at(path: str) -> str:
            return self.publication.address(path, tongue.code)

        tokens = parcel.tokens
        return {
            "home_url": at("/"),
            "method_url": at("/method"),
            "sources_url": at("/sources"),
            "confirm_url": at(f"/subscriptions/{tokens.confirm}"),
            "manage_url": at(f"/subscriptions/{tokens.manage}"),
            "unsubscribe_url": at(f"/unsubscribe/{tokens.unsubscribe}") if tokens.unsubscribe else "",
            "item_url": lambda news: at(news_path(news)),
            "rest_url": at(rest_path([one.query for one in parcel.wanted])),
        }

    def _news(self, parcel: Parcel, tongue: Tongue) -> dict[str, Any]:
        return {
            "sections": sections(parcel.news, tongue, _numbered(parcel)),
            "headline": headline(parcel.news, tongue) if parcel.news else "",
            "left": left_over(parcel.news, tongue),
            "since": tongue.instant(parcel.since_at, parcel.zone) if parcel.since_at else "",
            "until": tongue.instant(parcel.until_at, parcel.zone) if parcel.until_at else "",
        }


def _numbered(parcel: Parcel) -> dict[int, list[int]]:
    """By event: the numbers of the lists it is told for, as the message counts them; none where there is one list."""
    if len(parcel.wanted) == 1:
        return {}
    numbers = {one.id: number for number, one in enumerate(parcel.wanted, start=1)}
    return {
        event: sorted(numbers[id_] for id_ in ids if id_ in numbers) for event, ids in parcel.told_for.items()
    }
