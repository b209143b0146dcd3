"""The review queue in the browser's terms: what waits, taking it over, rejecting it, and who may."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import select
from werkzeug.test import TestResponse

from scrapers.cage import Cage
from tests.services.entered import item
from tests.services.register import (
    ANSWERED,
    VOICE,
    VOICE_ANSWER,
    Clock,
    Collecting,
    running_register,
    with_recordings,
)
from tracker.config import Config
from tracker.domain.words import FindingState, RunState, UserRole
from tracker.services.people import add_user
from tracker.services.reckon import Deadline
from tracker.services.review import open_findings
from tracker.storage.engine import Database
from tracker.storage.tables import Finding, Happening, Item, Response, ResponseLine, Run, Source, Terms, Watch
from tracker.web.app import create_app
from tracker.web.site import Site

PASSWORD = "three calm herons"
HOSTILE = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>&lt;script&gt;alert(1)&lt;/script&gt; A reply</title><link>javascript:alert(2)</link>
<description>&lt;img src=x onerror=alert(3)&gt; Text &lt;b&gt;bold&lt;/b&gt;</description></item></channel></rss>"""


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as opened:
        yield opened


@pytest.fixture
def collecting(sqlite_url: str, cage: Cage) -> Iterator[Collecting]:
    database = Database(sqlite_url)
    with running_register() as register:
        yield Collecting(database, with_recordings(register), cage, Clock())
    database.close()


class Desk:
    """A browser with somebody signed in."""

    def __init__(self, collecting: Collecting, role: UserRole | None = UserRole.REVIEWER) -> None:
        config = Config()
        names = replace(config.site, base_url="http://localhost", publisher="City Watch")
        site = Site(replace(config, site=names), collecting.database, collecting.clock)
        self.client: FlaskClient = create_app(site, testing=True).test_client()
        if role is not None:
            with collecting.database.writing() as session:
                add_user(
                    session, collecting.clock(), f"{role}@example.org", role, "city-watch", password=PASSWORD
                )
            self.post("/login", email=f"{role}@example.org", password=PASSWORD)

    def get(self, address: str) -> TestResponse:
        return self.client.get(address)

    def text(self, address: str) -> str:
        answer = self.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.get_data(as_text=True)[:500])
        return answer.get_data(as_text=True)

    def post(self, address: str, **fields: Any) -> TestResponse:
        """Sends the form on a page, with its token."""
        return self.client.post(address, data={"csrf_token": self.token(address), **fields})

    def token(self, address: str) -> str:
        page = self.client.get(address).get_data(as_text=True)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, page[:500]
        return found[1]

    def filled(self, address: str, **changes: Any) -> dict[str, Any]:
        """A page's form as it stands, with some fields changed."""
        page = self.text(address)
        form = page[page.index('class="sheet"') :]
        fields: dict[str, Any] = {}
        for tag in re.findall(r"<input[^>]*>", form):
            name, value = (re.search(rf'{attribute}="([^"]*)"', tag) for attribute in ("name", "value"))
            if name and ('type="checkbox"' not in tag or " checked" in tag):
                fields[name[1]] = value[1] if value else "1"
        for name, inside in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S):
            fields[name] = inside
        for name, inside in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
            chosen = re.search(r'<option value="([^"]*)" selected', inside)
            fields[name] = (
                chosen[1] if chosen else (re.findall(r'<option value="([^"]*)"', inside) or [""])[0]
            )
        return fields | changes


def rows(collecting: Collecting, table: Any) -> list[Any]:
    with collecting.database.reading() as session:
        return list(session.exec(select(table)))


def waiting(collecting: Collecting, kind: str) -> int:
    with collecting.database.reading() as session:
        return open_findings(session, kind=kind)[0].finding.id or 0


def collected(collecting: Collecting) -> Collecting:
    collecting.source()
    collecting.collect()
    return collecting


def test_the_queue_shows_what_the_source_says_and_why_it_is_proposed(collecting: Collecting) -> None:
    page = Desk(collected(collecting)).text("/edit/review")
    assert "My Voice, My Choice" in page and "New item" in page
    assert "The page carries a registration number" in page and "90 % sure" in page


