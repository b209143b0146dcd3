"""What the public would read after each decision about a finding: computed, not tried, so nothing is written."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.facts import CheckFact, Facts, ResponseFact
from tracker.domain.standing import Stand, standing
from tracker.domain.words import ResponseKind, Role
from tracker.domain.zones import today_in, zone_of
from tracker.services.draft_decision import draft_response
from tracker.services.respond import LogResponse
from tracker.services.settle import plain_detail
from tracker.services.suggest import RESPONSE, held_by
from tracker.storage import entries
from tracker.storage.engine import habits_of
from tracker.storage.entries import Owed
from tracker.storage.facts import facts_of
from tracker.storage.findings import Waiting

DISMISSED, HOLLOW = "dismissed", ResponseKind.HOLDING
MOST = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where an obligation would stand after a decision; what the public sentence is made of."""

    decision: str
    """`dismissed`, or the kind of response it would be accepted as."""
    stand: Stand
    owed: Owed
    flagged: bool
    """Whether it would be flagged in public."""

    def __getattr__(self, name: str) -> Any:
        """The days and words of the stand."""
        return getattr(object.__getattribute__(self, "stand"), name)

    @property
    def kind(self) -> Any:
        """What is owed."""
        return self.owed.obligation.kind

    @property
    def start_precision(self) -> Any:
        """How much of the start is known."""
        return self.owed.terms.trigger_precision

    @property
    def detail(self) -> dict[str, Any]:
        """What else the sentence says."""
        return plain_detail(self.stand)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What hangs on a finding for one obligation."""

    owed: Owed
    now: Outcome
    outcomes: tuple[Outcome, ...]

    @property
    def clears(self) -> Outcome | None:
        """The flag that stands without this finding and would be cleared by it, if there is one."""
        without = next(one for one in self.outcomes if one.decision == DISMISSED)
        accepted = self.outcomes[0]
        return without if without.flagged and not accepted.flagged else None


def consequences(session: Session, now: datetime, waiting: Waiting) -> list[Consequence]:
    """For each obligation a response is suggested for: now, if accepted, if only a holding reply, if dismissed."""
    finding = waiting.finding
    if finding.kind != RESPONSE:
        return []
    draft = draft_response(session, waiting)
    ids = [line.obligation for line in draft.lines] or sorted(held_by(finding))
    kinds = {line.obligation: line.kind for line in draft.lines}
    found = entries.owed(session, ids[:MOST])
    facts = facts_of(session, [one.id for one in found], habits_of(session))
    return [
        _consequence(one, facts[one.id], waiting, draft, kinds.get(one.id, ResponseKind.REPLY), now)
        for one in found
    ]


def _consequence(
    one: Owed, facts: Facts, waiting: Waiting, draft: LogResponse, kind: ResponseKind, now: datetime
) -> Consequence:
    without = _without(facts, waiting)
    today = today_in(one.body.zone or zone_of(one.body.jurisdiction), now)

    def outcome(decision: str, after: Facts) -> Outcome:
        stand = standing(after, today)
        return Outcome(decision, stand, one, stand.flagged and after.role is not Role.SUPPORTING)

    accepted = [outcome(k.value, _with(without, k, draft, now)) for k in dict.fromkeys((kind, HOLLOW))]
    return Consequence(one, outcome("now", facts), (*accepted, outcome(DISMISSED, without)))


def _without(facts: Facts, waiting: Waiting) -> Facts:
    """As if it had been dismissed: the look that brought it counts, unless something else of it is undecided."""
    proposals = list(facts.proposals)
    own = next((p for p in proposals if p.recorded_at == waiting.finding.found_at), None)
    if own is not None:
        proposals.remove(own)
    checks = facts.checks if proposals else tuple(_decided(check) for check in facts.checks)
    return replace(facts, proposals=tuple(proposals), checks=checks)


def _decided(check: CheckFact) -> CheckFact:
    return replace(check, finding_open=False)


def _with(facts: Facts, kind: ResponseKind, draft: LogResponse, now: datetime) -> Facts:
    accepted = ResponseFact(
        id="this",
        kind=kind,
        recorded_at=now,
        first_seen_on=draft.first_seen_on,
        received=draft.received,
        published=draft.published,
    )
    return replace(facts, responses=(*facts.responses, accepted))
