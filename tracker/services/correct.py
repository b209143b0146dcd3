"""Correct terms, roles and what a response is: a new row takes the place of the old, and the log says so."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from tracker.domain.catalogue import catalogue
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.rules import Rule
from tracker.domain.words import DueSource, EventKind, Role, Visibility
from tracker.services.named_pages import speak
from tracker.services.reckon import Deadline, counted_period, reckon
from tracker.services.record_event import record_event
from tracker.services.recount import recount, rule_of
from tracker.services.respond import SaidFor, line_row
from tracker.services.revise import remember
from tracker.services.settle import settle
from tracker.services.take_back import correct_in_public, reason_needed
from tracker.storage import entries, responses, segments
from tracker.storage.columns import partial_of
from tracker.storage.entries import Owed, id_of
from tracker.storage.tables import Response, Terms


def deadline_of(one: Owed) -> Deadline:
    """What was said about a deadline, as it stands in the terms: what a form begins with."""
    terms = one.terms
    return Deadline(
        basis=terms.basis,
        rule=terms.rule_key,
        second_rule=terms.rival_rule_key,
        amount=terms.amount,
        calendar=terms.calendar,
        trigger=terms.trigger,
        trigger_on=partial_of(terms, "trigger"),
        trigger_ahead=terms.trigger_ahead,
        stated=partial_of(terms, "stated"),
        as_written=terms.as_written,
        legal_basis=terms.legal_basis,
        source_url=terms.source_url,
    )


def correct_terms(
    session: Session,
    now: datetime,
    obligation_id: int,
    said: Deadline,
    reason: str,
    *,
    decided: DueSource | None = None,
    actor: str,
    user_id: int | None = None,
) -> Terms:
    """New terms in the place of the old: another event day, date, rule or basis, or which date counts."""
    [one] = _known(session, obligation_id, [*said.complaints(), *reason_needed(reason)])
    if said.second_rule is None and said.rule == one.terms.rule_key:
        said = replace(said, second_rule=one.terms.rival_rule_key)
    new = reckon(session, said, now=now, actor=actor, period=_period(one), rule=_kept_rule(one, said))
    if (decided is DueSource.STATED and new.stated_on is None) or (
        decided is DueSource.COMPUTED and new.computed_on is None
    ):
        insist(
            [
                refuse(
                    "decided",
                    "There is no such date to decide for: say the stated date or the rule as well.",
                )
            ]
        )
    new.decided = decided
    new.rule_checked = new.rule_checked or (new.rule_key == one.terms.rule_key and one.terms.rule_checked)
    return _replace(session, now, one, new, reason, actor)


def _period(one: Owed) -> int:
    return counted_period(one.obligation.kind, one.obligation.period)


def _kept_rule(one: Owed, said: Deadline) -> Rule | None:
    """The rule's text of the time where the rule stays the same and the catalogue no longer has it."""
    return rule_of(one) if said.rule == one.terms.rule_key and said.rule not in catalogue() else None


def decide(
    session: Session,
    now: datetime,
    obligation_id: int,
    which: DueSource,
    reason: str,
    *,
    actor: str,
    user_id: int | None = None,
) -> Terms:
    """Say which date counts where the stated and the computed one are in conflict."""
    [one] = _known(session, obligation_id, reason_needed(reason))
    said = deadline_of(one)
    return correct_terms(session, now, one.id, said, reason, decided=which, actor=actor, user_id=user_id)


def _known(session: Session, obligation_id: int, complaints: Iterable[Refused]) -> list[Owed]:
    segments.hold(session, obligation_id)  # its terms may just be reckoned anew
    found = entries.owed(session, [obligation_id])
    missing = [] if found else [refuse("obligation", "There is no obligation %(id)s.", id=obligation_id)]
    insist([*complaints, *missing])
    return found