def test_the_queue_is_narrowed_by_source_and_kind(collecting: Collecting) -> None:
    desk = Desk(collected(collecting))
    assert "My Voice" in desk.text("/edit/review?source=eci&kind=new_item")
    assert "Nothing waits" in desk.text("/edit/review?source=eci&kind=response")
    assert "Nothing waits" in desk.text("/edit/review?source=nowhere")


@pytest.mark.parametrize(
    ("address", "below", "least"),
    [
        ("/edit/review", UserRole.CONTRIBUTOR, UserRole.EDITOR),
        ("/edit/review/1", UserRole.CONTRIBUTOR, UserRole.EDITOR),
        ("/edit/review/1/item", UserRole.CONTRIBUTOR, UserRole.EDITOR),
        ("/edit/sources", UserRole.EDITOR, UserRole.REVIEWER),
    ],
)
def test_editors_decide_findings_and_reviewers_see_to_the_sources(
    collecting: Collecting, address: str, below: UserRole, least: UserRole
) -> None:
    collected(collecting)
    assert Desk(collecting, None).get(address).status_code == 303
    assert Desk(collecting, below).get(address).status_code == 403
    assert Desk(collecting, least).get(address).status_code == 200


def test_a_proposed_item_is_filled_in_and_its_date_seen_before_it_is_entered(collecting: Collecting) -> None:
    desk = Desk(collected(collecting))
    address = f"/edit/review/{waiting(collecting, 'new_item')}/item"
    fields = desk.filled(address)
    assert (fields["rule"], fields["trigger"], fields["trigger_on"]) == (
        "eu-eci-art15",
        "submitted",
        "2025-09-01",
    )
    assert fields["body-1"] == "European Commission" and fields["new-1"] == "1"
    seen = desk.client.post(address, data=fields | {"preview": "1"}).get_data(as_text=True)
    assert "2 March 2026" in seen
    assert rows(collecting, Item) == []
    assert desk.client.post(address, data=fields).status_code == 303
    assert [terms.computed_on for terms in rows(collecting, Terms)] == [date(2026, 3, 2)]


