"""What cannot be meant is refused in a sentence that names the field, and nothing half-written stays behind."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from tests.web.api.story import FOUNDED_ON, STATED, Pattern, Teller, came, judged, moment, opened
from tests.web.open_site import Opened
from tracker.storage.engine import Database
from tracker.web.app import MAX_UPLOAD

NOW = "2026-05-12"
ITEM: dict[str, Any] = {"document": "report", "title": "T", "addressees": [{"body": "bridges"}], **STATED}
RULE = {"rule": "gb-foi-s10", "trigger_on": "2026-05-01", "due_stated": None}
OWED = Pattern(
    "one reply judged in part",
    STATED,
    (came("reply", published="2026-05-06"), judged("partly", "2026-05-08")),
    {},
)
PANEL = {"name": "P", "kind": "coroner"}
LOOK = {"obligations": ["I"], "looked_on": NOW, "places": ["a page"]}
CAME = {"body": "BODY", "url": "https://a.example/1", "obligations": [{"obligation": "I", "kind": "reply"}]}
LONGER = {
    "obligation": "I",
    "kind": "extension",
    "works_from_on": "2026-05-01",
    "new_due_on": "2026-06-01",
    "reason": "R",
}
STOP = {"obligation": "I", "kind": "pause", "works_from_on": "2026-05-02", "reason": "R"}
GIVEN = {
    "obligation": "I",
    "responses": ["MINE"],
    "verdict": "partly",
    "reasons": "R",
    "checklist": {"action": {"ticked": True, "quote": "q", "page": "1"}},
}
AFTER = {"successor": "BODY", "works_from_on": "2026-01-01", "reason": "R"}
TERMS = {"reason": "R", "due_stated": "2026-05-05", "basis": "statute"}
WRONG: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("/processes", {"name": "P", "kind": "assembly"}, "kind"),
    ("/processes", {"kind": "coroner"}, "name"),
    ("/processes", PANEL | {"name": "  "}, "name"),
    ("/processes", PANEL | {"key": "Bad Key"}, "key"),
    ("/processes", PANEL | {"key": "panel"}, "key"),
    ("/processes", PANEL | {"url": "javascript:alert(1)"}, "url"),
    ("/processes", PANEL | {"started": "2026-05", "ended": "2025"}, "ended"),
    ("/processes", PANEL | {"language": "<b>"}, "language"),
    ("/processes", PANEL | {"jurisdiction": "ZZZ9!"}, "jurisdiction"),
    ("/documents", {"process": "none", "title": "T"}, "process"),
    ("/documents", {"process": "panel", "title": ""}, "title"),
    ("/documents", {"process": "panel", "title": "T", "published": "2026-13"}, "published"),
    ("/documents", {"process": "panel", "title": "T", "published": "2999-01-01"}, "published"),
    ("/bodies", {"name": "bridge agency"}, "name"),
    ("/bodies", {"name": 7}, "name"),
    ("/bodies", {"name": "N", "zone": "Mars/Olympus"}, "zone"),
    ("/bodies", {"name": "N", "zone": "../../etc/passwd"}, "zone"),
    ("/bodies", {"name": "N", "kind": "shop"}, "kind"),
    ("/bodies", {"name": "N", "jurisdiction": "!!"}, "jurisdiction"),
    ("/bodies", {"name": "N", "website": "ftp://x"}, "website"),
    ("/items", ITEM | {"due_stated": "2026-02-30"}, "due_stated"),
    ("/items", ITEM | {"due_stated": 20260504}, "due_stated"),
    ("/items", ITEM | {"due_stated": "0001-01-01"}, "due_stated"),
    ("/items", ITEM | {"addressees": [{"body": "bridges"}, {"body": "Bridge Agency"}]}, "body-2"),
    ("/items", ITEM | {"addressees": [{"body": "bridges"}, {"new": {"name": "bridge agency"}}]}, "body-2"),
    ("/items", ITEM | {"addressees": [{"new": {"name": "New"}}, {"new": {"name": "New"}}]}, "body-2"),
    ("/items", ITEM | {"addressees": [{}]}, "body-1"),
    ("/items", ITEM | {"addressees": [{"body": "bridges", "new": {"name": "X"}}]}, "addressees"),
    ("/items", ITEM | {"addressees": [{"body": "bridges", "kind": "report", "periods": 3}]}, "every_months"),
    ("/items", ITEM | {"addressees": [{"body": "bridges", "rank": 1}]}, "addressees.0.rank"),
    ("/items", ITEM | {"rule": "nope"}, "rule"),
    ("/items", ITEM | RULE | {"second_rule": "nope"}, "second_rule"),
    ("/items", ITEM | RULE | {"second_rule": "gb-foi-s10"}, "second_rule"),
    ("/items", ITEM | {"second_rule": "gb-foi-s10"}, "second_rule"),
    ("/items", ITEM | RULE | {"trigger_ahead": True}, "trigger_on"),
    ("/items", ITEM | RULE | {"trigger_on": "2999-12-31"}, "trigger_on"),
    ("/items", ITEM | RULE | {"calendar": "MARS"}, "calendar"),
    ("/items", ITEM | {"parent": "none"}, "parent"),
    ("/items", ITEM | {"repeats": "none"}, "repeats"),
    ("/items", ITEM | {"key": "A B"}, "key"),
    ("/items", ITEM | {"amount": 0}, "amount"),
    ("/items", ITEM | {"amount": 1.5}, "amount"),
    ("/items", ITEM | {"amount": True}, "amount"),
    ("/items", ITEM | {"basis": "law"}, "basis"),
    ("/items", ITEM | {"basis": None}, "basis"),
    ("/items", ITEM | {"source_url": "javascript:alert(1)"}, "source_url"),
    ("/items", ITEM | {"tags": ["a", 2]}, "tags.1"),
    ("/items", ITEM | {"text": "a" * 100_001}, "text"),
    ("/items", ITEM | {"language": "English"}, "language"),
    ("/checks", {}, "obligations"),
    ("/checks", LOOK | {"looked_on": "2026-05-13"}, "looked_on"),
    ("/checks", LOOK | {"looked_on": "2026-02-30"}, "looked_on"),
    ("/checks", LOOK | {"looked_on": "2026-05"}, "looked_on"),
    ("/checks", LOOK | {"places": []}, "places"),
    ("/checks", LOOK | {"places": ["  "]}, "places"),
    ("/checks", LOOK | {"places": "a page"}, "places"),
    ("/checks", LOOK | {"obligations": []}, "obligations"),
    ("/checks", LOOK | {"obligations": ["I", 999]}, "obligations"),
    ("/checks", LOOK | {"obligations": ["1"]}, "obligations.0"),
    ("/checks", LOOK | {"obligations": [2**40]}, "obligations.0"),
    ("/checks", LOOK | {"weather": "fine"}, "weather"),
    ("/responses", CAME | {"body": "nobody"}, "body"),
    ("/responses", CAME | {"published_on": "2026-06"}, "published_on"),
    ("/responses", CAME | {"received_on": "2026-05-13"}, "received_on"),
    ("/responses", CAME | {"published_on": "2026-02-30"}, "published_on"),
    ("/responses", CAME | {"first_seen_on": "2026-05-13"}, "first_seen_on"),
    ("/responses", CAME | {"published_on": NOW, "first_seen_on": "2026-05-11"}, "published_on"),
    ("/responses", CAME | {"url": ""}, "url"),
    ("/responses", CAME | {"url": "javascript:1"}, "url"),
    ("/responses", CAME | {"obligations": []}, "obligations"),
    ("/responses", CAME | {"obligations": [{"obligation": "I"}]}, "obligations.0.kind"),
    ("/responses", CAME | {"obligations": [{"obligation": "I", "kind": "letter"}]}, "obligations.0.kind"),
    ("/responses", CAME | {"obligations": [{"obligation": "I", "kind": "reply"}] * 2}, "obligations"),
    ("/responses", CAME | {"obligations": [{"obligation": 999, "kind": "reply"}]}, "obligations"),
    ("/responses", CAME | {"obligations": [{"obligation": "OTHER", "kind": "reply"}]}, "on_behalf-OTHER"),
    ("/responses/MINE/strike", {}, "reason"),
    ("/responses/MINE/strike", {"reason": " "}, "reason"),
    ("/responses/MINE/retract", {}, "retracted_on"),
    ("/responses/MINE/retract", {"retracted_on": "2026-05-13"}, "retracted_on"),
    ("/responses/MINE/retract", {"retracted_on": "2026-05-05"}, "retracted_on"),
    ("/clock-entries", LONGER | {"new_due_on": "2026-05-03"}, "new_due_on"),
    ("/clock-entries", LONGER | {"new_due_on": None}, "new_due_on"),
    ("/clock-entries", LONGER | {"works_from_on": "2026-05-13"}, "works_from_on"),
    ("/clock-entries", LONGER | {"reason": ""}, "reason"),
    ("/clock-entries", LONGER | {"kind": "stop"}, "kind"),
    ("/clock-entries", LONGER | {"obligation": 999}, "obligation"),
    ("/clock-entries", LONGER | {"source_url": "x"}, "source_url"),
    ("/clock-entries", LONGER | {"ends_on": "2026-05-30"}, "ends_on"),
    ("/clock-entries", STOP | {"ends_on": "2026-05-01"}, "ends_on"),
    ("/clock-entries", STOP | {"new_due_on": "2026-06-01"}, "new_due_on"),
    ("/clock-entries", STOP | {"to_body": "bridges"}, "to_body"),
    ("/clock-entries", STOP | {"kind": "restart"}, "works_from_on"),
    ("/clock-entries", STOP | {"kind": "void", "cures": True}, "cures"),
    ("/clock-entries", STOP | {"kind": "transfer"}, "to_body"),
    ("/clock-entries", STOP | {"kind": "transfer", "to_body": "BODY"}, "to_body"),
    ("/clock-entries", STOP | {"kind": "transfer", "to_body": "nobody"}, "to_body"),
    ("/assessments", GIVEN | {"responses": ["THEIRS"]}, "responses"),
    ("/assessments", GIVEN | {"responses": []}, "responses"),
    ("/assessments", GIVEN | {"responses": ["none"]}, "responses"),
    ("/assessments", GIVEN | {"responses": [1]}, "responses.0"),
    ("/assessments", GIVEN | {"verdict": "yes"}, "verdict"),
    ("/assessments", GIVEN | {"reasons": ""}, "reasons"),
    ("/assessments", GIVEN | {"obligation": 999}, "obligation"),
    ("/assessments", GIVEN | {"checklist": {"evidence": {"ticked": True, "quote": "q"}}}, "checklist"),
    ("/assessments", GIVEN | {"checklist": {"action": {"ticked": True}}}, "quote-action"),
    ("/assessments", GIVEN | {"checklist": {"action": True}}, "checklist.action"),
    ("/assessments", GIVEN | {"checklist": []}, "checklist"),
    ("/assessments", GIVEN | {"checklist": {}}, "verdict"),
    ("/assessments/VERDICT/countersign", {"mood": "good"}, "mood"),
    ("/assessments/VERDICT/countersign", {}, "assessment"),
    ("/assessments/VERDICT/withdraw", {}, "reason"),
    ("/assessments/VERDICT/withdraw", {"reason": " "}, "reason"),
    ("/obligations/I/terms", {"due_stated": "2026-05-05", "basis": "statute"}, "reason"),
    ("/obligations/I/terms", {"reason": "R", "due_stated": "2026-05-05"}, "basis"),
    ("/obligations/I/terms", {"reason": "R", "rule": "nope"}, "rule"),
    ("/obligations/I/terms", TERMS | {"decided": "computed"}, "decided"),
    ("/obligations/I/terms", TERMS | {"decided": "both"}, "decided"),
    ("/rules/nope/confirm", {"source_url": "https://law.example"}, "rule"),
    ("/rules/gb-lgo-report/confirm", {}, "source_url"),
    ("/bodies/bridges/successions", AFTER | {"successor": "bridges"}, "successor"),
    ("/bodies/bridges/successions", AFTER | {"successor": "nobody"}, "successor"),
    ("/bodies/bridges/successions", AFTER | {"works_from_on": "2026-02-30"}, "works_from_on"),
    ("/bodies/bridges/successions", AFTER | {"reason": ""}, "reason"),
)
NOT_THERE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/responses/none/strike", {"reason": "R"}),
    ("/responses/none/retract", {"retracted_on": NOW}),
    ("/assessments/999/countersign", {}),
    ("/assessments/abc/countersign", {}),
    ("/assessments/999/withdraw", {"reason": "R"}),
    ("/bodies/none/successions", AFTER),
    ("/letters", {}),
)


@pytest.fixture(scope="module")
def told(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Teller]:
    """An obligation with a judged reply, and the reply to another one beside it."""
    path = tmp_path_factory.mktemp("wrong") / "answerby.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    site = opened(Opened(database, now=moment(FOUNDED_ON)))
    other = OWED.told(site)
    teller = OWED.told(site)
    teller.responses["other"] = other.responses["A"]
    teller.ids.append(other.ids[0])
    teller.site.now = moment(NOW)
    yield teller
    database.close()


def rows(teller: Teller) -> dict[str, int]:
    """How many rows each table has."""
    with teller.site.database.reading() as session:
        tables = SQLModel.metadata.tables
        return {
            name: session.execute(select(func.count()).select_from(tables[name])).scalar_one()
            for name in tables
        }


def filled(teller: Teller, said: Any) -> Any:
    """The names of this table replaced by what they stand for here."""
    names = {
        "I": teller.ids[0],
        "OTHER": teller.ids[1],
        "BODY": teller.body,
        "MINE": teller.responses["A"],
        "THEIRS": teller.responses["other"],
        "VERDICT": teller.verdicts[-1],
    }
    if isinstance(said, dict):
        return {name: filled(teller, value) for name, value in said.items()}
    if isinstance(said, list):
        return [filled(teller, value) for value in said]
    return names.get(said, said) if isinstance(said, str) else said


def address(teller: Teller, written: str) -> str:
    return "/".join(str(filled(teller, part)) for part in written.split("/"))


@pytest.mark.parametrize(("path", "said", "field"), WRONG)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    told: Teller, path: str, said: dict[str, Any], field: str
) -> None:
    before = rows(told)
    error = told.post(address(told, path), filled(told, said), status=400)
    assert error["errors"][0]["name"] == field.replace("OTHER", str(told.ids[1]))
    assert error["detail"].strip().endswith((".", "DE-NW")), error["detail"]
    assert rows(told) == before


@pytest.mark.parametrize(("path", "said"), NOT_THERE)
def test_what_is_not_there_cannot_be_written_about(told: Teller, path: str, said: dict[str, Any]) -> None:
    before = rows(told)
    told.post(path, filled(told, said), status=404)
    assert rows(told) == before


@pytest.mark.parametrize("path", ["/checks", "/items", "/responses", "/assessments", "/clock-entries"])
def test_what_is_no_object_of_json_is_refused(told: Teller, path: str) -> None:
    headers, before = {"Authorization": f"Bearer {told.tokens['first']}"}, rows(told)
    for raw in (b"", b"{", b"null", b'"x"', b"[]", b"7", b"\xff\xfe", b"[" * 50_000, b'{"obligation": NaN}'):
        answer = told.site.client.post(f"/api/v1{path}", data=raw, headers=headers)
        assert answer.status_code == 400, raw[:20]
        assert answer.get_json()["detail"]
    for raw, said in (
        (b'{"reason": "R", "reason": "S"}', "several times"),
        (b'{"reason": NaN}', "NaN is not"),
    ):
        answer = told.site.client.post(f"/api/v1{path}", data=raw, headers=headers)
        assert answer.status_code == 400 and said in answer.get_json()["detail"]
    huge = b'{"reason": "' + b"x" * 10_000_000 + b'"}'
    refused = told.site.client.post(f"/api/v1{path}", data=huge, headers=headers)
    assert refused.status_code == 413
    assert f"at most {MAX_UPLOAD // 1_000_000} MB at once" in refused.get_json()["detail"]
    assert rows(told) == before
