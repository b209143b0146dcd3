"""A list of public changes as a feed, before it becomes Atom, RSS or JSON."""

from dataclasses import dataclass
from datetime import UTC, datetime

from markupsafe import Markup

NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was last updated: a feed must say something, and it must not be "now"."""


@dataclass(frozen=True, slots=True)
class Category:
    """A word an entry is filed under: `scheme` says which vocabulary it is from."""

    scheme: str
    term: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One public change. `id` never changes; `at` is when it was announced (UTC)."""

    id: str
    title: str
    url: str
    at: datetime
    sentences: tuple[str, ...]
    categories: tuple[Category, ...] = ()
    foreign: tuple[tuple[str, str], ...] = ()
    """Words in its sentences that are in another language than the feed, each with that language."""

    @property
    def html(self) -> str:
        """Its sentences and its permanent link as HTML; everything that came from elsewhere is escaped."""
        said = Markup("").join(Markup("<p>{}</p>").format(self._marked(one)) for one in self.sentences)
        return str(said + Markup('<p><a href="{0}">{0}</a></p>').format(self.url))

    def _marked(self, sentence: str) -> Markup:
        for words, language in self.foreign:
            before, found, after = sentence.partition(words)
            if words and found:
                return Markup('{}<span lang="{}">{}</span>{}').format(before, language, words, after)
        return Markup("{}").format(sentence)

    @property
    def text(self) -> str:
        """The same as plain text."""
        return "\n".join((*self.sentences, self.url))


@dataclass(frozen=True, slots=True)
class Feed:
    """A list as people can follow it, newest entry first."""

    title: str
    about: str
    page_url: str
    feed_url: str
    language: str
    author: str
    entries: tuple[Entry, ...]
    next_url: str = ""
    """Where the entries go on, further back; empty at the end."""
    first_url: str = ""
    """Where they begin; empty on that page itself."""

    @property
    def updated_at(self) -> datetime:
        """When its newest entry was announced."""
        return max((entry.at for entry in self.entries), default=NOTHING_YET)
