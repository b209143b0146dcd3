"""A source that broke, for everybody and for the editor who has to say whether the page changed or our reader broke."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import feedparser
import pytest
from flask import Flask

from scrapers.cage import Cage
from tests.services.entered import report
from tests.services.register import Clock, Collecting, running_register
from tests.services.reviewed import rows
from tests.web.editing.conftest import WORDS, Person
from tests.web.pages import Reader
from tracker.config import Config
from tracker.domain.words import RunState, UserRole
from tracker.services.people import add_user
from tracker.storage.engine import Database
from tracker.storage.tables import Run
from tracker.web.app import create_app
from tracker.web.site import Site

PATH = "/replies"
TABLE = "<!doctype html><title>Replies</title><table><tr><th>Title</th><th>Reply</th></tr>{}</table>"
ROW = '<tr><td>Recommendation {0}</td><td><a href="https://replies.example/{0}">Reply</a></td></tr>'
OPTIONS = {
    "name": "Replies of the ministry",
    "fields": {"title": "column:Title", "link": "column:Reply > a@href"},
}


def listed(count: int) -> str:
    return TABLE.format("".join(ROW.format(number) for number in range(count)))


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as opened:
        yield opened


@pytest.fixture
def collecting(sqlite_url: str, cage: Cage) -> Iterator[Collecting]:
    """A list read well once, and cut to a few rows the day after."""
    database = Database(sqlite_url)
    with running_register() as register:
        made = Collecting(database, register, cage, Clock())
        with database.writing() as session:
            report(session)
        process = "citizens-assembly-on-water"
        made.source(
            "replies",
            "listing",
            PATH,
            options=OPTIONS,
            process=process,
            every_hours=6,
            publication_lag_days=5,
        )
        for count in (30, 8):
            register.put(PATH, listed(count))
            made.collect(only="replies")
            made.clock.forward(days=1)
        yield made
    database.close()


@pytest.fixture
def app(collecting: Collecting) -> Flask:
    config = Config()
    names = replace(config.site, base_url="http://localhost", publisher="City Watch")
    return create_app(Site(replace(config, site=names), collecting.database, collecting.clock), testing=True)


@pytest.fixture
def everybody(app: Flask) -> Reader:
    return Reader(app.test_client())


@pytest.fixture
def reviewer(app: Flask, collecting: Collecting) -> Person:
    with collecting.database.writing() as session:
        add_user(
            session, collecting.clock(), "r@example.org", UserRole.REVIEWER, "city-watch", password=WORDS
        )
    person = Person(app.test_client())
    assert person.log_in("r@example.org").status_code == 303
    return person


def last(collecting: Collecting) -> Run:
    found = rows(collecting.database, Run)[-1]
    assert isinstance(found, Run)
    return found


def test_sources_says_what_is_broken_and_blames_our_reader(everybody: Reader) -> None:
    said = everybody.open("/sources").text
    assert "Replies of the ministry" in said and "Our reader is broken since" in said
    assert "every 6 hours" in said and "up to 5 days late" in said
    assert "Our reader found 8 entries where it found 30 before." in said


def test_a_source_has_a_page_with_its_last_readings_and_what_it_is_read_for(everybody: Reader) -> None:
    page = everybody.open("/sources/replies")
    assert "says nothing about the body" in page.text
    assert "Citizens’ Assembly on Water" in page.text
    (readings,) = [table for table in page.all("table") if "set aside" in "".join(table.itertext())]
    cells = [" ".join("".join(row.itertext()).split()) for row in readings.iter("tr")][1:]
    assert cells[0].endswith("8") and "implausible" in cells[0] and cells[1].endswith("30")
    everybody.open("/sources/nobody", 404)


def test_a_source_has_a_feed_of_its_own_and_its_readings_as_a_table(
    app: Flask, collecting: Collecting
) -> None:
    client = app.test_client()
    for form in ("atom", "rss"):
        (entry,) = feedparser.parse(client.get(f"/sources/replies.{form}").data).entries
        assert "Replies of the ministry" in entry.title
    (item,) = json.loads(client.get("/sources/replies.json").data)["items"]
    assert item["title"]
    lines = client.get("/sources/replies.csv").get_data(as_text=True).splitlines()
    assert [line.split(",")[2:] for line in lines[1:]] == [["healthy", "30"], ["quarantined", "8"]]
    assert client.get("/sources/replies.ics").status_code == client.get("/sources/no.atom").status_code == 404
    collecting.register.put(PATH, listed(31))
    collecting.collect(only="replies")
    assert len(feedparser.parse(client.get("/sources/replies.atom").data).entries) == 2


def test_the_desk_leads_to_the_old_beside_the_new(reviewer: Person, collecting: Collecting) -> None:
    address = f"/edit/sources/runs/{last(collecting).id}"
    reviewer.get("/edit/")
    assert address in reviewer.page and "Readings set aside" in reviewer.page
    reviewer.get(address)
    assert "Recommendation 8" in reviewer.page and "not there" in reviewer.page
    assert '<td class="number">30</td><td class="number">8</td>' in reviewer.page
    assert reviewer.get("/edit/sources/runs/999").status_code == 404


def test_discarded_it_leaves_the_desk_and_stays_broken_in_public(
    reviewer: Person, collecting: Collecting, everybody: Reader
) -> None:
    address = f"/edit/sources/runs/{last(collecting).id}"
    reviewer.get(address)
    assert reviewer.post(f"{address}/discard", note="The table was cut.").status_code == 303
    reviewer.get("/edit/")
    assert address not in reviewer.page
    assert "Our reader is broken since" in everybody.open("/sources").text
    reviewer.get(address)
    assert "The table was cut." in reviewer.page and "Release this reading" not in reviewer.page


def test_released_it_needs_a_reason_and_later_readings_are_measured_by_it(
    reviewer: Person, collecting: Collecting, everybody: Reader
) -> None:
    address = f"/edit/sources/runs/{last(collecting).id}"
    reviewer.get(address)
    assert reviewer.post(f"{address}/release", note=" ").status_code == 422
    assert "Say how you know" in reviewer.page and "Recommendation 8" in reviewer.page
    assert reviewer.post(f"{address}/release", note="The ministry moved old replies.").status_code == 303
    assert "Read without trouble." in everybody.open("/sources/replies").text
    collecting.register.put(PATH, listed(7))
    collecting.collect(only="replies")
    assert last(collecting).state is RunState.HEALTHY


def test_what_is_kept_for_the_editor_is_figures_and_five_entries_that_differ(collecting: Collecting) -> None:
    kept: Any = last(collecting).fields["compared"]
    assert kept["entries"] == [30, 8] and kept["gone"] == 22
    assert {sample["what"] for sample in kept["samples"]} == {"gone"} and len(kept["samples"]) == 5
