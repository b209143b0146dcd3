"""A small builder for the facts of one obligation: rows are recorded in the order in which they are given."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tracker.domain.facts import (
    CheckFact,
    EndingFact,
    ExtensionFact,
    Facts,
    PauseFact,
    ProposalFact,
    ResponseFact,
    RestartFact,
    Row,
    TriggerState,
    VerdictFact,
)
from tracker.domain.partial import PartialDate, day
from tracker.domain.words import Basis, ClockEntryKind, Precision, ResponseKind, Verdict

MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = 2026
Part = Callable[[datetime], Row]
FIELDS: dict[type[Row], str] = {
    CheckFact: "checks",
    EndingFact: "endings",
    ExtensionFact: "extensions",
    PauseFact: "pauses",
    ProposalFact: "proposals",
    ResponseFact: "responses",
    RestartFact: "restarts",
    VerdictFact: "verdicts",
}


def on(text: str) -> date:
    """`05-04` is 4 May 2026; a full ISO date is itself."""
    return date.fromisoformat(text if len(text) == 10 else f"{YEAR}-{text}")


def partly_known(text: str) -> PartialDate:
    """A day (`05-04`), a month (`2026-05`) or a year (`2026`)."""
    if len(text) == 4:
        return PartialDate(date(int(text), 1, 1), Precision.YEAR, text)
    if len(text) == 7:
        return PartialDate(date.fromisoformat(f"{text}-01"), Precision.MONTH, text)
    return day(on(text))


def owed(*parts: Part, due: str | None = "05-04", start: str | None = "03-09", **fields: Any) -> Facts:
    """An obligation under a statute, started on 9 March 2026 and due on Monday 4 May 2026."""
    held: dict[str, tuple[Row, ...]] = {}
    for number, part in enumerate(parts):
        row = part(MIDNIGHT + timedelta(minutes=number))
        held[FIELDS[type(row)]] = (*held.get(FIELDS[type(row)], ()), row)
    given = {
        "basis": Basis.STATUTE,
        "due_computed": on(due) if due else None,
        "trigger": partly_known(start) if start else None,
        "trigger_state": TriggerState.KNOWN if start else TriggerState.NOT_NEEDED,
    }
    return Facts(**{**given, **held, **fields})


def _part(fact: type[Row], /, **values: Any) -> Part:
    return lambda recorded_at: fact(recorded_at=recorded_at, **values)


def look(text: str, **values: Any) -> Part:
    """Somebody looked on a day; nothing there."""
    return _part(CheckFact, day=on(text), **values)


def response(id: str, kind: ResponseKind | None, text: str | None, seen: str | None, **values: Any) -> Part:
    """A communication received on a day (None: no date) and first seen that day or later."""
    received = partly_known(text) if text else None
    first_seen = on(seen) if seen else received.last if received else on("05-01")
    return _part(
        ResponseFact, **{"id": id, "kind": kind, "first_seen_on": first_seen, "received": received, **values}
    )


def reply(text: str | None, id: str = "reply", seen: str | None = None, **values: Any) -> Part:
    """A reply."""
    return response(id, ResponseKind.REPLY, text, seen, **values)


def holding(text: str | None, id: str = "holding", seen: str | None = None, **values: Any) -> Part:
    """A holding reply."""
    return response(id, ResponseKind.HOLDING, text, seen, **values)


def supplement(text: str, id: str = "supplement", seen: str | None = None, **values: Any) -> Part:
    """A supplement to an earlier reply."""
    return response(id, ResponseKind.SUPPLEMENT, text, seen, **values)


def struck(part: Part) -> Part:
    """The same response, struck: our error."""
    return lambda at: _replaced(part(at), struck_at=MIDNIGHT + timedelta(days=1))


def replaced(part: Part) -> Part:
    """The same row, superseded by a later one."""
    return lambda at: _replaced(part(at), superseded_at=MIDNIGHT + timedelta(days=1))


def _replaced(row: Row, **values: Any) -> Row:
    return replace(row, **values)


def retracted(part: Part, text: str) -> Part:
    """The same response, withdrawn by the body on a day."""
    return lambda at: _replaced(part(at), retracted_on=on(text))


def judged(verdict: str, *ids: str, signed: bool = True, withdrawn: bool = False, **values: Any) -> Part:
    """A verdict on a set of responses, countersigned unless said otherwise."""
    return lambda at: VerdictFact(
        id=f"verdict-{at:%M}",
        recorded_at=at,
        verdict=Verdict(verdict),
        response_ids=frozenset(ids or ("reply",)),
        countersigned_at=at if signed else None,
        withdrawn_at=at if withdrawn else None,
        **values,
    )


def extension(given: str, to: str, **values: Any) -> Part:
    """More time, given on a day, to a day."""
    return _part(ExtensionFact, given_on=on(given), new_due_on=on(to), **values)


def pause(begin: str, end: str | None = None, due_after: str | None = None, **values: Any) -> Part:
    """A stopped clock."""
    return _part(
        PauseFact,
        begin_on=on(begin),
        end_on=on(end) if end else None,
        due_after=on(due_after) if due_after else None,
        **values,
    )


def afresh(begin: str, due_after: str | None, **values: Any) -> Part:
    """The period began anew on a day."""
    return _part(RestartFact, begin_on=on(begin), due_after=on(due_after) if due_after else None, **values)


def void(text: str, kind: ClockEntryKind = ClockEntryKind.VOID) -> Part:
    """The duty ended on a day."""
    return _part(EndingFact, effective_on=on(text), kind=kind)


def proposal(text: str) -> Part:
    """An undecided finding proposes a response."""
    return _part(ProposalFact, found_on=on(text))
