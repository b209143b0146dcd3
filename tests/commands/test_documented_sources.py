"""`docs/sources.md` done word for word: the page served, the configuration pasted, every command's output compared."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.test_commands import INIT, run
from tests.services.register import Register, running_register
from tests.shared import ROOT

SERVED = "127.0.0.1:8123"
PAGE = "/replies.html"
SHOWN = re.compile(r"^```\n\$ answerby (?P<words>.+)\n(?P<output>(?:.*\n)*?)```$", re.M)


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """The page of the document on a free port, and an empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    with running_register() as served:
        served.put(PAGE, (ROOT / "docs" / "examples" / "replies.html").read_bytes())
        yield served


def document(register: Register) -> str:
    """The text, with the port that is served here."""
    return (ROOT / "docs" / "sources.md").read_text(encoding="utf-8").replace(SERVED, register.host)


def shown(text: str) -> list[tuple[list[str], str]]:
    """Each command of a text, and what it is said to print."""
    return [(found["words"].split(), found["output"]) for found in SHOWN.finditer(text)]


def configure(text: str) -> None:
    assert run(*INIT, "--admin", "me@b.example").exit_code == 0
    found = re.search(r"^```toml\n(.*?)^```$", text, re.M | re.S)
    assert found
    with Path("config.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + found[1])


def allow(register: Register) -> None:
    file = Path("config.toml")
    file.write_text(
        file.read_text("utf-8").replace("allow_hosts = []", f'allow_hosts = ["{register.host}"]'), "utf-8"
    )


def test_every_command_of_the_document_prints_what_it_says(register: Register) -> None:
    text = document(register)
    refused, listed, tried, broken = shown(text)
    configure(text)
    assert run(*refused[0]).output == refused[1]
    allow(register)
    for words, output in (listed, tried):
        assert run(*words).output == output
    first, again = run("collect", "water-replies"), run("collect", "water-replies")
    assert "used, 3 entries: 2 new, which wait for a decision" in first.output and first.exit_code == 0
    assert "used, 3 entries: nothing new" in again.output and "Publish the river" not in again.output
    body = register.pages[PAGE].body
    register.put(PAGE, body.replace(b"Replied on", b"Date"))
    assert run(*broken[0]).output == broken[1]
    assert "set aside, and nothing changed in public" in run("collect", "water-replies").output
    assert "broken since" in run("sources").output
    register.put(PAGE, body)
    assert run("collect", "water-replies").exit_code == 0
    assert "broken" not in run("sources").output and "ok" in run("sources").output


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ("required_fields", "requierd_fields", "did you mean 'required_fields'?"),
        ('"listing"', '"lsting"', "(did you mean 'listing'?)"),
        ("> a@href", "> a[@href", "Option fields, link: 'a[' is no CSS selector."),
        ('= "holding"', '= "hollding"', "Option statuses gives 'Holding reply' the meaning 'hollding'"),
        ('key = "item"', 'key = "item"\nmax_drop = 50', "Option max_drop is 50; it has to be a share"),
        (
            'key = "item"',
            'key = "item"\nmax_pages = "all"',
            "Option max_pages is 'all'; it has to be a whole",
        ),
    ],
)
def test_a_wrong_word_is_named_with_the_mend_and_stops_reading(
    register: Register, wrong: str, right: str, sentence: str
) -> None:
    text = document(register)
    configure(text)
    allow(register)
    file = Path("config.toml")
    file.write_text(file.read_text("utf-8").replace(wrong, right), "utf-8")
    for words in (("sources",), ("collect",)):
        said = run(*words)
        assert said.exit_code == 1 and sentence in said.output and "'water-replies'" in said.output
        assert "Traceback" not in said.output


def test_a_source_that_is_wrong_is_named_and_keeps_no_other_from_being_read(register: Register) -> None:
    configure(document(register))
    allow(register)
    with Path("config.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[sources]]\nkey = "odd"\nreader = "lsting"\naddress = "http://{register.host}/odd"\n')
    said = run("collect")
    assert said.exit_code == 1 and "Error: Source 'odd'" in said.output
    assert "water-replies: used, 3 entries: 2 new" in said.output and "collect: 1 read" in said.output
