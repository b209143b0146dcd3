"""`answerby export --format site`: the site itself, asked from inside, as a folder of files."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
from werkzeug.test import Client
from werkzeug.wrappers import Response

from tracker.assets import translations
from tracker.compose import Composed, compose
from tracker.rendering.copy_words import copy_words
from tracker.rendering.tongue import tongues
from tracker.services.static_addresses import Addresses
from tracker.services.static_copy import Copied, Fetched, Site, copy_site
from tracker.services.static_folder import Folder
from tracker.services.static_rewrite import Words
from tracker.web.static_form import files_of


def copied_site(found: Composed, folder: Path, base_url: str) -> Copied:
    """Write the copy; its own addresses begin with `base_url`, or with the site's where that is empty."""
    live = found.config.site.base_url.rstrip("/")
    base = base_url.rstrip("/") or live
    config = replace(found.config, site=replace(found.config.site, base_url=base))
    there = compose(config, found.now)
    target = Folder(folder)
    try:
        return copy_site(_site(there, base, live), target, _progress())
    finally:
        target.close()
        there.close()


def _site(there: Composed, base: str, live: str) -> Site:
    names = there.config.site
    prefixed = tuple(code for code in names.languages if code != names.default_language)
    spoken = tongues(names.languages, translations())
    words = {
        "" if code == names.default_language else code: Words(*copy_words(spoken[code]))
        for code in names.languages
    }
    addresses = Addresses(base, live, files_of(there.app, prefixed), prefixed)
    return Site(_fetching(there), addresses, words)


def _fetching(there: Composed) -> Callable[[str], Fetched]:
    client = Client(there.app, Response, use_cookies=False)
    asked = {"base_url": there.config.site.base_url.rstrip("/") + "/"}

    def fetch(address: str) -> Fetched:
        answer = client.get(address, base_url=_origin(asked["base_url"]))
        location = answer.headers.get("Location", "") if 300 <= answer.status_code < 400 else ""
        return Fetched(answer.status_code, answer.mimetype or "", location, answer.iter_encoded())

    return fetch


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
