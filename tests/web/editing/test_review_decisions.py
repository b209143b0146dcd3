"""Deciding on the pages of the queue: as suggested, corrected, later, split, undone; and who else is reading."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.services.entered import NOW, item, owing, standing
from tests.services.queued import finding, looked, source
from tests.web.editing.conftest import Clock, Person, person
from tracker.domain.words import FindingState, Position, ResponseKind, Standing
from tracker.services.settle import settle
from tracker.storage.engine import Database
from tracker.storage.tables import Finding, Response, ResponseLine


class Queue:
    """An item two ministries owe an answer about, and findings of one source."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writing() as session:
            self.item = item(session, "ministry-of-water", "ministry-of-rivers")
            self.owed, self.other = owing(session, self.item)
            self.key, self.here = self.item.key, source(session, process_id=self.item.process_id)
            looked(session, self.owed, self.here[1], date(2026, 5, 12))

    def finding(self, title: str = "an answer", **changes: Any) -> int:
        with self.database.writing() as session:
            made = finding(session, self.here, title, **changes)
            settle(session, [self.owed, self.other], NOW)
        return made

    def read(self, wanted: Callable[[Session], Any]) -> Any:
        with self.database.reading() as session:
            return wanted(session)

    def state(self, waits: int) -> FindingState:
        (row,) = [one for one in self.rows(Finding) if one.id == waits]
        found: FindingState = row.state
        return found

    def rows(self, table: Any) -> list[Any]:
        found: list[Any] = self.read(lambda session: list(session.exec(select(table))))
        return found


@pytest.fixture
def queue(database: Database) -> Queue:
    return Queue(database)


def test_one_button_takes_it_over_and_leads_to_the_next(queue: Queue, reviewer: Person) -> None:
    first, second = queue.finding(owed=queue.owed), queue.finding("news", kind="update")
    reviewer.get(f"/edit/review/{first}")
    assert "Accept as suggested" in reviewer.page and "Accepting this clears a flag." in reviewer.page
    answer = reviewer.post(f"/edit/review/{first}/accept")
    assert answer.headers["Location"].endswith(f"/edit/review/{second}")
    assert queue.state(first) is FindingState.ACCEPTED and len(queue.rows(Response)) == 1


def test_a_narrowed_queue_stays_narrowed_from_one_decision_to_the_next(
    queue: Queue, reviewer: Person
) -> None:
    queue.finding("an older answer", owed=queue.other)
    first, second = (queue.finding(name, kind="update", item=queue.key) for name in ("one", "two"))
    reviewer.get(f"/edit/review/{first}?kind=update")
    assert "1 of 2" in reviewer.page and f'action="/edit/review/{first}?kind=update"' in reviewer.page
    answer = reviewer.post(f"/edit/review/{first}?kind=update", reason="not_ours")
    assert answer.headers["Location"].endswith(f"/edit/review/{second}?kind=update")


def test_what_lacks_something_is_not_taken_over_with_one_button(queue: Queue, reviewer: Person) -> None:
    unsure = queue.finding()
    reviewer.get(f"/edit/review/{unsure}")
    assert "Accept as suggested" not in reviewer.page and 'data-key="c a"' in reviewer.page
    assert reviewer.post(f"/edit/review/{unsure}/accept").status_code == 422
    assert "Something is left to say" in reviewer.page and queue.state(unsure) is FindingState.OPEN


def test_the_second_reviewer_sees_who_reads_and_then_what_the_first_did(
    queue: Queue, app: Flask, reviewer: Person
) -> None:
    waits, second = queue.finding(owed=queue.owed), person(app, "second")
    reviewer.get(f"/edit/review/{waits}")
    second.get("/edit/review")
    assert "Being read by reviewer@example.org since" in second.page
    second.get(f"/edit/review/{waits}")
    assert "Being read by reviewer@example.org since" in second.page
    reviewer.get(f"/edit/review/{waits}")
    assert "Being read by" not in reviewer.page
    reviewer.post(f"/edit/review/{waits}/accept")
    assert second.post(f"/edit/review/{waits}/accept").status_code == 422
    assert "Somebody accepted this on 2026-05-12 already; nothing was changed." in second.page
    assert "Put on record as a response" in second.page and "(reviewer@example.org)" in second.page
    assert len(queue.rows(Response)) == 1


@pytest.mark.parametrize(
    ("typed", "comes_back"), [({"days": "7"}, "19 May 2026"), ({"until": "1 June 2026"}, "1 June 2026")]
)
def test_later_is_so_many_days_or_a_day(
    queue: Queue, reviewer: Person, clock: Clock, typed: dict[str, str], comes_back: str
) -> None:
    waits = queue.finding(kind="update")
    reviewer.get(f"/edit/review/{waits}")
    assert reviewer.post(f"/edit/review/{waits}/later", **typed).status_code == 303
    reviewer.get("/edit/review")
    assert f"It comes back on {comes_back}" in reviewer.page and "Put off (1)" in reviewer.page
    assert "One was put off and comes back by itself." in reviewer.page
    reviewer.get("/edit/review?later=1")
    assert "an answer" in reviewer.page and "comes back on" in reviewer.page
    assert "One is put off." in reviewer.get("/edit/").get_data(as_text=True)


