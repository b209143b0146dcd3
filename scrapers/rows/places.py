"""Where a field stands in a row: `td:nth-child(2)`, `a@href`, `@data-id`, `column:Reply`, `column:3 > a@href`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from scrapers.plain import text_of_node
from scrapers.rows.grid import Line

_COLUMN = re.compile(
    r"column:\s*(?P<name>\d{1,3}|[^@>]+?)\s*(?:>\s*(?P<inside>[^@]+?)\s*)?(?:@(?P<attribute>[\w:-]+))?"
)
_NTH = re.compile(
    r"(?:t[dh]|\*)?:nth-child\((?P<name>\d{1,3})\)(?:\s+(?P<inside>[^@]+?))?\s*(?:@(?P<attribute>[\w:-]+))?"
)
_PLAIN = re.compile(r"(?P<inside>[^@]*?)\s*(?:@(?P<attribute>[\w:-]+))?")
LONGEST_PLACE = 300


class BadPlace(ValueError):  # noqa: N818
    """A place that is none; the text says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell (by number from 1 or by the column's name), what stands inside it, and an attribute of that."""

    column: str = ""
    inside: str = ""
    attribute: str = ""


@lru_cache(maxsize=512)
def place_of(written: str) -> Place:
    """A place as the options write it; raises BadPlace."""
    if len(written) > LONGEST_PLACE:
        raise BadPlace(f"The place {written[:40]!r}… is longer than {LONGEST_PLACE} signs.")
    for shape in (_COLUMN, _NTH, _PLAIN):
        found = shape.fullmatch(written.strip())
        if found:
            parts = found.groupdict()
            place = Place(parts.get("name") or "", parts["inside"] or "", parts["attribute"] or "")
            check_selector(place.inside)
            return place
    raise BadPlace(f"The place {written!r} is neither a column nor a CSS selector.")


def check_selector(selector: str) -> None:
    """Raise BadPlace where a CSS selector is none."""
    try:
        LexborHTMLParser("<p>").css_first(selector or "p")
    except (SelectolaxError, ValueError):
        raise BadPlace(f"{selector!r} is no CSS selector.") from None


def text_at(place: Place, line: Line, columns: Mapping[str, int]) -> str:
    """What stands there; empty where nothing does."""
    node = _cell(place.column, line, columns)
    if node is not None and place.inside:
        node = node.css_first(place.inside)
    if node is None:
        return ""
    if place.attribute:
        return node.attributes.get(place.attribute) or ""
    return text_of_node(node)


def _cell(column: str, line: Line, columns: Mapping[str, int]) -> LexborNode | None:
    if not column:
        return line.node
    number = int(column) - 1 if column.isdigit() else columns.get(column.casefold(), -1)
    return line.cells[number] if 0 <= number < len(line.cells) else None
