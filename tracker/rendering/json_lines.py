"""Rows as JSON Lines: an object on each line, UTF-8."""

import json
from collections.abc import Mapping

from tracker.domain.formulas import without_controls


def json_line(row: Mapping[str, object]) -> str:
    """One row; a line end inside a text stays inside its string, control characters are left out."""
    return json.dumps(_clean(row), ensure_ascii=False) + "\n"


def _clean(value: object) -> object:
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, Mapping):
        return {name: _clean(inner) for name, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list | tuple) else value
