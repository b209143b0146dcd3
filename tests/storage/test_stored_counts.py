"""The counts that the database keeps are those of the lists, whatever changes, on either database."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from tests.web.open_site import LOOKED, Opened, answer_late, site, small_site
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.services.check_counts import count_everything, counts_are_wrong
from tracker.storage import flags_first
from tracker.storage.count_triggers import WATCHED
from tracker.storage.debts import flags
from tracker.storage.engine import Database
from tracker.storage.lines import Moment, count, lines, moment
from tracker.storage.standing_counts import counted_live, tallies, tally
from tracker.storage.stored_counts import Counted, fold, stored_counts, sums

__all__ = ["site", "small_site"]
FILTERS = (
    Filters(),
    Filters(basis="statute"),
    Filters(standing="overdue"),
    Filters(body="ministry-of-water"),
    Filters(body="uk-dsit", standing="answered"),
    Filters(topic="health"),
    Filters(jurisdiction="GB"),
    Filters(kind="coroner"),
    Filters(group="demo-data-set"),
    Filters(process="uk-sitc-ai-2022", basis="promise"),
)
SPLITS = ("process", "kind", "jurisdiction", "body", "topic")


FEW = (Filters(), Filters(body="ministry-of-water"), Filters(topic="health"), Filters(jurisdiction="GB"))


def differ(session: Session, now: datetime, asked: tuple[Filters, ...]) -> list[tuple[object, ...]]:
    """The lists whose kept counts are not those of their lines."""
    found: list[tuple[object, ...]] = []
    at, kept_ones = moment(now), 0
    for name in ListName if asked is FILTERS else (ListName.ALL, ListName.OVERDUE):
        for filters in asked:
            query = ListQuery(name, filters)
            shown = len(lines(session, query, at))
            if count(session, query, at) != shown or tally(session, query, at).total != shown:
                found.append((name, filters.given(), shown))
            for by in SPLITS if asked is FILTERS else ("process", "body", "topic"):
                if stored_counts(session, query, at, by) is None:
                    continue
                kept_ones += 1
                if tallies(session, query, at, by) != live(session, query, now, by):
                    found.append((name, filters.given(), by))
                if sums(session, query, at, by) != entries(stored_counts(session, query, at, by) or ()):
                    found.append((name, filters.given(), by, "sums"))
    assert kept_ones >= 10
    return found


def entries(kept: Iterable[Counted]) -> dict[object, int]:
    """How many entries there are of each, bodies and processes by what `sums` names them."""
    found: Counter[object] = Counter()
    for one in kept:
        found[one.key] += one.n
    return {key: n for key, n in found.items() if n}


def live(session: Session, query: ListQuery, now: datetime, by: str) -> object:
    return counted_live(session, query, moment(now), by)


def assert_alike(database: Database, now: datetime, asked: tuple[Filters, ...] = FEW) -> None:
    with database.reading() as session:
        assert differ(session, now, asked) == []


def test_every_list_of_the_demo_is_counted_as_it_is_shown(demo_like: Opened) -> None:
    for days in (0, 40):
        assert_alike(demo_like.database, demo_like.now + timedelta(days=days), FILTERS)


@pytest.fixture
def demo_like(small_site: Opened) -> Opened:
    from tracker.demo import load_demo

    small_site.now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    with small_site.write() as session:
        load_demo(session, small_site.now)
    return small_site


CHANGES = (
    "UPDATE item SET visibility = 'withheld' WHERE id = 1",
    "UPDATE document SET visibility = 'withheld'",
    "UPDATE process SET visibility = 'withheld'",
    "UPDATE body SET visibility = 'withheld' WHERE key = 'ministry-of-water'",
    "UPDATE obligation SET superseded_at = recorded_at WHERE id = 1",
    "UPDATE segment SET superseded_at = recorded_at WHERE obligation_id = 1",
    "DELETE FROM segment WHERE obligation_id = 2",
    "INSERT INTO item_topic (item_id, topic) SELECT id, 'health' FROM item",
    "UPDATE obligation SET body_id = (SELECT id FROM body WHERE key = 'ministry-of-rivers') WHERE id = 4",
)


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_the_counts_follow_there_and_back(site: Opened, change: str) -> None:
    with site.write() as session:
        session.execute(text(change))
    assert_alike(site.database, site.now)
    with site.write() as session:
        session.execute(text("UPDATE item SET visibility = 'public' WHERE visibility = 'withheld'"))
        session.execute(text("UPDATE document SET visibility = 'public'"))
        session.execute(text("UPDATE process SET visibility = 'public'"))
        session.execute(text("UPDATE body SET visibility = 'public'"))
        session.execute(text("DELETE FROM item_topic"))
    assert_alike(site.database, site.now)


def test_an_answer_and_its_verdict_are_counted(site: Opened) -> None:
    answer_late(site)
    assert_alike(site.database, site.now)


def test_what_is_taken_back_leaves_no_trace(site: Opened) -> None:
    def rows() -> int:
        with site.database.reading() as session:
            return int(session.execute(text("SELECT count(*) FROM standing_shift")).scalar_one())

    before = rows()
    with pytest.raises(ZeroDivisionError), site.write() as session:
        session.execute(text(CHANGES[2]))
        _ = 1 / 0
    assert rows() == before


@pytest.mark.parametrize("days", [3, 400])
def test_folding_changes_no_count(site: Opened, days: int) -> None:
    now = site.now + timedelta(days=days)
    with site.write() as session:
        fold(session, now)
        assert fold(session, now) == 0
    for later in (0, 1, 30):
        assert_alike(site.database, now + timedelta(days=later))
    answer_late(site)
    assert_alike(site.database, max(now, site.now))


def test_before_what_is_folded_the_lists_are_counted_live(small_site: Opened) -> None:
    query = ListQuery(ListName.ALL)
    with small_site.write() as session:
        fold(session, LOOKED + timedelta(days=400))
        assert stored_counts(session, query, moment(LOOKED)) is None
        assert tally(session, query, moment(LOOKED)).total == len(lines(session, query, moment(LOOKED)))


def test_a_day_of_the_past_is_counted_live(small_site: Opened) -> None:
    with small_site.database.reading() as session:
        day = moment(small_site.now, LOOKED.date())
        assert stored_counts(session, ListQuery(ListName.ALL), day) is None


def test_counting_anew_finds_what_was_kept(site: Opened) -> None:
    answer_late(site)
    with site.write() as session:
        before = tally(session, ListQuery(ListName.ALL), moment(site.now))
        count_everything(session)
        assert tally(session, ListQuery(ListName.ALL), moment(site.now)) == before


def test_a_count_that_went_wrong_is_found_and_mended(site: Opened) -> None:
    with site.write() as session:
        assert not counts_are_wrong(session, site.now)
        session.execute(text("UPDATE standing_shift SET n = n + 1 WHERE scope = 'body'"))
        assert counts_are_wrong(session, site.now)
        count_everything(session)
        assert not counts_are_wrong(session, site.now)


def test_every_table_that_decides_has_its_triggers(site: Opened) -> None:
    sqlite = site.database.engine.dialect.name == "sqlite"
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'" if sqlite else "SELECT tgname FROM pg_trigger"
    )
    with site.database.reading() as session:
        names = set(session.execute(text(asked)).scalars())
    for watched in WATCHED:
        moments = ("before_update", "after_update")
        assert {f"count_{watched.table}_{moment}" for moment in moments} <= names


def test_a_page_of_what_falls_due_leaves_out_nothing(demo_like: Opened) -> None:
    query = ListQuery(ListName.DUE)
    for days in (-300, 0, 200):
        at = moment(demo_like.now + timedelta(days=days))
        with demo_like.database.reading() as session:
            whole = [line.id for line in lines(session, query, at, order="due")]
            page = [line.id for line in lines(session, query, at, order="due", limit=5000)]
        assert page == whole


def test_flags_that_fill_a_page_are_those_of_the_whole_list(
    demo_like: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at_all(demo_like)
    at, name = moment(demo_like.now), ListName.OVERDUE
    with demo_like.database.reading() as session:
        bodies = tallies(session, ListQuery(ListName.OVERDUE), at, "body")
        found = {key: pages_of(session, key, at) for key in bodies}
    monkeypatch.setattr(flags_first, "MANY", 0)
    with demo_like.database.reading() as session:
        asked = [ListQuery(name, Filters(body=key)) for key in bodies]
        assert any(flags_first.flags_fill(session, query, at, 2) for query in asked)
        assert {key: pages_of(session, key, at) for key in bodies} == found


def look_at_all(opened: Opened) -> None:
    """No flag is stale any more."""
    with opened.write() as session:
        session.execute(text("UPDATE segment SET stale = false WHERE flagged"))


def pages_of(session: Session, body: str, at: Moment) -> list[list[int]]:
    """The flags of a body, most days first, a page at a time."""
    query = ListQuery(ListName.OVERDUE, Filters(body=body))
    return [
        [line.id for line in lines(session, query, at, order="days", limit=2, offset=offset)]
        for offset in (0, 1, 2, 4)
    ]


@pytest.mark.parametrize("looked", [False, True])
def test_the_looks_that_flags_rest_on_are_those_of_their_lines(demo_like: Opened, looked: bool) -> None:
    if looked:
        look_at_all(demo_like)
    at = moment(demo_like.now)
    with demo_like.database.reading() as session:
        shown = lines(session, ListQuery(ListName.OVERDUE), at)
        fresh = [line for line in shown if not line.stale]
        days = [line.checked_on for line in fresh if line.checked_on]
        said = flags(session, at)
        assert bool(fresh) == looked
        assert said.looked == (min(days, default=None), max(days, default=None))
        assert said.bodies == len({line.body_id for line in fresh})
