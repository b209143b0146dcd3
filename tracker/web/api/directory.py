"""Processes, documents, items and bodies page by page: what they have in common."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tracker.domain.rollup import headline
from tracker.domain.words import Standing
from tracker.storage import directory
from tracker.storage.tallies import counts_by
from tracker.web.api.operations import Call, Rows, missing, page_of
from tracker.web.api.shapes import WHOLE, Field, Schema, Shape, maybe, words

COUNTS: Schema = {
    "type": "object",
    "additionalProperties": False,
    "properties": {standing.value: {**WHOLE, "minimum": 1} for standing in Standing},
}


@dataclass(frozen=True, slots=True)
class Row:
    """An object with what it belongs to, and what was read beside it."""

    parts: tuple[Any, ...]
    base: str
    more: dict[str, Any] = field(default_factory=dict)


Filling = Callable[[Call, list[Row]], None]
_NOUN_OF = {"Process": "process", "Document": "document", "Item": "item", "Body": "body"}


def counted(call: Call, rows: list[Row]) -> None:
    """Fills in the obligations of each row, counted by standing."""
    if not rows:
        return
    noun = _NOUN_OF[type(rows[0].parts[0]).__name__]
    ids = [row.parts[0].id for row in rows]
    found = counts_by(call.session, call.at, noun, ids)
    for row in rows:
        row.more["counts"] = found.get(row.parts[0].id, {})


def standing_counts() -> tuple[Field, ...]:
    """The fields of a roll-up."""
    return (
        Field(
            "headline",
            maybe(words(Standing)),
            "The roll-up: the first standing present, worst first; null without obligations.",
            lambda r: headline(r.more["counts"]),
        ),
        Field("obligations", COUNTS, "Obligations counted by standing.", lambda r: r.more["counts"]),
    )


def listing(noun: str, shape: Shape, fill: Filling) -> Callable[[Call], Rows]:
    """The view of a list."""

    def view(call: Call) -> Rows:
        found = directory.page(
            call.session, noun, call.filters, call.at, limit=call.per_page + 1, after_id=call.cursor
        )
        page, cursor = page_of(found, call.per_page, lambda parts: parts[0].id)
        rows = [Row(parts, call.base) for parts in page]
        fill(call, rows)
        total = directory.count(call.session, noun, call.filters, call.at)
        return Rows([shape.data(row) for row in rows], total, cursor)

    return view


def single(noun: str, shape: Shape, fill: Filling) -> Callable[[Call], dict[str, object]]:
    """The view of one object."""

    def view(call: Call) -> dict[str, object]:
        parts = directory.by_key(call.session, noun, call.values["key"])
        if parts is None:
            raise missing(noun, call.values["key"])
        row = Row(parts, call.base)
        fill(call, [row])
        return shape.data(row)

    return view
