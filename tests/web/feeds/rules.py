"""What the specifications and the W3C's validator ask of a feed; each check answers with complaints, none where valid."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LINK = re.compile(r"https?://[^/\s][0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]*$")
URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:([a-zA-Z0-9()+,.:=@;$_!*'-]|%[0-9A-F]{2})+$")
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
RFC822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d [+-]\d{4}$"
)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
TAG = re.compile(r"</?[A-Za-z!?]")
NOT_XML = re.compile(
    "[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
MIME = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}

Complaints = Iterator[str]


def atom(body: bytes, address: str) -> Complaints:
    """RFC 4287, RFC 5005 and what the validator warns of."""
    yield from _characters(body)
    feed = ElementTree.fromstring(body)
    yield from _only(
        feed, {"id", "title", "subtitle", "updated", "link", "author", "generator", "entry"}, ATOM
    )
    yield from _once(feed, ("id", "title", "updated", "author", "subtitle", "generator"), ATOM)
    if not LANGUAGE.match(feed.get(XML_LANG, "")):
        yield "no language"
    yield from _links(feed, address)
    entries = feed.findall(f"{ATOM}entry")
    yield from _unique([one.findtext(f"{ATOM}id", "") for one in entries])
    for name in ("updated",):
        yield from _rfc3339(feed.findtext(f"{ATOM}{name}", ""))
    if not LINK.match(feed.findtext(f"{ATOM}id", "")):
        yield "the id of the feed is no address"
    for entry in entries:
        yield from _atom_entry(entry)
    times = [one.findtext(f"{ATOM}updated", "") for one in entries]
    if times != sorted(times, reverse=True):
        yield "not newest first"
    if times and feed.findtext(f"{ATOM}updated") != max(times):
        yield "the feed is not as new as its newest entry"


def _atom_entry(entry: Element) -> Complaints:
    yield from _only(entry, {"id", "title", "updated", "published", "link", "category", "content"}, ATOM)
    yield from _once(entry, ("id", "title", "updated", "published", "content"), ATOM)
    if not URN.match(entry.findtext(f"{ATOM}id", "")):
        yield "an id that is no URN"
    if not entry.findtext(f"{ATOM}title", "").strip():
        yield "an entry without a title"
    for name in ("updated", "published"):
        yield from _rfc3339(entry.findtext(f"{ATOM}{name}", ""))
    [link] = entry.findall(f"{ATOM}link")
    if link.get("rel") != "alternate" or not LINK.match(link.get("href", "")):
        yield f"an entry leads to {link.get('href')}"
    for category in entry.findall(f"{ATOM}category"):
        if not category.get("term") or not URN.match(category.get("scheme", "")):
            yield "a category without term or scheme"
    content = entry.find(f"{ATOM}content")
    if content is None or content.get("type") != "html":
        yield "content of no declared type"
    else:
        yield from html(content.text or "")


def _links(feed: Element, address: str) -> Complaints:
    links = feed.findall(f"{ATOM}link")
    yield from _unique([f"{one.get('rel')} {one.get('type')} {one.get('hreflang')}" for one in links])
    by_rel = {one.get("rel", ""): one.get("href", "") for one in links}
    if by_rel.get("self") != address:
        yield f"self is {by_rel.get('self')}, not {address}"
    for rel, href in by_rel.items():
        if not LINK.match(href):
            yield f"{rel} leads to {href}"
    if by_rel.get("next") == address:
        yield "the next page is this one"


def rss(body: bytes, address: str) -> Complaints:
    """RSS 2.0 by the RSS Advisory Board's profile, and what the validator warns of."""
    yield from _characters(body)
    tree = ElementTree.fromstring(body)
    [channel] = list(tree)
    if tree.tag != "rss" or tree.get("version") != "2.0" or channel.tag != "channel":
        yield "no RSS 2.0"
    named = {"title", "link", "description", "language", "lastBuildDate", "generator", "item", f"{ATOM}link"}
    yield from _only(channel, named)
    yield from _once(channel, ("title", "link", "description", "language"))
    yield from _links(channel, address)
    if not LANGUAGE.match(channel.findtext("language", "")):
        yield "no language"
    if not LINK.match(channel.findtext("link", "")):
        yield "no link"
    if TAG.search(channel.findtext("title", "") + channel.findtext("description", "")):
        yield "tags in the title of the feed"
    items = channel.findall("item")
    yield from _unique([one.findtext("guid", "") for one in items])
    for built in channel.findall("lastBuildDate"):
        yield from _rfc822(built.text or "")
    for item in items:
        yield from _rss_item(item)


