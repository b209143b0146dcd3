"""What people can type is written down: every command, every key of the configuration."""

import importlib
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from typing import get_args, get_type_hints

import click
import pytest

from tests.shared import ROOT
from tests.whole.tree import files
from tracker.config import Calendars, Config, Holiday, Sittings, SourceConfig

EXAMPLE = (ROOT / "config.example.toml").read_text(encoding="utf-8")


def documents() -> str:
    pages = [ROOT / "README.md", *files("docs", suffix=".md")]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def commands() -> Iterator[tuple[str, click.Command]]:
    if importlib.util.find_spec("tracker.cli") is None:
        return
    main = importlib.import_module("tracker.cli").main
    assert isinstance(main, click.Group)
    yield from beneath(main, "")


def beneath(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from beneath(command, f"{path}{word} ")
        else:
            yield f"{path}{word}", command


def test_every_command_is_in_the_readme_or_the_docs() -> None:
    text = documents()
    missing = [path for path, _ in commands() if not re.search(rf"(answerby |`){re.escape(path)}\b", text)]
    assert missing == []


def test_every_command_and_option_explains_itself() -> None:
    dumb = [path for path, command in commands() if not command.get_short_help_str()]
    options = [
        f"{path} {option.opts[0]}"
        for path, command in commands()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert dumb + options == []


@pytest.mark.parametrize("section", [item.name for item in fields(Config) if item.name != "sources"])
def test_the_example_holds_every_key_of_the_section(section: str) -> None:
    kind = get_type_hints(Config)[section]
    assert list(tomllib.loads(EXAMPLE)[section]) == [item.name for item in fields(kind)]


@pytest.mark.parametrize(
    ("kind", "header"),
    [(SourceConfig, "sources"), (Holiday, "calendars.extra"), (Sittings, "calendars.sittings")],
)
def test_the_example_holds_every_key_of_a_repeated_table(kind: type, header: str) -> None:
    block = EXAMPLE.partition(f"#[[{header}]]\n")[2].partition("#[[")[0]
    assert re.findall(r"^#([a-z_]+) = ", block, re.MULTILINE) == [item.name for item in fields(kind)]


def test_every_key_of_the_example_has_a_comment_above_it() -> None:
    lines = EXAMPLE.splitlines()
    keys = [number for number, line in enumerate(lines) if re.match(r"#?[a-z_]+ = ", line)]
    assert [lines[number] for number in keys if not lines[number - 1].startswith("# ")] == []


def test_no_repeated_table_is_forgotten_here() -> None:
    sections = [get_type_hints(Config)[item.name] for item in fields(Config)]
    lists = (get_args(hint) for hint in get_type_hints(Calendars).values())
    kinds = {SourceConfig, *(kind for found in lists for kind in found)} - {...}
    assert kinds == {SourceConfig, Holiday, Sittings}
    assert tuple[SourceConfig, ...] in sections
