"""The asker's own word on a response: of the assembly, the committee, the coroner; with a mark if they gave one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.partial import PartialDate
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import EventKind
from tracker.services.choose import choose, not_ahead
from tracker.services.enter_process import kept, url_complaints
from tracker.services.record_event import record_event
from tracker.services.take_back import reason_needed
from tracker.storage import entries, responses
from tracker.storage.columns import partial_fields
from tracker.storage.tables import Response, Statement

LONGEST_TEXT, LONGEST_NAME, LONGEST_MARK = 10_000, 300, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class StateWord:
    """What the asker says of a response, for one obligation it answers."""

    obligation: int
    response: int
    asker: str
    text: str
    mark: str = ""
    """Their own: "C", "not satisfactory", 3 of 5."""
    stated: PartialDate | None = None
    url: str = ""

    def complaints(self) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        if not self.asker.strip():
            yield refuse("asker", "Say whose word it is.")
        if not self.text.strip() and not self.mark.strip():
            yield refuse("text", "Give their words, or their mark.")
        for field, text, most in (
            ("asker", self.asker, LONGEST_NAME),
            ("text", self.text, LONGEST_TEXT),
            ("mark", self.mark, LONGEST_MARK),
        ):
            if len(text) > most:
                yield refuse(field, "Use at most %(most)s letters.", most=most)
        if self.stated is None:
            yield refuse("stated", "Say when they said it, as far as it is known.")
        if not self.url:
            yield refuse("url", "Give the address where they say so: every statement has a source.")
        yield from url_complaints("url", self.url)


def state_word(
    session: Session, now: datetime, said: StateWord, *, actor: str, user_id: int | None = None
) -> Statement:
    """Put the asker's word on record; it moves no standing and no verdict."""
    [one] = choose(session, [said.obligation], field="obligation", also=list(said.complaints()))
    came = {found.response.id: found.response for found in responses.came_for(session, one.id)}
    strange = refuse("response", "Choose one of the responses to this obligation.")
    insist(
        [
            *([] if said.response in came else [strange]),
            *not_ahead("stated", said.stated.first if said.stated else None, [one], now),
        ]
    )
    row = kept(
        session,
        Statement(
            response_id=said.response,
            obligation_id=one.id,
            asker=said.asker.strip(),
            text=said.text.strip(),
            mark=said.mark.strip(),
            url=said.url,
            recorded_at=now,
            recorded_by=actor,
            **partial_fields("stated", said.stated),
        ),
    )
    _tell(session, now, row, EventKind.NOTED, {"text": row.asker}, actor)
    return row


def withdraw_word(
    session: Session, now: datetime, row: Statement, reason: str, *, actor: str, user_id: int | None = None
) -> None:
    """A statement that was entered wrongly: gone from the page, with a correction in the log; the row stays."""
    again = [refuse("reason", "This statement no longer stands.")] if row.superseded_at else []
    insist([*reason_needed(reason), *again])
    row.superseded_at = now
    _tell(session, now, row, EventKind.CORRECTED, {"reason": reason.strip()}, actor)


def _tell(
    session: Session, now: datetime, row: Statement, kind: EventKind, detail: dict[str, object], actor: str
) -> None:
    [one] = entries.owed(session, [row.obligation_id or 0])
    record_event(
        session,
        kind,
        now=now,
        happened_on=now.date(),
        obligation=one.obligation,
        response=session.get(Response, row.response_id),
        actor=actor,
        detail={"what": "statement", **detail},
    )
