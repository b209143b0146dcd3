"""Charts over time: where the obligations of a body, a process or the whole site stood at the ends of past periods."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import dropwhile

from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import FLAGGED, Basis, Standing
from tracker.rendering.pictures.columns import Column, ColumnPicture, column_picture
from tracker.storage.over_time import Stood, stand_at, stood_on
from tracker.storage.record import record_begins_on
from tracker.storage.scorecards import FEWEST_COMPARED
from tracker.web.listing import Page
from tracker.web.locale import tongue
from tracker.web.when import When
from tracker.web.wording import named

PERIODS, MONTHS = 8, 12
MOST_DRAWN = 2_000
"""A list of more obligations is not gone through for every reader of its page; its chart can be had as data."""
Labels = Callable[[Sequence[date]], list[tuple[str, str]]]
KINDS = ("overdue", "asked", "undecided", "late", "on_time", "lapsed", "open")
"""From the floor up: what is missing first."""
_KIND_OF: Mapping[Standing, str] = {
    Standing.ANSWERED: "on_time",
    Standing.ANSWERED_LATE: "late",
    Standing.VOID: "lapsed",
    **dict.fromkeys(
        (Standing.PARTLY_ANSWERED, Standing.AWAITING_ASSESSMENT, Standing.UNCHECKED, Standing.UNKNOWN),
        "undecided",
    ),
}


@dataclass(frozen=True)
class _Chart:
    """Which list, at the ends of which periods, told apart how."""

    query: ListQuery
    days: Sequence[date]
    kind: Callable[[Stood], str]
    kinds: Sequence[str]
    labels: Labels
    shares: bool = True
    """Whether the list holds all that was met or missed, so that shares of it say anything."""
    apart: bool = False
    """Its kinds are bases, which are never added up: they stand side by side."""


@dataclass(frozen=True)
class Share:
    """Of the dates of one basis met or missed by then, how many in time."""

    on_time: int
    settled: int

    @property
    def percent(self) -> int | None:
        """None where there are too few to say."""
        return round(100 * self.on_time / self.settled) if self.settled >= FEWEST_COMPARED else None


@dataclass(frozen=True)
class Point:
    """The end of one period, or the day the page is seen on."""

    day: date
    counts: Mapping[str, int]
    shares: Mapping[Basis, Share]
    later: bool
    """Not shown at the time: made from what was learned later."""

    @property
    def total(self) -> int:
        """All that is counted."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class Trend:
    """Points in order of time, with their picture."""

    points: tuple[Point, ...]
    kinds: tuple[str, ...]
    """Those that occur."""
    bases: tuple[Basis, ...]
    """Those of which a date was met or missed."""
    begins_on: date | None
    picture: ColumnPicture

    @cached_property
    def names(self) -> dict[str, str]:
        """What the kinds are called."""
        return {kind: _name(kind) for kind in self.kinds}

    @property
    def any_later(self) -> bool:
        """Whether any of it was not shown at the time."""
        return any(point.later for point in self.points)


def _name(kind: str) -> str:
    if kind in set(Basis):
        return named(Basis(kind))
    said = {
        "overdue": _("Overdue: nothing substantive when last looked"),
        "asked": _("Not answered by the date asked for"),
        "undecided": _("Answered in part, not yet judged, not looked at, or not computable"),
        "late": _("Answered late"),
        "on_time": _("Answered in time, or time unknown"),
        "lapsed": _("Lapsed"),
        "open": _("Date ahead, or none"),
    }
    return str(said[kind])


def drawn(page: Page) -> bool:
    """Whether a chart stands on this page of a list: on the first, if the list is not too long."""
    return page.number == 1 and page.total <= MOST_DRAWN


def trend_of(session: Session, filters: Filters, seen: When) -> Trend | None:
    """At the ends of the last quarters and on the day seen; None where nothing was ever owed."""
    query = ListQuery(ListName.ALL, filters)
    chart = _Chart(query, _quarter_ends(seen.today, PERIODS), _kind, KINDS, _by_quarter)
    return _trend(session, chart, seen)


