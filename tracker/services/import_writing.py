"""One import while it is written: what it knows, how it marks what it makes, and how it keeps what was there before."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, SQLModel

from tracker.domain.importing.planned import PlannedAddressee
from tracker.services.import_compare import NOT_KNOWN, deadline_said
from tracker.services.reckon import counted_period, reckon
from tracker.services.revise import remember
from tracker.storage import imports
from tracker.storage.entries import id_of
from tracker.storage.imports import OnRecord
from tracker.storage.tables import Body, ImportAct, ImportChange, ImportKey, Obligation, Terms

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Writing:
    """One import while it is written."""

    session: Session
    now: datetime
    act: ImportAct
    known: OnRecord
    actor: str
    own_keys: bool = False
    item_keys: set[str] = field(default_factory=set)
    response_keys: set[str] = field(default_factory=set)
    body_keys: set[str] = field(default_factory=set)
    numbers: dict[int, int] = field(default_factory=dict)
    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    """(process, key in the table) → the item."""
    bodies: dict[str, Body] = field(default_factory=dict)

    @property
    def recorded(self) -> dict[str, Any]:
        """What every row of this import carries."""
        return {"recorded_at": self.now, "recorded_by": self.actor, "batch_id": self.act.batch_id}

    def keep(self, rows: Iterable[SQLModel]) -> None:
        """Write rows together, so that they have their ids."""
        self.session.add_all(rows)
        self.session.flush()

    def keys_named(self, kind: str, process_id: int, key: str) -> list[ImportKey]:
        """The row of that key."""
        return imports.keys_named(self.session, kind, process_id, key)

    def body(self, name: str) -> Body:
        """The body of a name."""
        return self.bodies[name.casefold()]


def key_row(writing: Writing, kind: str, process_id: int, key: str, row_id: int) -> ImportKey:
    """By what a row is found again when its table comes back."""
    batch = writing.act.batch_id
    return ImportKey(kind=kind, process_id=process_id, external_key=key, row_id=row_id, batch_id=batch)


def terms_row(writing: Writing, planned: PlannedAddressee, owing: Obligation) -> Terms:
    """The terms of an obligation as the table says them; a date nobody could read is not known, never none."""
    said = deadline_said(planned.deadline)
    period = counted_period(owing.kind, owing.period)
    terms = reckon(writing.session, said, now=writing.now, actor=writing.actor, period=period)
    terms.obligation_id, terms.batch_id = id_of(owing), writing.act.batch_id
    if planned.deadline.unknown:
        terms.problem, terms.no_date = NOT_KNOWN, False
    return terms


def change(writing: Writing, row: SQLModel, fields: Mapping[str, Any]) -> None:
    """Change a row in place: the revision and the import both keep what was there."""
    remember(writing.session, writing.now, row, "import", None)
    trace(writing, row, fields)
    for name, value in fields.items():
        setattr(row, name, value)
    writing.session.add(row)


def trace(writing: Writing, row: SQLModel, fields: Mapping[str, Any]) -> None:
    """Note what a row held and will hold, so that the import can be undone."""
    writing.session.add(
        ImportChange(
            act_id=id_of(writing.act),
            table_name=str(row.__tablename__),
            row_id=id_of(row),
            before={name: plain(getattr(row, name)) for name in fields},
            after={name: plain(value) for name, value in fields.items()},
        )
    )


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value
