"""What templates may call: dates and words in the reader's language, addresses of files and of other languages."""

import hashlib
import re
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from flask import Flask, request
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from tracker.assets import static
from tracker.domain.listing import seen_words
from tracker.domain.partial import PartialDate
from tracker.domain.words import Precision
from tracker.rendering.reader_faults import reader_fault
from tracker.services.public_address import public_address
from tracker.storage.columns import partial_of
from tracker.storage.health import last_look
from tracker.storage.tables import Source
from tracker.web.ask_again import ask_again
from tracker.web.locale import in_language, language, name_of, root, tongue
from tracker.web.looks import folded_looks
from tracker.web.site import Site, site

_NOT_IN_HOSTS = re.compile(r"""[\s"<>\\^`{|}]""")
_NOT_IN_ADDRESSES = re.compile(r"""[\s"<>\[\]\\^`{|}]|%(?![0-9A-Fa-f]{2})""")
"""What may not stand as it is behind the host of an address (RFC 3986, section 2)."""


def day(value: date | datetime | None) -> str | Markup:
    """A day as people write it, with its ISO form for machines; a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        stamp = value.isoformat(timespec="seconds")
        return Markup('<time datetime="{}">{}</time>').format(stamp, tongue().instant(value))
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), tongue().day(value))


def weekday(value: date | None) -> str | Markup:
    """A day with its day of the week."""
    if value is None:
        return "–"
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), tongue().weekday(value))


def month(value: date) -> str:
    """A month and its year."""
    return tongue().month(value)


def number(value: float) -> str:
    """A number as people write it: 1,234,567."""
    return tongue().number(value)


def partial(value: PartialDate | None) -> str | Markup:
    """A partial date, as far as it is known; for machines the year of what HTML has no form for, such as a half."""
    if value is None:
        return "–"
    stamp, said = f"{value}", tongue().partial(value)
    if value.precision not in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        if value.first.year != value.last.year:
            return said
        stamp = f"{value.value:%Y}"
    return Markup('<time datetime="{}">{}</time>').format(stamp, said)


def dated(row: object, name: str) -> PartialDate | None:
    """The partial date a row keeps under a name."""
    return partial_of(row, name)


def paragraphs(text: str) -> Markup:
    """Plain text with its paragraphs and line ends; everything else stays text."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n") if block.strip()]
    lines = (Markup("<br>").join(escape(line) for line in block.split("\n")) for block in blocks)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)


def web_address(value: str) -> str:
    """The address if it leads to a web page, a space in it as %20; empty for any other, so that it is never linked."""
    address = value.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc or _NOT_IN_HOSTS.search(parts.netloc):
        return ""
    start, at, rest = address.partition(parts.netloc)
    return start + at + _NOT_IN_ADDRESSES.sub(lambda found: quote(found[0]), rest)


def host(value: str) -> str:
    """The host of an address, to show beside a link."""
    return (urlsplit(value).hostname or "").removeprefix("www.") if web_address(value) else ""


def stands_at(source: Source) -> str:
    """The address of a source; of one whose pages name private persons its site, where the address may name one."""
    return public_address(source, source.address)


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((static() / name).read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """The address of a static file; changes when the file does, so that it can be kept for a year."""
    return f"{root()}/static/{name}?v={_fingerprint(name)}"


def with_arguments(path: str, arguments: dict[str, str], **changes: Any) -> str:
    """A path with arguments, some changed (None leaves one out)."""
    path, _mark, written = path.partition("?")
    merged = {**dict(parse_qsl(written)), **arguments, **changes}
    kept = {name: value for name, value in merged.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


def full_address(path: str) -> str:
    """The permanent address of a path of this site in the reader's language."""
    return address_in(language(), path)


def address_in(code: str, path: str) -> str:
    """The permanent address of a path of this site in a language; `x-default` is the site's own."""
    names = site().config.site
    prefix = "" if code in ("x-default", names.default_language) else f"/{code}"
    return f"{names.base_url.rstrip('/')}{prefix}{path}"


def long_unlooked() -> str:
    """The last day anybody looked at all, if that is longer ago than `recheck_days`; else empty."""
    here = site()
    with here.database.reading() as session:
        look = last_look(session)
    looked = look.last_on if look.anything_owed else here.today()
    if looked is None or (here.today() - looked).days <= here.config.site.recheck_days:
        return ""
    return tongue().day(looked)


def _context() -> dict[str, Any]:
    names = site().config.site
    return {
        "publication": names,
        "language": language(),
        "languages": [(code, name_of(code), in_language(code)) for code in names.languages],
        "here": request.path,
        "canonical": full_address(request.path),
        "day_of_page": site().today(),
        "tongue": tongue(),
    }


# With their context, lest the compiler work out `"" | colon` once and for all in the language of the first reader.
@pass_context
def colon(_context: Context, text: str) -> str:
    """A word with its colon as the reader's language sets it."""
    return tongue().colon(text)


@pass_context
def semicolon(_context: Context, text: str) -> str:
    """A word with its semicolon as the reader's language sets it."""
    return tongue().semicolon(text)


@pass_context
def quoted(_context: Context, words: str) -> str:
    """Somebody's own words in the quotation marks of the reader's language."""
    return tongue().quoted(words)


def fault(said: str) -> str:
    """Why something could not be read, in the reader's language."""
    return reader_fault(said, tongue())


FILTERS = (
    colon,
    semicolon,
    quoted,
    day,
    weekday,
    month,
    number,
    partial,
    dated,
    paragraphs,
    web_address,
    host,
    stands_at,
    folded_looks,
    seen_words,
    fault,
)
GLOBALS = (ask_again, address_in, asset, with_arguments, full_address, long_unlooked)


def prepare(app: Flask, _handed: Site) -> None:
    """Hands them to the templates."""
    app.jinja_env.filters.update({one.__name__: one for one in FILTERS})
    app.jinja_env.globals.update({one.__name__: one for one in GLOBALS})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_context)
