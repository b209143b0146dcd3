"""What stands in plain feeds, and where: RSS 0.9x to 2.0 and Atom with the additions that most sites use."""

from collections.abc import Mapping
from dataclasses import dataclass

_ATOM = "http://www.w3.org/2005/atom "
_DUBLIN_CORE, _CONTENT = "http://purl.org/dc/elements/1.1/ ", "http://purl.org/rss/1.0/modules/content/ "
_SLASH, _SYNDICATION = (
    "http://purl.org/rss/1.0/modules/slash/ ",
    "http://purl.org/rss/1.0/modules/syndication/ ",
)
_LINK = frozenset({"rel", "type", "href", "hreflang", "title", "length"})
_TAG = frozenset({"term", "scheme", "label", "domain"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What may stand in an element, and what its text becomes; without a name it is passed over."""

    name: str = ""
    attributes: frozenset[str] = frozenset()
    inside: Mapping[str, "Rule"] | None = None


_PASSED = Rule()


def _passed(*names: str) -> dict[str, Rule]:
    return dict.fromkeys(names, _PASSED)


def _named(*names: str, attributes: frozenset[str] = frozenset()) -> dict[str, Rule]:
    return {name: Rule(name, attributes) for name in names}


def _of_atom(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    return {_ATOM + name: rule for name, rule in rules.items()}


TYPED = frozenset({"type"})
_PERSON = Rule(inside=_of_atom(_passed("name", "email", "uri")))
_RSS_ITEM = {
    **_named("title", "link"),
    **_passed("author", "comments", f"{_DUBLIN_CORE}creator", f"{_SLASH}comments"),
    "guid": Rule("id", frozenset({"ispermalink"})),
    "pubdate": Rule("published"),
    "description": Rule("summary"),
    f"{_CONTENT}encoded": Rule("content"),
    "category": Rule("category", frozenset({"domain"})),
    "enclosure": Rule(attributes=frozenset({"url", "length", "type"})),
}
_RSS_CHANNEL = {
    **_named("title"),
    **_passed("link", "description", "language", "copyright", "managingeditor", "webmaster", "pubdate"),
    **_passed("lastbuilddate", "generator", "docs", "ttl"),
    **_passed(f"{_SYNDICATION}updateperiod", f"{_SYNDICATION}updatefrequency"),
    "category": Rule(attributes=frozenset({"domain"})),
    "image": Rule(inside=_passed("url", "title", "link", "width", "height")),
    f"{_ATOM}link": Rule(attributes=_LINK),
    "item": Rule("entry", inside=_RSS_ITEM),
}
_ATOM_ENTRY = {
    **_named("title", "summary", "content", attributes=TYPED),
    **_named("id", "published", "updated"),
    **_named("category", attributes=_TAG - {"domain"}),
    "link": Rule("page", _LINK),
    "rights": Rule(attributes=TYPED),
    "author": _PERSON,
    "contributor": _PERSON,
}
_ATOM_FEED = {
    **_named("title", attributes=TYPED),
    **_passed("id", "updated", "icon", "logo"),
    "subtitle": Rule(attributes=TYPED),
    "rights": Rule(attributes=TYPED),
    "link": Rule(attributes=_LINK),
    "category": Rule(attributes=_TAG - {"domain"}),
    "generator": Rule(attributes=frozenset({"uri", "version"})),
    "author": _PERSON,
    "contributor": _PERSON,
    "entry": Rule("entry", inside=_of_atom(_ATOM_ENTRY)),
}
DOCUMENT = {
    "rss": Rule(attributes=frozenset({"version"}), inside={"channel": Rule("channel", inside=_RSS_CHANNEL)}),
    f"{_ATOM}feed": Rule(inside=_of_atom(_ATOM_FEED)),
}