def test_what_is_refused_stays_typed_with_its_complaint(collecting: Collecting) -> None:
    desk = Desk(collected(collecting))
    address = f"/edit/review/{waiting(collecting, 'new_item')}/item"
    sent = desk.filled(address, title="", ref="Mine", trigger_on="31 February 2026")
    answer = desk.client.post(address, data=sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'value="31 February 2026"' in page and 'value="Mine"' in page
    assert 'id="title-error"' in page and 'id="trigger_on-error"' in page
    assert rows(collecting, Item) == [] and waiting(collecting, "new_item")


def accepted(collecting: Collecting, desk: Desk) -> None:
    address = f"/edit/review/{waiting(collecting, 'new_item')}/item"
    assert desk.client.post(address, data=desk.filled(address)).status_code == 303


def test_a_proposed_answer_is_logged_for_the_obligation_it_is_thought_to_answer(
    collecting: Collecting,
) -> None:
    desk = Desk(collected(collecting))
    accepted(collecting, desk)
    collecting.register.put(VOICE_ANSWER, ANSWERED)
    collecting.clock.at = collecting.clock.at.replace(month=2, day=27)
    collecting.collect()
    desk = Desk(collecting, UserRole.ADMIN)
    assert "The item carries the number the source uses" in desk.text("/edit/review")
    address = f"/edit/review/{waiting(collecting, 'response')}/response"
    fields = desk.filled(address, position="rejected")
    assert fields["published"] == "2026-02-26" and fields["kind"] == "reply" and fields["obligations"]
    answer = desk.client.post(address, data=fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    (line,) = rows(collecting, ResponseLine)
    assert (line.kind.value, line.position.value) == ("reply", "rejected")
    assert rows(collecting, Response)[0].page_sha256
    again = desk.client.post(address, data=fields)
    assert again.status_code == 422 and "accepted this on 2026-02-27 already" in again.get_data(as_text=True)


def test_a_proposed_item_that_we_have_is_watched_instead_of_doubled(collecting: Collecting) -> None:
    desk = Desk(collected(collecting))
    found = waiting(collecting, "new_item")
    with collecting.database.writing() as session:
        had = item(session, now=collecting.clock(), ref="2024/000004", deadline=Deadline())
    assert desk.post(f"/edit/review/{found}", note="").status_code == 422
    token = desk.token(f"/edit/review/{found}")
    address = f"/edit/review/{found}/known"
    assert desk.client.post(address, data={"csrf_token": token, "item": "nowhere"}).status_code == 422
    assert desk.client.post(address, data={"csrf_token": token, "item": had.key}).status_code == 303
    assert [watch.address for watch in rows(collecting, Watch)] == [collecting.register.base + VOICE]
    assert len(rows(collecting, Item)) == 1


def test_dismissing_needs_a_reason_and_moves_on(collecting: Collecting) -> None:
    desk = Desk(collected(collecting))
    address = f"/edit/review/{waiting(collecting, 'new_item')}"
    assert desk.post(address, note="").status_code == 422
    answer = desk.post(address, note="Not ours")
    assert answer.status_code == 303
    assert "Dismissed." in desk.text(answer.headers["Location"])
    finding = next(one for one in rows(collecting, Finding) if one.kind == "new_item")
    assert (
        finding.state is FindingState.REJECTED
        and finding.decided_by_id
        and finding.decision_note == "Not ours"
    )
    assert "This was rejected" in desk.text(address)


def test_a_script_in_an_entry_stays_text_on_every_page(collecting: Collecting) -> None:
    collecting.source(key="news", reader="feed", path="/news")
    collecting.register.put("/news", HOSTILE)
    collecting.collect()
    desk = Desk(collecting)
    found = waiting(collecting, "update")
    for address in (
        "/edit/review",
        f"/edit/review/{found}",
        f"/edit/review/{found}/item",
        f"/edit/review/{found}/update",
    ):
        page = desk.text(address)
        assert "<script>alert" not in page and "<img" not in page and 'href="javascript' not in page
        assert "A reply" in page
    assert "no date that can be read" in desk.text(f"/edit/review/{found}")


def test_any_finding_can_become_a_note_on_a_timeline(collecting: Collecting) -> None:
    desk = Desk(collected(collecting))
    accepted(collecting, desk)
    collecting.register.put("/news", HOSTILE)
    collecting.source(key="news", reader="feed", path="/news")
    collecting.collect(only="news")
    address = f"/edit/review/{waiting(collecting, 'update')}/update"
    assert desk.client.post(address, data=desk.filled(address, item="nowhere")).status_code == 422
    key = rows(collecting, Item)[0].key
    answer = desk.client.post(address, data=desk.filled(address, item=key, happened="5 January 2026"))
    assert answer.status_code == 303
    assert [note.happened_on for note in rows(collecting, Happening)] == [date(2026, 1, 5)]


def test_a_source_is_read_on_request_and_a_set_aside_reading_released(collecting: Collecting) -> None:
    desk = Desk(collected(collecting))
    assert desk.post("/edit/sources", csrf="").status_code == 405
    token = desk.token("/edit/sources")
    assert desk.client.post("/edit/sources/eci/run", data={"csrf_token": token}).status_code == 303
    assert rows(collecting, Source)[0].next_due_at == collecting.clock.at
    empty = "<html><body><h1>Find</h1><p>Current status: Registered</p></body></html>"
    collecting.register.put("/find-initiative_en", empty)
    collecting.clock.forward(minutes=10)
    collecting.collect()
    page = desk.text("/edit/sources")
    assert "set aside" in page and "Our reader found" in page
    run = max(one.id for one in rows(collecting, Run))
    refused = desk.client.post(f"/edit/sources/runs/{run}/release", data={"csrf_token": token, "note": ""})
    assert refused.status_code == 422
    sent = {"csrf_token": token, "note": "The register was emptied."}
    assert desk.client.post(f"/edit/sources/runs/{run}/release", data=sent).status_code == 303
    assert {one.id: one.state for one in rows(collecting, Run)}[run] is RunState.HEALTHY


def test_there_is_no_page_for_what_was_never_found(collecting: Collecting) -> None:
    desk = Desk(collecting)
    assert {
        desk.get(f"/edit/review/77{way}").status_code for way in ("", "/item", "/response", "/update")
    } == {404}