def _rss_item(item: Element) -> Complaints:
    yield from _only(item, {"title", "link", "guid", "pubDate", f"{DC}creator", "category", "description"})
    yield from _once(item, ("title", "link", "guid", "pubDate", "description"))
    guid = item.find("guid")
    if guid is None or guid.get("isPermaLink") != "false" or not URN.match(guid.text or ""):
        yield "a guid that is no name of its own"
    if not LINK.match(item.findtext("link", "")):
        yield f"an item leads to {item.findtext('link')}"
    titles = [item.findtext("title", ""), *(one.text or "" for one in item.findall("category"))]
    for title in titles:
        if not title.strip() or TAG.search(title):
            yield f"a title that is empty or has tags: {title}"
    yield from _rfc822(item.findtext("pubDate", ""))
    yield from html(item.findtext("description", ""))


def jsonfeed(body: bytes, address: str) -> Complaints:
    """JSON Feed 1.1."""
    yield from _characters(body)
    feed = json.loads(body.decode(), object_pairs_hook=_no_name_twice, parse_constant=_no_constant)
    if feed["version"] != "https://jsonfeed.org/version/1.1":
        yield "no version"
    named = {
        "version",
        "title",
        "description",
        "home_page_url",
        "feed_url",
        "language",
        "authors",
        "next_url",
        "items",
    }
    if set(feed) - named or not feed["title"] or not LANGUAGE.match(feed["language"]):
        yield "unknown members, or no title or language"
    if feed["feed_url"] != address or not LINK.match(feed["home_page_url"]):
        yield f"feed_url is {feed['feed_url']}, not {address}"
    if feed.get("next_url") == address:
        yield "the next page is this one"
    if [sorted(author) for author in feed["authors"]] != [["name"]]:
        yield "no author"
    yield from _unique([item["id"] for item in feed["items"]])
    for item in feed["items"]:
        yield from _json_item(item)


def _json_item(item: dict[str, Any]) -> Complaints:
    named = {"id", "url", "title", "content_html", "content_text", "date_published", "date_modified", "tags"}
    if set(item) != named or not all(isinstance(item[name], str) for name in named - {"tags"}):
        yield f"members {sorted(item)}"
    if not URN.match(item["id"]) or not LINK.match(item["url"]) or not item["title"].strip():
        yield f"an item without id, address or title: {item['url']}"
    if not all(isinstance(tag, str) and tag for tag in item["tags"]):
        yield "a tag that is no word"
    yield from _rfc3339(item["date_published"])
    yield from html(item["content_html"])


RULES = {"atom": atom, "rss": rss, "json": jsonfeed}


def html(text: str) -> Complaints:
    """Paragraphs, full addresses and the language of words: nothing that runs, loads or leads out by half an address."""
    for one in html5lib.parseFragment(text, namespaceHTMLElements=False).iter():
        if one.tag not in ("DOCUMENT_FRAGMENT", "p", "a", "span"):
            yield f"an element {one.tag}"
        allowed = {"a": {"href"}, "span": {"lang"}}.get(str(one.tag), set())
        if set(one.attrib) - allowed or (one.tag == "a" and not LINK.match(one.get("href", ""))):
            yield f"attributes {one.attrib}"


def _characters(body: bytes) -> Complaints:
    found = NOT_XML.search(body.decode("utf-8"))
    if found:
        yield f"a character no feed may hold: {found[0]!r}"


def _only(node: Element, names: set[str], space: str = "") -> Complaints:
    unknown = {child.tag for child in node} - {f"{space}{name}" for name in names}
    if unknown:
        yield f"elements {sorted(unknown)}"


def _once(node: Element, names: tuple[str, ...], space: str = "") -> Complaints:
    for name in names:
        if len(node.findall(f"{space}{name}")) != 1:
            yield f"{name} is not there once"


def _unique(values: list[str]) -> Complaints:
    yield from (f"{value!r} twice" for value, n in Counter(values).items() if n > 1)


def _rfc3339(text: str) -> Complaints:
    if not RFC3339.match(text) or not _plausible(datetime.fromisoformat(text)):
        yield f"no time of RFC 3339: {text}"


def _rfc822(text: str) -> Complaints:
    if not RFC822.match(text):
        yield f"no time of RFC 822: {text}"
        return
    at = parsedate_to_datetime(text)
    if not _plausible(at) or date(at.year, at.month, at.day).strftime("%a") != text[:3]:
        yield f"a time that cannot be: {text}"


def _plausible(at: datetime) -> bool:
    return datetime(1970, 1, 1, tzinfo=UTC) <= at < datetime(2100, 1, 1, tzinfo=UTC)


def _no_name_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len({name for name, _ in pairs}) == len(pairs), pairs
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise AssertionError(name)
