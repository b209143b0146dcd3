"""Bytes to text: marks first, then UTF-8, then what the mapping declares or Windows-1252, said as a note."""

import codecs
import re

from scrapers.tables.refused import Unusable

ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1250", "windows-1251", "windows-1252", "windows-1253",
    "windows-1254", "iso-8859-1", "iso-8859-2", "iso-8859-15", "macintosh", "koi8-r", "shift_jis", "gb18030", "big5",
)  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def decoded(body: bytes, declared: str = "") -> tuple[str, str]:
    """The text of a file and the encoding it was read in; raises Unusable."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _strictly(body[len(mark) :], name), name
    if declared:
        if declared.lower() not in ENCODINGS:
            sentence = f"The encoding {declared[:40]!r} is not one of these: {', '.join(ENCODINGS)}."
            raise Unusable("encoding_unknown", sentence)
        return _strictly(body, declared.lower()), declared.lower()
    if body[1:200:2].count(0) > len(body[1:200:2]) * 0.8 and body:
        return _strictly(body, "utf-16-le"), "utf-16-le"
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _western(body)


def _western(body: bytes) -> tuple[str, str]:
    if b"\r" in body and b"\n" not in body:
        # Lines that end in CR alone come from the programs that wrote Mac Roman.
        return body.decode("macintosh"), "macintosh"
    try:
        return body.decode("windows-1252"), "windows-1252"
    except UnicodeDecodeError:
        return body.decode("iso-8859-1"), "iso-8859-1"


def _strictly(body: bytes, name: str) -> str:
    try:
        return body.decode(name)
    except UnicodeDecodeError as error:
        sentence = f"The file is not the {name} it says it is: byte {error.start + 1} does not fit. Save it as UTF-8."
        raise Unusable("encoding_wrong", sentence) from None


def clean(cell: str) -> str:
    """A cell without the control characters that no database and no page takes, and without blanks around."""
    return _CONTROL.sub("", cell).replace("\r\n", "\n").replace("\r", "\n").strip()
