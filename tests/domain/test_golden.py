"""The golden table of dates: official statements, texts of law, and the slips of other tools."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.domain.golden import due_of, rows, rows_that_must_be_right
from tracker.domain.catalogue import catalogue
from tracker.domain.zones import zone_of

Row = Mapping[str, str]
RIGHT = list(rows_that_must_be_right())
DIVERGENT = [row for row in rows() if row["basis"].endswith("divergent")]


def _name(row: Row) -> str:
    return f"{row['case_id']}-{row['rule']}"


@pytest.mark.parametrize("row", RIGHT, ids=_name)
def test_a_golden_date_comes_out_right(row: Row) -> None:
    due = due_of(row)
    assert due.due_on is not None
    assert due.due_on.isoformat() == row["expected_due_date"], (row["how_verified"], due.steps)
    assert due.problem is None


@pytest.mark.parametrize(
    "row", [row for row in RIGHT if row["naive_wrong_date"] != row["expected_due_date"]], ids=_name
)
def test_a_naive_wrong_date_never_appears(row: Row) -> None:
    assert str(due_of(row).due_on) != row["naive_wrong_date"]


@pytest.mark.parametrize("row", DIVERGENT, ids=_name)
def test_where_a_coroner_states_another_date_the_rule_is_still_the_rule(row: Row) -> None:
    assert str(due_of(row).due_on) == row["rule_computed_date"] != row["expected_due_date"]


def test_every_rule_of_the_golden_table_is_in_the_catalogue() -> None:
    assert {row["rule"] for row in rows()} <= set(catalogue())


@pytest.mark.parametrize("row", [row for row in RIGHT if row["weekday"]], ids=_name)
def test_the_due_day_falls_on_the_weekday_of_the_table(row: Row) -> None:
    due = due_of(row).due_on
    assert due and f"{due:%a}" == row["weekday"]


@pytest.mark.parametrize("row", [row for row in RIGHT if row["end_of_day_utc"]], ids=_name)
def test_the_due_day_ends_at_midnight_in_the_debtors_zone(row: Row) -> None:
    zone = zone_of(row["jurisdiction"])
    assert zone
    midnight = datetime.combine(
        date.fromisoformat(row["expected_due_date"]) + timedelta(days=1), time(), ZoneInfo(zone)
    )
    last_second = midnight.astimezone(ZoneInfo("UTC")) - timedelta(seconds=1)
    assert f"{last_second:%Y-%m-%dT%H:%M:%SZ}" == row["end_of_day_utc"]
