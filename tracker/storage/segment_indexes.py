"""The stretches that lists show first, each list in its own order: found by an index that holds nothing else.

An index of some rows is used where the condition stands in the statement word for word: lists say their standings
as words, not as values handed in.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal_column, text

from tracker.domain.words import Standing

AHEAD = (Standing.RUNNING, Standing.DUE_SOON, Standing.PAUSED)
"""Where something falls due; in this order, as in the index."""


FRESH: ColumnElement[Any] = literal_column("NOT segment.stale")
"""Not stale, said so that no index is asked for equals: those that hold nothing else keep their order."""


def stands(column: Any, standings: Iterable[Standing]) -> ColumnElement[bool]:
    """The standing is one of these, in words that an index can be told by."""
    words: list[Any] = [literal_column(f"'{standing.value}'") for standing in standings]
    found: ColumnElement[bool] = column == words[0] if len(words) == 1 else column.in_(words)
    return found


_HELD = "from_at, until_at"
_INDEXES = {
    "ix_segment_flagged": (
        f"stale, days_overdue {{last}}, obligation_id, {_HELD}, standing, basis",
        "flagged IS {yes}",
    ),
    "ix_segment_looked": (
        f"checked_on, obligation_id, {_HELD}, standing, basis",
        "flagged IS {yes} AND NOT stale",
    ),
    "ix_segment_fresh": ("until_at, checked_on, from_at", "flagged IS {yes} AND NOT stale"),
    "ix_segment_days": (
        f"stale, days_overdue {{last}}, obligation_id, {_HELD}",
        "days_overdue IS NOT NULL",
    ),
    "ix_segment_ahead": (f"due_on, obligation_id, {_HELD}", "standing IN ('running', 'due_soon', 'paused')"),
    "ix_segment_paused": (f"due_on, obligation_id, {_HELD}", "standing = 'paused'"),
    "ix_segment_awaiting": ("from_at DESC, obligation_id, until_at", "standing = 'awaiting_assessment'"),
}


def index_segments(connection: Connection) -> None:
    """Make them anew; what was superseded is in none."""
    sqlite = connection.dialect.name == "sqlite"
    spoken = {
        "last": "DESC" if sqlite else "DESC NULLS LAST",
        "yes": "1" if sqlite else "true",
    }
    for name, (columns, where) in _INDEXES.items():
        columns, where = columns.format(**spoken), where.format(**spoken)
        connection.execute(text(f"DROP INDEX IF EXISTS {name}"))
        connection.execute(
            text(f"CREATE INDEX {name} ON segment ({columns}) WHERE superseded_at IS NULL AND {where}")
        )
