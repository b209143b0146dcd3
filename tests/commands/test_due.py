"""`answerby due`: the same question as on the page and in the API, and sentences read strictly."""

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tracker.cli import main
from tracker.domain.catalogue import catalogue


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def due(*words: str) -> Result:
    return CliRunner().invoke(main, ("due", *words))


def data(*words: str) -> dict[str, Any]:
    result = due(*words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_answer_as_data_holds_what_a_reader_needs() -> None:
    found = data("gb-eaw-coroner-pfd", "2022-09-16", "--stated", "2022-11-04")
    assert {name: found[name] for name in ("rule", "start_on", "due_on", "computed_on", "stated_on")} == {
        "rule": "gb-eaw-coroner-pfd",
        "start_on": "2022-09-16",
        "due_on": "2022-11-04",
        "computed_on": "2022-11-11",
        "stated_on": "2022-11-04",
    }
    assert found["conflict"]["code"] == "dates_differ"
    assert found["conflict"]["values"] == {"stated": "2022-11-04", "computed": "2022-11-11"}
    assert found["steps"][-1]["code"] == "due"
    assert len(found["words"]) == len(found["steps"])
    assert found["provisional"] is False
    assert found["problem"] is None


def test_a_conflict_is_said_and_the_stated_date_stands_on_the_last_line() -> None:
    lines = due("gb-eaw-coroner-pfd", "2022-09-16", "--stated", "2022-11-04").stdout.splitlines()
    assert lines[-1] == "2022-11-04"
    assert "the rule gives 11 November 2022" in lines[-2]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("30 days", "2026-01-01", "--extend", "1", "--extend-unit", "weeks"), "2026-02-07"),
        (("30 days", "2026-01-01", "--extended-to", "2026-03-01"), "2026-03-01"),
        (("30 days", "2026-01-01", "--extended-to", "2026-03-01", "--given", "2026-02-01"), "2026-01-31"),
        (("gb-foi-s10", "2024-02-29", "--restart", "2024-03-20"), "2024-04-19"),
        (("eu-aia-art113", "--amount", "3"), "2025-08-02"),
        (("--read", "within 56 days of this report, namely by 28th April 2025"), "2025-04-28"),
        (("--read", "d'ici fin 2026", "--language", "fr"), "2026-12-31"),
        (("--read", "by 03/04/2025", "--order", "dmy"), "2025-04-03"),
        (("--read", "Ongoing"), "no date"),
        (("--read", "otoño de 2026", "--language", "es", "--hemisphere", "south"), "2026-05-31"),
        (("--read", "by the end of FY2026", "--fiscal-year-ends", "9"), "2026-09-30"),
    ],
)
def test_the_last_line_is_the_date(words: tuple[str, ...], expected: str) -> None:
    result = due(*words)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == expected


def test_sitting_days_are_read_from_a_file() -> None:
    Path("days.txt").write_text("# January\n2026-01-05\n2026-01-06\n2026-01-07\n", encoding="utf-8")
    assert (
        due("2 sitting days", "2026-01-05", "--sittings", "days.txt").stdout.splitlines()[-1] == "2026-01-07"
    )
    Path("days.txt").write_bytes(b"\xff\xfe\x00")
    assert due("2 sitting days", "2026-01-05", "--sittings", "days.txt").exit_code == 2


def test_a_day_off_of_the_configuration_counts() -> None:
    extra = "[[calendars.extra]]\ncalendar = 'GB-EAW'\nday = 2026-05-06\nname = 'A day of mourning'\n"
    Path("config.toml").write_text(extra, encoding="utf-8")
    found = data("3 working days", "2026-05-04", "--calendar", "gb-eaw")
    assert found["due_on"] == "2026-05-08"
    assert any("A day of mourning" in said for said in found["words"])


@pytest.mark.parametrize(
    ("words", "sentence", "code"),
    [
        (("gb-foi-s1O", "2024-02-29"), "gb-foi-s10", 1),
        (("gb-foi-s10", "2024-02-29", "--calendar", "GB-EWA"), "GB-EAW", 1),
        (("gb-foi-s10", "2026-13-01"), "2026-01-13", 2),
        (("gb-foi-s10", "30/02/2026"), "2026-02-28", 2),
        (("gb-foi-s10",), "start", 2),
        ((), "rule", 1),
        (("gb-foi-s10", "2026-01-01", "--amount", "-1"), "whole number", 2),
        (("gb-foi-s10", "2026-01-01", "--sittings", "none.txt"), "none.txt", 2),
        (("--read", "x", "--order", "ymd"), "dmy, mdy", 2),
        (("--read", "x", "--hemisphere", "east"), "north, south", 2),
        (("--read", "x", "--fiscal-year-ends", "13"), "1, 2, 3", 2),
        (("--language", "fr"), "sentence", 2),
    ],
)
def test_what_cannot_be_used_is_a_sentence(words: tuple[str, ...], sentence: str, code: int) -> None:
    result = due(*words)
    assert (result.exit_code, "Traceback" in result.output) == (code, False), result.output
    assert sentence in result.output


def test_an_unclear_sentence_fails_and_says_why() -> None:
    result = due("--read", "by 03/04/2025")
    assert result.exit_code == 1
    assert "two ways" in result.stdout
    assert result.stdout.splitlines()[-1] == "no date"


def test_the_answer_begins_with_the_rule_and_its_law() -> None:
    first = due("gb-foi-s10", "2026-05-04").stdout.splitlines()[0]
    assert first.startswith("Freedom of Information Act 2000")
    assert "s.10" in first


def test_a_rule_nobody_confirmed_says_so_in_words_and_as_data() -> None:
    unchecked = next(one.key for one in catalogue().values() if not one.checked and one.unit == "months")
    assert "Nobody has confirmed this rule" in due(unchecked, "2026-05-04").stdout
    assert (data(unchecked, "2026-05-04")["checked"], data("gb-foi-s10", "2026-05-04")["checked"]) == (
        False,
        True,
    )
    assert data("20 working days", "2026-05-04")["warning"] is None


def test_the_first_day_told_is_one_that_counts() -> None:
    friday = due("20 working days", "2024-12-20", "--calendar", "GB-EAW").stdout
    assert "the first day is 23 December 2024" in friday
    assert "the first day is 21 December 2024" in due("20 days", "2024-12-20").stdout
    first = next(one for one in data("gb-foi-s10", "2024-12-20")["steps"] if one["code"] == "first_day")
    assert (first["day"], first["values"]["later"]) == ("2024-12-23", 1)


def test_a_date_of_the_institutions_says_that_their_office_closing_days_are_not_in_it() -> None:
    said = data("20 working days", "2026-12-10", "--calendar", "EU+BE")
    assert "core_days_only" in {one["code"] for one in said["steps"]}
    assert said["provisional"] is False
    assert "Office closing days" not in due("20 working days", "2026-12-10", "--calendar", "BE").stdout


def test_the_rules_awaiting_checking_can_be_listed_alone() -> None:
    lines = CliRunner().invoke(main, ["rules", "--unchecked"]).stdout.splitlines()
    assert len(lines) == sum(not one.checked for one in catalogue().values())
    assert all("awaiting checking" in line for line in lines)


def test_a_reader_who_has_read_enough_ends_the_list_quietly() -> None:
    listing = f"{shlex.quote(sys.executable)} -m tracker.cli rules"
    cut = subprocess.run(
        ["bash", "-c", f"{listing} | head -1 >/dev/null; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (cut.returncode, cut.stderr) == (0, "")
