"""Writing by the API: with a token only, all or nothing, and the public list shows it at once."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.web.api.schema import faults
from tests.web.api.story import REFUSED
from tests.web.open_site import LOOKED, Opened
from tracker.domain.words import UserRole
from tracker.services.grant import grant, take_back_tokens
from tracker.services.people import add_user, disable
from tracker.storage.engine import Database
from tracker.storage.people import user_by_email

V1 = "/api/v1"
TICKS = {"action": {"ticked": True, "quote": "We will.", "page": "2"}}


@dataclass
class Writer:
    """A program with somebody's token."""

    site: Opened
    token: str

    def post(self, path: str, status: int = 201, /, **body: Any) -> Any:
        answer = self.site.client.post(
            f"{V1}{path}", json=body, headers={"Authorization": f"Bearer {self.token}"}
        )
        assert answer.status_code in REFUSED.get(status, (status,)), (
            path,
            answer.status_code,
            answer.get_data(as_text=True),
        )
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.get_json()

    def refused(self, path: str, /, **body: Any) -> str:
        """The field that is refused."""
        return str(self.post(path, 400, **body)["errors"][0]["name"])


def hired(site: Opened, name: str, role: UserRole) -> Writer:
    with site.write() as session:
        add_user(session, site.now, f"{name}@example.org", role, "city-watch", password="three calm herons")
        return Writer(site, grant(session, site.now, f"{name}@example.org").secret)


@pytest.fixture
def opened(database_url: str) -> Iterator[Opened]:
    database = Database(database_url)
    yield Opened(database, now=LOOKED)
    database.close()


@pytest.fixture
def reviewer(opened: Opened) -> Writer:
    return at_work(opened)


@pytest.fixture(scope="module")
def refused_writer(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writer]:
    """For tests in which nothing is kept."""
    path = tmp_path_factory.mktemp("refused") / "answerby.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    yield at_work(Opened(database, now=LOOKED))
    database.close()


def at_work(site: Opened) -> Writer:
    found = hired(site, "reviewer", UserRole.REVIEWER)
    assert _document(found) == "panel-report"
    return found


def _document(writer: Writer) -> str:
    process = writer.post("/processes", name="Panel", kind="citizens-jury", jurisdiction="GB")["key"]
    writer.post("/bodies", name="Ministry of Roads", jurisdiction="GB", key="roads")
    return str(writer.post("/documents", process=process, title="Report")["key"])


def entered(writer: Writer, **changes: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "document": "panel-report",
        "title": "Mend the bridge",
        "addressees": [{"body": "roads"}],
        "basis": "statute",
        "due_stated": "2026-05-04",
    }
    found: dict[str, Any] = writer.post("/items", **said | changes)
    return found


def answered(writer: Writer, id_: int, kind: str, published_on: str) -> Any:
    """A response of the ministry, as it was put on record."""
    return writer.post(
        "/responses",
        body="Ministry of Roads",
        obligations=[{"obligation": id_, "kind": kind}],
        published_on=published_on,
        url=f"https://roads.example/{kind}",
    )


def standings(recorded: Any) -> list[str]:
    return [one["standing"] for one in recorded["obligations"]]


def looked_at(writer: Writer, id_: int) -> Any:
    return writer.post("/checks", obligations=[id_], looked_on="2026-05-12", places=["https://roads.example"])


def test_a_fact_pattern_is_tried_from_entering_to_a_late_answer(reviewer: Writer) -> None:
    entry = entered(reviewer)
    id_ = entry["ids"][0]
    assert standings(entry) == ["unchecked"]
    looked = looked_at(reviewer, id_)
    assert (standings(looked), looked["obligations"][0]["days_overdue"]) == (["overdue"], 8)
    assert standings(answered(reviewer, id_, "holding", "2026-05-11")) == ["overdue_unsubstantive"]
    came = answered(reviewer, id_, "reply", "2026-05-12")
    assert standings(came) == ["awaiting_assessment"]
    judged = reviewer.post(
        "/assessments",
        obligation=id_,
        responses=[came["key"]],
        verdict="substantive",
        reasons="It says what.",
        checklist=TICKS,
    )
    assert (standings(judged), judged["obligations"][0]["late_days"]) == (["answered_late"], 8)
    kinds = [row["kind"] for row in reviewer.site.json(f"{V1}/events?per_page=200")["data"]]
    assert {"became_overdue", "response_found", "answered_late"} <= set(kinds)


