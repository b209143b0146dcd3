"""`answerby export --format site`: the site itself, asked from inside, as a folder of files."""

import hashlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path

import click
from werkzeug.test import Client
from werkzeug.wrappers import Response

from tracker import __version__
from tracker.assets import static, templates, translations
from tracker.compose import Composed, compose
from tracker.config import Config
from tracker.rendering.copy_words import copy_words
from tracker.rendering.tongue import tongues
from tracker.services.archive import current
from tracker.services.static_addresses import Addresses
from tracker.services.static_copy import Answer, Copied, Fetched, Site, answer, copy_site
from tracker.services.static_folder import Folder
from tracker.services.static_rewrite import Words
from tracker.storage.whole_state import whole_state
from tracker.web.static_form import files_of

LINED_UP = 4
"""Addresses under way for each process, so that none waits for the next."""


def copied_site(found: Composed, folder: Path, base_url: str, jobs: int = 1) -> Copied:
    """Write the copy; its own addresses begin with `base_url`, or with the site's where that is empty.

    `jobs` processes make pages at the same time.
    """
    live = found.config.site.base_url.rstrip("/")
    base = base_url.rstrip("/") or live
    site = replace(found.config.site, base_url=base)
    # Each page is asked for once: nothing need be kept for a second time.
    config = replace(found.config, site=site, web=replace(found.config.web, page_cache_mb=0))
    target = Folder(folder)
    try:
        state = state_of(found, base)
        if target.is_of(state):
            return Copied(files=target.count())
        target.begin()
        with asking(config, found.now, live, target.parts, jobs) as ask:
            lined_up = 1 if jobs == 1 else jobs * LINED_UP
            done = copy_site(ask, lined_up, target, _prefixes(config), _progress())
        target.whole(state)
        return done
    finally:
        target.close()


def state_of(found: Composed, base: str) -> str:
    """The sign of all that a copy is made from: the data and the day, the archive, settings, templates and styles."""
    with found.database.reading() as session:
        state = hashlib.sha256(whole_state(session, found.now()).encode())
        archive = current(session, found.config.archive.folder.absolute())
    state.update(repr((__version__, base, found.config, archive)).encode())
    for folder in (templates(), static(), translations()):
        for file in sorted(one for one in folder.rglob("*") if one.is_file() and one.suffix != ".po"):
            state.update(f"{file.relative_to(folder)}\0".encode())
            state.update(file.read_bytes())
    return state.hexdigest()


def _prefixes(config: Config) -> tuple[str, ...]:
    return tuple(code for code in config.site.languages if code != config.site.default_language)


@contextmanager
def asking(
    config: Config, now: Callable[[], datetime], live: str, parts: Path, jobs: int
) -> Iterator[Callable[[str], Callable[[], Answer]]]:
    """How an address is asked of the site: in this process, or in one of several."""
    if jobs == 1:
        with composing(config, now) as there:
            site = _site(there, live, parts)
            yield lambda address: partial(answer, site, address)
        return
    given = (config, now, live, parts)
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, given) as pool:
        try:
            yield lambda address: pool.submit(_answered, address).result
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_SITES: list[Site] = []
"""The site of a process that makes pages for another."""


def _begin(config: Config, now: Callable[[], datetime], live: str, parts: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _SITES.append(_site(compose(config, now), live, parts))


def _end_with_parent() -> None:
    """Nobody waits for the pages of a process whose parent was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answered(address: str) -> Answer:
    return answer(_SITES[0], address)


@contextmanager
def composing(config: Config, now: Callable[[], datetime]) -> Iterator[Composed]:
    """The site to ask, closed at the end."""
    there = compose(config, now)
    try:
        yield there
    finally:
        there.close()


def _site(there: Composed, live: str, parts: Path) -> Site:
    names = there.config.site
    prefixed = _prefixes(there.config)
    spoken = tongues(names.languages, translations())
    words = {
        "" if code == names.default_language else code: Words(*copy_words(spoken[code]))
        for code in names.languages
    }
    addresses = Addresses(names.base_url, live, files_of(there.app, prefixed), prefixed)
    return Site(_fetching(there), addresses, words, parts)


def _fetching(there: Composed) -> Callable[[str], Fetched]:
    client = Client(there.app, Response, use_cookies=False)
    origin = _origin(there.config.site.base_url + "/")

    def fetch(address: str) -> Fetched:
        got = client.get(address, base_url=origin)
        location = got.headers.get("Location", "") if 300 <= got.status_code < 400 else ""
        return Fetched(got.status_code, got.mimetype or "", location, _read(got))

    return fetch


def _read(got: Response) -> Iterator[bytes]:
    """What is answered, part by part; a file it is read from is closed at the end."""
    try:
        yield from got.iter_encoded()
    finally:
        got.close()


def _origin(base_url: str) -> str:
    """A path in the base address belongs to the file server, not to the site inside."""
    scheme, _, rest = base_url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


def _progress() -> Callable[[Copied], None]:
    shown = sys.stderr.isatty()

    def told(done: Copied) -> None:
        if shown:
            click.echo(f"\r{done.files} files, {done.written} of them new or changed", nl=False, err=True)

    return told
