"""The golden table through the command line and the API: the same dates, and no slip of another tool."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from tests.domain.golden import rows, typed
from tracker.cli import main
from tracker.config import Config
from tracker.domain.habits import Habits
from tracker.storage.engine import Database
from tracker.web.app import create_app
from tracker.web.site import Site

Row = Mapping[str, str]
ROWS = [row for row in rows() if row["basis"] != "official_stated_divergent"]
DIVERGENT = [row for row in rows() if row["basis"] == "official_stated_divergent"]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def _name(row: Row) -> str:
    return f"{row['case_id']}-{row['rule']}"


every_row = pytest.mark.parametrize("row", ROWS, ids=_name)
every_divergent_row = pytest.mark.parametrize("row", DIVERGENT, ids=_name)


@pytest.fixture(scope="module")
def api(migrated_sqlite: Path) -> Iterator[FlaskClient]:
    """A site with nothing on it, for the calculator alone."""
    database = Database(f"sqlite:///{migrated_sqlite}", Habits(14, 90, True))
    yield create_app(Site(Config(), database, lambda: NOW), testing=True).test_client()
    database.close()


def _by_command(words: list[str]) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["due", *words])
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def _by_api(api: FlaskClient, query: Mapping[str, str]) -> dict[str, Any]:
    response = api.get("/api/v1/due", query_string=dict(query))
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.get_json()
    return told.get("data", told)  # type: ignore[no-any-return]


def _is_right(told: dict[str, Any], row: Row) -> None:
    assert told["due_on"] == row["expected_due_date"], (row["how_verified"], told["steps"])
    assert (
        row["naive_wrong_date"] in ("", row["expected_due_date"]) or told["due_on"] != row["naive_wrong_date"]
    )
    assert told["steps"][-1]["day"] == told["due_on"]


@every_row
def test_a_golden_date_comes_out_of_the_command(row: Row) -> None:
    _is_right(_by_command(typed(row).words), row)


@every_row
def test_a_golden_date_comes_out_of_the_api_with_the_same_steps(row: Row, api: FlaskClient) -> None:
    told = _by_api(api, typed(row).query)
    _is_right(told, row)
    assert told["steps"] == _by_command(typed(row).words)["steps"]


@every_divergent_row
def test_where_a_coroner_states_another_date_command_and_api_give_the_rules(
    row: Row, api: FlaskClient
) -> None:
    one = typed(row)
    assert _by_command(one.words)["due_on"] == row["rule_computed_date"] != row["expected_due_date"]
    assert _by_api(api, one.query)["due_on"] == row["rule_computed_date"]


@every_divergent_row
def test_a_stated_date_is_shown_beside_the_rules_and_the_conflict_is_told(row: Row) -> None:
    told = _by_command([*typed(row).words, "--stated", row["expected_due_date"]])
    assert (told["stated_on"], told["computed_on"]) == (row["expected_due_date"], row["rule_computed_date"])
    assert told["conflict"]
