"""A page that is only compared: what changed since it was last read well, through gate, cage and database."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select

from scrapers.cage import Cage
from scrapers.options import BadOptions
from tests.services.register import Clock, Collecting, running_register
from tracker.domain.words import RunState
from tracker.services.collect import collect_one
from tracker.services.reading import Reading
from tracker.storage.engine import Database
from tracker.storage.tables import Finding, Run

PATH = "/panel"
HTML = "<html><body><main><h1>Panel</h1><p>One</p><p>Two</p><p>{}</p></main></body></html>"
MAINTENANCE = "<html><title>Site maintenance</title><body>Back soon</body></html>"


@pytest.fixture
def collecting(database: Database, cage: Cage) -> Iterator[Collecting]:
    with running_register() as register:
        one = Collecting(database, register, cage, Clock())
        register.put(PATH, HTML.format("Nothing yet"))
        one.source("panel", "page", PATH)
        yield one


def _read(collecting: Collecting, html: str | None = None) -> RunState:
    if html is not None:
        collecting.register.put(PATH, html)
    collecting.clock.forward(hours=25)
    collecting.collect(only="panel")
    with collecting.database.reading() as session:
        return list(session.exec(select(Run).order_by(Run.__table__.c.id)))[-1].state  # type: ignore[attr-defined]


def _summaries(collecting: Collecting) -> list[Any]:
    with collecting.database.reading() as session:
        found = session.exec(select(Finding).order_by(Finding.__table__.c.id))  # type: ignore[attr-defined]
        return [row.content["summary"] for row in found]


def test_the_first_and_an_unchanged_reading_are_healthy_and_propose_nothing(collecting: Collecting) -> None:
    assert [_read(collecting), _read(collecting)] == [RunState.HEALTHY] * 2
    assert _summaries(collecting) == []


def test_a_change_is_proposed_once_with_what_changed(collecting: Collecting) -> None:
    _read(collecting)
    assert _read(collecting, HTML.format("The council replied")) is RunState.HEALTHY
    assert _read(collecting) is RunState.HEALTHY
    assert _summaries(collecting) == ["  Two\n− Nothing yet\n+ The council replied"]


def test_an_error_page_between_two_readings_is_no_change_and_hides_none(collecting: Collecting) -> None:
    _read(collecting)
    assert _read(collecting, MAINTENANCE) is RunState.QUARANTINED
    assert _read(collecting, HTML.format("The council replied")) is RunState.HEALTHY
    assert _summaries(collecting) == ["  Two\n− Nothing yet\n+ The council replied"]


def test_trying_out_shows_what_changed_and_keeps_nothing(collecting: Collecting) -> None:
    _read(collecting)
    collecting.register.put(PATH, HTML.format("The council replied"))
    told: list[Reading] = []
    collect_one(
        collecting.database,
        collecting.gate(),
        collecting.cage,
        collecting.clock,
        only="panel",
        dry_run=True,
        tell=told.append,
    )
    assert [finding.title for _, finding in told[0].findings()] == ["Panel"]
    assert _summaries(collecting) == []


def test_a_source_with_a_wrong_option_is_refused_and_nothing_is_changed(collecting: Collecting) -> None:
    with pytest.raises(BadOptions, match=r"Source 'panel': .*no option 'selct'; did you mean 'select'"):
        collecting.source("panel", "page", PATH, options={"selct": "main"})
    assert _read(collecting) is RunState.HEALTHY
