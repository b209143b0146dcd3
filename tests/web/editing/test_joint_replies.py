"""A reply that several bodies sign: entered, shown and read by machines with all their names."""

import pytest

from tests.services.entered import item, owing, report
from tests.web.editing.conftest import Person
from tracker.storage.engine import Database
from tracker.storage.writers import StillWriting


@pytest.fixture
def owed(database: Database) -> tuple[str, list[str]]:
    """An item two ministries owe an answer about."""
    with database.writing() as session:
        made = item(session, "ministry-of-water", "ministry-of-rivers", document=report(session))
        return made.key, [str(id_) for id_ in owing(session, made)]


def typed(ids: list[str], **more: object) -> dict[str, object]:
    return {
        "body": "ministry-of-water",
        "kind": "reply",
        "first_seen_on": "12 May 2026",
        "url": "https://water.example/joint",
        "obligations": ids,
        "signers": "ministry-of-rivers",
        **more,
    }


def test_a_joint_reply_names_all_who_signed_and_goes_on_to_be_judged(
    reviewer: Person, owed: tuple[str, list[str]]
) -> None:
    key, ids = owed
    reviewer.get("/edit/responses/new")
    logged = reviewer.post("/edit/responses/new", **typed(ids))
    assert logged.status_code == 303
    assert logged.location.endswith("/judge")
    assert reviewer.get(logged.location).status_code == 200
    shown = reviewer.client.get(f"/items/{key}").get_data(as_text=True)
    assert "Signed by Ministry of Water; Ministry of Rivers." in shown
    assert "/edit/" not in shown
    [told] = reviewer.client.get("/api/v1/responses").json["data"]  # type: ignore[index]
    assert told["bodies"] == ["ministry-of-water", "ministry-of-rivers"]
    assert [one["on_behalf"] for one in told["obligations"]] == [False, False]


def test_a_signer_that_owes_but_is_not_named_is_asked_for(
    editor: Person, owed: tuple[str, list[str]]
) -> None:
    _, ids = owed
    editor.get("/edit/responses/new")
    assert editor.post("/edit/responses/new", **typed(ids, signers="")).status_code == 422
    assert "name it among those who signed" in editor.page


def test_who_may_not_judge_goes_to_the_response(editor: Person, owed: tuple[str, list[str]]) -> None:
    _, ids = owed
    editor.get("/edit/responses/new")
    logged = editor.post("/edit/responses/new", **typed(ids))
    page = editor.get(logged.location).get_data(as_text=True)
    assert not logged.location.endswith("/judge")
    assert "Ministry of Water; Ministry of Rivers" in page


def test_whoever_waits_too_long_behind_others_who_write_is_told_to_send_it_again(
    editor: Person, owed: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise StillWriting("busy")

    editor.get("/edit/responses/new")
    monkeypatch.setattr("tracker.web.editing.new_response.attempt", busy)
    answer = editor.post("/edit/responses/new", **typed(owed[1]))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "Nothing of yours was kept" in editor.page
