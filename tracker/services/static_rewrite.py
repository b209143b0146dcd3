"""Pages, feeds and styles of the site as files: links lead to files, what needs the live site says so in place."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from tracker.services.static_addresses import Addresses, Link, file_of

_LEADS = re.compile(
    r"""(\s(?:href|src|poster|xlink:href)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)
_ATTRIBUTES = r"""[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*"""
_TAG = re.compile(
    rf"<!--.*?-->|(?P<form><form\b{_ATTRIBUTES}>.*?</form\s*>)|(?P<main><main\b{_ATTRIBUTES}>)|<[a-z]{_ATTRIBUTES}>",
    re.IGNORECASE | re.DOTALL,
)
"""Our own pages are read, whose every value is escaped: a tag begins at its sign and ends after its quotes."""
_ACTION = re.compile(r"""\saction\s*=\s*["']?([^\s"'>]*)""", re.IGNORECASE)
_CANONICAL = re.compile(r"""\srel\s*=\s*["']?canonical\b""", re.IGNORECASE)
_PAGES = re.compile(r'''(<(?:atom:)?link rel="(?:self|first|next)"[^>]*?\shref=)"([^"]*)"''')
"""Our own feeds are read: in them a sign that begins a tag is no part of a text."""
_TURNS = ("next", "next_url", "feed_url")
_DATED = re.compile(rb'<p class="on-paper">.*?</p>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """What the copy says of itself, in one language."""

    copy: str
    form: str
    live: str


@dataclass
class Rewritten:
    """A file of the copy and the addresses it leads to."""

    body: bytes
    addresses: list[str] = field(default_factory=list)


class _Page:
    """Passes everything on as it was written, but links and forms."""

    def __init__(self, page: str, addresses: Addresses, words: Words) -> None:
        self.page, self.addresses, self.words = page, addresses, words
        self.found: dict[str, None] = {}
        self.links: dict[str, Link] = {}

    def changed(self, found: re.Match[str]) -> str:
        """What stands in the copy for a tag, a form or a note."""
        written = found[0]
        if found["form"] is not None:
            return self._instead(written)
        if found["main"] is not None:
            return f"{self._banner()}{written}"
        leads = _LEADS.search(written) and not written.startswith("<!") and not _CANONICAL.search(written)
        return self._led(written) if leads else written

    def _led(self, written: str) -> str:
        live = False

        def leading(found: re.Match[str]) -> str:
            nonlocal live
            link = self._link(unescape(found[2].strip("\"'")))
            live = live or link.live
            return f'{found[1]}"{escape(link.href)}"'

        changed = _LEADS.sub(leading, written)
        if live and changed.startswith("<a"):
            changed = f'{changed[:2]} data-live title="{escape(self.words.live)}"{changed[2:]}'
        return changed

    def _link(self, href: str) -> Link:
        link = self.links.get(href)
        if link is None:
            link = self.links[href] = self.addresses.link(self.page, href)
            if link.address:
                self.found[link.address] = None
        return link

    def _instead(self, written: str) -> str:
        """In the place of a form: where it works."""
        named = _ACTION.search(written[: written.index(">")])
        action = self.addresses.link(self.page, unescape(named[1]) if named else self.page)
        href = action.href if action.live else f"{self.addresses.live_url}{action.address or self.page}"
        return f'<p class="live-only"><a data-live href="{escape(href)}">{escape(self.words.form)}</a></p>'

    def _banner(self) -> str:
        live = (
            f'<a data-live href="{escape(self.addresses.live_url + self.page)}">{escape(self.words.live)}</a>'
        )
        return f'<p class="wrap static-copy">{escape(self.words.copy)} {live}</p>\n'


def page(body: bytes, address: str, addresses: Addresses, words: Words) -> Rewritten:
    """A page of the copy."""
    read = _Page(address, addresses, words)
    changed = _TAG.sub(read.changed, body.decode("utf-8"))
    return Rewritten(changed.encode(), list(read.found))


def redirect(address: str, location: str, addresses: Addresses) -> Rewritten:
    """A page that leads on: a file server knows no redirects of its own."""
    link = addresses.link(address, location)
    href = escape(link.href)
    body = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{href}</title>'
        f'<meta name="robots" content="noindex"><meta http-equiv="refresh" content="0; url={href}"></head>'
        f'<body><p><a href="{href}">{href}</a></p></body></html>\n'
    )
    return Rewritten(body.encode(), [link.address] if link.address else [])


class _Parts:
    """Where the further parts of something lie; no word of anybody is touched, only what leads from part to part."""

    def __init__(self, address: str, addresses: Addresses) -> None:
        self.address, self.addresses = address, addresses
        self.found: list[str] = []

    def turned(self, href: str) -> str:
        """The place of a part, told as it was: from the beginning, or from where it is told."""
        link = self.addresses.link(self.address, href)
        if "?" not in link.address:
            return link.href
        self.found.append(link.address)
        if not href.startswith(self.addresses.base_url):
            return link.href
        return f"{self.addresses.base_url}/{file_of(link.address)}"

    def rewritten(self, body: bytes) -> Rewritten:
        """What was read, with the parts found in it."""
        return Rewritten(body, self.found)


def feed(body: bytes, address: str, addresses: Addresses, words: Words) -> Rewritten:
    """A feed in XML: its other pages are files too."""
    parts = _Parts(address, addresses)

    def turned(found: re.Match[str]) -> str:
        href = unescape(found[2])
        return f'{found[1]}"{escape(parts.turned(href))}"' if "?" in href else found[0]

    return parts.rewritten(_PAGES.sub(turned, body.decode("utf-8")).encode())


def data(body: bytes, address: str, addresses: Addresses, words: Words) -> Rewritten:
    """A feed in JSON, or a part of the log: what leads on is a file too, every entry stays as it was hashed."""
    said, parts = json.loads(body), _Parts(address, addresses)
    places = [
        (holder, name)
        for holder in (said, said.get("meta") if isinstance(said, dict) else None)
        for name in _TURNS
        if isinstance(holder, dict) and "?" in str(holder.get(name) or "")
    ]
    for holder, name in places:
        holder[name] = parts.turned(holder[name])
    return parts.rewritten(f"{json.dumps(said, ensure_ascii=False)}\n".encode() if places else body)


def style(body: bytes, address: str, addresses: Addresses, words: Words) -> Rewritten:
    """A stylesheet: what it loads lies beside it."""
    named = re.findall(rb"url\(\s*[\"']?([^\"')]+)", body)
    links = (addresses.link(address, one.decode("utf-8", "replace")) for one in named)
    return Rewritten(body, [link.address for link in links if link.address])


def sitemap(body: bytes, address: str, addresses: Addresses, words: Words) -> Rewritten:
    """Every page it names is copied."""
    named = re.findall(r"<loc>([^<]+)</loc>", body.decode("utf-8"))
    links = (addresses.link(address, unescape(one)) for one in named)
    return Rewritten(body, [link.address for link in links if link.address])


REWRITES: Mapping[str, Callable[[bytes, str, Addresses, Words], Rewritten]] = {
    "text/html": page,
    "application/atom+xml": feed,
    "application/rss+xml": feed,
    "application/feed+json": data,
    "application/json": data,
    "text/css": style,
    "application/xml": sitemap,
}
"""By the kind of content; anything else is copied as it is, in parts."""


def says_the_same(one: bytes, other: bytes) -> bool:
    """Whether two pages differ in nothing but the day on which they were printed."""
    return one == other or _DATED.sub(b"", one) == _DATED.sub(b"", other)
