"""Reads all that is on record about obligations into the pure facts their standing is made of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import Session, col

from tracker.domain.facts import (
    CheckFact,
    EndingFact,
    ExtensionFact,
    Facts,
    PauseFact,
    ProposalFact,
    ResponseFact,
    RestartFact,
    TriggerState,
    VerdictFact,
)
from tracker.domain.habits import Habits
from tracker.domain.words import ClockEntryKind, FindingState, RunState, Visibility
from tracker.domain.zones import today_in, zone_of
from tracker.storage.columns import partial_of
from tracker.storage.suspense import open_findings_by_run
from tracker.storage.tables import (
    Addressee,
    Assessment,
    AssessmentResponse,
    Body,
    Check,
    CheckObligation,
    ClockEntry,
    Document,
    Finding,
    FindingObligation,
    Item,
    Obligation,
    Process,
    Response,
    ResponseLine,
    Run,
    Source,
    Terms,
)

Grouped = Mapping[int, list[Any]]
FRESH = {"populate_existing": True}
"""Rows another transaction changed meanwhile are read anew, not taken from this session's memory."""


def facts_of(session: Session, ids: Iterable[int], habits: Habits) -> dict[int, Facts]:
    """The facts of each obligation, with every row still on record; withdrawn ones keep their dates."""
    wanted = sorted(set(ids))
    _lock(session, wanted)
    rows = {name: read(session, wanted) for name, read in _READERS.items()}
    return {
        id_: _facts(owed, {k: v.get(id_, []) for k, v in rows.items()}, habits)
        for id_, owed in _owed(session, wanted)
    }


def _lock(session: Session, ids: list[int]) -> None:
    """Two writers settle one obligation after the other, so that the later one sees the facts of both."""
    wanted = select(col(Obligation.id)).where(col(Obligation.id).in_(ids)).order_by(col(Obligation.id))
    # A row that refers to the obligation holds its key; only other settlers are to wait.
    session.execute(wanted.with_for_update(key_share=True))


def _facts(owed: Any, rows: Mapping[str, list[Any]], habits: Habits) -> Facts:
    obligation, terms, addressee, body, document = owed
    return Facts(
        basis=terms.basis,
        role=addressee.role,
        kind=obligation.kind,
        zone=body.zone or zone_of(body.jurisdiction),
        trigger_state=trigger_state(terms),
        trigger=partial_of(terms, "trigger"),
        due_stated=partial_of(terms, "stated"),
        due_computed=terms.computed_on,
        due_computed_rival=terms.rival_on,
        due_decided=terms.decided,
        asked_on=partial_of(document, "published"),
        no_date=terms.no_date,
        rule_checked=terms.rule_checked,
        rule_problem=terms.problem or None,
        **entry_facts(rows["entries"], terms),
        responses=tuple(rows["responses"]),
        verdicts=tuple(rows["verdicts"]),
        checks=tuple(rows["checks"]),
        proposals=tuple(rows["proposals"]),
        publication_lag_days=terms.lag_days,
        due_soon_days=habits.due_soon_days,
        recheck_days=habits.recheck_days,
        countersign=habits.countersign,
    )


def trigger_state(terms: Terms) -> TriggerState:
    """What terms say of the event the period runs from."""
    if terms.trigger is None:
        return TriggerState.NOT_NEEDED
    if terms.trigger_on is not None:
        return TriggerState.KNOWN
    return TriggerState.AHEAD if terms.trigger_ahead else TriggerState.UNKNOWN_DAY


def entry_facts(entries: Iterable[ClockEntry], terms: Terms) -> dict[str, Any]:
    """What clock entries come to under these terms, by the fields of the facts."""
    found, kept = list(entries), terms.rule_snapshot
    may_cure = _extension(cured_by_rule(terms))
    may_stop = _pause(_said_of_pauses(kept, "allowed"), _said_of_pauses(kept, "inclusive"))
    return {
        "extensions": tuple(_of_kind(found, may_cure, ClockEntryKind.EXTENSION)),
        "pauses": tuple(_of_kind(found, may_stop, ClockEntryKind.PAUSE)),
        "restarts": tuple(_of_kind(found, _restart, ClockEntryKind.RESTART)),
        "endings": tuple(_of_kind(found, _ending, ClockEntryKind.VOID, ClockEntryKind.TRANSFER)),
    }


def _said_of_pauses(kept: Mapping[str, Any], name: str) -> bool:
    """What the rule, as it was kept, says of stops; yes where it says nothing."""
    said = kept.get("pause")
    return not isinstance(said, Mapping) or bool(said.get(name, True))


