"""People, groups and tokens from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tracker.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Run":
    monkeypatch.setenv("ANSWERBY_DATABASE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    run = Run()
    run("migrate")
    run("user", "add", "ada@example.org", "--role", "admin", "--group", "city-watch")
    return run


class Run:
    """The command with arguments; a failure is looked at where it is expected."""

    def __call__(self, *arguments: str, code: int = 0) -> str:
        result: Result = CliRunner().invoke(main, arguments)
        assert result.exit_code == code, (arguments, result.output)
        return result.output


def test_the_first_administrator_administers_the_site(run: Run) -> None:
    assert "ada@example.org\tcity-watch\tadmin\tnever\tsite" in run("user", "list")
    assert "city-watch\tCity watch" in run("user", "groups")


def test_a_person_gets_another_role_is_shut_out_and_let_in(run: Run) -> None:
    run("user", "add", "bo@example.org", "--role", "contributor", "--group", "city-watch")
    run("user", "role", "bo@example.org", "reviewer", "--group", "city-watch")
    assert "bo@example.org\tcity-watch\treviewer" in run("user", "list")
    run("user", "disable", "bo@example.org")
    assert "shut out" in run("user", "list")
    run("user", "enable", "bo@example.org")
    assert "Password: " in run("user", "reset", "bo@example.org", "--factor")
    run("user", "remove", "bo@example.org", "--group", "city-watch")
    assert "bo@example.org" not in run("user", "list")


def test_the_last_administrator_of_a_group_stays(run: Run) -> None:
    assert "last administrator" in run("user", "remove", "ada@example.org", "--group", "city-watch", code=1)


def test_a_group_that_is_not_there_is_made_only_where_it_is_said_to_be_new(run: Run) -> None:
    said = run("user", "add", "bo@example.org", "--group", "city-wacht", code=1)
    assert "There is no group “city-wacht” here; there are: city-watch." in said and "--new-group" in said
    assert "city-wacht" in run("user", "role", "ada@example.org", "editor", "--group", "city-wacht", code=1)
    assert "city-wacht" not in run("user", "groups") and "bo@example.org" not in run("user", "list")
    run("user", "add", "bo@example.org", "--group", "river-watch", "--new-group")
    assert "river-watch\tRiver watch" in run("user", "groups")


def test_nobody_of_an_address_is_a_sentence(run: Run) -> None:
    assert "There is nobody of the address no@example.org" in run("user", "reset", "no@example.org", code=1)


def test_a_token_is_made_for_a_scope_listed_and_ended(run: Run) -> None:
    made = run("token", "add", "ada@example.org", "--scope", "checks", "--name", "nightly")
    assert "Writes checks as admin of city-watch" in made and "Token: " in made
    [line] = run("token", "list").splitlines()
    assert line.split("\t")[1:4] == ["ada@example.org", "city-watch", "checks"] and line.endswith("nightly")
    run("token", "revoke", line.split("\t")[0])
    assert run("token", "list") == ""
    assert "no good token" in run("token", "revoke", "99", code=1)


def test_a_token_lasts_a_year_at_most(run: Run) -> None:
    assert "1 to 365 days" in run("token", "add", "ada@example.org", "--days", "366", code=1)
