"""Readings that found every page as it was: put on record beside the reading they repeat, several at a time.

What such a reading counts is what the earlier one counted; it never leaves the database on its way.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ColumnElement, bindparam, cast, func, insert, select, type_coerce, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, col

from tracker.domain.words import RunState
from tracker.storage.columns import UtcDateTime
from tracker.storage.tables import Run, Source

_AT = UtcDateTime()
_COPIED = ("source_id", "entries", "fields", "problems")
_REPEATED = insert(Run).from_select(
    [*_COPIED, "addresses", "state", "started_at", "ended_at"],
    select(
        *(getattr(Run, name) for name in _COPIED),
        bindparam("addresses", type_=JSON()),
        type_coerce(bindparam("state", RunState.HEALTHY.value), Run.__table__.c.state.type),  # type: ignore[attr-defined]
        bindparam("started_at", type_=_AT),
        bindparam("ended_at", type_=_AT),
    ).where(col(Run.id) == bindparam("repeated")),
    include_defaults=False,
)
_READ_WELL = (
    update(Source)
    .where(col(Source.id) == bindparam("held"))
    .values(
        claimed_until_at=None,
        last_checked_at=bindparam("now", type_=_AT),
        last_success_at=bindparam("now", type_=_AT),
        problem="",
        failures=0,
        entries_last=bindparam("entries"),
        next_due_at=bindparam("due", type_=_AT),
    )
)


@dataclass(frozen=True, slots=True)
class Repeated:
    """A source that was read and is as it was: the run that is repeated, since when it was read, and where."""

    source_id: int
    run_id: int
    began_at: datetime
    addresses: Sequence[str]


@dataclass(frozen=True, slots=True)
class Made:
    """A run that was put on record."""

    source_id: int
    id: int


def held(session: Session, numbers: Mapping[int, int]) -> dict[int, timedelta]:
    """Of sources given with their fencing numbers, those that are still ours and not broken, held until the end.

    Each with how often it is read.
    """
    wanted = (
        select(col(Source.id), col(Source.claim), col(Source.every_seconds))
        .where(col(Source.id).in_(sorted(numbers)), col(Source.broken_since_at).is_(None))
        .order_by(col(Source.id))
        .with_for_update()
    )
    rows = session.execute(wanted).all()
    return {id_: timedelta(seconds=every) for id_, number, every in rows if number == numbers[id_]}


def entries_of(session: Session, run_ids: Iterable[int]) -> dict[int, int]:
    """How many entries these runs found, as far as they are still on record as good ones."""
    wanted = select(col(Run.id), col(Run.entries)).where(
        col(Run.id).in_(sorted(set(run_ids))), col(Run.state) == RunState.HEALTHY
    )
    return {row[0]: row[1] for row in session.execute(wanted).all()}


def keep(session: Session, several: Sequence[Repeated], now: datetime) -> dict[int, Made]:
    """Put a run on record for each; the new run of each source."""
    rows = [
        {
            "repeated": one.run_id,
            "addresses": list(one.addresses),
            "started_at": one.began_at,
            "ended_at": now,
        }
        for one in several
    ]
    session.connection().execute(_REPEATED, rows)
    newest = (
        select(col(Run.source_id), func.max(col(Run.id)))
        .where(col(Run.source_id).in_(sorted(one.source_id for one in several)))
        .where(col(Run.ended_at) == now, col(Run.rereads).is_not(True), col(Run.state) == RunState.HEALTHY)
        .group_by(col(Run.source_id))
    )
    return {row[0]: Made(*row) for row in session.execute(newest).all()}


def forget(session: Session, run_ids: Iterable[int], names: Sequence[str]) -> None:
    """Take what only the last run has to say out of the runs that were repeated."""
    without = _WITHOUT[session.connection().dialect.name](names)
    session.connection().execute(
        update(Run).where(col(Run.id).in_(sorted(set(run_ids)))).values(fields=without)
    )


def read_well(
    session: Session, entries: Mapping[int, int], due: Mapping[int, datetime], now: datetime
) -> None:
    """Let go of sources that were read well, with how many entries they have and when each is due again."""
    rows = [{"held": id_, "entries": entries[id_], "due": due[id_], "now": now} for id_ in sorted(entries)]
    session.connection().execute(_READ_WELL, rows)


def _without_sqlite(names: Sequence[str]) -> ColumnElement[Any]:
    return func.json_remove(col(Run.fields), *(f"$.{name}" for name in names))


def _without_postgresql(names: Sequence[str]) -> ColumnElement[Any]:
    left: ColumnElement[Any] = cast(col(Run.fields), JSONB)
    for name in names:
        left = left.op("-")(name)
    return cast(left, JSON)


_WITHOUT: Mapping[str, Callable[[Sequence[str]], ColumnElement[Any]]] = {
    "sqlite": _without_sqlite,
    "postgresql": _without_postgresql,
}
