"""Bytes to text by a short list of encodings; what a feed claims beyond that list is a question, not a codec."""

import codecs
import re
from dataclasses import dataclass

from scrapers.model import Page, Problem

LONGEST_FEED = 5 * 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE_STARTS = ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"))
_SINGLE_BYTE = [f"iso-8859-{part}" for part in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16)]
_WINDOWS = [f"windows-125{part}" for part in range(9)]
_EAST = ["shift_jis", "euc-jp", "iso-2022-jp", "gb2312", "gbk", "gb18030", "big5", "euc-kr"]
_PLAIN = ["utf-8", "utf-16", "us-ascii", "koi8-r", "koi8-u", "macintosh"]
_ALLOWED = {name: name for name in [*_PLAIN, *_SINGLE_BYTE, *_WINDOWS, *_EAST]} | {
    "utf8": "utf-8",
    "ascii": "us-ascii",
    "latin1": "iso-8859-1",
    "latin-1": "iso-8859-1",
    "shift-jis": "shift_jis",
    "sjis": "shift_jis",
    "x-sjis": "shift_jis",
    "cp1252": "windows-1252",
}
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)


class Unreadable(Exception):  # noqa: N818
    """The page cannot be read at all; carries the fatal problem that says why."""

    def __init__(self, code: str, sentence: str, as_written: str = "") -> None:
        super().__init__(sentence)
        self.problem = Problem(code, sentence, "fatal", "page", as_written[:200])


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text and the questions its encoding raised."""

    text: str
    problems: tuple[Problem, ...] = ()


def decoded(page: Page) -> Decoded:
    """The text of a page: by its byte order mark, else its header, else its declaration, else as UTF-8."""
    body = page.body
    if len(body) > LONGEST_FEED:
        raise Unreadable("too_large", f"The page is larger than {LONGEST_FEED:,} bytes.")
    marked = _marked(body)
    if marked:
        return Decoded(body.decode(marked, "replace").lstrip("\ufeff"))
    claims = [*_IN_HEADER.findall(page.header("content-type")), *_declared(body)]
    unknown = tuple(_unknown(claim) for claim in claims if claim.lower() not in _ALLOWED)
    known = [_ALLOWED[claim.lower()] for claim in claims if claim.lower() in _ALLOWED]
    return _by_claims(body, known, unknown)


def _marked(body: bytes) -> str:
    return next((name for mark, name in (*_MARKS, *_BARE_STARTS) if body.startswith(mark)), "")


def _declared(body: bytes) -> list[str]:
    return [name.decode("ascii") for name in _DECLARED.findall(body[:1024])[:1]]


def _unknown(claim: str) -> Problem:
    sentence = "The page names an encoding we do not read; it was read as UTF-8."
    return Problem("unknown_encoding", sentence, "question", "page", claim)


def _by_claims(body: bytes, known: list[str], problems: tuple[Problem, ...]) -> Decoded:
    for name in [*known, "utf-8"]:
        try:
            return Decoded(body.decode(name).lstrip("\ufeff"), problems)
        except UnicodeDecodeError:
            continue
    guess = known[0] if known else "windows-1252"
    sentence = f"Some bytes of the page do not fit its encoding; it was read as {guess}."
    doubt = Problem("doubtful_encoding", sentence, "question", "page")
    return Decoded(body.decode(guess, "replace"), (*problems, doubt))
