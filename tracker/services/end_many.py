"""End many duties in one act: an instrument revoked, a House prorogued or dissolved. Seen first, undone as a whole."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session

from tracker.domain.catalogue import catalogue
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.rules import Rule
from tracker.domain.words import ClockEntryKind, EndCause, Standing
from tracker.services.enter_process import kept, url_complaints
from tracker.services.recompute import bring_up_to_date
from tracker.services.recount import rule_of
from tracker.services.settle import settle
from tracker.services.take_back import correct_in_public, reason_needed
from tracker.services.tell_move import Told, as_shown, tell_move
from tracker.storage import endings, entries, segments
from tracker.storage.entries import Owed, id_of
from tracker.storage.tables import ClockEntry, Document, EndingAct, EndingQuestion, Process, Segment

KEEPS_ITS_STANDING = frozenset({Standing.ANSWERED, Standing.ANSWERED_LATE})


class Fate(StrEnum):
    """What an act makes of one duty."""

    ENDS = "ends"
    CONTINUES = "continues"
    UNDECIDED = "undecided"
    """No rule says: nothing changes until an editor decides."""
    ANSWERED = "answered"
    """It keeps its answer."""
    ENDED_BEFORE = "ended_before"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMany:
    """What happened, on which day, to a document or a whole process."""

    cause: EndCause
    works_from_on: date
    reason: str
    source_url: str = ""
    document: str = ""
    process: str = ""
    """Keys; the document where both are given."""

    def complaints(self) -> Iterable[Refused]:
        """What can be said against it without looking anything up."""
        yield from reason_needed(self.reason)
        yield from url_complaints("source_url", self.source_url)
        if not self.source_url:
            yield refuse(
                "source_url", "Give the address of the order or notice: it ends many duties at once."
            )


@dataclass(frozen=True, slots=True)
class Fated:
    """One duty, and what the act makes of it."""

    one: Owed
    fate: Fate


@dataclass(frozen=True, slots=True)
class Scope:
    """The process an act is about, and the document where it is about one alone."""

    process: Process
    document: Document | None


def preview_end(session: Session, now: datetime, said: EndMany) -> list[Fated]:
    """What the act would make of each duty; refuses what recording would refuse; nothing is kept."""
    return _fates(session, now, said, _scope(session, said))


def end_many(
    session: Session, now: datetime, said: EndMany, *, actor: str, user_id: int | None = None
) -> EndingAct:
    """Write the act: what ends is void with one reason and source; what no rule decides waits for an editor."""
    scope = _scope(session, said)
    fates = _fates(session, now, said, scope)
    open_ = [found for found in fates if found.fate in (Fate.ENDS, Fate.UNDECIDED)]
    if not open_:
        insist([refuse("works_from_on", "Nothing here is open that this could end.")])
    act = EndingAct(
        cause=said.cause,
        process_id=id_of(scope.process),
        document_id=id_of(scope.document) if scope.document else None,
        works_from_on=said.works_from_on,
        reason=said.reason.strip(),
        source_url=said.source_url,
        recorded_at=now,
        recorded_by=actor,
    )
    kept(session, act)
    session.add_all(
        EndingQuestion(act_id=id_of(act), obligation_id=found.one.id)
        for found in open_
        if found.fate is Fate.UNDECIDED
    )
    _end(session, now, act, [found.one for found in open_ if found.fate is Fate.ENDS], act.reason, actor)
    return act


def decide_end(
    session: Session,
    now: datetime,
    act: EndingAct,
    obligation_id: int,
    ends: bool,
    reason: str,
    *,
    actor: str,
    user_id: int | None = None,
) -> None:
    """An editor says whether a duty ended by the act or goes on."""
    waiting = [
        question
        for question in endings.questions_of(session, id_of(act))
        if question.obligation_id == obligation_id and question.ends is None and act.superseded_at is None
    ]
    found = entries.owed(session, [obligation_id])
    nothing = [] if waiting and found else [refuse("obligation", "Nothing is to be decided about this one.")]
    insist([*reason_needed(reason), *nothing])
    waiting[0].ends, waiting[0].decided_at, waiting[0].decided_by = ends, now, actor
    if ends:
        _end(session, now, act, found, reason.strip(), actor)


def undo_act(
    session: Session, now: datetime, act: EndingAct, reason: str, *, actor: str, user_id: int | None = None
) -> None:
    """Take the whole act back: everything it ended runs again, each with a correction in the log."""
    again = [refuse("reason", "This is taken back already.")] if act.superseded_at else []
    insist([*reason_needed(reason), *again])
    act.superseded_at = now
    made = endings.entries_of(session, id_of(act))
    ids = sorted({entry.obligation_id for entry in made})
    segments.hold(session, *ids)  # their terms may just be reckoned anew
    for entry in made:
        entry.superseded_at = now
    session.flush()
    detail = {
        "kind": ClockEntryKind.VOID.value,
        "works_from_on": act.works_from_on.isoformat(),
        "reason": reason.strip(),
        "act": id_of(act),
    }
    correct_in_public(session, now, ids, "clock", detail, actor)
    bring_up_to_date(session, now, ids)


def _scope(session: Session, said: EndMany) -> Scope:
    document = entries.document_by_key(session, said.document) if said.document else None
    process = session.get(Process, document.process_id) if document else None
    if not said.document:
        process = entries.process_by_key(session, said.process)
    field = "document" if said.document else "process"
    missing = (
        []
        if process
        else [refuse(field, "There is no “%(key)s” here.", key=(said.document or said.process)[:80])]
    )
    insist([*said.complaints(), *missing])
    assert process is not None  # noqa: S101 - insisted on above
    return Scope(process, document)


def _fates(session: Session, now: datetime, said: EndMany, scope: Scope) -> list[Fated]:
    found = endings.owed_under(
        session, id_of(scope.process), id_of(scope.document) if scope.document else None
    )
    shown = segments.current_of(session, [one.id for one in found])
    now_at = {one.id: entries.at_the_moment(shown.get(one.id, []), now) for one in found}
    return [Fated(one, _settled(now_at[one.id]) or fate(said.cause, one)) for one in found]


def _settled(shown: Segment | None) -> Fate | None:
    standing = shown.standing if shown else None
    if standing in KEEPS_ITS_STANDING:
        return Fate.ANSWERED
    return Fate.ENDED_BEFORE if standing is Standing.VOID else None


_SAID_BY_RULE: Mapping[EndCause, Callable[[Rule], str]] = {
    EndCause.PROROGUED: lambda rule: rule.on_prorogation,
    EndCause.DISSOLVED: lambda rule: rule.on_dissolution,
}
_FATES = {"ends": Fate.ENDS, "continues": Fate.CONTINUES}


def fate(cause: EndCause, one: Owed) -> Fate:
    """What a cause makes of an open duty: a revoked instrument ends it, a House's end does what the rule says."""
    by_rule = _SAID_BY_RULE.get(cause)
    if by_rule is None:
        return Fate.ENDS
    rule = catalogue().get(one.terms.rule_key) or rule_of(one)
    return _FATES.get(by_rule(rule), Fate.UNDECIDED) if rule else Fate.UNDECIDED


def _end(
    session: Session, now: datetime, act: EndingAct, owing: Iterable[Owed], reason: str, actor: str
) -> None:
    ended = list(owing)
    before = {one.id: as_shown(session, one.id, now) for one in ended}
    session.add_all(_void(act, one, reason, now, actor) for one in ended)
    settle(session, list(before), now, actor=actor)
    for one in ended:
        told = Told(ClockEntryKind.VOID, act.works_from_on, reason, act.source_url)
        tell_move(session, now, one, before[one.id], told, actor)


def _void(act: EndingAct, one: Owed, reason: str, now: datetime, actor: str) -> ClockEntry:
    return ClockEntry(
        obligation_id=one.id,
        kind=ClockEntryKind.VOID,
        works_from_on=act.works_from_on,
        reason=reason,
        source_url=act.source_url,
        act_id=act.id,
        recorded_at=now,
        recorded_by=actor,
    )
