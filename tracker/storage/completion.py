"""How far a plan has come in the word of each speaker: what each last claimed, counted, never merged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from tracker.domain.listing import ListQuery
from tracker.domain.words import ClaimState, Speaker
from tracker.storage.claims import of_obligations
from tracker.storage.lines import Moment, conditions, joined, known
from tracker.storage.plan_counts import in_plan, is_owed, is_plan_now
from tracker.storage.tables import Claim, Obligation

Counts = Mapping[ClaimState, int]


def claim_counts(session: Session, query: ListQuery, at: Moment) -> Mapping[Speaker, Counts]:
    """For each speaker the obligations of a list by what it last claimed of them."""
    now = is_plan_now(query, at)
    said = (_of_plan if now else of_list)(session, query, at, _last_said(at)).subquery()
    owed = [is_owed(said.c.obligation_id, at)] if now else []
    wanted = select(said.c.speaker, said.c.state, func.count()).where(said.c.place == 1, *owed)
    found: dict[Speaker, dict[ClaimState, int]] = defaultdict(dict)
    for speaker, state, n in session.execute(wanted.group_by(said.c.speaker, said.c.state)).all():
        found[Speaker(speaker)][ClaimState(state)] = int(n)
    return {
        speaker: {state: found[speaker][state] for state in ClaimState if state in found[speaker]}
        for speaker in Speaker
        if speaker in found
    }


def _last_said(at: Moment) -> Any:
    """Every claim on record; what a speaker said last of an obligation has place 1."""
    each = col(Claim.obligation_id)
    place = func.row_number().over(
        partition_by=(each, col(Claim.speaker)),
        order_by=(col(Claim.claimed_on).desc().nulls_last(), col(Claim.id).desc()),
    )
    then = [] if at.day is None else [or_(col(Claim.claimed_on).is_(None), col(Claim.claimed_on) <= at.day)]
    claims = select(each, col(Claim.speaker), col(Claim.state), place.label("place")).select_from(Claim)
    return claims.where(*known(Claim, at), *then)


def of_list(session: Session, query: ListQuery, at: Moment, claims: Any) -> Any:
    """The claims on what a list holds, at whatever moment."""
    owed = joined(select(col(Obligation.id)), at).where(*conditions(session, query, at))
    return claims.where(col(Claim.obligation_id).in_(owed))


def _of_plan(session: Session, query: ListQuery, at: Moment, claims: Any) -> Any:
    return in_plan(claims, at, col(Claim.obligation_id)).where(*conditions(session, query, at))


def last_words(
    session: Session, obligation_ids: Iterable[int], at: Moment
) -> Mapping[int, Mapping[Speaker, list[Claim]]]:
    """For each obligation what each speaker last claimed: one word of everybody who speaks in a role."""
    said = of_obligations(session, obligation_ids, at)
    return {id_: _last(claims, at) for id_, claims in said.items()}


def _last(claims: Iterable[Claim], at: Moment) -> Mapping[Speaker, list[Claim]]:
    newest: dict[tuple[Speaker, str], Claim] = {}
    for claim in sorted(
        claims, key=lambda one: (one.claimed_on is not None, str(one.claimed_on), one.id or 0)
    ):
        if at.day is None or claim.claimed_on is None or claim.claimed_on <= at.day:
            newest[claim.speaker, claim.speaker_name] = claim
    found: dict[Speaker, list[Claim]] = defaultdict(list)
    for (speaker, _), claim in newest.items():
        found[speaker].append(claim)
    return found
