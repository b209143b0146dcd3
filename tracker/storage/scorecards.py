"""Scorecards: how a body keeps its dates, one card per basis and kind of duty, because those are never added up."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column, select
from sqlmodel import Session, col

from tracker.domain.listing import ListQuery
from tracker.domain.words import FLAGGED, Basis, ObligationKind, Role, Standing
from tracker.storage.family_owed import asked_by_index
from tracker.storage.kept_cards import kept_cells
from tracker.storage.listed import Moment, joined
from tracker.storage.prepared import IDS
from tracker.storage.successions import heirs
from tracker.storage.tables import Addressee, Body, Obligation, Segment

FEWEST_COMPARED = 5
"""With fewer dates met or missed one more or less turns the share around: no share is told, nobody compared."""


@dataclass
class Scorecard:
    """One body's dates of one basis and kind of duty; its columns from `on_time` to `unknown` make up `n`."""

    key: str
    name: str
    basis: Basis
    duty: ObligationKind = ObligationKind.RESPOND
    n: int = 0
    on_time: int = 0
    late: int = 0
    lateness_unknown: int = 0
    """Answered, and nobody can tell whether in time: a date is missing."""
    flagged: int = 0
    """Past due without a substantive answer when last looked."""
    stale: int = 0
    """Of those, not looked at again for long."""
    partly: int = 0
    awaiting: int = 0
    unchecked: int = 0
    open: int = 0
    lapsed: int = 0
    unknown: int = 0
    """Cannot be computed."""
    late_by: Counter[int] = field(default_factory=Counter)
    """How many answers came so many days late."""

    @property
    def settled(self) -> int:
        """Dates met or missed for certain, the denominator of on time: on time, late, or flagged."""
        return self.on_time + self.late + self.flagged

    @property
    def comparable(self) -> bool:
        """Whether there are enough to tell a share."""
        return self.settled >= FEWEST_COMPARED

    @property
    def share_on_time(self) -> int | None:
        """Per cent on time of the settled; None where there are too few to say."""
        return round(100 * self.on_time / self.settled) if self.comparable else None

    @property
    def substantive(self) -> int:
        """Answered in substance, early or late."""
        return self.on_time + self.late + self.lateness_unknown

    @property
    def judged(self) -> int:
        """What the substantive share is of: answered in substance, in part, or past due with nothing substantive."""
        return self.substantive + self.partly + self.flagged

    @property
    def share_substantive(self) -> int | None:
        """Per cent answered in substance of the judged; None where there are too few to say."""
        return round(100 * self.substantive / self.judged) if self.judged >= FEWEST_COMPARED else None

    @property
    def median_days_late(self) -> float | None:
        """Of the answers that came late; None where none did."""
        return _median(self.late_by)

    @property
    def most_days_late(self) -> int | None:
        """Of the answers that came late; None where none did."""
        return max(self.late_by, default=None)

    def add(self, cell: "Cell") -> None:
        """Count the obligations of a cell."""
        self.n += cell.n
        column = _column(cell)
        setattr(self, column, getattr(self, column) + cell.n)
        self.stale += cell.n if cell.flagged and cell.stale else 0
        if cell.late_days is not None:
            self.late_by[cell.late_days] += cell.n

    def take_in(self, other: "Scorecard") -> None:
        """Count what another card counted too."""
        for column in _ADDED:
            setattr(self, column, getattr(self, column) + getattr(other, column))


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
    "lapsed",
    "unknown",
    "late_by",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """So many obligations of a body that a scorecard counts alike."""

    body_id: int
    key: str
    name: str
    basis: Basis
    duty: ObligationKind
    standing: Standing
    certain: bool
    """It is known whether an answer came in time."""
    flagged: bool
    stale: bool
    late_days: int | None
    """Of an answer that came late."""
    n: int


_OPEN = (Standing.DUE_SOON, Standing.RUNNING, Standing.PAUSED, Standing.NOT_STARTED, Standing.WAITING)
_COLUMN_OF: Mapping[Standing, str] = {
    **dict.fromkeys(_OPEN, "open"),
    Standing.ANSWERED_LATE: "late",
    Standing.PARTLY_ANSWERED: "partly",
    Standing.AWAITING_ASSESSMENT: "awaiting",
    Standing.UNCHECKED: "unchecked",
    Standing.VOID: "lapsed",
    Standing.UNKNOWN: "unknown",
}


def _column(cell: Cell) -> str:
    """Which column an obligation counts in."""
    if cell.standing is Standing.ANSWERED:
        return "on_time" if cell.certain else "lateness_unknown"
    if cell.standing in FLAGGED:
        return "flagged" if cell.flagged else "unknown"
    return _COLUMN_OF[cell.standing]


