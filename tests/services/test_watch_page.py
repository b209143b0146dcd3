"""A page is watched for the answer to an item that is on record already, by whoever knows where it would appear."""

import pytest

from tests.services.entered import GROUP, item, owing, standing
from tests.services.register import (
    ANSWERED,
    LISTING,
    VOICE,
    VOICE_ANSWER,
    Collecting,
)
from tests.services.reviewed import rows
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import EventKind, Standing
from tracker.services.watch_page import MOST_PAGES, WatchPage, stop_watching, watch_page
from tracker.storage.tables import Check, CheckObligation, Event, Finding
from tracker.storage.watches import of_obligations as watched


def anything(_address: str) -> None:
    """A vetting that lets loopback pass."""


def on_record(collecting: Collecting) -> int:
    """An item that people entered; what is owed about it."""
    with collecting.database.writing() as session:
        [owed] = owing(session, item(session, now=collecting.clock()))
        return owed


def begin(collecting: Collecting, owed: int, address: str | None = None) -> bool:
    said = WatchPage(
        obligation=owed,
        source="eci",
        address=collecting.register.base + VOICE if address is None else address,
    )
    with collecting.database.writing() as session:
        return watch_page(session, collecting.clock(), said, actor=GROUP, vet=anything)


def refused(collecting: Collecting, said: WatchPage) -> str:
    with pytest.raises(NotAccepted) as error, collecting.database.writing() as session:
        watch_page(session, collecting.clock(), said, actor=GROUP)
    return str(error.value)


def looked_at(collecting: Collecting) -> set[int]:
    return {one.obligation_id for one in rows(collecting.database, CheckObligation)}


def test_a_good_reading_of_a_page_that_somebody_named_is_a_look(collecting: Collecting) -> None:
    owed = on_record(collecting)
    assert begin(collecting, owed)
    collecting.clock.forward(days=120)
    collecting.collect()
    assert looked_at(collecting) == {owed}
    with collecting.database.reading() as session:
        assert standing(session, owed, collecting.clock()) is Standing.OVERDUE
        [(watch, source)] = watched(session, [owed])
        assert watch.address.endswith(VOICE) and source.key == "eci"


def test_without_an_address_it_is_the_page_that_the_source_reads_anyway(collecting: Collecting) -> None:
    owed = on_record(collecting)
    assert begin(collecting, owed, "")
    assert not begin(collecting, owed, ""), "watched already"
    with collecting.database.reading() as session:
        assert [watch.address for watch, _ in watched(session, [owed])] == [
            collecting.register.base + LISTING
        ]


def test_a_page_that_shows_what_may_be_the_answer_is_no_look(collecting: Collecting) -> None:
    owed = on_record(collecting)
    begin(collecting, owed)
    collecting.register.put(VOICE_ANSWER, ANSWERED)
    collecting.clock.forward(days=1)
    collecting.collect()
    assert looked_at(collecting) == set()
    [found] = [one for one in rows(collecting.database, Finding) if one.kind == "response"]
    assert found.suggestion["possible"] == [owed]


def test_a_page_that_is_watched_no_longer_is_no_look_and_the_looks_so_far_stay(
    collecting: Collecting,
) -> None:
    owed = on_record(collecting)
    begin(collecting, owed)
    collecting.clock.forward(days=1)
    collecting.collect()
    with collecting.database.writing() as session:
        [(watch, _)] = watched(session, [owed])
        with pytest.raises(NotAccepted, match="why"):
            stop_watching(session, collecting.clock(), owed, watch.id or 0, " ", actor=GROUP)
        stop_watching(session, collecting.clock(), owed, watch.id or 0, "The wrong page.", actor=GROUP)
    collecting.clock.forward(days=1)
    collecting.collect()
    assert len(rows(collecting.database, Check)) == 1
    kinds = [(one.kind, one.detail.get("what")) for one in rows(collecting.database, Event)]
    assert (EventKind.NOTED, "watched_page") in kinds and (EventKind.CORRECTED, "watched_page") in kinds
    assert begin(collecting, owed), "and may be watched again"


def test_pages_that_would_not_be_fetched_or_are_another_sites_are_refused_in_words(
    collecting: Collecting,
) -> None:
    owed = on_record(collecting)
    assert "private" in refused(
        collecting, WatchPage(obligation=owed, source="eci", address="http://169.254.169.254/latest")
    )
    assert "complete http" in refused(
        collecting, WatchPage(obligation=owed, source="eci", address="javascript:alert(1)")
    )
    other = refused(collecting, WatchPage(obligation=owed, source="eci", address="https://example.org/x"))
    assert "This source reads pages of 127.0.0.1" in other
    assert "Choose one" in refused(collecting, WatchPage(obligation=owed, source="nobody"))
    with collecting.database.reading() as session:
        assert watched(session, [owed]) == []


def test_nobody_has_hundreds_of_pages_read_for_one_answer(collecting: Collecting) -> None:
    owed = on_record(collecting)
    for number in range(MOST_PAGES):
        assert begin(collecting, owed, f"{collecting.register.base}/{number}")
    with pytest.raises(NotAccepted, match="At most 10 pages"):
        begin(collecting, owed, f"{collecting.register.base}/more")
