"""What stands in place of a page that is gone is evidence of that; it is never taken for the page."""

import pytest

from tests.services.register import (
    LISTING,
    VOICE_ANSWER,
    Collecting,
)
from tests.services.reviewed import rows
from tracker.domain.words import Visibility
from tracker.storage import evidence, pages
from tracker.storage.tables import Page, PageVisit, Run

GONE = "<html><title>Gone</title><p>This page was moved to the archive on 13 January.</p></html>"


def read_again(collecting: Collecting, **put: object) -> PageVisit:
    """The reading of the answer's page a day later, after something else was put there."""
    collecting.register.put(VOICE_ANSWER, str(put.get("text", GONE)), int(str(put.get("status", 404))))
    collecting.clock.forward(days=1)
    collecting.collect()
    every: list[PageVisit] = rows(collecting.database, PageVisit)
    return [one for one in every if one.address.endswith(VOICE_ANSWER)][-1]


@pytest.mark.parametrize("status", [404, 410])
def test_what_the_site_says_of_a_page_that_is_gone_is_kept(status: int, collecting: Collecting) -> None:
    last = read_again(collecting, status=status)
    assert (last.status, last.page_sha256, bool(last.failure)) == (status, None, True)
    with collecting.database.reading() as session:
        page = evidence.described(session, last.said_sha256 or "")
        [seen] = evidence.visits(session, last.said_sha256 or "")
        assert b"moved to the archive" in pages.body_of(session, last.said_sha256 or "")
    assert page is not None and (page.status, page.visibility) == (status, Visibility.LINK_ONLY)
    assert (seen.id, seen.peer) == (last.id, "127.0.0.1")


def test_it_is_kept_once_whatever_else_it_says_the_next_day(collecting: Collecting) -> None:
    first = read_again(collecting)
    same = read_again(collecting)
    others = [read_again(collecting, text=f"{GONE}<!-- 15:0{minute} -->") for minute in range(3)]
    assert first.said_sha256 == same.said_sha256 and {one.said_sha256 for one in others} == {None}
    assert sum(b"archive on 13" in one.body for one in rows(collecting.database, Page)) == 1


def test_it_is_neither_asked_with_nor_compared_with(collecting: Collecting) -> None:
    address = collecting.register.base + VOICE_ANSWER
    with collecting.database.reading() as session:
        before = pages.latest_seen(session, address)
    read_again(collecting)
    with collecting.database.reading() as session:
        after, good = pages.latest_seen(session, address), pages.last_good(session, address)
        stood = pages.stood_on(session, address, collecting.clock())
    assert before is not None and after == before
    assert good is not None and good.sha256 == before.sha256
    assert stood is not None and stood.page_sha256 == before.sha256


def test_a_first_page_that_is_gone_is_kept_with_the_reading_that_failed(collecting: Collecting) -> None:
    collecting.register.put(LISTING, GONE, 410)
    collecting.clock.forward(days=1)
    collecting.collect()
    last = rows(collecting.database, PageVisit)[-1]
    assert (last.status, last.run_id) == (410, rows(collecting.database, Run)[-1].id)
    assert last.said_sha256 in {one.sha256 for one in rows(collecting.database, Page)}


def test_other_failures_are_told_without_their_bodies(collecting: Collecting) -> None:
    last = read_again(collecting, status=500)
    assert (last.status, last.said_sha256) == (500, None)
