"""Mends what feeds in the wild get wrong, in single passes over the text; what is left broken stays refused."""

import html
import re
from collections.abc import Iterator

from scrapers.plain import cleaned

_REFERENCE = re.compile(r"&(?:#(x?)([0-9A-Fa-f]{1,8});|([A-Za-z][A-Za-z0-9]{0,31});)?")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_OPENINGS = re.compile(r"<!\[CDATA\[|<!--")
_CLOSINGS = {"<![CDATA[": "]]>", "<!--": "-->"}
_TEXT_ELEMENTS = re.compile(r"<(title|description|summary|content:encoded)>", re.IGNORECASE)


def mended(text: str) -> str:
    """HTML's names of signs, bare ampersands and impossible signs outside CDATA and comments, as XML knows them."""
    return "".join(part if is_raw else _mended_part(part) for is_raw, part in _parts(text))


def with_markup_as_text(text: str) -> str:
    """The same, and markup that stands unescaped in a title or description taken as its text."""
    pieces: list[str] = []
    at = 0
    while opening := _TEXT_ELEMENTS.search(text, at):
        end = text.find(f"</{opening.group(1)}>", opening.end())
        if end < 0:
            break
        content = text[opening.end() : end]
        raw = "<![CDATA[" in content
        pieces += [text[at : opening.end()], content if raw else content.replace("<", "&lt;")]
        at = end
    pieces.append(text[at:])
    return mended("".join(pieces))


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """(is CDATA or a comment, the part) from beginning to end."""
    at = 0
    while opening := _OPENINGS.search(text, at):
        closing = _CLOSINGS[opening.group()]
        end = text.find(closing, opening.end())
        if end < 0:
            break
        yield False, text[at : opening.start()]
        at = end + len(closing)
        yield True, text[opening.start() : at]
    yield False, text[at:]


def _mended_part(text: str) -> str:
    return _REFERENCE.sub(_as_xml, text).replace("]]>", "]]&gt;")


def _as_xml(found: re.Match[str]) -> str:
    hexadecimal, number, name = found.groups()
    if number is not None:
        return _number_as_xml(number, bool(hexadecimal), found.group())
    if name is None:
        return "&amp;"
    if name in _XML_NAMES:
        return found.group()
    sign = html.unescape(found.group())
    return html.escape(sign) if sign != found.group() else f"&amp;{name};"


def _number_as_xml(number: str, hexadecimal: bool, written: str) -> str:
    try:
        sign = chr(int(number, 16 if hexadecimal else 10))
    except (ValueError, OverflowError):
        return ""
    return written if cleaned(sign) == sign else ""
