"""RSS 0.9x to 2.0 and Atom as most sites send them, read in one pass; anything unusual is left to feedparser.

What is read here is read as feedparser reads it (a test compares them), at a fifth of its price. Elements, attributes
or markup that `plain_shapes` does not list, and everything that stands twice where feeds have it once, is `Odd`.
"""

from collections.abc import Mapping
from contextlib import suppress
from xml.parsers import expat

from scrapers.feeds.entries import Entry, summary_of
from scrapers.feeds.plain_shapes import DOCUMENT, TYPED, Rule

_LANGUAGE = "http://www.w3.org/xml/1998/namespace lang"
_TYPES = frozenset({"text", "plain", "html", "text/plain", "text/html"})
_PAGES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
_ADDRESSES = frozenset({"id", "link"})
_REMAPPED = frozenset(map(chr, range(0x80, 0xA0)))
"""Signs that feedparser takes for those of another encoding."""


class Odd(Exception):  # noqa: N818
    """This feed is not plain; a reader of all feeds has to look at it."""


def plain_entries(data: bytes) -> tuple[str, list[Entry]] | None:
    """The feed's title and its entries; None where the feed is not plain. `data` is what `safe_xml` gave."""
    reading = _Reading()
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(data, True)
    except (Odd, expat.ExpatError):
        return None
    return reading.feed.get("title", ""), reading.entries


class _Reading:
    """Where in the feed we are, and what was read so far."""

    def __init__(self) -> None:
        self.feed: dict[str, str] = {}
        self.entries: list[Entry] = []
        self._entry: dict[str, str] | None = None
        self._tags: list[list[str | None]] = []
        self._open: list[Rule] = [Rule(inside=DOCUMENT)]
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        rule = (self._open[-1].inside or {}).get(name.lower())
        if rule is None:
            raise Odd
        given = _lowered(attributes) if attributes else {}
        typed = rule.attributes is TYPED and given.get("type", "text").lower() not in _TYPES
        if typed or not given.keys() <= rule.attributes:
            raise Odd
        self._open.append(rule)
        self._attributes, self._pieces = given, []
        if rule.name in _BEGINS:
            _BEGINS[rule.name](self)

    def text(self, data: str) -> None:
        """Some of the text of the innermost element."""
        self._pieces.append(data)

    def end(self, _name: str) -> None:
        """An element ends."""
        rule = self._open.pop()
        if rule.name:
            _ENDS.get(rule.name, _Reading._keep)(self, rule.name)

    def _said(self, name: str) -> str:
        text = "".join(self._pieces).strip()
        if name in _ADDRESSES and (":///" in text or ("&" in text and ";" in text)):
            raise Odd
        return text if text.isascii() else _mended(text)

    def _keep(self, name: str) -> None:
        here = self.feed if self._entry is None else self._entry
        if name in here:
            raise Odd
        here[name] = self._said(name)

    def _pass(self, _name: str) -> None:
        """All that it says was read by now."""

    def _begin_entry(self) -> None:
        self._entry, self._tags = {}, []

    def _begin_channel(self) -> None:
        if "channel" in self.feed:
            raise Odd
        self.feed["channel"] = ""

    def _begin_id(self) -> None:
        assert self._entry is not None  # noqa: S101 - only entries have one here
        self._entry["is_link"] = self._attributes.get("ispermalink", "true")

    def _begin_page(self) -> None:
        """A link of Atom, an attribute: the last one that leads to a page for people counts."""
        assert self._entry is not None  # noqa: S101 - only entries have one here
        given = self._attributes
        if not given.get("href") or ":///" in given["href"]:
            raise Odd
        is_page = given.get("type", "text/html").lower() in _PAGES
        if is_page and given.get("rel", "alternate").lower() == "alternate":
            self._entry["link"] = given["href"]

    def _begin_category(self) -> None:
        given = self._attributes
        tag = [given.get("term"), given.get("scheme", given.get("domain")), given.get("label")]
        self._add_tag(tag)

    def _end_category(self, name: str) -> None:
        said = self._said(name)
        if said and self._tags and not self._tags[-1][0]:
            self._tags[-1][0] = said
        elif said:
            self._add_tag([said, None, None])

    def _add_tag(self, tag: list[str | None]) -> None:
        if any(tag) and tag not in self._tags:
            self._tags.append(tag)

    def _end_entry(self, _name: str) -> None:
        entry = self._entry or {}
        id_ = entry.get("id", "")
        self.entries.append(
            Entry(
                number=len(self.entries) + 1,
                id=id_,
                title=entry.get("title", ""),
                link=entry["link"] if "link" in entry else id_ if entry.get("is_link") == "true" else "",
                summary=summary_of(entry.get("summary") or entry.get("content", "")),
                published=entry.get("published", ""),
                updated=entry.get("updated", ""),
                categories=tuple(tag[0] or "" for tag in self._tags),
            )
        )
        self._entry = None


_BEGINS = {
    "channel": _Reading._begin_channel,
    "entry": _Reading._begin_entry,
    "id": _Reading._begin_id,
    "page": _Reading._begin_page,
    "category": _Reading._begin_category,
}
_ENDS = {
    "channel": _Reading._pass,
    "page": _Reading._pass,
    "entry": _Reading._end_entry,
    "category": _Reading._end_category,
}


def _lowered(attributes: Mapping[str, str]) -> dict[str, str]:
    """By their names in lower case, without the language, which changes nothing that we read."""
    lowered = {name.lower(): value for name, value in attributes.items()}
    if len(lowered) != len(attributes):
        raise Odd
    lowered.pop(_LANGUAGE, None)
    return lowered


def _mended(text: str) -> str:
    """UTF-8 that was taken for Latin-1 and encoded again, put right as feedparser does."""
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    if not _REMAPPED.isdisjoint(text):
        raise Odd
    return text
