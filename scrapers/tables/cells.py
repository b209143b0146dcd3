"""The value of a spreadsheet's cell as the text its program shows."""

import re
from datetime import datetime, time
from typing import Protocol

from openpyxl.utils.escape import unescape

from scrapers.tables.refused import Unusable
from scrapers.tables.sheet import LONGEST_CELL

_NOISE = re.compile(r"\d+\.\d*?(?:0{4,}|9{4,})\d+")
_MIDNIGHT = time()


class Cell(Protocol):
    """What is asked of a cell."""

    @property
    def value(self) -> object: ...

    @property
    def data_type(self) -> str: ...


def text_of(cell: Cell, row: int) -> str:
    """A day as its ISO date, a number as it is shown, an error as nothing; raises Unusable for what is too long."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    text = unescape(value) if isinstance(value, str) else _shown(value)
    if len(text) > LONGEST_CELL:
        raise Unusable("cell_too_long", f"A value is longer than {LONGEST_CELL} characters.", f"row {row}")
    return text


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ")
    return _number(value) if isinstance(value, float) else str(value)


def _number(value: float) -> str:
    """3 and not 3.0, 0.1 and not 0.1000000000000001."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    written = repr(value)
    return repr(round(value, 12)) if _NOISE.fullmatch(written) else written
