"""A plan of two commitments, one with milestones, and an assembly's report with answers that take positions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session

from tests.services.entered import GROUP, NOW, STATED, owing, report
from tests.web.open_site import Opened
from tracker.domain.partial import day
from tracker.domain.substance import Tick
from tracker.domain.words import (
    Basis,
    ClaimState,
    ItemKind,
    Position,
    ProcessKind,
    ResponseKind,
    Speaker,
    Verdict,
)
from tracker.services.assess import Assess, assess
from tracker.services.claim_implementation import StateClaim, state_claim
from tracker.services.enter import EnterItem, OwedBy, enter_item
from tracker.services.enter_process import EnterDocument, EnterProcess, enter_document, enter_process
from tracker.services.reckon import Deadline
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.storage.entries import id_of
from tracker.storage.tables import Item

ADDRESS = "https://water.example/word"


def plan(session: Session) -> dict[str, int]:
    """The document `plan` of the process `the-plan`: obligations by the name of their item."""
    report(session)
    process = EnterProcess(
        key="the-plan",
        name="Open Water Plan",
        kind=ProcessKind.ACTION_PLAN,
        organiser="Government",
        jurisdiction="GB",
    )
    enter_process(session, NOW, process, actor=GROUP)
    said = EnterDocument(process="the-plan", key="plan", title="The plan", published=day(date(2026, 3, 9)))
    enter_document(session, NOW, said, actor=GROUP)
    found = {"meters": promise(session, "Fit meters"), "maps": promise(session, "Publish maps")}
    parent = str(found["meters"].key)
    found["law"] = promise(session, "Pass the law", parent=parent)
    found["money"] = promise(session, "Find the money", parent=parent)
    return {name: owing(session, item)[0] for name, item in found.items()}


def promise(session: Session, title: str, **changes: Any) -> Item:
    """A commitment of the plan, owed by the Ministry of Water."""
    wanted: dict[str, Any] = {
        "document": "plan",
        "title": title,
        "kind": ItemKind.COMMITMENT,
        "addressees": (OwedBy(body="ministry-of-water"),),
        "deadline": Deadline(basis=Basis.PROMISE, stated=day(date(2026, 12, 1))),
    }
    return enter_item(session, NOW, EnterItem(**wanted | changes), actor=GROUP)


def claim(session: Session, obligation: int, speaker: Speaker, state: ClaimState, word: str = "") -> None:
    """What a speaker says of how far it is done."""
    said = StateClaim(
        obligations=(obligation,),
        speaker=speaker,
        state=state,
        speaker_name="The reviewer" if speaker is Speaker.REVIEWER else "",
        as_written=word,
        claimed=day(date(2026, 5, 2)),
        url=ADDRESS,
    )
    state_claim(session, NOW, said, actor=GROUP)


def answered(session: Session, obligation: int, position: Position, on: date, word: str = "") -> int:
    """An answer of that day that takes a position."""
    line = SaidFor(
        obligation=obligation, kind=ResponseKind.REPLY, position=position, position_as_written=word
    )
    said = LogResponse(
        body="ministry-of-water", lines=(line,), first_seen_on=on, published=day(on), url=f"{ADDRESS}/{on}"
    )
    return id_of(respond(session, NOW, said, actor=GROUP))


def judged(session: Session, obligation: int, response: int, verdict: Verdict) -> None:
    """A verdict on an answer."""
    said = Assess(
        obligation=obligation,
        responses=(response,),
        verdict=verdict,
        reasons="It says so.",
        checklist={"action": Tick(True, "We will.", "2")},
    )
    assess(session, NOW, said, actor=GROUP)


def asked(session: Session, title: str, *bodies: str) -> list[int]:
    """A recommendation of the assembly's report, and what is owed about it."""
    wanted = EnterItem(
        document="citizens-assembly-on-water-final-report",
        title=title,
        addressees=tuple(OwedBy(body=body) for body in bodies or ("ministry-of-water",)),
        deadline=STATED,
    )
    return owing(session, enter_item(session, NOW, wanted, actor=GROUP))


@contextmanager
def asking() -> Iterator[list[str]]:
    """The statements that are sent to a database meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def opened(site: Opened, address: str) -> int:
    """How many statements a page costs."""
    with asking() as sent:
        site.get(address)
    return len(sent)


__all__ = ["answered", "asked", "asking", "claim", "judged", "opened", "plan", "promise"]
