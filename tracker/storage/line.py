"""What a list says of one obligation, and the columns it is read from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tracker.domain.objected import Objected
from tracker.domain.partial import PartialDate
from tracker.domain.standing import COUNTS_SINCE_DUE
from tracker.domain.words import Basis, ItemKind, ObligationKind, Precision, ProcessKind, Role, Standing
from tracker.domain.zones import today_in, zone_of
from tracker.storage.listed import Moment
from tracker.storage.tables import Addressee, Body, Document, Item, Obligation, Process, Segment, Terms


@dataclass(frozen=True, slots=True)
class Line:
    """What a list says of one obligation."""

    id: int
    item_id: int
    item_key: str
    item_title: str
    item_ref: str
    item_number: int
    item_kind: ItemKind
    body_id: int
    body_key: str
    body_name: str
    process_id: int
    process_key: str
    process_name: str
    process_kind: ProcessKind
    document_key: str
    document_title: str
    jurisdiction: str
    role: Role
    kind: ObligationKind
    period: int
    basis: Basis
    rule_key: str
    legal_basis: str
    due_as_written: str
    start_on: date | None
    """The day the clock counts from: of a month, quarter or year its last day."""
    start_precision: Precision | None
    """How far it is known; None: to the day."""
    due_on: date | None
    due_stated_on: date | None
    due_computed_on: date | None
    provisional: bool
    standing: Standing
    begins_on: date
    from_at: datetime
    until_at: datetime | None
    flagged: bool
    stale: bool
    days_overdue: int | None
    late_days: int | None
    checked_on: date | None
    detail: dict[str, Any]
    outcome_researched: bool
    zone: str | None
    """The body's own; None: its jurisdiction's."""
    body_jurisdiction: str
    item_language: str
    """Of its words; empty: of its process."""
    process_language: str
    debtor_key: str = ""
    """The body that came after the addressee and owes now; empty where the addressee still does."""
    debtor_name: str = ""
    debtor_since_on: date | None = None
    """Since which day it owes; None with a key: the addressee is that body, entered twice."""
    day: date | None = None
    """The day it is seen on, where the body is."""
    objected: Objected | None = None
    """What the body says against it, being looked into."""

    def __hash__(self) -> int:
        """Told apart by all they say; most of it is not needed to find one."""
        return hash((self.id, self.from_at, self.checked_on, self.day))

    @property
    def key(self) -> str:
        """The obligation's public key: item, body, kind and period."""
        return f"{self.item_key}.{self.body_key}.{self.kind.value}.{self.period}"

    def seen_on(self, at: Moment) -> date:
        """The day a moment falls on where the body is."""
        return at.day or today_in(self.zone or zone_of(self.body_jurisdiction), at.at)

    def days_since_due(self, today: date) -> int | None:
        """Days since the due day, whether anybody looked or not, while an answer is open (or was, when it lapsed)."""
        if self.due_on is None or self.standing not in COUNTS_SINCE_DUE:
            return None
        ended = self.detail.get("ended_on") if self.standing is Standing.VOID else None
        until = date.fromisoformat(ended) if ended else today
        return (until - self.due_on).days if until > self.due_on else None


COLUMNS: tuple[Any, ...] = (
    Obligation.id,
    Obligation.item_id,
    Item.key,
    Item.title,
    Item.ref,
    Item.number,
    Item.kind,
    Obligation.body_id,
    Body.key,
    Body.name,
    Process.id,
    Process.key,
    Process.name,
    Process.kind,
    Document.key,
    Document.title,
    Process.jurisdiction,
    Addressee.role,
    Obligation.kind,
    Obligation.period,
    Segment.basis,
    Terms.rule_key,
    Terms.legal_basis,
    Terms.as_written,
    Terms.trigger_on,
    Terms.trigger_precision,
    Segment.due_on,
    Terms.stated_on,
    Terms.computed_on,
    Terms.provisional,
    Segment.standing,
    Segment.begins_on,
    Segment.from_at,
    Segment.until_at,
    Segment.flagged,
    Segment.stale,
    Segment.days_overdue,
    Segment.late_days,
    Segment.checked_on,
    Segment.detail,
    Item.outcome_researched,
    Body.zone,
    Body.jurisdiction,
    Item.language,
    Process.language,
)


def line_of(row: Iterable[Any]) -> Line:
    """A row of COLUMNS as a line; a clock that starts in a period counts from the period's last day."""
    line = Line(*row)
    if line.start_on is None or line.start_precision in (None, Precision.DAY):
        return line
    return replace(line, start_on=PartialDate(line.start_on, line.start_precision).last)
