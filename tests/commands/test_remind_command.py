"""Reminders by hand: off unless asked for, said before they are sent, and a configuration that says what is wrong."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tracker.cli import main
from tracker.config import ConfigError, parse
from tracker.storage.migrate import migrate

MAIL = '[mail]\nhost = "relay.example.org"\nsender = "alerts@example.org"\n'


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("[reminders]\nenabled = true\n", "needs a relay"),
        (f"{MAIL}[reminders]\ndays_before = [7, 7]\n", "different whole days"),
        (f"{MAIL}[reminders]\ndays_after = [0]\n", "different whole days"),
        (f"{MAIL}[reminders]\ndays_after = [1, 2, 3, 4, 5, 6, 7]\n", "at most 6 days"),
        (
            f"{MAIL}[reminders]\nenabled = true\ndays_before = []\non_the_day = false\ndays_after = []\n",
            "reminds of nothing",
        ),
    ],
)
def test_what_cannot_be_right_is_said(written: str, wrong: str) -> None:
    with pytest.raises(ConfigError, match=wrong):
        parse(written)


def test_reminders_are_off_unless_switched_on() -> None:
    assert not parse(MAIL).reminders.enabled
    assert parse(f"{MAIL}[reminders]\nenabled = true\n").reminders.enabled


def test_the_command_says_that_they_are_off_and_what_would_go(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'answerby.db'}"
    migrate(url)
    config = tmp_path / "config.toml"
    config.write_text(f'[database]\nurl = "{url}"\n', encoding="utf-8")
    said = CliRunner().invoke(main, ["--config", str(config), "remind"])
    assert (said.exit_code, "Reminders are off" in said.output) == (0, True)
    said = CliRunner().invoke(main, ["--config", str(config), "remind", "--dry-run", "--days", "3"])
    assert said.output == "Reminders are off. If they were on, this would go out:\nNothing.\n"
