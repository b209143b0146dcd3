"""Two readings of one feed: what only looks different is nothing new, what was edited is proposed in its place."""

import re

import pytest

from scrapers.cage import Cage
from tests.services.register import Clock, Collecting, running_register
from tests.services.reviewed import rows
from tests.shared import shared
from tracker.domain.words import FindingState, RunState
from tracker.storage.engine import Database
from tracker.storage.tables import Finding, Run

FIRST = "128_pair_guid_change_v1.xml"


def _feed(name: str) -> bytes:
    return shared("data", "badinputs", "feeds", name).read_bytes()


def _without_ids(feed: bytes) -> bytes:
    return re.sub(rb"<guid>[^<]*</guid>", b"", feed)


def proposed(database: Database) -> list[Finding]:
    """What was found, without the questions: the feeds are dated after the test's clock."""
    return [one for one in rows(database, Finding) if one.kind != "question"]


@pytest.mark.parametrize(
    ("first", "second", "new", "replaced"),
    [
        (_feed(FIRST), _feed("130_pair_https_switch_v2.xml"), 0, 0),
        (_without_ids(_feed(FIRST)), _feed("131_pair_session_id_v2.xml"), 0, 0),
        (_feed(FIRST), _feed("132_pair_reordered_v2.xml"), 0, 0),
        (_feed(FIRST), _feed("133_pair_title_edit_v2.xml"), 1, 1),
        (_feed(FIRST), _feed("134_pair_removed_v2.xml"), 0, 0),
        (
            _feed(FIRST),
            _feed(FIRST).replace(b"31 Mar 2026 09:00:00 GMT", b"31 Mar 2026 10:00:00 +0100"),
            0,
            0,
        ),
    ],
    ids=["https", "session", "order", "edit", "removed", "zone"],
)
def test_what_a_second_reading_proposes(
    sqlite_url: str, cage: Cage, first: bytes, second: bytes, new: int, replaced: int
) -> None:
    database = Database(sqlite_url)
    with running_register() as register:
        collecting = Collecting(database, register, cage, Clock())
        collecting.source(key="news", reader="feed", path="/news")
        before = 0
        for body in (first, second):
            register.put("/news", body, Content_Type="application/rss+xml")
            collecting.collect()
            collecting.clock.forward(days=1)
            before = before or len(proposed(database))
        found = proposed(database)
        states = [one.state for one in found]
        assert {one.state for one in rows(database, Run)} == {RunState.HEALTHY}
        assert (len(found) - before, states.count(FindingState.REJECTED)) == (new, replaced)
    database.close()
