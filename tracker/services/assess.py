"""Judge what came back; a second person countersigns; a verdict is replaced or withdrawn, never edited."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from tracker.domain.addresses import mailbox
from tracker.domain.ledger import digest
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.substance import Tick, checklist_data, quote_complaints, tick_complaints
from tracker.domain.words import ObligationKind, Verdict
from tracker.services.choose import choose_one
from tracker.services.enter_process import kept
from tracker.services.note_fact import note_fact
from tracker.services.notice import give_notice
from tracker.services.recompute import bring_up_to_date
from tracker.services.settle import settle
from tracker.services.take_back import correct_in_public, reason_needed
from tracker.storage import assessments, responses
from tracker.storage.engine import habits_of
from tracker.storage.entries import id_of
from tracker.storage.people import group_of
from tracker.storage.tables import Assessment, AssessmentResponse, Group, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Assess:
    """A person's verdict on a set of responses for one obligation."""

    obligation: int
    responses: tuple[int, ...]
    verdict: Verdict
    reasons: str
    checklist: Mapping[str, Tick] = field(default_factory=dict)

    def complaints(self, kind: ObligationKind) -> Iterator[Refused]:
        """What keeps this from being a verdict one can defend."""
        if not self.responses:
            yield refuse("responses", "Tick the responses this verdict is on.")
        if not self.reasons.strip():
            yield refuse("reasons", "Give the reasons in a sentence or two: they are public.")
        yield from tick_complaints(kind, self.checklist, self.verdict)


def assess(
    session: Session, now: datetime, said: Assess, *, actor: str, user_id: int | None = None
) -> Assessment:
    """Write a verdict; where section 5 asks for a second reader it does not count until one has signed."""
    owed = choose_one(session, said.obligation)
    texts = _texts(session, said)
    insist(
        [
            *said.complaints(owed.obligation.kind),
            *_unknown_responses(session, said),
            *quote_complaints(said.checklist, texts),
        ]
    )
    group = group_of(session, actor)
    _replace_unsigned(session, now, said.obligation, group)
    made = kept(
        session,
        Assessment(
            obligation_id=said.obligation,
            verdict=said.verdict,
            reasons=said.reasons.strip(),
            checklist=checklist_data(owed.obligation.kind, said.checklist, texts),
            group_id=group.id if group else None,
            user_id=user_id,
            recorded_at=now,
            recorded_by=actor,
        ),
    )
    for response_id in dict.fromkeys(said.responses):
        session.add(AssessmentResponse(assessment_id=id_of(made), response_id=response_id))
    _note(session, now, made, "verdict", actor)
    if not habits_of(session).countersign:
        give_notice(session, now, made)
    settle(session, [said.obligation], now, actor=actor)
    return made


def _note(session: Session, now: datetime, made: Assessment, what: str, actor: str) -> None:
    """Into the log whether or not it moves the standing, with the hash of its reasons and ticks."""
    said = {"verdict": made.verdict.value, "after_sha256": digest([made.reasons, made.checklist])}
    note_fact(session, now, what, [made.obligation_id], detail=said, actor=actor)


def _texts(session: Session, said: Assess) -> list[str]:
    """The words on record of each response that is judged; empty where only its address is."""
    return [
        came.response.text
        for came in responses.came_for(session, said.obligation)
        if came.response.id in said.responses
    ]


def _unknown_responses(session: Session, said: Assess) -> list[Refused]:
    known = {came.response.id for came in responses.came_for(session, said.obligation)}
    strange = [id_ for id_ in said.responses if id_ not in known]
    return [
        refuse("responses", "Response %(id)s is struck, or no response to this obligation.", id=id_)
        for id_ in strange[:1]
    ]


def _replace_unsigned(session: Session, now: datetime, obligation_id: int, group: Group | None) -> None:
    """A group that judges again takes the place of its own verdict nobody has countersigned yet."""
    group_id = group.id if group else None
    for judged in assessments.verdicts_on(session, obligation_id):
        old = judged.assessment
        if old.group_id == group_id and old.verdict is Verdict.NOT and old.countersigned_at is None:
            old.superseded_at = now


def countersign(
    session: Session,
    now: datetime,
    made: Assessment,
    *,
    actor: str,
    user_id: int,
    other_group: bool = False,
) -> None:
    """A second person, of another group if the site asks for it, has read reply and verdict and agrees."""
    group = group_of(session, actor)
    insist(_countersign_complaints(made, group, user_id, other_group))
    insist(_one_mailbox(session, made, user_id))
    made.countersigned_at, made.countersigned_by_id = now, user_id
    made.countersigned_group_id = group.id if group else None
    session.flush()
    _note(session, now, made, "countersigned", actor)
    give_notice(session, now, made)
    settle(session, [made.obligation_id], now, actor=actor)


def _countersign_complaints(
    made: Assessment, group: Group | None, user_id: int, other_group: bool
) -> Iterator[Refused]:
    if made.superseded_at is not None or made.withdrawn_at is not None:
        yield refuse("assessment", "This verdict no longer stands; read the one that replaced it.")
    elif made.countersigned_at is not None:
        yield refuse("assessment", "This verdict is countersigned already.")
    elif made.user_id == user_id:
        yield refuse("assessment", "You gave this verdict: a second person has to countersign it.")
    elif other_group and group is not None and made.group_id == group.id:
        yield refuse("assessment", "Somebody of another group has to countersign this verdict.")


def _one_mailbox(session: Session, made: Assessment, user_id: int) -> list[Refused]:
    """Two accounts whose mail arrives in the same box are one person."""
    first = session.get(User, made.user_id) if made.user_id is not None else None
    second = session.get(User, user_id)
    if first is None or second is None or mailbox(first.email) != mailbox(second.email):
        return []
    return [
        refuse(
            "assessment",
            "Both accounts are of one mailbox: a second person has to countersign this verdict.",
        )
    ]


def withdraw_verdict(
    session: Session, now: datetime, made: Assessment, reason: str, *, actor: str, user_id: int | None = None
) -> None:
    """Take a verdict back, with a correction in the log where it counted in public."""
    gone = made.withdrawn_at is not None or made.superseded_at is not None
    again = [refuse("reason", "This verdict no longer stands.")] if gone else []
    group = group_of(session, actor)
    foreign = group is not None and made.group_id not in (None, group.id)
    theirs = [refuse("reason", "Only the group that gave a verdict can withdraw it.")] if foreign else []
    insist([*reason_needed(reason), *again, *theirs])
    made.withdrawn_at, made.withdrawn_reason = now, reason.strip()
    detail = {"verdict": made.verdict.value, "reason": reason.strip()}
    correct_in_public(session, now, [made.obligation_id], "verdict", detail, actor)
    bring_up_to_date(session, now, [made.obligation_id])
