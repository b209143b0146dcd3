"""Recorded answers of Parliament's sites, from the wire to the reviewer's desk: what is proposed, and as what."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from scrapers.cage import Cage
from tests.services.entered import GROUP, item, owing, report, shown
from tests.services.register import Clock, Collecting, running_register
from tests.services.reviewed import accept_item
from tests.shared import shared
from tracker.domain.partial import day
from tracker.domain.words import Basis, ResponseKind, Standing, Trigger
from tracker.services.draft_decision import draft_response
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.reckon import Deadline
from tracker.services.respond import LogResponse
from tracker.services.review import open_findings
from tracker.storage import entries
from tracker.storage.engine import Database

PETITION = "/petitions/131215.json"
QUESTIONS = "/api/writtenquestions/questions"

ASKED = Deadline(
    stated=day(date(2024, 1, 11)),
    trigger=Trigger.DATED,
    trigger_on=day(date(2024, 1, 5)),
    basis=Basis.CONVENTION,
)


@pytest.fixture
def collecting(database: Database, cage: Cage) -> Iterator[Collecting]:
    with running_register() as register:
        yield Collecting(database, register, cage, Clock())


def _recorded(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(shared("data", "samples", name).read_text("utf-8"))
    return loaded


def _drafts(collecting: Collecting) -> dict[str, LogResponse]:
    with collecting.database.reading() as session:
        found = open_findings(session, kind="response")
        return {one.finding.external_key: draft_response(session, one) for one in found}


def _day(draft: LogResponse) -> date | None:
    return draft.published.value if draft.published else None


def _with_response(petition: dict[str, Any]) -> str:
    petition["data"]["attributes"] |= {
        "government_response_at": "2016-07-08T09:00:00.000Z",
        "government_response": {
            "responded_on": "2016-07-08",
            "summary": "No.",
            "details": "The Act was clear.",
        },
    }
    return json.dumps(petition)


def test_a_petition_waits_from_its_threshold_until_the_response_is_reviewed(collecting: Collecting) -> None:
    petition = _recorded("uk-petitions/131215.json")
    collecting.register.put(PETITION, json.dumps(petition), Content_Type="application/json")
    collecting.source("petition", "uk_petitions", PETITION, process="petitions")
    collecting.collect(only="petition")
    owed = accept_item(collecting)
    with collecting.database.reading() as session:
        (one,) = entries.owed(session, [owed])
        assert (one.terms.rule_key, one.terms.trigger_on) == ("gb-epetition-10k", date(2016, 6, 24))
        assert (one.body.name, one.item.ref) == ("UK Government", "131215")
        assert shown(session, owed, collecting.clock()).standing is Standing.WAITING
    collecting.register.put(PETITION, _with_response(petition), Content_Type="application/json")
    collecting.clock.forward(hours=25)
    collecting.collect(only="petition")
    draft = _drafts(collecting)["131215/response"]
    assert [(line.obligation, line.kind) for line in draft.lines] == [(owed, ResponseKind.REPLY)]
    assert (_day(draft), draft.text) == (date(2016, 7, 8), "No.\nThe Act was clear.")


def test_a_holding_answer_is_proposed_as_one_and_never_as_a_reply(collecting: Collecting) -> None:
    with collecting.database.writing() as session:
        document = report(session)
        enter_body(
            session, collecting.clock(), EnterBody(name="Department of Health and Social Care"), actor=GROUP
        )
        asked = item(
            session,
            "department-of-health-and-social-care",
            document=document,
            title="Liver Diseases",
            ref="1679801",
            deadline=ASKED,
        )
        (owed,) = owing(session, asked)
    collecting.register.put(QUESTIONS, json.dumps(_recorded("uk-parliament/written_questions_list.json")))
    collecting.source("questions", "uk_written_questions", QUESTIONS)
    collecting.collect(only="questions")
    drafts = _drafts(collecting)
    assert len(drafts) == 24
    said = {
        key: (_day(draft), draft.lines[0].kind, draft.lines[0].obligation)
        for key, draft in drafts.items()
        if draft.lines
    }
    assert said == {
        "1679801/holding": (date(2024, 1, 11), ResponseKind.HOLDING, owed),
        "1679801/reply": (date(2024, 1, 22), ResponseKind.REPLY, owed),
    }
