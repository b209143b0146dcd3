"""Pages, feeds and styles of the site as files: links lead to files, what needs the live site says so in place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

from tracker.services.static_addresses import Addresses

_LEADS = re.compile(
    r"""(\s(?:href|src|poster|xlink:href)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)
_CANONICAL = re.compile(r"""\srel\s*=\s*["']?canonical\b""", re.IGNORECASE)
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


class _Page(HTMLParser):
    """Passes everything on as it was written, but links and forms."""

    def __init__(self, page: str, addresses: Addresses, words: Words) -> None:
        super().__init__(convert_charrefs=False)
        self.page, self.addresses, self.words = page, addresses, words
        self.out: list[str] = []
        self.found: list[str] = []
        self.in_form = 0

    def say(self, text: str) -> None:
        if not self.in_form:
            self.out.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        if tag == "form":
            self.say(self._instead(dict(attrs)))
            self.in_form += 1
        elif tag == "main":
            self.say(f"{self._banner()}{written}")
        elif not self.in_form:
            self.say(self._led(written))

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.in_form = max(0, self.in_form - 1)
        else:
            self.say(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.say(data)

    def handle_entityref(self, name: str) -> None:
        self.say(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.say(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.say(f"<!{decl}>")

    def _led(self, written: str) -> str:
        if _CANONICAL.search(written):
            return written
        live = False

        def leading(found: re.Match[str]) -> str:
            nonlocal live
            link = self.addresses.link(self.page, unescape(found[2].strip("\"'")))
            live = live or link.live
            if link.address:
                self.found.append(link.address)
            return f'{found[1]}"{escape(link.href)}"'

        changed = _LEADS.sub(leading, written)
        if live and changed.startswith("<a"):
            changed = f'{changed[:2]} data-live title="{escape(self.words.live)}"{changed[2:]}'
        return changed

    def _instead(self, attributes: Mapping[str, str | None]) -> str:
        """In the place of a form: where it works."""
        action = self.addresses.link(self.page, attributes.get("action") or self.page)
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
    read.feed(body.decode("utf-8"))
    read.close()
    return Rewritten("".join(read.out).encode(), list(dict.fromkeys(read.found)))


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


def data(body: bytes, address: str, addresses: Addresses, words: Words) -> Rewritten:
    """A feed, or a part of the log: its next page is a file too."""
    found: list[str] = []
    base = re.escape(addresses.base_url)

    def further(match: re.Match[str]) -> str:
        path, query = match["path"], match["query"]
        there = addresses.address(
            path if path.startswith("/") else f"{address.rpartition('/')[0]}/{path}", query
        )
        if there is None:
            return match[0]
        found.append(there)
        stem, dot, ending = path.rpartition(".")
        name, _, value = query.partition("=")
        turned = f"{stem}-{name}-{value}.{ending}" if dot else f"{path}-{name}-{value}"
        return f"{match['base'] or ''}{turned}"

    text = re.sub(
        rf"(?P<base>{base})?(?P<path>(?:/[\w./-]+|(?<=\")(?:entries|heads)))\?(?P<query>(?:before|from)=[A-Za-z0-9-]+)",
        further,
        body.decode("utf-8"),
    )
    return Rewritten(text.encode(), found)


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
    "application/atom+xml": data,
    "application/rss+xml": data,
    "application/feed+json": data,
    "application/json": data,
    "text/css": style,
    "application/xml": sitemap,
}
"""By the kind of content; anything else is copied as it is, in parts."""


def says_the_same(one: bytes, other: bytes) -> bool:
    """Whether two pages differ in nothing but the day on which they were printed."""
    return one == other or _DATED.sub(b"", one) == _DATED.sub(b"", other)
