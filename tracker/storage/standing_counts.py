"""Counts of standings by process, body, document or whatever a list can be split by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.rollup import headline
from tracker.domain.words import FLAGGED, HEADLINE_ORDER, Basis, Standing
from tracker.storage.lines import Moment, conditions, joined
from tracker.storage.stored_counts import Counted, counts_of, stored_counts
from tracker.storage.tables import Body, Document, Item, ItemTopic, Obligation, Process, Segment


@dataclass
class Tally:
    """How many obligations stand where; flags of bases that bind, and of those that do not, apart."""

    counts: dict[Standing, int] = field(default_factory=dict)
    overdue: int = 0
    """Fresh flags whose basis binds: the headline figure."""
    overdue_stale: int = 0
    """The same, not looked at again for `recheck_days`."""
    asked: int = 0
    """Flags whose date was only asked for, fresh or not."""
    asked_of: dict[Standing, int] = field(default_factory=dict)
    """By standing what stands so with a date that was only asked for, supporting bodies too: never called overdue."""
    unflagged: set[tuple[Standing, bool]] = field(default_factory=set)
    """Where supporting bodies stand among them, with dates asked for or not: shown, in no list of flags."""

    @property
    def total(self) -> int:
        """All obligations."""
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        """Those with a substantive answer, in time or late."""
        return self.counts.get(Standing.ANSWERED, 0) + self.counts.get(Standing.ANSWERED_LATE, 0)

    @property
    def headline(self) -> Standing | None:
        """The first standing of the roll-up that is present."""
        return headline(self.counts)

    @property
    def in_order(self) -> list[tuple[Standing, int]]:
        """What is present, in the order of the roll-up."""
        return [(standing, self.counts[standing]) for standing in HEADLINE_ORDER if self.counts.get(standing)]

    @property
    def shown(self) -> list[tuple[Standing, bool, int]]:
        """What is present in the order of the roll-up; what was only asked for by a day stands apart."""
        apart = [
            (standing, asked, n - less if not asked else less)
            for standing, n in self.in_order
            for less in (self.asked_of.get(standing, 0),)
            for asked in (False, True)
        ]
        return [part for part in apart if part[2]]

    def listed_as(self, standing: Standing, asked: bool) -> ListName | None:
        """The list that, with this standing as its filter, holds just what `shown` counts there; None if none does."""
        if self.asked_of.get(standing, 0) in (0, self.counts.get(standing, 0)):
            return ListName.ALL
        if (standing, asked) in self.unflagged:
            return None
        return ListName.NOT_ANSWERED_BY_DATE_ASKED if asked else ListName.OVERDUE

    def add(self, standing: Standing, basis: Basis, flagged: bool, stale: bool, n: int) -> None:
        """Count n obligations more."""
        self.counts[standing] = self.counts.get(standing, 0) + n
        asked = standing in FLAGGED and not basis.flags_overdue
        if asked:
            self.asked_of[standing] = self.asked_of.get(standing, 0) + n
        if standing in FLAGGED and not flagged:
            self.unflagged.add((standing, asked))
        elif asked:
            self.asked += n
        elif flagged and stale:
            self.overdue_stale += n
        elif flagged:
            self.overdue += n

    def take_in(self, other: "Tally") -> None:
        """Count what another tally counted too."""
        for standing, n in other.counts.items():
            self.counts[standing] = self.counts.get(standing, 0) + n
        for standing, n in other.asked_of.items():
            self.asked_of[standing] = self.asked_of.get(standing, 0) + n
        self.unflagged |= other.unflagged
        self.asked += other.asked
        self.overdue += other.overdue
        self.overdue_stale += other.overdue_stale


SPLITS: Mapping[str, Any] = {
    "process": Process.key,
    "kind": Process.kind,
    "jurisdiction": Process.jurisdiction,
    "document": Document.key,
    "item": Item.key,
    "body": Body.key,
    "topic": ItemTopic.topic,
}
_COUNTED = (Segment.standing, Segment.basis, Segment.flagged, Segment.stale)


def tally(session: Session, query: ListQuery, at: Moment) -> Tally:
    """The counts of a whole list."""
    kept = stored_counts(session, query, at)
    if kept is not None:
        return _tallied(kept).get("", Tally())
    counted: tuple[Any, ...] = (*_COUNTED, func.count(col(Obligation.id)))
    wanted = joined(select(*counted), at)
    whole = Tally()
    for row in session.execute(wanted.where(*conditions(session, query, at)).group_by(*_COUNTED)).all():
        whole.add(*row)
    return whole


def _tallied(kept: Iterable[Counted]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for one in kept:
        found.setdefault(one.key, Tally()).add(one.standing, one.basis, one.flagged, one.stale, one.n)
    return found


def tallies_of(session: Session, at: Moment, scope: str, ids: Iterable[int]) -> dict[int, Tally] | None:
    """The kept counts of some processes or bodies by their ids; None at a moment whose counts are not kept."""
    kept = counts_of(session, at, scope, ids)
    return None if kept is None else {int(key): one for key, one in _tallied(kept).items()}


def tallies(session: Session, query: ListQuery, at: Moment, by: str) -> dict[str, Tally]:
    """The counts of a list split by one of SPLITS; an item of two topics counts in both."""
    kept = stored_counts(session, query, at, by)
    return counted_live(session, query, at, by) if kept is None else _tallied(kept)


def counted_live(session: Session, query: ListQuery, at: Moment, by: str) -> dict[str, Tally]:
    """The same, counted through, whatever is kept."""
    split = SPLITS[by]
    counted: tuple[Any, ...] = (split, *_COUNTED, func.count(col(Obligation.id)))
    wanted = joined(select(*counted), at)
    if by == "topic":
        wanted = wanted.join(ItemTopic, col(ItemTopic.item_id) == Item.id)
    found: dict[str, Tally] = defaultdict(Tally)
    grouped = wanted.where(*conditions(session, query, at)).group_by(split, *_COUNTED)
    for key, *row in session.execute(grouped).all():
        found[str(key)].add(*row)
    return dict(found)
