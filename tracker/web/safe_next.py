"""Where to go after a login: only to a page of this site, and never back to the login."""

import re

_OURS = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*", re.ASCII)
_LONGEST = 2000
_NOT_THERE = re.compile(r"(?:/[a-z]{2,3})?/(?:login|logout)/?(?:[?#].*)?")


def next_address(wanted: str, otherwise: str) -> str:
    """The address, if it leads to a page of this site; else the other."""
    safe = len(wanted) <= _LONGEST and _OURS.fullmatch(wanted) and not _NOT_THERE.fullmatch(wanted)
    return wanted if safe else otherwise
