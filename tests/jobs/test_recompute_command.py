"""`answerby recompute` after the configuration was told of a day off, on a real database of either kind."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import col, select

from tests.jobs.recomputing import FUNERAL, command, configure, fill
from tests.services.moving import WORKING, moved
from tracker.domain.partial import day
from tracker.storage.engine import Database
from tracker.storage.tables import Event, Recomputation, Segment, Terms


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Path:
    """A site with one open question."""
    fill(database_url, 1)
    configure(tmp_path, database_url)
    assert command(tmp_path, "recompute").exit_code == 0
    configure(tmp_path, database_url, FUNERAL)
    return tmp_path


MOVE = "question-0, Ministry of Water: 2026-06-03 → 2026-06-04 (20 May 2026 is a day off now (State funeral))"


def test_a_day_off_in_the_configuration_moves_what_crosses_it_in_so_many_words(
    site: Path, database_url: str
) -> None:
    result = command(site, "recompute")
    assert result.exit_code == 0, result.output
    assert MOVE in result.output
    assert "1 open dates by a rule looked at, 1 moved" in result.output
    database = Database(database_url)
    with database.reading() as session:
        [event] = moved(session)
        assert (event.actor, event.backfill) == ("clock", False)
    database.close()


def test_a_dry_run_says_the_same_and_changes_nothing(site: Path, database_url: str) -> None:
    before = _rows(database_url)
    result = command(site, "recompute", "--dry-run")
    assert result.exit_code == 0, result.output
    assert MOVE in result.output
    assert "nothing was changed" in result.output
    assert _rows(database_url) == before


def _rows(url: str) -> dict[str, list[str]]:
    database = Database(url)
    with database.reading() as session:
        found = {
            table.__tablename__: sorted(str(row.model_dump()) for row in session.exec(select(table)))
            for table in (Event, Terms, Segment, Recomputation)
        }
    database.close()
    return found


def test_what_moved_is_there_as_data(site: Path) -> None:
    told = json.loads(command(site, "recompute", "--json").output)
    assert (told["examined"], told["renewed"], told["failed"]) == (1, 1, 0)
    [row] = told["moved"]
    assert (row["item"], row["old"], row["new"]) == ("question-0", "2026-06-03", "2026-06-04")
    assert row["why"] == [{"code": "holiday_added", "day": "2026-05-20", "name": "State funeral"}]


def test_a_trial_names_as_data_what_would_move_and_calls_nothing_moved(site: Path) -> None:
    told = json.loads(command(site, "recompute", "--dry-run", "--json").output)
    assert (told["moved"], told["renewed"]) == ([], 0)
    assert ([row["new"] for row in told["would_move"]], told["would_renew"]) == (["2026-06-04"], 1)


def test_the_worker_does_it_by_itself_once(site: Path) -> None:
    from tracker.compose import compose_from
    from tracker.jobs import run_once

    composed = compose_from(site / "config.toml")
    assert run_once("recompute", composed) > 0
    assert run_once("recompute", composed) == 0
    with composed.database.reading() as session:
        assert len(moved(session)) == 1
    composed.database.close()


def test_a_worker_whose_rules_are_older_than_those_applied_keeps_its_hands_off(
    site: Path, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    from tracker.compose import compose_from
    from tracker.jobs import run_once

    configure(site, database_url)
    old = compose_from(site / "config.toml")
    configure(site, database_url, FUNERAL)
    assert command(site, "recompute").exit_code == 0
    assert run_once("recompute", old) == 0
    assert "restart it" in caplog.text
    old.database.close()


def test_what_an_older_process_entered_meanwhile_is_caught_up_at_the_next_start(
    site: Path, database_url: str
) -> None:
    from tracker.compose import compose_from
    from tracker.jobs import run_once

    assert command(site, "recompute").exit_code == 0
    _as_an_older_process_wrote_it(database_url)
    composed = compose_from(site / "config.toml")
    assert run_once("recompute", composed) == 1
    with composed.database.reading() as session:
        [dated] = session.exec(select(Terms).where(col(Terms.superseded_at).is_(None)))
        assert dated.computed_on == date(2026, 6, 4)
    assert run_once("recompute", composed) == 0
    composed.database.close()


def _as_an_older_process_wrote_it(url: str) -> None:
    """The terms of before the day off, recorded after the pass began."""
    database = Database(url)
    with database.writing() as session:
        old, new = session.exec(select(Terms).order_by(col(Terms.id))).all()
        [last] = session.exec(select(Recomputation).order_by(col(Recomputation.id).desc()).limit(1))
        new.superseded_at = last.started_at
        session.add(
            Terms(**old.model_dump() | {"id": None, "superseded_at": None, "recorded_at": last.started_at})
        )
    database.close()


@pytest.mark.parametrize(
    ("words", "sentence", "code"),
    [
        (("--rule", "gb-foi-s1O"), "did you mean gb-foi-s10", 2),
        (("--calendar", "GB-EWA"), "GB-EWA", 1),
        (("--nonsense",), "No such option", 2),
    ],
)
def test_what_is_not_there_is_told_in_a_sentence(
    words: tuple[str, ...], sentence: str, code: int, tmp_path: Path, sqlite_url: str
) -> None:
    configure(tmp_path, sqlite_url)
    result = command(tmp_path, "recompute", *words)
    assert (result.exit_code, sentence in result.output) == (code, True), result.output


def test_a_day_off_of_no_calendar_stops_the_start(tmp_path: Path, sqlite_url: str) -> None:
    configure(tmp_path, sqlite_url, FUNERAL.replace('"GB"', '"GB-EWA"'))
    result = command(tmp_path, "recompute")
    assert result.exit_code == 1
    assert "State funeral" in result.output


def test_an_item_that_the_day_off_does_not_touch_stays(database_url: str, tmp_path: Path) -> None:
    fill(database_url, 1, deadline=replace(WORKING, trigger_on=day(date(2026, 4, 1))))
    configure(tmp_path, database_url, FUNERAL)
    result = command(tmp_path, "recompute")
    assert "1 open dates by a rule looked at, 0 moved" in result.output


def test_the_items_page_names_the_day_off_and_the_move(site: Path) -> None:
    from tracker.compose import compose_from

    assert command(site, "recompute").exit_code == 0
    composed = compose_from(site / "config.toml")
    page = composed.app.test_client().get("/items/question-0").get_data(as_text=True)
    composed.database.close()
    assert "20 May 2026 is left out: State funeral" in page
    assert "from 3 June 2026 to 4 June 2026 – 20 May 2026 is a day off now (State funeral)" in page