def overdue_trend(session: Session, filters: Filters, seen: When) -> Trend | None:
    """What was overdue at the ends of the last months and on the day seen, each basis by itself."""
    query = ListQuery(ListName.OVERDUE, filters)
    bases = tuple(basis.value for basis in Basis if basis.flags_overdue)
    chart = _Chart(query, _month_ends(seen.today, MONTHS), _basis, bases, _by_month, shares=False, apart=True)
    return _trend(session, chart, seen)


def _kind(one: Stood) -> str:
    if one.standing in FLAGGED:
        return ("overdue" if one.basis.flags_overdue else "asked") if one.flagged else "undecided"
    return _KIND_OF.get(one.standing, "open")


def _basis(one: Stood) -> str:
    return one.basis.value


def _trend(session: Session, chart: _Chart, seen: When) -> Trend | None:
    begins_on = record_begins_on(session)
    if begins_on is None:
        return None
    points = list(dropwhile(lambda point: not point.total, _points(session, chart, seen, begins_on)))
    if not points:
        return None
    found = [one for one in chart.kinds if any(point.counts.get(one) for point in points)]
    labels = chart.labels([point.day for point in points])
    columns = [Column(*label, point.counts, point.later) for point, label in zip(points, labels, strict=True)]
    bases = tuple(basis for basis in Basis if any(basis in point.shares for point in points))
    picture = column_picture(columns, found, apart=chart.apart)
    return Trend(tuple(points), tuple(found), bases, begins_on, picture)


def _points(session: Session, chart: _Chart, seen: When, begins_on: date) -> list[Point]:
    before = [day for day in chart.days if seen.hindsight or day < begins_on]
    since = [day for day in chart.days if day not in before]
    counted = [
        *stood_on(session, chart.query, seen.moment, before, hindsight=True),
        *stood_on(session, chart.query, seen.moment, since, hindsight=False),
        stand_at(session, chart.query, seen.moment),
    ]
    later = [True] * len(before) + [False] * len(since) + [seen.hindsight]
    return [
        _point(day, _begun(stood, was_later), was_later, chart)
        for day, stood, was_later in zip([*before, *since, seen.today], counted, later, strict=True)
    ]


def _begun(stood: Iterable[Stood], later: bool) -> list[Stood]:
    """Looking back, a clock that had not started yet is not counted: nobody had asked."""
    return [one for one in stood if not (later and one.standing is Standing.NOT_STARTED)]


def _point(day: date, stood: Sequence[Stood], later: bool, chart: _Chart) -> Point:
    counts: Counter[str] = Counter()
    for one in stood:
        counts[chart.kind(one)] += one.n
    return Point(day, counts, _shares(stood) if chart.shares else {}, later)


def _shares(stood: Iterable[Stood]) -> dict[Basis, Share]:
    on_time: Counter[Basis] = Counter()
    settled: Counter[Basis] = Counter()
    for one in stood:
        met = one.standing is Standing.ANSWERED and one.certain
        if met or one.standing is Standing.ANSWERED_LATE or (one.standing in FLAGGED and one.flagged):
            settled[one.basis] += one.n
            on_time[one.basis] += one.n if met else 0
    return {basis: Share(on_time[basis], n) for basis, n in settled.items()}


def _month_ends(day: date, n: int) -> list[date]:
    """The last days of the n months before that of a day, the oldest first."""
    ends, first = [], day.replace(day=1)
    for _again in range(n):
        ends.append(first - timedelta(days=1))
        first = ends[-1].replace(day=1)
    return ends[::-1]


def _quarter_ends(day: date, n: int) -> list[date]:
    return [end for end in _month_ends(day, 3 * n + 3) if end.month % 3 == 0][-n:]


def _by_quarter(days: Sequence[date]) -> list[tuple[str, str]]:
    *ends, last = days
    return [*_under_years([(tongue().quarter(day), day) for day in ends]), (_("seen"), f"{last.year}")]


def _by_month(days: Sequence[date]) -> list[tuple[str, str]]:
    *ends, last = days
    return [*_under_years([(tongue().short_month(day), day) for day in ends]), (_("seen"), f"{last.year}")]


def _under_years(labelled: Sequence[tuple[str, date]]) -> list[tuple[str, str]]:
    """The year stands under the first of its columns only."""
    years = [0, *(day.year for _label, day in labelled)]
    return [
        (label, str(day.year) if day.year != before else "")
        for (label, day), before in zip(labelled, years, strict=False)
    ]
