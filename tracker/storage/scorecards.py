"""Scorecards: how a body keeps its dates, one card per basis, because bases are never added up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.listing import ListQuery
from tracker.domain.words import FLAGGED, Basis, Role, Standing
from tracker.storage.lines import Moment, conditions, joined
from tracker.storage.successions import heirs
from tracker.storage.tables import Addressee, Body, Segment

SMALLEST_RANKED = 5
"""Below so many settled dates a share says nothing and nobody is ranked."""

_OPEN = frozenset(
    {Standing.DUE_SOON, Standing.RUNNING, Standing.PAUSED, Standing.NOT_STARTED, Standing.WAITING}
)
_COLUMNS: tuple[Any, ...] = (
    Body.key,
    Body.name,
    Segment.basis,
    Segment.standing,
    Segment.due_on,
    Segment.late_days,
    Segment.flagged,
    Segment.stale,
    Segment.detail,
)


@dataclass
class Scorecard:
    """One body's dates of one basis; `settled` is the denominator of on time and late."""

    key: str
    name: str
    basis: Basis
    n: int = 0
    on_time: int = 0
    late: int = 0
    lateness_unknown: int = 0
    flagged: int = 0
    """Past due without a substantive answer when last looked."""
    stale: int = 0
    """Of those, not looked at again for long."""
    partly: int = 0
    awaiting: int = 0
    unchecked: int = 0
    open: int = 0
    other: int = 0
    """Lapsed, or not to be computed."""
    late_by: list[int] = field(default_factory=list)

    @property
    def settled(self) -> int:
        """Dates that have been met or missed for certain: on time, late, or flagged."""
        return self.on_time + self.late + self.flagged

    @property
    def share_on_time(self) -> int | None:
        """Per cent on time of the settled; None where there are too few to say."""
        return round(100 * self.on_time / self.settled) if self.settled >= SMALLEST_RANKED else None

    @property
    def median_days_late(self) -> float | None:
        """Of the answers that came late; None where none did."""
        return median(self.late_by) if self.late_by else None

    def add(self, standing: Standing, row: Mapping[str, Any]) -> None:
        """Count one obligation more."""
        self.n += 1
        self._count(_column(standing, row))
        self.stale += bool(row["flagged"] and row["stale"])
        if standing is Standing.ANSWERED_LATE and row["late_days"] is not None:
            self.late_by.append(row["late_days"])

    def _count(self, column: str) -> None:
        setattr(self, column, getattr(self, column) + 1)


def _column(standing: Standing, row: Mapping[str, Any]) -> str:
    """Which column an obligation counts in."""
    if standing is Standing.ANSWERED:
        certain = row["due_on"] is not None and not (row["detail"] or {}).get("lateness_unknown")
        return "on_time" if certain else "lateness_unknown"
    if standing in FLAGGED:
        return "flagged" if row["flagged"] else "other"
    return "open" if standing in _OPEN else _COLUMN_OF.get(standing, "other")


_COLUMN_OF: Mapping[Standing, str] = {
    Standing.ANSWERED_LATE: "late",
    Standing.PARTLY_ANSWERED: "partly",
    Standing.AWAITING_ASSESSMENT: "awaiting",
    Standing.UNCHECKED: "unchecked",
}


def scorecards(session: Session, query: ListQuery, at: Moment) -> list[Scorecard]:
    """A card per body and basis for the leading and joint addressees of a list; merged bodies have one."""
    wanted = joined(select(*_COLUMNS), at).where(
        *conditions(session, query, at), col(Addressee.role) != Role.SUPPORTING
    )
    cards: dict[tuple[str, Basis], Scorecard] = {}
    into = heirs(session, at.day or at.at.date(), at.known_by)
    for row in session.execute(wanted.order_by(col(Body.name))).mappings():
        basis = Basis(row["basis"])
        heir = into.get(row["key"])
        key, name = (heir.key, heir.name) if heir else (row["key"], row["name"])
        card = cards.setdefault((key, basis), Scorecard(key, name, basis))
        card.add(Standing(row["standing"]), row)  # type: ignore[arg-type]
    return list(cards.values())


def added_up(cards: Iterable[Scorecard], key: str, name: str) -> list[Scorecard]:
    """The cards of a body, its parts and members as one per basis."""
    whole: dict[Basis, Scorecard] = {}
    for card in cards:
        into = whole.setdefault(card.basis, Scorecard(key, name, card.basis))
        for column in _ADDED:
            setattr(into, column, getattr(into, column) + getattr(card, column))
    order = list(Basis)
    return sorted(whole.values(), key=lambda card: order.index(card.basis))


_ADDED = (
    "n",
    "on_time",
    "late",
    "lateness_unknown",
    "flagged",
    "stale",
    "partly",
    "awaiting",
    "unchecked",
    "open",
    "other",
    "late_by",
)


def ranked(cards: Iterable[Scorecard]) -> tuple[list[Scorecard], list[Scorecard]]:
    """Those with enough settled dates by their share on time, and the others by name; of one basis."""
    enough: dict[bool, list[Scorecard]] = defaultdict(list)
    for card in cards:
        enough[card.settled >= SMALLEST_RANKED].append(card)
    best_last = sorted(enough[True], key=lambda card: (card.share_on_time or 0, -card.flagged, card.name))
    return best_last, sorted(enough[False], key=lambda card: card.name.lower())
