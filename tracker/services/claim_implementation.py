"""Implementation as somebody states it: speakers side by side; a new word of one takes the place of their last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.partial import PartialDate
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import ClaimState, EventKind, Speaker
from tracker.services.choose import choose, not_ahead
from tracker.services.enter_process import kept, url_complaints
from tracker.services.record_event import record_event
from tracker.services.take_back import reason_needed
from tracker.storage import claims, entries
from tracker.storage.columns import partial_fields
from tracker.storage.entries import Owed
from tracker.storage.tables import Claim

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class StateClaim:
    """What a speaker says of the implementation of one or many obligations."""

    obligations: tuple[int, ...]
    speaker: Speaker
    state: ClaimState
    speaker_name: str = ""
    """Who it is; the body and the watchdog need none."""
    as_written: str = ""
    """In the speaker's own word."""
    claimed: PartialDate | None = None
    url: str = ""

    def complaints(self) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        if self.speaker is Speaker.REVIEWER and not self.speaker_name.strip():
            yield refuse("speaker_name", "Say who the independent reviewer is.")
        for field, text in (("speaker_name", self.speaker_name), ("as_written", self.as_written)):
            if len(text) > LONGEST_NAME:
                yield refuse(field, "Use at most %(most)s letters.", most=LONGEST_NAME)
        if self.claimed is None:
            yield refuse("claimed", "Say when it was stated, as far as it is known.")
        if not self.url:
            yield refuse("url", "Give the address where it was stated: every claim has a source.")
        yield from url_complaints("url", self.url)


def state_claim(
    session: Session, now: datetime, said: StateClaim, *, actor: str, user_id: int | None = None
) -> list[Claim]:
    """Put a claim on record; it moves no standing, and no other speaker's word."""
    owed = choose(session, said.obligations, also=list(said.complaints()))
    first = said.claimed.first if said.claimed else None
    insist(not_ahead("claimed", first, owed, now))
    return [_keep(session, now, said, one, actor) for one in owed]


def _keep(session: Session, now: datetime, said: StateClaim, one: Owed, actor: str) -> Claim:
    name = said.speaker_name.strip()
    same = claims.current(session, one.id, said.speaker, name, said.claimed.value if said.claimed else None)
    if same is not None:
        same.superseded_at = now
    row = kept(
        session,
        Claim(
            obligation_id=one.id,
            speaker=said.speaker,
            speaker_name=name,
            state=said.state,
            as_written=said.as_written.strip(),
            url=said.url,
            recorded_at=now,
            recorded_by=actor,
            **partial_fields("claimed", said.claimed),
        ),
    )
    _tell(session, now, one, EventKind.NOTED, {"text": _text(row), "claim": row.state.value}, actor)
    return row


def _text(row: Claim) -> str:
    return row.as_written or row.state.value.replace("_", " ")


def _tell(
    session: Session, now: datetime, one: Owed, kind: EventKind, detail: dict[str, object], actor: str
) -> None:
    record_event(
        session,
        kind,
        now=now,
        happened_on=now.date(),
        obligation=one.obligation,
        actor=actor,
        detail={"what": "claim", **detail},
    )


def withdraw_claim(
    session: Session, now: datetime, row: Claim, reason: str, *, actor: str, user_id: int | None = None
) -> None:
    """A claim that was entered wrongly: gone from the page, with a correction in the log; the row stays."""
    again = [refuse("reason", "This claim no longer stands.")] if row.superseded_at else []
    insist([*reason_needed(reason), *again])
    row.superseded_at = now
    [one] = entries.owed(session, [row.obligation_id])
    _tell(session, now, one, EventKind.CORRECTED, {"reason": reason.strip()}, actor)
