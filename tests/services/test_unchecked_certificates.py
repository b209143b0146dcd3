"""A source of which the operator says that its certificate need not hold: read, and said each time."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from scrapers.model import Finding, Page, Result, page_of
from scrapers.model import Source as Place
from tracker.config import SourceConfig
from tracker.services.keep_sources import keep_sources, place_of
from tracker.services.read_source import is_checked, read_source
from tracker.services.reading import Means, Reading
from tracker.storage import sources
from tracker.storage.engine import Database

ADDRESS = "https://old.gov.example.org/news"


class Gate:
    """Notes what was asked for, and whether whoever answers had to prove who it is."""

    def __init__(self) -> None:
        self.checked: dict[str, bool] = {}

    def get(self, url: str, *, verify_tls: bool = True, **_how: Any) -> Page:
        self.checked[url] = verify_tls
        return page_of(b"news", address=url, fetched_at=datetime(2026, 4, 2, tzinfo=UTC))


class Cage:
    def read(self, reader_key: str, page: Page, source: Place) -> list[Result]:
        return [Finding(kind="update", key="1", title="News")]


def reading(place: Place, gate: Gate) -> Reading:
    watched = ["https://old.gov.example.org/reply", "https://elsewhere.example.org/reply"]
    return read_source(place, watched, Means(gate, Cage(), lambda _address: None))


def test_only_its_own_site_is_read_without_checking() -> None:
    gate = Gate()
    reading(Place("old", "page", ADDRESS, verify_tls=False), gate)
    assert gate.checked == {
        ADDRESS: False,
        "https://old.gov.example.org/reply": False,
        "https://elsewhere.example.org/reply": True,
    }


@pytest.mark.parametrize("verified", [True, False])
def test_each_reading_says_so_on_record_and_in_the_log(
    verified: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        done = reading(Place("old", "page", ADDRESS, verify_tls=verified), Gate())
    said = [problem.sentence for _, problem in done.problems()]
    assert any("without checking its certificate" in one for one in said) is not verified
    assert any("old: The source was read without" in one for one in caplog.messages) is not verified


def test_another_port_of_the_same_host_has_to_prove_who_it_is() -> None:
    place = Place("old", "page", ADDRESS, verify_tls=False)
    assert not is_checked(place, "https://OLD.gov.example.org/b")
    assert is_checked(place, "https://old.gov.example.org:8443/b")


def test_the_setting_is_kept_and_taken_back(database: Database) -> None:
    for verified, changed in ((False, ()), (False, ()), (True, ("old",))):
        with database.writing() as session:
            one = SourceConfig(key="old", reader="page", address=ADDRESS, verify_tls=verified)
            assert keep_sources(session, [one]).changed == changed
            row = sources.by_key(session, "old")
            assert row is not None and place_of(row).verify_tls is verified


def test_a_place_crosses_to_the_readers_with_it() -> None:
    for verified in (True, False):
        place = Place("old", "page", ADDRESS, verify_tls=verified)
        assert Place.from_dict(place.to_dict()) == place
