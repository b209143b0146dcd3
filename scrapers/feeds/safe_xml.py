"""Looks at XML before the feed parser does: no entities, no document types, no absurd shapes, well-formed.

The feed parser falls back to a forgiving parser where XML is broken, and that one can be made to run for minutes;
what is handed on from here is always well-formed, so it never does.
"""

import re
from collections.abc import Callable
from xml.parsers import expat

from scrapers.feeds.decoding import Unreadable
from scrapers.feeds.mending import mended, with_markup_as_text
from scrapers.model import Problem
from scrapers.plain import cleaned

DEEPEST = 200
MOST_ELEMENTS = 200_000
MOST_ATTRIBUTES = 100
_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'
_ROOTS = frozenset({"rss", "feed", "rdf"})
_RSS_091 = re.compile(
    r"<!DOCTYPE\s+rss\s+(?:PUBLIC\s+\"-//Netscape Communications//DTD RSS 0\.91//EN\"\s+\"[^\"<>\[]{0,200}\""
    r"|SYSTEM\s+\"http://my\.netscape\.com/publish/formats/rss-0\.91\.dtd\")\s*>",
    re.IGNORECASE,
)


class _Shape:
    """What expat saw on the way."""

    def __init__(self) -> None:
        self.root = ""
        self.depth = 0
        self.elements = 0
        self.ended_at = -1


def safe_xml(text: str) -> tuple[bytes, list[Problem]]:
    """Well-formed UTF-8 XML of a feed and the questions on the way; Unreadable for anything else."""
    problems: list[Problem] = []
    body = _without_prolog(_from_start(cleaned(text), problems))
    for mend in (_as_it_is, mended, with_markup_as_text):
        data = mend(body).encode("utf-8", "replace")
        error, shape = _walk(data)
        if error is None or shape.ended_at >= 0:
            break
    if error is None:
        _note_mended(mend is not _as_it_is, problems)
        return _DECLARATION + data, problems
    if shape.ended_at < 0:
        raise Unreadable("broken_xml", f"The feed is cut short or broken: {expat.ErrorString(error.code)}.")
    problems.append(
        Problem("trailing_text", "Something follows the end of the feed; it was not read.", "question")
    )
    return _DECLARATION + data[: shape.ended_at], problems


def _as_it_is(body: str) -> str:
    return body


def _note_mended(was_mended: bool, problems: list[Problem]) -> None:
    if was_mended:
        sentence = "The feed holds signs that are not valid XML; they were read as text."
        problems.append(Problem("mended_xml", sentence, "note"))


def _from_start(text: str, problems: list[Problem]) -> str:
    start = text.find("<?xml", 0, 4096)
    stripped = text.lstrip()
    if start > 0 and not stripped.startswith("<"):
        sentence = "Something stands before the start of the feed; it was not read."
        problems.append(Problem("leading_text", sentence, "question", "page", stripped[:80]))
        return text[start:]
    return stripped


def _without_prolog(text: str) -> str:
    """The document without its declaration and RSS 0.91 document type; Unreadable for entities and other types."""
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise Unreadable(
            "entities", "The feed declares entities, which feeds have no use for; it was not read."
        )
    text = _RSS_091.sub("", text, count=1)
    at = _skip_prolog(text)
    if text[at : at + 9].upper() == "<!DOCTYPE":
        raise Unreadable("document_type", "The feed carries a document type; it was not read.")
    return text[at:]


def _skip_prolog(text: str) -> int:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        closing = next(
            (end for start, end in (("<?", "?>"), ("<!--", "-->")) if text.startswith(start, at)), ""
        )
        end = text.find(closing, at + 2) if closing else -1
        if end < 0:
            break
        at = end + len(closing)
    return at


def _walk(data: bytes) -> tuple[expat.ExpatError | None, _Shape]:
    shape = _Shape()
    parser = expat.ParserCreate("utf-8", " ")
    parser.ordered_attributes = True
    parser.StartElementHandler = _on_start(shape)
    parser.EndElementHandler = _on_end(shape, parser, data)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        return error, shape
    return None, shape


def _on_start(shape: _Shape) -> Callable[[str, list[str]], None]:
    def start(name: str, attributes: list[str]) -> None:
        if not shape.root:
            shape.root = name.rpartition(" ")[2]
            if shape.root.lower() not in _ROOTS:
                raise Unreadable("not_a_feed", "The page is XML, but not a feed.", shape.root)
        shape.depth += 1
        shape.elements += 1
        if shape.depth > DEEPEST or shape.elements > MOST_ELEMENTS or len(attributes) > 2 * MOST_ATTRIBUTES:
            raise Unreadable("absurd_shape", "The feed is nested or stuffed beyond what feeds are.")

    return start


def _on_end(shape: _Shape, parser: expat.XMLParserType, data: bytes) -> Callable[[str], None]:
    def end(name: str) -> None:
        shape.depth -= 1
        if shape.depth == 0:
            shape.ended_at = data.find(b">", parser.CurrentByteIndex) + 1

    return end
