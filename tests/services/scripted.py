"""A channel that answers as it was told, in place of a relay."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.services.told import ADA, Telling
from tracker.domain.post import Fate, Message, Outcome
from tracker.services.deliver import Post


@dataclass
class Scripted:
    """A channel that answers as it was told, and keeps what it was handed."""

    fates: list[Fate] = field(default_factory=list)
    handed: list[Message] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None
    name: str = "email"
    sender_domain: str = "example.org"

    def send(self, message: Message) -> Outcome:
        self.handed.append(message)
        self.meanwhile()
        return Outcome(self.fates.pop(0) if self.fates else Fate.ACCEPTED, "as scripted")


def scripted(telling: Telling, *fates: Fate) -> Scripted:
    """The site's mail goes by a scripted channel from now on."""
    channel = Scripted(list(fates))
    post = telling.composed.post
    telling.composed.__dict__["post"] = Post({"email": channel}, post.words, post.seal)
    return channel


def news(telling: Telling, address: str = ADA) -> list[str]:
    return [m["Subject"] for m in telling.inbox.to(address) if "List-Id" in m]