def test_our_error_is_struck_and_what_a_body_withdrew_is_retracted(reviewer: Writer) -> None:
    id_ = entered(reviewer)["ids"][0]
    looked_at(reviewer, id_)
    held, came = (
        answered(reviewer, id_, "holding", "2026-05-11"),
        answered(reviewer, id_, "reply", "2026-05-12"),
    )
    reviewer.site.now += timedelta(days=1)
    struck = reviewer.post(f"/responses/{came['key']}/strike", reason="It was another bridge.")
    assert standings(struck) == ["overdue_unsubstantive"]
    assert reviewer.refused(f"/responses/{came['key']}/strike", reason="Again.") == "reason"
    gone = reviewer.post(f"/responses/{held['key']}/retract", retracted_on="2026-05-13")
    assert standings(gone) == ["overdue"]
    reviewer.post("/responses/none/strike", 404, reason="It is not there.")


def test_a_rule_dates_what_nobody_stated_and_each_addressee_may_differ(reviewer: Writer) -> None:
    found = entered(
        reviewer,
        due_stated=None,
        basis=None,
        rule="gb-commons-select-committee",
        trigger_on="2026-03-12",
        addressees=[
            {"body": "roads"},
            {"new": {"name": "Bridge Agency", "jurisdiction": "GB"}, "role": "supporting"},
            {"new": {"name": "Ferry Board"}, "due_stated": "2026-09", "basis": "promise", "kind": "deliver"},
        ],
    )
    shown = {one["body"]: one for one in found["obligations"]}
    assert (shown["roads"]["due_computed_on"], shown["roads"]["basis"]) == ("2026-05-12", "convention")
    assert shown["bridge-agency"]["role"] == "supporting"
    assert (shown["ferry-board"]["due_on"], shown["ferry-board"]["kind"]) == ("2026-09-30", "deliver")
    assert shown["ferry-board"]["due_stated"] == "2026-09"
    assert shown["roads"]["steps"][-1]["code"] == "due"


def test_a_moved_date_and_a_pause_are_entries_with_reasons(reviewer: Writer) -> None:
    [owed] = entered(reviewer, due_stated="2026-05-20")["obligations"]
    moved = reviewer.post(
        "/clock-entries",
        obligation=owed["id"],
        kind="extension",
        works_from_on="2026-05-12",
        new_due_on="2026-06-20",
        reason="Order 7",
    )
    assert moved["obligations"][0]["due_on"] == "2026-06-20"
    refused = reviewer.refused(
        "/clock-entries", obligation=owed["id"], kind="extension", works_from_on="2026-05-12", reason="More"
    )
    assert refused == "new_due_on"
    ended = reviewer.post(
        "/clock-entries", obligation=owed["id"], kind="void", works_from_on="2026-05-12", reason="Repealed"
    )
    assert ended["obligations"][0]["standing"] == "void"


def test_a_verdict_that_would_flag_waits_for_a_second_person(reviewer: Writer) -> None:
    [owed] = entered(reviewer)["obligations"]
    came = reviewer.post(
        "/responses",
        body="roads",
        obligations=[{"obligation": owed["id"], "kind": "reply"}],
        published_on="2026-05-06",
        url="https://roads.example/reply",
    )
    judged = reviewer.post(
        "/assessments", obligation=owed["id"], responses=[came["key"]], verdict="not", reasons="Says nothing."
    )
    assert (judged["counts"], judged["obligations"][0]["standing"]) == (False, "awaiting_assessment")
    path = f"/assessments/{judged['id']}/countersign"
    assert reviewer.refused(path) == "assessment"
    second = hired(reviewer.site, "second", UserRole.REVIEWER)
    signed = second.post(path)
    assert (signed["counts"], signed["obligations"][0]["standing"]) == (True, "overdue_unsubstantive")


