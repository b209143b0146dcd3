"""Pages that answer 200 and are not what was asked for: empty, login, maintenance, challenge, error."""

import re

from scrapers.model import Problem
from scrapers.plain import one_line, text_of_html

_ERRORS = (
    r"\b(4\d\d|5\d\d)\b.{0,40}(error|request|found|forbidden|unavailable|gateway)|too many requests|page not found"
    r"|access denied|service unavailable|internal server error|bad gateway"
)
_CHALLENGES = r"just a moment|checking your browser|captcha|are you (a )?human|enable javascript"
_LOGINS = r"\b(log ?in|sign ?in|password|session (has )?expired)\b|anmelden|identifiez-vous|iniciar sesi"
_KINDS = (
    ("challenge_page", "a check for robots", _CHALLENGES),
    ("error_page", "an error page", _ERRORS),
    (
        "maintenance_page",
        "a maintenance page",
        r"maintenance|temporarily unavailable|back soon|be right back",
    ),
    ("login_page", "a login page", _LOGINS),
)
_SHORT = 1500
_HTML_START = re.compile(r"<!doctype\s+html|<html|<head|<body", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,300}?)</title", re.DOTALL | re.IGNORECASE)


def empty_page(body: bytes) -> Problem | None:
    """A fatal problem if the page holds nothing but white space."""
    if body.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        return None
    return Problem("empty_page", "There is nothing in it: the page or file is empty.", "fatal")


def looks_like_html(text: str) -> bool:
    """Whether this is a page for people rather than data."""
    return _HTML_START.match(_after_comments(text[:8192])) is not None


def _after_comments(text: str) -> str:
    # By hand: an expression that steps over several comments can be made to try every way of pairing their ends.
    rest = text.lstrip()
    while rest.startswith("<!--"):
        rest = rest[4:].partition("-->")[2].lstrip()
    return rest


def impostor(html: str) -> Problem | None:
    """A fatal problem if an HTML page is short and speaks like a login, maintenance, challenge or error page."""
    title = one_line(" ".join(_TITLE.findall(html[:20_000])[:1]))
    text = text_of_html(html[:200_000])
    said = title if len(text) > _SHORT else f"{title}\n{text}"
    for code, words, pattern in _KINDS:
        found = re.search(pattern, said, re.IGNORECASE)
        if found:
            sentence = f"Instead of the page we asked for came {words}."
            return Problem(code, sentence, "fatal", "page", one_line(title or found.group(), 200))
    return None


def not_what_was_asked(html: str, wanted: str) -> Problem:
    """The fatal problem of a page that is none of what the reader reads, as an impostor where it is one."""
    other = Problem("not_recognised", f"This page is not {wanted}.", "fatal", "page")
    return impostor(html) or other
