"""The commands: what they print, and that every failure is a sentence."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.cli import main


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder of its own."""
    monkeypatch.chdir(tmp_path)


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, words, input=typed)


def failed(result: Result, sentence: str, code: int = 1) -> None:
    assert result.exit_code == code, result.output
    assert sentence in result.output
    assert "Traceback" not in result.output


INIT = (
    "init --name Watch --base-url https://a.example --publisher P --contact a@b.example --mail-host= --group g"
).split()


def test_a_due_day_stands_alone_on_the_last_line() -> None:
    result = run("due", "gb-foi-s10", "2024-08-03")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "2024-09-03"


def test_a_phrase_without_a_place_says_that_holidays_are_not_left_out() -> None:
    assert "--calendar" in run("due", "20 working days", "2024-08-03").stderr
    assert "--calendar" not in run("due", "20 working days", "2024-08-03", "--calendar", "GB-EAW").stderr


def test_a_clock_that_stands_still_has_no_due_day() -> None:
    result = run("due", "gb-foi-s10", "2024-08-03", "--pause", "2024-08-10..")
    assert result.stdout.splitlines()[-1] == "no date"
    assert "Overdue" not in result.output


@pytest.mark.parametrize(
    ("words", "sentence", "code"),
    [
        (("due", "soonish", "2024-08-03"), "neither a rule nor a period", 1),
        (("due", "gb-foi-s10", "2024-02-30"), "is not a date", 2),
        (("due", "gb-foi-s10", "2024-08-03", "--pause", "May"), "FROM..TO", 2),
        (("due", "20 working days", "2024-08-03", "--calendar", "ZZ"), "ZZ", 1),
        (("verify",), "no config.toml here", 1),
        (("collect",), "no config.toml here", 1),
        (("user", "add", "a@b.example"), "no config.toml here", 1),
        (("run",), "no config.toml here", 1),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words: tuple[str, ...], sentence: str, code: int) -> None:
    failed(run(*words), sentence, code)
    assert not list(Path().iterdir()), "nothing is made in a folder without a site"


def test_a_first_site_is_set_up_once() -> None:
    result = run(*INIT, "--admin", "me@b.example")
    assert result.exit_code == 0, result.output
    assert "Password: " in result.output
    assert 'sender_name = "Watch"' in Path("config.toml").read_text(encoding="utf-8")
    failed(run(*INIT, "--admin", "me@b.example"), "is there already")
    assert run("verify").exit_code == 0


def test_a_wrong_address_is_refused_before_the_other_questions() -> None:
    failed(run("init", "--name", "Watch", "--base-url", "nowhere"), "full address", 2)


@pytest.mark.parametrize(
    ("address", "port"),
    [
        ("http://127.0.0.1:18432", 18432),
        ("http://localhost:9000", 9000),
        ("https://a.example:8443", 8000),
        ("http://127.0.0.1", 8000),
    ],
)
def test_a_site_on_this_machine_listens_where_its_address_says(address: str, port: int) -> None:
    words = [address if word == "https://a.example" else word for word in INIT]
    assert run(*words, "--admin", "me@b.example").exit_code == 0
    text = Path("config.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["web"]["port"] == port


def configured(text: str) -> None:
    Path("config.toml").write_text(text, encoding="utf-8")


def test_a_wrong_key_names_the_line_and_the_mend() -> None:
    configured("[site]\nnmae = 'x'\n")
    failed(run("migrate"), "config.toml, line 2")


def test_a_source_with_an_unknown_reader_names_those_there_are() -> None:
    configured("[[sources]]\nkey = 'x'\nreader = 'nosuch'\naddress = 'https://example.org/'\n")
    failed(run("collect"), "There is no reader 'nosuch'")


def test_a_file_that_is_no_database_is_said_so() -> None:
    configured("[database]\nurl = 'sqlite:///notes.db'\n")
    Path("notes.db").write_text("these are notes, and many of them\n" * 50, encoding="utf-8")
    failed(run("verify"), "The database could not be used")


def test_a_server_that_does_not_answer_is_said_so() -> None:
    configured("[database]\nurl = 'postgresql://nobody@127.0.0.1:1/nothing'\n")
    failed(run("migrate"), "is the server running")