def test_what_is_answered_is_as_described(reviewer: Writer) -> None:
    document = reviewer.site.json(f"{V1}/openapi.json")
    schemas = document["components"]["schemas"]
    found = entered(reviewer)
    assert list(faults(found, schemas["EnteredItem"], document)) == []
    id_ = found["ids"][0]
    looked = reviewer.post("/checks", obligations=[id_], looked_on="2026-05-12", places=["x"])
    assert list(faults(looked, schemas["Recorded"], document)) == []


def test_a_draft_is_entered_and_stays_out_of_every_list(reviewer: Writer) -> None:
    found = entered(reviewer, draft=True, title="Quiet")
    assert (found["draft"], found["obligations"], len(found["ids"])) == (True, [], 1)
    assert "Quiet" not in str(reviewer.site.json(f"{V1}/items"))
    reviewer.site.json(f"{V1}/obligations/{found['ids'][0]}", 404)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": None}, "title"),
        ({"colour": "red"}, "colour"),
        ({"document": "nowhere"}, "document"),
        ({"addressees": []}, "body-1"),
        ({"addressees": [{"body": "nobody"}]}, "body-1"),
        ({"addressees": [{"body": "roads"}, {"body": "roads"}]}, "body-2"),
        ({"addressees": [{"body": "roads", "role": "boss"}]}, "addressees.0.role"),
        ({"addressees": "roads"}, "addressees"),
        ({"rule": "no-such-rule"}, "rule"),
        ({"due_stated": "2026-02-30"}, "due_stated"),
        ({"due_stated": "03/04/2026"}, "due_stated"),
        ({"amount": "three"}, "amount"),
        ({"draft": "yes"}, "draft"),
        ({"topics": ["gossip"]}, "topics.0"),
        ({"calendar": "MARS", "rule": "gb-commons-select-committee"}, "calendar"),
    ],
)
def test_what_cannot_be_entered_is_named_and_nothing_is_kept(
    refused_writer: Writer, changes: dict[str, Any], field: str
) -> None:
    said: dict[str, Any] = {
        "document": "panel-report",
        "title": "Mend the bridge",
        "addressees": [{"body": "roads"}],
        "basis": "statute",
        "due_stated": "2026-05-04",
    }
    assert refused_writer.refused("/items", **said | changes) == field
    assert refused_writer.site.json(f"{V1}/items")["meta"]["total"] == 0


def test_a_body_that_is_no_object_is_refused(refused_writer: Writer) -> None:
    for body in (b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'{"a":1e999999}'):
        answer = refused_writer.site.client.post(
            f"{V1}/checks", data=body, headers={"Authorization": f"Bearer {refused_writer.token}"}
        )
        assert answer.status_code == 400, body[:20]


def test_writing_takes_a_good_token(reviewer: Writer) -> None:
    site = reviewer.site
    for token in ("", "x", "x" * 500, reviewer.token[:-1]):
        answer = Writer(site, token).site.client.post(
            f"{V1}/checks", json={}, headers={"Authorization": f"Bearer {token}"}
        )
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert site.client.post(f"{V1}/checks", json={}).status_code == 401
    assert "Access-Control-Allow-Origin" not in site.client.post(f"{V1}/checks", json={}).headers


def test_a_token_reaches_no_further_than_the_role(opened: Opened) -> None:
    editor = hired(opened, "editor", UserRole.EDITOR)
    _document(editor)
    assert entered(editor)["ids"]
    editor.post("/assessments", 403)


def test_a_token_ends_with_its_time_its_taking_back_and_its_person(opened: Opened) -> None:
    editor = hired(opened, "editor", UserRole.EDITOR)
    opened.now += timedelta(days=366)
    editor.post("/checks", 401)
    with opened.write() as session:
        fresh = Writer(opened, grant(session, opened.now, "editor@example.org", days=2).secret)
        other = Writer(opened, grant(session, opened.now, "editor@example.org", days=2).secret)
    fresh.post("/checks", 400)
    with opened.write() as session:
        assert take_back_tokens(session, opened.now, "editor@example.org") == 2
    other.post("/checks", 401)
    with opened.write() as session:
        last = Writer(opened, grant(session, opened.now, "editor@example.org").secret)
        user = user_by_email(session, "editor@example.org")
        assert user is not None
        disable(session, opened.now, user)
    last.post("/checks", 401)
