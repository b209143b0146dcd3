"""What a finding is suggested for: among everything on record that it can mean, with ties named."""

from datetime import date
from typing import Any

from sqlmodel import Session

from tests.services.entered import GROUP, NOW, item, owing, report
from tracker.services.propose import Draft
from tracker.services.succeed import Succeed, succeed
from tracker.services.suggest import belonging_of, suggest
from tracker.storage import entries
from tracker.storage.engine import Database
from tracker.storage.tables import Source


def _source(session: Session) -> Source:
    source = Source(key="replies", reader="feed", address="https://source.example.org/replies")
    session.add(source)
    session.flush()
    return source


def _suggested(session: Session, **said: Any) -> dict[str, Any]:
    number = said.pop("number", "")
    content = {"kind": "response", "key": "entry-1", "extra": {"item": number}, **said}
    row = Draft(1, 1, None, "response", "f", "entry-1", content, {"pages": []}, NOW)
    suggest(row, belonging_of(session, _source(session), [row], NOW))
    return row.suggestion


def test_a_source_without_a_process_still_finds_the_item_of_that_number(database: Database) -> None:
    with database.writing() as session:
        entered = item(session, ref="2024-0093")
        said = _suggested(session, number="PFD 2024-0093", body_name="Ministry of Water")
        assert [said["obligation"]] == said["obligations"] == owing(session, entered)
        assert said["item"] == entered.key and said["tied"] == []


def test_a_body_named_in_another_order_is_found_with_the_title(database: Database) -> None:
    with database.writing() as session:
        entered = item(session, title="Publish the glyphosate data of every river")
        said = _suggested(
            session, title="Publish the glyphosate data of every river", body_name="Water Ministry"
        )
        assert [one["obligation"] for one in said["matches"]] == owing(session, entered)
        assert [code for code, _ in said["matches"][0]["reasons"]] == ["same_body", "same_title"]


def test_each_debtor_a_reply_names_is_suggested(database: Database) -> None:
    with database.writing() as session:
        entered = item(session, "ministry-of-water", "ministry-of-rivers", ref="2024-0093")
        said = _suggested(session, number="2024-0093", body_name="Ministry of Rivers and Ministry of Water")
        assert sorted(said["obligations"]) == sorted(owing(session, entered))


def test_a_number_without_a_body_ties_the_debtors_and_suggests_none(database: Database) -> None:
    with database.writing() as session:
        entered = item(session, "ministry-of-water", "ministry-of-rivers", ref="2024-0093")
        said = _suggested(session, number="2024-0093")
        assert said["obligation"] is None and said["obligations"] == []
        assert sorted(said["tied"]) == sorted(owing(session, entered))


def test_an_answer_of_the_body_that_owes_since_says_so(database: Database) -> None:
    with database.writing() as session:
        entered = item(session, ref="2024-0093")
        (water,) = entries.bodies_named(session, "ministry-of-water")
        link = Succeed(successor="ministry-of-rivers", works_from_on=date(2026, 4, 1), reason="Merged")
        succeed(session, NOW, water, link, actor=GROUP)
        said = _suggested(session, number="2024-0093", body_name="Ministry of Rivers")
        assert said["obligations"] == owing(session, entered)
        assert "successor" in [code for code, _ in said["matches"][0]["reasons"]]


def test_an_answer_without_a_number_by_the_body_that_owes_since_is_found_by_its_title(
    database: Database,
) -> None:
    with database.writing() as session:
        entered = item(session, title="Publish the glyphosate data of every river")
        (water,) = entries.bodies_named(session, "ministry-of-water")
        link = Succeed(successor="ministry-of-rivers", works_from_on=date(2026, 4, 1), reason="Merged")
        succeed(session, NOW, water, link, actor=GROUP)
        said = _suggested(session, title=entered.title, body_name="Ministry of Rivers")
        assert [one["obligation"] for one in said["matches"]] == owing(session, entered)


def test_the_same_recommendation_number_of_another_document_is_not_suggested(database: Database) -> None:
    with database.writing() as session:
        item(session, document=report(session), ref="Recommendation 12")
        said = _suggested(session, number="Recommendation 12", body_name="Ministry of Water")
        assert said["obligation"] is None and said["matches"] == []
