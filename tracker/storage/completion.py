"""How far a plan has come in the word of each speaker: what each last claimed, counted, never merged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from tracker.domain.listing import ListQuery
from tracker.domain.words import ClaimState, Speaker
from tracker.storage.claims import of_obligations
from tracker.storage.lines import Moment, conditions, joined, known
from tracker.storage.tables import Claim, Obligation

Counts = Mapping[ClaimState, int]


def claim_counts(session: Session, query: ListQuery, at: Moment) -> Mapping[Speaker, Counts]:
    """For each speaker the obligations of a list by what it last claimed of them."""
    owed = (
        joined(select(col(Obligation.id).label("id")), at).where(*conditions(session, query, at)).subquery()
    )
    place = func.row_number().over(
        partition_by=(col(Claim.obligation_id), col(Claim.speaker)),
        order_by=(col(Claim.claimed_on).desc().nulls_last(), col(Claim.id).desc()),
    )
    then = [] if at.day is None else [or_(col(Claim.claimed_on).is_(None), col(Claim.claimed_on) <= at.day)]
    said = (
        select(col(Claim.obligation_id), col(Claim.speaker), col(Claim.state), place.label("place"))
        .where(col(Claim.obligation_id).in_(select(owed.c.id)), *known(Claim, at), *then)
        .subquery()
    )
    wanted = select(said.c.speaker, said.c.state, func.count()).where(and_(said.c.place == 1))
    found: dict[Speaker, dict[ClaimState, int]] = defaultdict(dict)
    for speaker, state, n in session.execute(wanted.group_by(said.c.speaker, said.c.state)).all():
        found[Speaker(speaker)][ClaimState(state)] = int(n)
    return {
        speaker: {state: found[speaker][state] for state in ClaimState if state in found[speaker]}
        for speaker in Speaker
        if speaker in found
    }


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
