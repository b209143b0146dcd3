"""A body the log names by key is told at no output once it is withheld; the others beside it stay."""

import json
from dataclasses import replace
from pathlib import Path

from tests.services.entered import GROUP, NOW, item, owing
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import ResponseKind, Visibility
from tracker.services.correct_response import correct_response, facts_of_response
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.export_tables import export_tables
from tracker.services.merge_bodies import Merge, merge_bodies
from tracker.services.note_body_change import Happened
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.services.sequence import sequence
from tracker.storage import bodies, log
from tracker.storage.engine import Database
from tracker.storage.events import events
from tracker.storage.told_bodies import told

RIVERS, LAKES = "ministry-of-rivers", "ministry-of-lakes"


def _told(database: Database, folder: Path) -> dict[str, str]:
    """All that the log gives out, by where."""
    with database.reading() as session:
        export_tables(session, NOW, folder, "csv")
        lines = events(session, ListQuery(ListName.ALL))
        entries = [one.text for one in log.public_entries(session, 0, 1000) if one.shown]
    said = json.dumps([[dict(line.detail), dict(line.named)] for line in lines], default=str)
    return {"lines": said, "export": (folder / "events.csv").read_text("utf-8"), "log": "\n".join(entries)}


def test_a_withheld_signer_is_named_in_no_entry(database: Database, tmp_path: Path) -> None:
    with database.writing() as session:
        for key in (RIVERS, LAKES):
            enter_body(session, NOW, EnterBody(key=key, name=key.title(), jurisdiction="GB"), actor=GROUP)
        [owed] = owing(session, item(session, "ministry-of-water"))
        said = LogResponse(
            body="ministry-of-water",
            lines=(SaidFor(obligation=owed, kind=ResponseKind.REPLY),),
            first_seen_on=NOW.date(),
            url="https://water.example/reply",
            signers=(RIVERS, LAKES),
        )
        made = respond(session, NOW, said, actor=GROUP)
        held = facts_of_response(session, made)
        correct_response(session, NOW, made, replace(held, signers=(RIVERS,)), "Lakes did not.", actor=GROUP)
        other = replace(held, body=RIVERS, signers=("ministry-of-water",))
        correct_response(session, NOW, made, other, "Rivers.", actor=GROUP)
        correct_response(session, NOW, made, replace(held, signers=(LAKES,)), "It was water.", actor=GROUP)
        lakes = bodies.by_key(session, LAKES)
        assert lakes is not None
        merged = Merge(into=RIVERS, happened=Happened(works_from_on=NOW.date(), reason="The order"))
        merge_bodies(session, NOW, lakes, merged, actor=GROUP)
    with database.writing() as session:
        while sequence(session, NOW):
            pass
    before = _told(database, tmp_path / "before")
    assert all(RIVERS in said and LAKES in said for said in before.values())
    with database.writing() as session:
        row = bodies.by_key(session, RIVERS)
        assert row is not None
        row.visibility = Visibility.WITHHELD
    after = _told(database, tmp_path / "after")
    assert [
        line
        for said in after.values()
        for line in said.splitlines()
        if RIVERS in line.lower() and "entered_body" not in line
    ] == []
    assert LAKES in after["lines"] and LAKES in after["export"]


def test_what_is_no_key_of_a_body_stays_as_it_is() -> None:
    detail = {"what": "recomputed", "before": "running", "changed": ["stated"], "old": "2026-05-01"}
    assert told(detail, ()) == detail