def _replace(session: Session, now: datetime, one: Owed, new: Terms, reason: str, actor: str) -> Terms:
    shown = entries.at_the_moment(segments.current(session, one.id), now)
    old = one.terms
    old.superseded_at = now
    new.obligation_id = one.id
    speak(new)
    session.add(new)
    session.flush()
    if one.item.visibility is Visibility.DRAFT:
        return new
    recount(session, replace(one, terms=new), now, actor)
    detail: dict[str, object] = {"reason": reason.strip(), "changed": _changed(old, new)}
    correct_in_public(session, now, [one.id], "terms", detail, actor)
    after = entries.at_the_moment(segments.current(session, one.id), now)
    if shown is not None and after is not None and shown.due_on != after.due_on:
        days = {"old": shown.due_on, "new": after.due_on}
        record_event(
            session,
            EventKind.DATE_MOVED,
            now=now,
            happened_on=now.date(),
            obligation=one.obligation,
            actor=actor,
            detail={"what": "terms"} | {name: day.isoformat() for name, day in days.items() if day},
        )
    return new


_COMPARED = (
    "basis",
    "rule_key",
    "amount",
    "calendar",
    "trigger",
    "trigger_on",
    "stated_on",
    "computed_on",
    "decided",
)


def _changed(old: Terms, new: Terms) -> dict[str, object]:
    """What differs, old and new, in a form the log can keep."""
    differing = (name for name in _COMPARED if getattr(old, name) != getattr(new, name))
    return {name: [_plain(getattr(old, name)), _plain(getattr(new, name))] for name in differing}


def _plain(value: object) -> object:
    return value if isinstance(value, int) or value is None else str(value)


def correct_role(
    session: Session,
    now: datetime,
    obligation_id: int,
    role: Role,
    reason: str,
    *,
    actor: str,
    user_id: int | None = None,
) -> None:
    """Another role for an addressee, for all it owes about the item."""
    [one] = _known(session, obligation_id, reason_needed(reason))
    if one.addressee.role is role:
        return
    remember(session, now, one.addressee, reason, user_id)
    old, one.addressee.role = one.addressee.role, role
    ids = [
        other.id
        for other in entries.owed_for_item(session, id_of(one.item))
        if other.addressee.id == one.addressee.id
    ]
    _in_public(
        session, now, one, ids, "role", {"old": old.value, "new": role.value, "reason": reason.strip()}, actor
    )


def _in_public(
    session: Session,
    now: datetime,
    one: Owed,
    ids: list[int],
    what: str,
    detail: Mapping[str, object],
    actor: str,
) -> None:
    if one.item.visibility is not Visibility.DRAFT:
        correct_in_public(session, now, ids, what, detail, actor)


def correct_line(
    session: Session,
    now: datetime,
    response: Response,
    said: SaidFor,
    reason: str,
    *,
    actor: str,
    user_id: int | None = None,
) -> None:
    """Another kind, position, page or quote of a response for one obligation."""
    old = responses.line_of(session, id_of(response), said.obligation)
    unknown = [] if old else [refuse("obligation", "This response says nothing about that obligation.")]
    insist([*reason_needed(reason), *unknown])
    if old is not None:
        old.superseded_at = now
        new = line_row(said, id_of(response), now, actor)
        session.add(new)
        detail = {"kind": [old.kind.value, new.kind.value], "reason": reason.strip()}
        correct_in_public(session, now, [said.obligation], "response", detail, actor, response)


def confirm_rule(
    session: Session, now: datetime, rule_key: str, source_url: str, *, actor: str, user_id: int | None = None
) -> int:
    """An editor has read the law: dates by this rule flag from now on. Returns how many clocks it was."""
    segments.hold(session, *(one.id for one in entries.owed_by_rule(session, rule_key)))
    unchecked = [one for one in entries.owed_by_rule(session, rule_key) if not one.terms.rule_checked]
    if not unchecked:
        insist([refuse("rule", "No date rests on an unconfirmed rule “%(rule)s”.", rule=rule_key[:80])])
    for one in unchecked:
        one.terms.superseded_at = now
        same = one.terms.model_dump(exclude={"id", "superseded_at"})
        same |= {"rule_checked": True, "recorded_at": now, "recorded_by": actor}
        session.add(Terms(**same | ({"source_url": source_url} if source_url else {})))
    settle(
        session,
        [one.id for one in unchecked if one.item.visibility is not Visibility.DRAFT],
        now,
        actor=actor,
    )
    return len(unchecked)
