"""Who reads what: the sources of a host are one reader's at a time, in whatever process, and are given back unread."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from tracker.config import SourceConfig
from tracker.services.claim_sources import LEASE, Claim, claim_sources, hand_back
from tracker.services.keep_sources import keep_sources
from tracker.storage import health
from tracker.storage.engine import Database

NOW = datetime(2026, 6, 20, 9, tzinfo=UTC)
HOSTS = ("https://a.example.org", "https://b.example.org", "https://a.example.org.uk")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Both kinds of database, with five sources at each of three hosts."""
    opened = Database(database_url)
    places = [
        SourceConfig(key=f"{number}-{at}", reader="feed", address=f"{host}/{at}")
        for number, host in enumerate(HOSTS)
        for at in range(5)
    ]
    with opened.writing() as session:
        keep_sources(session, places)
    yield opened
    opened.close()


def hosts(claims: list[Claim]) -> set[str]:
    return {claim.place.address.rpartition("/")[0] for claim in claims}


def test_sources_of_one_host_are_taken_together_and_nobody_else_reads_from_it(database: Database) -> None:
    taken = [claim_sources(database, NOW, None, 3) for _ in range(4)]
    assert [len(claims) for claims in taken] == [3, 3, 3, 0]
    assert [hosts(claims) for claims in taken[:3]] == [{host} for host in HOSTS]


def test_readers_that_ask_at_the_same_moment_never_share_a_host(database: Database) -> None:
    ready, taken = Barrier(4), list[list[Claim]]()

    def ask() -> None:
        ready.wait()
        taken.append(claim_sources(database, NOW, None, 2))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(len, taken)) == [0, 2, 2, 2]
    assert set().union(*map(hosts, taken)) == set(HOSTS)


def test_what_is_handed_back_is_as_due_as_it_was(database: Database) -> None:
    first = claim_sources(database, NOW, None, 5)
    hand_back(database, first[1:])
    assert hosts(claim_sources(database, NOW, None, 5)) == {HOSTS[1]}
    hand_back(database, first[:1])
    assert [claim.source_id for claim in claim_sources(database, NOW, None, 5)] == [
        claim.source_id for claim in first
    ]


def test_a_claim_whose_time_has_passed_is_taken_over_and_the_reading_stays_on_record(
    database: Database,
) -> None:
    first = claim_sources(database, NOW, None, 2)
    later = NOW + LEASE + timedelta(minutes=1)
    second = claim_sources(database, later, None, 2)
    assert [claim.source_id for claim in second] == [claim.source_id for claim in first]
    assert {claim.number for claim in second} == {2}
    hand_back(database, first)
    assert HOSTS[0] not in hosts(claim_sources(database, later, None, 2))
    with database.reading() as session:
        found = {one.source.id: one.run for one in health.sources(session)}
    for claim in first:
        run = found[claim.source_id]
        assert run is not None and "broken off" in run.problems[0]
