"""Writes the public site as files that any file server carries: pages, feeds, calendars, tables, the public log."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tracker.services.static_addresses import Addresses, file_of
from tracker.services.static_folder import Folder, digest
from tracker.services.static_rewrite import REWRITES, Rewritten, Words, redirect, says_the_same

BEGIN = (
    "/",
    "/sitemap.xml",
    "/robots.txt",
    "/log/checkpoint",
    "/log/key",
    "/log/entries",
    "/log/heads",
    "/data",
)
GONE = 410
TOLD_EVERY = 100


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the site answers to an address."""

    status: int
    kind: str
    """Of the content, without its encoding."""
    location: str
    chunks: Iterable[bytes]


@dataclass
class Copied:
    """How it went."""

    files: int = 0
    written: int = 0
    deleted: int = 0
    missing: list[str] = field(default_factory=list)
    """Addresses that something led to and that gave nothing."""


@dataclass(frozen=True)
class Site:
    """The site to copy: how its addresses are fetched and what the copy says of itself in each language."""

    fetch: Callable[[str], Fetched]
    addresses: Addresses
    words: Mapping[str, Words]
    """By language prefix; "" is the default language."""

    def said(self, address: str) -> Words:
        """The words for an address."""
        return self.words.get(address.split("/")[1].partition("?")[0], self.words[""])


def copy_site(site: Site, folder: Folder, told: Callable[[Copied], None]) -> Copied:
    """Follow every link from the front page on; what an earlier copy holds and this one does not is deleted last."""
    done, seen = Copied(), set[int]()

    def join(addresses: Iterable[str]) -> None:
        for address in addresses:
            sign = digest(address)
            if sign not in seen:
                seen.add(sign)
                folder.ahead(address)

    join(BEGIN)
    join(f"/{code}/" for code in site.words if code)
    for address in folder.lined_up():
        join(_one(site, folder, address, done))
        done.written, done.deleted = folder.written, folder.deleted
        if done.files % TOLD_EVERY == 0:
            told(done)
    folder.drop_others()
    done.written, done.deleted = folder.written, folder.deleted
    told(done)
    return done


def _one(site: Site, folder: Folder, address: str, done: Copied) -> list[str]:
    """Copy one address; the addresses it leads to."""
    answer = site.fetch(address)
    if answer.location:
        found = redirect(address, answer.location, site.addresses)
    elif answer.status not in (200, GONE) or (answer.status == GONE and answer.kind != "text/html"):
        _absent(folder, address, done)
        return []
    elif answer.kind in REWRITES:
        found = REWRITES[answer.kind](b"".join(answer.chunks), address, site.addresses, site.said(address))
    else:
        folder.put(file_of(address), answer.chunks)
        done.files += 1
        return []
    _keep(folder, address, found)
    done.files += 1
    return found.addresses


def _keep(folder: Folder, address: str, found: Rewritten) -> None:
    folder.put(file_of(address), [found.body], says_the_same)


def _absent(folder: Folder, address: str, done: Copied) -> None:
    folder.drop(file_of(address))
    if address not in BEGIN and len(done.missing) < TOLD_EVERY:
        done.missing.append(address)
