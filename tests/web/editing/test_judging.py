"""Judging: sentences picked by number, one reply for many items, second readers, a promise made a commitment."""

from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from tests.services.entered import GROUP, NOW, item, owing, report
from tests.services.test_respond import reply
from tests.web.editing.conftest import Person, person
from tracker.services.respond import respond
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.storage.tables import Assessment, Item

TEXT = (
    "Recommendation 1\nWe accept this recommendation. The Water Agency will publish it by May 2027.\n"
    "Recommendation 2\nWe will respond in due course."
)


@pytest.fixture
def answered(database: Database) -> tuple[list[int], str]:
    with database.writing() as session:
        carrying = report(session)
        asked = [item(session, document=carrying, ref=f"R{n}", title=f"Point {n}") for n in (1, 2)]
        ids = [owing(session, one)[0] for one in asked]
        return ids, respond(session, NOW, reply(*ids, text=TEXT), actor=GROUP).key


def judged(reviewer: Person, database: Database, id_: int, **more: Any) -> None:
    typed = {
        "verdict": "substantive",
        "reasons": "A date and a doer.",
        "tick__position": "1",
        "pick__position": "2",
    }
    reviewer.get(f"/edit/obligations/{id_}/assess")
    answer = reviewer.post(f"/edit/obligations/{id_}/assess", responses="1", **(typed | more))
    assert answer.status_code == 303, reviewer.page


def test_only_the_passage_on_the_item_is_shown_with_its_marks(
    reviewer: Person, answered: tuple[list[int], str]
) -> None:
    reviewer.get(f"/edit/obligations/{answered[0][1]}/assess")
    assert "We will respond in due course." in reviewer.page and "Water Agency" not in reviewer.page
    assert "Holding" in reviewer.page and "labelled replies" in reviewer.page
    reviewer.get(f"/edit/obligations/{answered[0][1]}/assess?whole=1")
    assert "Water Agency" in reviewer.page


def test_nothing_is_ticked_before_a_person_ticks_it(
    reviewer: Person, answered: tuple[list[int], str]
) -> None:
    reviewer.get(f"/edit/obligations/{answered[0][0]}/assess")
    assert 'name="tick-position" value="1">' in reviewer.page
    assert 'name="verdict" value="substantive">' in reviewer.page


def test_a_sentence_is_quoted_by_its_number(
    reviewer: Person, database: Database, answered: tuple[list[int], str]
) -> None:
    judged(reviewer, database, answered[0][0])
    with database.reading() as session:
        kept = session.exec(select(Assessment)).one().checklist["position"]
    assert kept == {
        "ticked": True,
        "quote": "We accept this recommendation.",
        "page": "",
        "quote_checked": True,
    }


def test_the_words_of_the_numbers_can_be_seen_before_judging(
    reviewer: Person, database: Database, answered: tuple[list[int], str]
) -> None:
    reviewer.get(f"/edit/obligations/{answered[0][0]}/assess")
    reviewer.post(f"/edit/obligations/{answered[0][0]}/assess", fill="1", pick__action="2-3")
    assert "We accept this recommendation. The Water Agency will publish it" in reviewer.page
    with database.reading() as session:
        assert session.exec(select(Assessment)).all() == []


def test_one_reply_is_judged_item_by_item_until_nothing_is_left(
    reviewer: Person, database: Database, answered: tuple[list[int], str]
) -> None:
    (first, second), key = answered
    reviewer.get(f"/edit/responses/{key}/judge")
    assert "2 items are left to judge." in reviewer.page
    where = reviewer.get(f"/edit/responses/{key}/judge?next=1").headers["Location"]
    assert where == f"/edit/obligations/{first}/assess?sitting={key}"
    judged(reviewer, database, first, sitting=key)
    reviewer.get(f"/edit/responses/{key}/judge")
    assert "1 item is left to judge." in reviewer.page
    reviewer.get(f"/edit/obligations/{second}/assess?sitting={key}")
    assert "1 judged, 1 left" in reviewer.page


def test_a_verdict_waits_in_the_list_of_second_readers_for_somebody_else(
    app: Flask, reviewer: Person, database: Database, answered: tuple[list[int], str]
) -> None:
    judged(reviewer, database, answered[0][1], verdict="not", tick__position="", pick__position="")
    reviewer.get("/edit/second-readers")
    assert "None waits for you." in reviewer.page and "Your own" in reviewer.page
    second = person(app, "second")
    second.get("/edit/second-readers")
    assert "Read reply and verdict" in second.page and "None waits for you." not in second.page


def test_a_sentence_becomes_a_commitment_and_both_pages_link(
    editor: Person, stranger: Person, database: Database, answered: tuple[list[int], str]
) -> None:
    (first, _), key = answered
    path = f"/edit/responses/{key}/commitment/{first}"
    editor.get(f"{path}?sentence=3")
    assert "will publish it by May 2027.</textarea>" in editor.page and 'value="2027-05"' in editor.page
    typed = {
        "quote": "The Water Agency will publish it by May 2027.",
        "due": "May 2027",
        "body": "Ministry of Water",
    }
    assert editor.post(path, title="Publish it", **typed).status_code == 303
    with database.reading() as session:
        asked, *_rest, made = session.exec(select(Item)).all()
        assert made.arises_from_id and id_of(made)
    stranger.get(f"/items/{asked.key}")
    assert f"/items/{made.key}" in stranger.page
    stranger.get(f"/items/{made.key}")
    assert f"/items/{asked.key}" in stranger.page


def test_a_response_being_logged_shows_what_its_words_look_like(
    editor: Person, answered: tuple[list[int], str]
) -> None:
    editor.get("/edit/responses/new")
    editor.post(
        "/edit/responses/new",
        find="1",
        obligations=str(answered[0][1]),
        text="We will respond in due course.",
    )
    assert "announces an answer" in editor.page
