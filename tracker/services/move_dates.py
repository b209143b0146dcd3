"""Put renewed terms in force: pauses recounted, moved dates told once each, standings anew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.clock import clock
from tracker.domain.facts import Facts
from tracker.domain.renewal import CLOCK, Why
from tracker.domain.standing import standing
from tracker.domain.words import EventKind, Standing
from tracker.domain.zones import today_in
from tracker.services.record_event import record_event
from tracker.services.recount import recount
from tracker.services.renew import Renewal
from tracker.services.settle import settle_known
from tracker.storage import entries, recomputing
from tracker.storage.engine import habits_of
from tracker.storage.facts import facts_of


@dataclass(frozen=True, slots=True)
class Moved:
    """A due day that moved: whose, from when to when, why, and what that made of the standing."""

    obligation: int
    item: str
    title: str
    body: str
    period: int
    old: date | None
    new: date | None
    why: tuple[Why, ...]
    before: Standing
    after: Standing

    def detail(self) -> dict[str, object]:
        """As the log keeps it: codes and values."""
        said: dict[str, object] = {"what": "recomputed", "why": list(self.why)}
        said |= {name: day.isoformat() for name, day in (("old", self.old), ("new", self.new)) if day}
        if self.before is not self.after:
            said |= {"before": self.before.value, "standing": self.after.value}
        return said


def move_dates(session: Session, renewals: Sequence[Renewal], now: datetime) -> list[Moved]:
    """Keep the new terms of obligations and tell each due day that moved; terms of drafts change untold."""
    if not renewals:
        return []
    entered = recomputing.with_entries(session, [one.old.obligation_id for one in renewals])
    counting = [one for one in renewals if one.counts or one.old.obligation_id in entered]
    before = facts_of(session, [one.old.obligation_id for one in counting], habits_of(session))
    old = [entries.id_of(one.old) for one in renewals]
    recomputing.supersede_terms(session, old, [one.values for one in renewals], now)
    after = _after(session, before, counting, entered, now)
    why = {one.old.obligation_id: tuple(one.why) for one in counting}
    moved = list(_moved(session, before, after, why, now))
    settle_known(session, after, now)
    return moved


def _after(
    session: Session,
    before: Mapping[int, Facts],
    renewals: Sequence[Renewal],
    entered: Sequence[int],
    now: datetime,
) -> dict[int, Facts]:
    """The facts that differ now; where entries moved the clock they are recounted and read again."""
    found = {one.old.obligation_id: one.values for one in renewals if one.old.obligation_id in before}
    after = {id_: _with(before[id_], values) for id_, values in found.items()}
    after |= _recounted(session, [id_ for id_ in entered if id_ in before], now)
    return {id_: facts for id_, facts in after.items() if facts != before[id_]}


def _with(facts: Facts, values: Mapping[str, Any]) -> Facts:
    return replace(
        facts,
        basis=values["basis"],
        due_computed=values["computed_on"],
        due_computed_rival=values["rival_on"],
        no_date=values["no_date"],
        rule_checked=values["rule_checked"],
        rule_problem=values["problem"] or None,
        publication_lag_days=values["lag_days"],
    )


def _recounted(session: Session, ids: Sequence[int], now: datetime) -> dict[int, Facts]:
    if not ids:
        return {}
    for one in entries.owed(session, ids):
        recount(session, one, now, CLOCK)
    session.flush()
    return facts_of(session, ids, habits_of(session))


def _moved(
    session: Session,
    before: Mapping[int, Facts],
    after: Mapping[int, Facts],
    why: Mapping[int, tuple[Why, ...]],
    now: datetime,
) -> Iterator[Moved]:
    """Only what the reader is shown counts: a computed date beside a stated one that wins moves nothing."""
    days = {id_: today_in(facts.zone, now) for id_, facts in after.items()}
    due = {id_: (_due(before[id_], day), _due(after[id_], day)) for id_, day in days.items()}
    named = recomputing.told_of(session, (id_ for id_, (old, new) in due.items() if old != new))
    for id_, (obligation, item, body) in named.items():
        moved = Moved(
            id_,
            item.key,
            item.title,
            body.name,
            obligation.period,
            *due[id_],
            why[id_],
            standing(before[id_], days[id_]).standing,
            standing(after[id_], days[id_]).standing,
        )
        record_event(
            session,
            EventKind.DATE_MOVED,
            now=now,
            happened_on=now.date(),
            obligation=obligation,
            item=item,
            actor=CLOCK,
            detail=moved.detail(),
        )
        yield moved


def _due(facts: Facts, day: date) -> date | None:
    return clock(facts, day).due_on