def _of_kind(entries: list[Any], make: Callable[[ClockEntry], Any], *kinds: ClockEntryKind) -> Iterable[Any]:
    return (fact for entry in entries if entry.kind in kinds if (fact := make(entry)) is not None)


def cured_by_rule(terms: Terms) -> bool:
    """Whether the rule, as it was kept, lets an extension count that was given late."""
    allowed = terms.rule_snapshot.get("extension")
    return isinstance(allowed, Mapping) and bool(allowed.get("cures_late"))


def _extension(by_rule: bool) -> Callable[[ClockEntry], ExtensionFact | None]:
    def made(entry: ClockEntry) -> ExtensionFact | None:
        if entry.new_due_on is None:
            return None
        return ExtensionFact(
            recorded_at=entry.recorded_at,
            given_on=entry.given_on or entry.works_from_on,
            new_due_on=entry.new_due_on,
            cures=entry.cures or by_rule,
            limit_on=entry.limit_on,
        )

    return made


def _pause(allowed: bool, inclusive: bool) -> Callable[[ClockEntry], PauseFact]:
    def made(entry: ClockEntry) -> PauseFact:
        # Where the rule counts the day of the fresh start again, that day is no longer inside.
        last = entry.ends_on if inclusive or entry.ends_on is None else entry.ends_on - timedelta(days=1)
        return PauseFact(
            recorded_at=entry.recorded_at,
            begin_on=entry.works_from_on,
            end_on=last,
            due_after=entry.new_due_on,
            allowed=allowed or entry.cures,
        )

    return made


def _restart(entry: ClockEntry) -> RestartFact | None:
    """The end of a pause is in the pause itself."""
    if not entry.afresh:
        return None
    return RestartFact(
        recorded_at=entry.recorded_at, begin_on=entry.works_from_on, due_after=entry.new_due_on
    )


def _ending(entry: ClockEntry) -> EndingFact:
    return EndingFact(recorded_at=entry.recorded_at, effective_on=entry.works_from_on, kind=entry.kind)


