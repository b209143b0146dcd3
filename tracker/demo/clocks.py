"""Who owes what by when in the demo data set: addressees, obligations, the terms of their clocks, what ended them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.demo.rows import Reading, Row, moves, partial, rows, several
from tracker.domain.catalogue import catalogue
from tracker.domain.deadlines import Due, compute
from tracker.domain.partial import PartialDate
from tracker.domain.rules import Rule
from tracker.domain.steps import Step
from tracker.domain.words import Basis, ItemKind, ObligationKind, Role
from tracker.storage.columns import partial_fields
from tracker.storage.tables import Addressee, Body, ClockEntry, Item, Obligation, Terms

if TYPE_CHECKING:
    from tracker.demo.load import Loading

OWED = {ItemKind.RECOMMENDATION: ObligationKind.RESPOND, ItemKind.COMMITMENT: ObligationKind.DELIVER}
TAKEN_OVER = "taken_over"


def owe(loading: Loading, item: Item, row: Row, body: Body, place: int, reading: Reading) -> None:
    """One addressee of an item, what it owes, and its clock."""
    addressee = Addressee(
        item_id=item.id or 0, body_id=body.id or 0, role=_role(body, place, reading), **loading.recorded
    )
    loading.session.add(addressee)
    loading.session.flush()
    owed = Obligation(
        item_id=item.id or 0,
        body_id=body.id or 0,
        addressee_id=addressee.id or 0,
        kind=OWED[item.kind],
        **loading.recorded,
    )
    loading.session.add(owed)
    loading.session.flush()
    loading.obligations[(item.key, body.key)] = owed
    loading.session.add(_terms(loading, row, owed, body, reading))


def ended(loading: Loading) -> None:
    """What ended a duty, on the day the data set gives: an order that was revoked voids what was open under it."""
    known = moves()
    for row in rows("events"):
        day = partial(row["date"])
        if row["id"] not in known or day is None:
            continue
        wanted = [owed for (item, _), owed in loading.obligations.items() if item == row["item_id"]]
        loading.session.add_all(
            ClockEntry(
                obligation_id=owed.id or 0,
                kind=known[row["id"]],
                works_from_on=day.last,
                reason=row["what_happened"],
                source_url=row["url"],
                **loading.recorded,
            )
            for owed in wanted
        )


def _role(body: Body, place: int, reading: Reading) -> Role:
    if not reading.binding_on(body.key) and reading.others is None:
        return Role.SUPPORTING
    return Role.LEAD if place == 0 else Role.JOINT


def _terms(loading: Loading, row: Row, owed: Obligation, body: Body, reading: Reading) -> Terms:
    rule = catalogue()[reading.rule] if reading.rule else None
    start, due = reading.start or partial(row["clock_start"]), partial(row["due_on"])
    stated = None if "due_on" in several(row["unseen_fields"]) else due
    computed = _computed(rule, start, due, stated, reading)
    return Terms(
        obligation_id=owed.id or 0,
        basis=_basis(rule, body, reading),
        rule_key=reading.rule,
        rule_snapshot=rule.snapshot() if rule else {},
        amount=reading.amount,
        calendar=rule.calendar if rule else "",
        legal_basis=row["legal_basis"],
        as_written=row["deadline_rule"],
        trigger=reading.trigger if _has_trigger(rule, start, reading) else None,
        trigger_ahead=reading.date == "ahead",
        computed_on=computed.due_on,
        no_date=reading.date == "none",
        rule_checked=rule.checked if rule else True,
        problem="date_not_known" if reading.date == "unknown" else "",
        steps=[step.as_data() for step in computed.steps],
        provisional=computed.provisional,
        calendar_version=computed.calendar_version,
        lag_days=rule.publication_lag_days if rule else 0,
        source_url=row["verified_source"] if row["verified_source"].startswith("http") else "",
        **partial_fields("trigger", start),
        **partial_fields("stated", stated),
        **loading.recorded,
    )


def _has_trigger(rule: Rule | None, start: PartialDate | None, reading: Reading) -> bool:
    """A known day to count from, or a date that hangs on one nobody here knows."""
    if start is not None or reading.date in ("unknown", "ahead"):
        return True
    return rule is not None and rule.unit != "none"


def _basis(rule: Rule | None, body: Body, reading: Reading) -> Basis:
    own = reading.basis or (rule.basis if rule else Basis.REQUEST)
    if reading.binding_on(body.key):
        return own
    # Nobody promises for somebody else.
    return reading.others or (Basis.REQUEST if own is Basis.PROMISE else own)


def _computed(
    rule: Rule | None,
    start: PartialDate | None,
    due: PartialDate | None,
    stated: PartialDate | None,
    reading: Reading,
) -> Due:
    """By the rule; where the data set only worked a date out from words, its date, and that is what it says."""
    if rule is not None and rule.unit != "none":
        return compute(rule, start.last if start else None, amount=reading.amount)
    if due is not None and stated is None:
        return Due(due.last, (_taken_over(due.last),))
    return Due(None, ())


def _taken_over(day: date) -> Step:
    return Step(TAKEN_OVER, day, {})
