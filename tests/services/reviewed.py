"""What tests of reviewing do first: collect the register, find what waits, take it over."""

from dataclasses import replace
from typing import Any

from sqlmodel import select

from tests.services.entered import GROUP
from tests.services.register import (
    ANSWERED,
    LISTING,
    VOICE_ANSWER,
    Collecting,
)
from tracker.domain.words import ResponseKind, RunState
from tracker.services.draft_decision import draft_response
from tracker.services.respond import LogResponse
from tracker.services.review import accept_new_item, open_findings
from tracker.storage import findings
from tracker.storage.engine import Database
from tracker.storage.tables import (
    Obligation,
    Run,
)


def rows(database: Database, table: Any) -> list[Any]:
    with database.reading() as session:
        found = list(session.exec(select(table).order_by(*table.__table__.primary_key)))
        session.expunge_all()
        return found


def waiting(collecting: Collecting, kind: str) -> int:
    """The id of the oldest finding of a kind that waits."""
    with collecting.database.reading() as session:
        found = open_findings(session, kind=kind)
        assert found, [(one.finding.kind, one.finding.content) for one in open_findings(session)]
        return found[0].finding.id or 0


def accept_item(collecting: Collecting) -> int:
    """Take the proposed initiative over as it is; the id of what is owed about it."""
    with collecting.database.writing() as session:
        accept_new_item(session, collecting.clock(), waiting(collecting, "new_item"), actor=GROUP)
    return int(rows(collecting.database, Obligation)[0].id)


def answered(collecting: Collecting) -> int:
    """The answer is published and collected; the id of what proposes it."""
    collecting.register.put(VOICE_ANSWER, ANSWERED)
    collecting.clock.at = collecting.clock.at.replace(month=2, day=27)
    collecting.collect()
    return waiting(collecting, "response")


def drafted(collecting: Collecting, finding_id: int, kind: ResponseKind = ResponseKind.REPLY) -> LogResponse:
    with collecting.database.reading() as session:
        one = findings.one(session, finding_id)
        assert one is not None
        said = draft_response(session, one)
    lines = tuple(replace(line, kind=kind) for line in said.lines)
    return replace(said, lines=lines)


def quarantined(collecting: Collecting) -> int:
    """The listing shrank to nothing; the id of the reading that was set aside."""
    collecting.register.put(
        LISTING, b"<html><body><h1>Find initiatives</h1><p>Current status: Registered</p></body></html>"
    )
    collecting.clock.forward(days=1)
    collecting.collect()
    run = rows(collecting.database, Run)[-1]
    assert run.state is RunState.QUARANTINED, run.problems
    return int(run.id)
