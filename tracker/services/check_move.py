"""What can be said against an entry about a clock, once the clock itself is looked at."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from sqlmodel import Session

from tracker.domain.catalogue import catalogue
from tracker.domain.refusals import Refused, refuse
from tracker.domain.words import ClockEntryKind, ObligationKind
from tracker.services.recount import Ledger, rule_of
from tracker.storage import entries
from tracker.storage.columns import partial_of
from tracker.storage.tables import ClockEntry

MAY_BE_AHEAD = frozenset({ClockEntryKind.VOID})
"""What may work from a day still ahead: an order that lapses on a day named in advance."""


class Said(Protocol):
    """What the checks ask of an entry as it was handed in."""

    @property
    def kind(self) -> ClockEntryKind: ...
    @property
    def works_from_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def afresh(self) -> bool | None: ...
    @property
    def to_limit(self) -> bool: ...
    @property
    def to_body(self) -> str: ...
    @property
    def rule(self) -> str: ...


def checked(session: Session, ledger: Ledger, said: Said, entry: ClockEntry) -> list[Refused]:
    """The complaints about an entry; none where it can be written."""
    return _CHECKS[said.kind](session, ledger, said, entry)


def _none(_session: Session, _ledger: Ledger, _said: Said, _entry: ClockEntry) -> list[Refused]:
    return []


def _extension(_session: Session, ledger: Ledger, said: Said, entry: ClockEntry) -> list[Refused]:
    due = ledger.state(ledger.before(entry), entry.works_from_on).due_on
    if due is None:
        return [refuse("new_due_on", "This clock has no date that could be extended.")]
    if entry.new_due_on is None:
        return [refuse("amount", "By that much no date can be counted: give the new date.")]
    if entry.new_due_on > due:
        return []
    if said.to_limit and entry.limit_on is not None:
        return [refuse("to_limit", "The rule allows nothing beyond %(due)s.", due=due.isoformat())]
    return [
        refuse(
            "amount" if entry.amount is not None else "new_due_on",
            "The date in force was %(due)s: an extension ends later than that.",
            due=due.isoformat(),
        )
    ]


def _pause(session: Session, ledger: Ledger, said: Said, _entry: ClockEntry) -> list[Refused]:
    stopped = entries.open_pause(session, ledger.one.id)
    if stopped is None or (said.ends_on is not None and said.ends_on < stopped.works_from_on):
        return []
    day = stopped.works_from_on.isoformat()
    return [refuse("works_from_on", "The clock has been stopped since %(day)s: restart it first.", day=day)]


def _restart(session: Session, ledger: Ledger, said: Said, entry: ClockEntry) -> list[Refused]:
    stopped = entries.open_pause(session, ledger.one.id)
    if stopped is not None and said.works_from_on < stopped.works_from_on:
        day = stopped.works_from_on.isoformat()
        return [
            refuse("works_from_on", "The clock was stopped on %(day)s, so it began again later.", day=day)
        ]
    if said.afresh:
        return _fresh_start(ledger, entry)
    return [] if stopped else [refuse("works_from_on", "This clock is not stopped.")]


def _fresh_start(ledger: Ledger, entry: ClockEntry) -> list[Refused]:
    trigger = partial_of(ledger.one.terms, "trigger")
    if trigger is not None and entry.works_from_on < trigger.first:
        day = trigger.first.isoformat()
        return [
            refuse("works_from_on", "The period began on %(day)s: it cannot begin anew before that.", day=day)
        ]
    if entry.new_due_on is not None:
        return []
    return [
        refuse(
            "works_from_on",
            "This clock is not stopped, and no rule counts it from that day: give an extension, or correct the terms.",
        )
    ]


def _transfer(session: Session, ledger: Ledger, said: Said, _entry: ClockEntry) -> list[Refused]:
    named = entries.bodies_named(session, said.to_body)
    if len(named) != 1:
        return [refuse("to_body", "Name the one body it passed to, by name or key.")]
    if said.afresh and rule_of(ledger.one) is None:
        return [refuse("afresh", "No rule counts this clock, so no period can begin anew.")]
    same = named[0].id == ledger.one.body.id
    return [refuse("to_body", "That is the body it passes from.")] if same else []


def _next_stage(_session: Session, ledger: Ledger, said: Said, _entry: ClockEntry) -> list[Refused]:
    one = ledger.one
    if one.obligation.kind is ObligationKind.REPORT:
        return [refuse("kind", "A duty to report repeats by itself: it has no further stages.")]
    if said.rule not in catalogue():
        return [refuse("rule", "There is no rule “%(rule)s”; choose one of the list.", rule=said.rule[:80])]
    follow = stages_after(one.terms.rule_key)
    if follow and said.rule not in follow:
        known = ", ".join(follow)
        return [refuse("rule", "After this rule comes %(known)s.", known=known)]
    return []


def stages_after(rule_key: str) -> tuple[str, ...]:
    """The rules that follow a rule in its chain; none where it names none, and then any may follow."""
    rule = catalogue().get(rule_key)
    return tuple(key for key in rule.next_stages if key in catalogue()) if rule else ()


_CHECKS: Mapping[ClockEntryKind, Callable[[Session, Ledger, Said, ClockEntry], list[Refused]]] = {
    ClockEntryKind.EXTENSION: _extension,
    ClockEntryKind.PAUSE: _pause,
    ClockEntryKind.RESTART: _restart,
    ClockEntryKind.TRANSFER: _transfer,
    ClockEntryKind.VOID: _none,
    ClockEntryKind.NEXT_STAGE: _next_stage,
}
