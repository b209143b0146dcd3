"""How a body or a process stands in a few words, for other people's pages; bases are never added up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import FLAGGED, Basis, Standing
from tracker.rendering.tongue import N_, NN_, Forms, Tongue
from tracker.storage.debts import Flags, flags
from tracker.storage.lines import Line, Moment
from tracker.storage.standing_counts import Tally, tally
from tracker.web.by_basis import lines_by_basis, parts_of

FEW = 3
OVERDUE_BY: Mapping[Basis, Forms] = {
    Basis.STATUTE: NN_("%(n)d answer overdue by law", "%(n)d answers overdue by law"),
    Basis.CONVENTION: NN_("%(n)d answer overdue by convention", "%(n)d answers overdue by convention"),
    Basis.PROMISE: NN_(
        "%(n)d answer overdue by their own promise", "%(n)d answers overdue by their own promise"
    ),
}
STALE = NN_("%(n)d was overdue when last looked, long ago", "%(n)d were overdue when last looked, long ago")
ASKED = NN_("%(n)d not answered by the date asked for", "%(n)d not answered by the date asked for")
UNCHECKED = NN_("%(n)d past due, not looked at since", "%(n)d past due, not looked at since")
ANSWERED = NN_("%(n)d of %(total)d answered in substance", "%(n)d of %(total)d answered in substance")


@dataclass(frozen=True)
class SummedUp:
    """Flags by basis, counts by standing, and what has been overdue longest."""

    flags: Flags
    tally: Tally
    longest: list[Line]

    @property
    def headline(self) -> Standing:
        """What the picture is of: a flag that binds, else the roll-up."""
        return self.tally.headline or Standing.WAITING

    @property
    def unflagged(self) -> list[tuple[Standing, int]]:
        """Counts by standing without flags, which are told by their basis."""
        return [(standing, n) for standing, n in self.tally.in_order if standing not in FLAGGED]

    @property
    def only_asked(self) -> bool:
        """Whether every flag is of a date that somebody only asked for."""
        return bool(self.tally.asked) and not self.flags.by_basis and not self.flags.stale


def summed_up(session: Session, filters: Filters, at: Moment, few: int = FEW) -> SummedUp:
    """The sum of what the filters leave, and the few that have been overdue longest."""
    overdue = ListQuery(ListName.OVERDUE, filters)
    return SummedUp(
        flags=flags(session, at, filters),
        tally=tally(session, ListQuery(ListName.ALL, filters), at),
        longest=_longest(session, overdue, at, few) if few else [],
    )


def _longest(session: Session, query: ListQuery, at: Moment, few: int) -> list[Line]:
    """One basis after the other, as on every list: what binds by law is not ranked with what was promised."""
    parts = parts_of(session, query, at)
    under = lines_by_basis(session, parts, at, order="days", limit=few, offset=0)
    return [line for _part, found in under for line in found]


def flag_words(found: SummedUp, tongue: Tongue) -> list[str]:
    """What is overdue on which basis, what was when last looked, what was only asked for; else how far it has come."""
    return list(_flagged(found, tongue)) or [_unflagged(found.tally, tongue)]


def _flagged(found: SummedUp, tongue: Tongue) -> Iterator[str]:
    for basis, n in found.flags.by_basis.items():
        yield tongue.count(OVERDUE_BY[basis], n)
    if found.flags.stale:
        yield tongue.count(STALE, found.flags.stale)
    if found.tally.asked:
        yield tongue.count(ASKED, found.tally.asked)


def _unflagged(counted: Tally, tongue: Tongue) -> str:
    unchecked = counted.counts.get(Standing.UNCHECKED, 0)
    if unchecked:
        return tongue.count(UNCHECKED, unchecked)
    if counted.total:
        return tongue.count(ANSWERED, counted.answered, total=counted.total)
    return tongue.say(N_("Nothing is on record."))
