"""Addresses without what does not tell pages apart."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_TRACKING = re.compile(r"utm_|fbclid$|gclid$|mc_|pk_|sessionid$|phpsessid$|jsessionid$", re.I)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.I)


@lru_cache(maxsize=65536)
def address(written: str) -> str:
    """The page an address stands for: without scheme, `www.`, fragment, tracking, an index file or a last slash."""
    try:
        parts = urlsplit(written.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        return ""
    if not host:
        return ""
    path = _INDEX.sub("/", re.sub(r"/{2,}", "/", unquote(parts.path))).rstrip("/")
    kept = sorted(
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])
    )
    return f"{host}{port}{path}" + (f"?{urlencode(kept)}" if kept else "")


def addresses(written: Iterable[str]) -> frozenset[str]:
    """The pages that addresses stand for; what is no address is left out."""
    return frozenset(page for one in written if one and (page := address(one)))


def file_words(written: str) -> str:
    """The last part of an address as words: `2016-0145-Response-by-Some-Trust.pdf` names a number and a body."""
    try:
        name = unquote(urlsplit(written).path.rstrip("/").rpartition("/")[2])
    except ValueError:
        return ""
    return re.sub(r"\.\w{2,5}$", "", name)