def _owed(session: Session, ids: list[int]) -> list[tuple[int, Any]]:
    wanted = (
        select(Obligation, Terms, Addressee, Body, Document)
        .join(Terms, and_(col(Terms.obligation_id) == col(Obligation.id), col(Terms.superseded_at).is_(None)))
        .join(Addressee, col(Addressee.id) == col(Obligation.addressee_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Document, col(Document.id) == col(Item.document_id))
        .where(
            col(Obligation.id).in_(ids),
            col(Obligation.superseded_at).is_(None),
            col(Item.visibility) != Visibility.DRAFT,
        )
    )
    return [(row[0].id, row) for row in session.execute(wanted, execution_options=FRESH).all()]


def _grouped(pairs: Iterable[tuple[int, Any]]) -> Grouped:
    found: dict[int, list[Any]] = defaultdict(list)
    for id_, fact in pairs:
        found[id_].append(fact)
    return found


def _entries(session: Session, ids: list[int]) -> Grouped:
    wanted = (
        select(ClockEntry)
        .where(col(ClockEntry.obligation_id).in_(ids), col(ClockEntry.superseded_at).is_(None))
        .order_by(col(ClockEntry.works_from_on), col(ClockEntry.id))
    )
    return _grouped(
        (entry.obligation_id, entry) for entry in session.execute(wanted, execution_options=FRESH).scalars()
    )


def _responses(session: Session, ids: list[int]) -> Grouped:
    wanted = (
        select(ResponseLine, Response)
        .join(Response, col(Response.id) == col(ResponseLine.response_id))
        .where(col(ResponseLine.obligation_id).in_(ids), col(Response.visibility) != Visibility.DRAFT)
        .order_by(col(Response.id), col(ResponseLine.recorded_at).desc())
    )
    found = session.execute(wanted, execution_options=FRESH).all()
    # A corrected line is the same news as the first one, so its first record counts.
    first = {(line.obligation_id, line.response_id): line.recorded_at for line, _ in found}
    return _grouped(
        (line.obligation_id, _response(line, reply, first[(line.obligation_id, line.response_id)]))
        for line, reply in found
        if line.superseded_at is None
    )


def _response(line: ResponseLine, reply: Response, recorded_at: datetime) -> ResponseFact:
    return ResponseFact(
        id=line.response_id,
        recorded_at=recorded_at,
        kind=line.kind,
        first_seen_on=reply.first_seen_on,
        received=partial_of(reply, "received"),
        published=partial_of(reply, "published"),
        struck_at=reply.struck_at,
        retracted_on=reply.retracted_on,
        retraction_recorded_at=reply.retraction_recorded_at,
    )


def _verdicts(session: Session, ids: list[int]) -> Grouped:
    wanted = (
        select(Assessment, col(Process.group_id))
        .join(Obligation, col(Obligation.id) == col(Assessment.obligation_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Process, col(Process.id) == col(Item.process_id))
        .where(col(Assessment.obligation_id).in_(ids))
        .order_by(col(Assessment.recorded_at), col(Assessment.id))
    )
    found = session.execute(wanted, execution_options=FRESH).all()
    judged = _judged(session, [verdict.id for verdict, _ in found if verdict.id is not None])
    return _grouped((verdict.obligation_id, _verdict(verdict, owner, judged)) for verdict, owner in found)


def _judged(session: Session, ids: list[int]) -> Mapping[int, frozenset[int]]:
    wanted = select(AssessmentResponse).where(col(AssessmentResponse.assessment_id).in_(ids))
    pairs = (
        (row.assessment_id, row.response_id)
        for row in session.execute(wanted, execution_options=FRESH).scalars()
    )
    return {id_: frozenset(responses) for id_, responses in _grouped(pairs).items()}


def _verdict(made: Assessment, owner_id: int | None, judged: Mapping[int, frozenset[int]]) -> VerdictFact:
    return VerdictFact(
        id=made.id or 0,
        recorded_at=made.recorded_at,
        superseded_at=made.superseded_at,
        verdict=made.verdict,
        response_ids=judged.get(made.id or 0, frozenset()),
        counts=owner_id is None or made.group_id in (None, owner_id),
        countersigned_at=made.countersigned_at,
        withdrawn_at=made.withdrawn_at,
        notice_until_on=made.notice_until_on,
    )


def _checks(session: Session, ids: list[int]) -> Grouped:
    open_ = open_findings_by_run()
    wanted = (
        select(
            col(CheckObligation.obligation_id),
            Check,
            Run,
            open_.c.finding_id,
            col(Source.publication_lag_days),
        )
        .join(Check, col(Check.id) == col(CheckObligation.check_id))
        .outerjoin(Run, col(Run.id) == col(Check.run_id))
        .outerjoin(Source, col(Source.id) == col(Run.source_id))
        .outerjoin(
            open_,
            and_(
                open_.c.run_id == col(Check.run_id),
                open_.c.obligation_id == col(CheckObligation.obligation_id),
            ),
        )
        .where(col(CheckObligation.obligation_id).in_(ids), col(Check.superseded_at).is_(None))
    )
    return _grouped(
        (id_, _check(made, run, undecided, lag_days or 0))
        for id_, made, run, undecided, lag_days in session.execute(wanted, execution_options=FRESH).all()
    )


def _check(made: Check, run: Run | None, open_finding: int | None, lag_days: int) -> CheckFact:
    return CheckFact(
        recorded_at=made.recorded_at,
        day=made.looked_on,
        quarantined=run is not None and run.state in (RunState.QUARANTINED, RunState.FAILED),
        finding_open=open_finding is not None,
        feed_only=made.news_only,
        lag_days=lag_days,
    )


def _proposals(session: Session, ids: list[int]) -> Grouped:
    wanted = (
        select(col(FindingObligation.obligation_id), Finding, Body)
        .join(FindingObligation, col(FindingObligation.finding_id) == col(Finding.id))
        .join(Obligation, col(Obligation.id) == col(FindingObligation.obligation_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .where(
            col(FindingObligation.obligation_id).in_(ids),
            col(Finding.state) == FindingState.OPEN,
            col(Finding.kind) == "response",
        )
    )
    found = session.execute(wanted, execution_options=FRESH).all()
    return _grouped((id_, _proposal(finding, body)) for id_, finding, body in found)


def _proposal(finding: Finding, body: Body) -> ProposalFact:
    found_on = today_in(body.zone or zone_of(body.jurisdiction), finding.found_at)
    return ProposalFact(recorded_at=finding.found_at, found_on=found_on)


_READERS: Mapping[str, Callable[[Session, list[int]], Grouped]] = {
    "entries": _entries,
    "responses": _responses,
    "verdicts": _verdicts,
    "checks": _checks,
    "proposals": _proposals,
}