def _median(days: Counter[int]) -> float | None:
    """The median of counted days: the middle one, or halfway between the two in the middle."""
    total = days.total()
    if not total:
        return None
    low, high = (_at(days, (total - 1) // 2), _at(days, total // 2))
    return low if low == high else (low + high) / 2


def _at(days: Counter[int], place: int) -> int:
    for value in sorted(days):
        place -= days[value]
        if place < 0:
            return value
    raise IndexError(place)


_UNKNOWN = func.coalesce(col(Segment.detail)["lateness_unknown"].as_boolean(), False)
_CERTAIN = case(
    (col(Segment.standing) == Standing.ANSWERED, col(Segment.due_on).is_not(None) & _UNKNOWN.is_(False)),
    else_=True,
)
_DAYS_LATE = case((col(Segment.standing) == Standing.ANSWERED_LATE, col(Segment.late_days)))
_ALIKE: tuple[Any, ...] = (
    Body.id,
    Body.key,
    Body.name,
    Segment.basis,
    Obligation.kind,
    Segment.standing,
    _CERTAIN.label("certain"),
    Segment.flagged,
    Segment.stale,
    _DAYS_LATE.label("days_late"),
)

_GROUPED = (*_ALIKE[:6], literal_column("certain"), *_ALIKE[7:-1], literal_column("days_late"))
"""By their labels: PostgreSQL does not see that the same words with the same values are the same."""


def cells(
    session: Session, query: ListQuery, at: Moment, body_ids: Collection[int] | None = None
) -> list[Cell]:
    """The obligations of a list counted by what a scorecard tells apart; of these bodies only, where given.

    Supporting roles are left out.
    """
    kept = kept_cells(session, query, at, body_ids)
    return cells_live(session, query, at, body_ids) if kept is None else [_cell(row) for row in kept]


def cells_live(
    session: Session, query: ListQuery, at: Moment, body_ids: Collection[int] | None = None
) -> list[Cell]:
    """The same, counted through, whatever is kept."""
    some = body_ids is not None
    rows = asked_by_index(session, query, at, _cells, some, **{IDS.key: sorted(body_ids or ())})
    return [_cell(row) for row in rows.all()]


def _cells(at: Moment, narrowed: Iterable[ColumnElement[bool]], some: bool) -> Any:
    wanted = joined(select(*_ALIKE, func.count(col(Obligation.id))), at)
    wanted = wanted.where(*narrowed, col(Addressee.role) != Role.SUPPORTING)
    if some:
        wanted = wanted.where(col(Obligation.body_id).in_(IDS))
    return wanted.group_by(*_GROUPED)


def _cell(row: Any) -> Cell:
    id_, key, name, basis, duty, standing, certain, flagged, stale, days, n = row
    certain, flagged, stale = bool(certain), bool(flagged), bool(stale)
    kinds = Basis(basis), ObligationKind(duty), Standing(standing)
    return Cell(id_, key, name, *kinds, certain, flagged, stale, days, int(n))


def scorecards(
    session: Session, query: ListQuery, at: Moment, body_ids: Collection[int] | None = None
) -> list[Scorecard]:
    """The cards of a list by name of the body; merged bodies have one."""
    return cards_of(cells(session, query, at, body_ids), _heirs(session, at))


def _heirs(session: Session, at: Moment) -> Mapping[str, Body]:
    return heirs(session, at.day or at.at.date(), at.known_by)


def cards_of(found: Iterable[Cell], into: Mapping[str, Body]) -> list[Scorecard]:
    """A card per body, basis and kind of duty; `into` names the body that another one has gone into."""
    cards: dict[tuple[str, Basis, ObligationKind], Scorecard] = {}
    for cell in found:
        heir = into.get(cell.key)
        key, name = (heir.key, heir.name) if heir else (cell.key, cell.name)
        cards.setdefault((key, cell.basis, cell.duty), Scorecard(key, name, cell.basis, cell.duty)).add(cell)
    return sorted(cards.values(), key=lambda card: (card.name.lower(), card.key, *_order(card)))


def added_up(cards: Iterable[Scorecard], key: str, name: str) -> list[Scorecard]:
    """The cards of a body, its parts and members as one per basis and kind of duty."""
    whole: dict[tuple[Basis, ObligationKind], Scorecard] = {}
    for card in cards:
        like = (card.basis, card.duty)
        whole.setdefault(like, Scorecard(key, name, *like)).take_in(card)
    return sorted(whole.values(), key=_order)


def _order(card: Scorecard) -> tuple[int, int]:
    return list(Basis).index(card.basis), list(ObligationKind).index(card.duty)