@pytest.mark.parametrize(
    "typed", [{"days": "0"}, {"days": "many"}, {}, {"until": "yesterday"}, {"until": "2026-05"}]
)
def test_a_day_that_is_none_is_said_beside_the_field(
    queue: Queue, reviewer: Person, typed: dict[str, str]
) -> None:
    waits = queue.finding(kind="update")
    reviewer.get(f"/edit/review/{waits}")
    assert reviewer.post(f"/edit/review/{waits}/later", **typed).status_code == 422
    assert 'class="errors"' in reviewer.page and "Traceback" not in reviewer.page


def test_undoing_tells_first_what_it_does_and_asks_why_where_it_is_public(
    queue: Queue, reviewer: Person
) -> None:
    waits = queue.finding(owed=queue.owed)
    reviewer.get(f"/edit/review/{waits}")
    reviewer.post(f"/edit/review/{waits}/accept")
    reviewer.get("/edit/review/undo")
    assert "The response is struck" in reviewer.page and "Taken over by mistake." in reviewer.page
    assert queue.state(waits) is FindingState.ACCEPTED
    assert reviewer.post("/edit/review/undo", reason="").status_code == 422
    answer = reviewer.post("/edit/review/undo", reason="Wrong letter.")
    assert answer.headers["Location"].endswith(f"/edit/review/{waits}")
    assert queue.state(waits) is FindingState.OPEN
    assert queue.rows(Response)[0].struck_reason == "Wrong letter."
    assert "Undone on" in reviewer.get(f"/edit/review/{waits}").get_data(as_text=True)
    reviewer.get("/edit/review/undo")
    assert "nothing of today" in reviewer.page


def test_each_obligation_may_have_its_own_kind_position_and_days(queue: Queue, reviewer: Person) -> None:
    waits, water, rivers = queue.finding(owed=queue.owed), queue.owed, queue.other
    address = f"/edit/review/{waits}/response"
    reviewer.get(address)
    fields: dict[str, Any] = {
        "body": "ministry-of-water",
        "kind": "reply",
        "position": "accepted",
        "published": "2026-05-06",
        "url": "https://gov.example/answers/1",
        "obligations": [str(water), str(rivers)],
    }
    reviewer.post(address, find="1", **fields)
    assert f'name="kind-{rivers}"' in reviewer.page and f'name="received-{water}"' in reviewer.page
    own = {
        f"kind-{rivers}": "holding",
        f"position-{rivers}": "noted",
        f"published-{rivers}": "2026-05-09",
        f"on_behalf-{rivers}": "1",
        f"quote-{rivers}": "We shall write.",
    }
    token = {"csrf_token": reviewer.token}
    answer = reviewer.client.post(address, data=token | fields | own)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    lines = {line.obligation_id: (line.kind, line.position, line.quote) for line in queue.rows(ResponseLine)}
    assert lines == {
        water: (ResponseKind.REPLY, Position.ACCEPTED, ""),
        rivers: (ResponseKind.HOLDING, Position.NOTED, "We shall write."),
    }
    assert [one.published_on for one in queue.rows(Response)] == [date(2026, 5, 6), date(2026, 5, 9)]
    stands = queue.read(lambda session: standing(session, rivers))
    assert stands is Standing.OVERDUE_UNSUBSTANTIVE


def test_a_finding_is_split_on_its_page_and_its_parts_lead_back_to_it(queue: Queue, reviewer: Person) -> None:
    waits = queue.finding(owed=queue.owed)
    address = f"/edit/review/{waits}/split"
    reviewer.get(address)
    assert len(re.findall(r"<legend>Part", reviewer.page)) == 2
    reviewer.post(address, more="1", rows="2", title__1="kept")
    assert len(re.findall(r"<legend>Part", reviewer.page)) == 3 and 'value="kept"' in reviewer.page
    assert reviewer.post(address, rows="2", title__1="alone", kind__1="update").status_code == 422
    sent = {"rows": "2", "title__1": "one", "kind__1": "response", "obligation__1": str(queue.owed)}
    answer = reviewer.post(address, **sent, title__2="two", kind__2="update")
    assert answer.status_code == 303
    reviewer.get(answer.headers["Location"])
    assert ">one</h1>" in reviewer.page and "part of another" in reviewer.page
    reviewer.get(f"/edit/review/{waits}")
    assert "This was split on" in reviewer.page and ">two</a>" in reviewer.page


@pytest.mark.parametrize("way", ["", "/accept", "/later", "/split", "/known"])
def test_a_change_needs_its_token_and_somebody_who_may_decide(
    queue: Queue, app: Flask, reviewer: Person, way: str
) -> None:
    waits, contributor = queue.finding(kind="update"), person(app, "contributor")
    assert contributor.post(f"/edit/review/{waits}{way}", days="1").status_code == 403
    assert reviewer.client.post(f"/edit/review/{waits}{way}", data={"days": "1"}).status_code == 400
    assert queue.state(waits) is FindingState.OPEN


@pytest.mark.parametrize(
    "address", ["/edit/review?page=0", "/edit/review?page=x", "/edit/review/99", "/edit/review/99/split"]
)
def test_an_address_of_nothing_is_not_found(queue: Queue, reviewer: Person, address: str) -> None:
    assert reviewer.get(address).status_code == 404
