"""Where an address of the site lies in a static copy of it, and how one page of the copy links to another."""

import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

OWN = frozenset({"log/checkpoint", "log/key", "log/entries", "log/heads"})
"""Addresses without an ending that are no pages: they keep their names."""
ONE_FOR_ALL = (".csv", ".jsonl", ".zip")
"""Data that is the same in every language but for the addresses in it: one file serves all."""
MOST_KNOWN = 50_000
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_PLACE = re.compile(r"[A-Za-z0-9-]{1,80}")
_TURNED = {"page": _NUMBER, "from": _NUMBER, "before": _PLACE}
"""The arguments that lead to the next part of something: these parts are files of their own."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link of the copy leads."""

    href: str
    address: str = ""
    """The address of this site to be copied too; empty: none."""
    live: bool = False
    """It leads to the live site, because it can be no file."""


@dataclass(frozen=True)
class Addresses:
    """What of the site is a file, and where."""

    base_url: str
    """Of the copy: what its feeds, tables and canonical addresses begin with."""
    live_url: str
    """Of the site itself."""
    is_file: Callable[[str], bool]
    """Whether a path can be a file: it is public, only read, and needs nobody to compute it."""
    languages: Sequence[str] = ()
    """Those with a prefix."""
    known: dict[tuple[str, str], str | None] = field(default_factory=dict, compare=False)
    """What was found out lately: the same links stand on many pages."""

    def link(self, page: str, href: str) -> Link:
        """Where a link found on a page leads; what is none of this site's stays as it is."""
        found = None if href.startswith("#") else self._path_of(page, href)
        if found is None:
            return Link(href)
        path, query, fragment = found
        address = self.address(path, query)
        if address is None:
            return Link(f"{self.live_url}{quote(path)}{_after('?', query)}{_after('#', fragment)}", live=True)
        return Link(f"{relative(file_of(page), file_of(address))}{_after('#', fragment)}", address)

    def address(self, path: str, query: str = "") -> str | None:
        """The address as it is copied; None where it can be no file."""
        asked = (path, query)
        if asked not in self.known:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
            self.known[asked] = self._found(path, query)
        return self.known[asked]

    def _found(self, path: str, query: str) -> str | None:
        path = path if path == "/" else path.rstrip("/")
        if path in (f"/{code}" for code in self.languages):
            path = f"{path}/"
        path = self._for_all(path)
        given = [] if path.startswith("/static/") else parse_qsl(query, keep_blank_values=True)
        if len(given) > 1 or not all(_is_turned(*one) for one in given) or not self.is_file(path):
            return None
        given = [one for one in given if one != ("page", "1")]
        return f"{path}?{given[0][0]}={given[0][1]}" if given else path

    def _for_all(self, path: str) -> str:
        head, _, inner = path[1:].partition("/")
        one = head in self.languages and (inner in OWN or inner.endswith(ONE_FOR_ALL))
        return f"/{inner}" if one else path

    def _path_of(self, page: str, href: str) -> tuple[str, str, str] | None:
        """Path, query and fragment of a link of this site; None of any other."""
        base = self.base_url if href == self.base_url or href.startswith(f"{self.base_url}/") else ""
        whole = href[len(base) :] or "/" if base else href
        try:
            parts = urlsplit(whole if base else urljoin(page, whole))
        except ValueError:
            return None
        if parts.scheme or parts.netloc or not parts.path.startswith("/"):
            return None
        return unquote(parts.path), parts.query, parts.fragment


def _after(sign: str, rest: str) -> str:
    return f"{sign}{rest}" if rest else ""


def _is_turned(name: str, value: str) -> bool:
    return name in _TURNED and _TURNED[name].fullmatch(value) is not None


def file_of(address: str) -> str:
    """The file an address lies in: a page in a folder of its name, a further page beneath it, data under its name."""
    path, _, query = address.partition("?")
    name, value = query.split("=", 1) if query else ("", "")
    inner = path.strip("/")
    if inner in OWN or "." in posixpath.basename(inner):
        stem, ending = posixpath.splitext(inner)
        return f"{stem}-{name}-{value}{ending}" if name else inner
    return posixpath.join(inner, name, value, "index.html")


def relative(page: str, target: str) -> str:
    """The way from one file of the copy to another; a page is named by its folder."""
    here, there = page.split("/")[:-1], target.split("/")
    shared = 0
    for one, other in zip(here, there[:-1], strict=False):
        if one != other:
            break
        shared += 1
    way = "../" * (len(here) - shared)
    if there[-1] == "index.html":
        inner = "/".join(there[shared:-1])
        return f"{way}{quote(inner)}/" if inner else way or "./"
    return f"{way}{quote('/'.join(there[shared:]))}"
