"""A request with an Idempotency-Key is done once, however often it is sent."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.api.test_writing import Writer, hired
from tests.web.open_site import Opened, site, told
from tracker.domain.words import UserRole, Visibility
from tracker.services.repeat_request import Asked
from tracker.storage.engine import Database
from tracker.storage.tables import Item

__all__ = ["site"]
V1 = "/api/v1"


def send(writer: Writer, key: str, path: str = "/checks", **body: Any) -> TestResponse:
    headers = {"Authorization": f"Bearer {writer.token}", "Idempotency-Key": key}
    return writer.site.client.post(f"{V1}{path}", json=body, headers=headers)


def looked(writer: Writer, place: str = "Its site") -> dict[str, Any]:
    return {"obligations": [writer.site.ids["water"]], "looked_on": "2026-05-12", "places": [place]}


@pytest.fixture
def writer(site: Opened) -> Writer:
    return hired(site, "ada", UserRole.EDITOR)


def looks(writer: Writer) -> int:
    return int(writer.site.json(f"{V1}/checks")["meta"]["total"])


def test_the_second_time_nothing_is_done_and_the_same_is_answered(writer: Writer) -> None:
    before = looks(writer)
    first, second = (send(writer, "look-1", **looked(writer)) for _ in range(2))
    assert (first.status_code, second.status_code, looks(writer)) == (201, 201, before + 1)
    assert first.get_json() == second.get_json()
    assert (first.headers.get("Idempotency-Replayed"), second.headers["Idempotency-Replayed"]) == (
        None,
        "true",
    )


def test_the_same_key_with_another_body_is_refused(writer: Writer) -> None:
    send(writer, "look-1", **looked(writer))
    other = send(writer, "look-1", **looked(writer, "Elsewhere"))
    [fault] = other.get_json()["errors"]
    assert (other.status_code, fault["name"], fault["in"]) == (409, "Idempotency-Key", "header")


def test_a_key_is_its_programs_own_and_lasts_a_day(writer: Writer) -> None:
    before = looks(writer)
    send(writer, "look-1", **looked(writer))
    send(hired(writer.site, "eve", UserRole.EDITOR), "look-1", **looked(writer))
    assert looks(writer) == before + 2
    writer.site.now += timedelta(hours=25)
    send(writer, "look-1", **looked(writer))
    assert looks(writer) == before + 3


def test_what_was_refused_can_be_sent_again_put_right(writer: Writer) -> None:
    assert send(writer, "look-1", **looked(writer) | {"looked_on": "2026-05-13"}).status_code == 422
    assert send(writer, "look-1", **looked(writer)).status_code == 201


def test_what_was_withheld_meanwhile_is_not_told_again(writer: Writer) -> None:
    first = send(writer, "look-1", **looked(writer)).get_json()
    with writer.site.write() as session:
        item = session.get(Item, 1)
        assert item is not None
        item.visibility = Visibility.WITHHELD
    again = send(writer, "look-1", **looked(writer)).get_json()
    assert first["obligations"] and again["obligations"] == []


@pytest.mark.parametrize("key", ["x" * 101, "k\u00e9y", "a b", "", "  "])
def test_what_is_no_key_is_named(writer: Writer, key: str) -> None:
    answer = send(writer, key, **looked(writer))
    assert answer.status_code == 400 and answer.get_json()["errors"][0]["in"] == "header"


@pytest.fixture
def on_a_server(database_url: str) -> Iterator[Writer]:
    """On either kind of database: only a server lets two write at the same time."""
    database = Database(database_url)
    yield hired(told(database), "ada", UserRole.EDITOR)
    database.close()


def test_two_that_come_at_the_same_instant_get_one_answer(
    on_a_server: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, together = looks(on_a_server), Barrier(4)

    def at_once(found: Callable[..., Any]) -> Callable[..., Any]:
        """Nobody goes on before all have come so far."""

        def waiting(*given: Any) -> Any:
            together.wait(30)
            return found(*given)

        return waiting

    monkeypatch.setattr("tracker.web.api.repeating.Asked", at_once(Asked))
    if on_a_server.site.database.engine.dialect.name == "sqlite":
        together = Barrier(1)
    with ThreadPoolExecutor(4) as senders:
        body = looked(on_a_server)
        sent = [
            senders.submit(
                on_a_server.site.app.test_client().post,
                f"{V1}/checks",
                json=body,
                headers={"Authorization": f"Bearer {on_a_server.token}", "Idempotency-Key": "k"},
            )
            for _ in range(4)
        ]
        answers = [one.result() for one in sent]
    assert [one.status_code for one in answers] == [201] * 4
    assert looks(on_a_server) == before + 1
    assert len({one.get_data() for one in answers}) == 1
    assert sorted(one.headers.get("Idempotency-Replayed", "") for one in answers) == ["", *["true"] * 3]
