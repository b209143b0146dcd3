"""`docs/readers.md` done word for word: the file, the page, what it says, and what the command prints."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

import scrapers.sources
from scrapers.model import Page, Source
from tests.commands.test_commands import INIT, run
from tests.scrapers.test_examples import _said
from tests.shared import ROOT

KEY = "town_replies"


def block(language: str) -> str:
    """The document's block of that language."""
    text = (ROOT / "docs" / "readers.md").read_text(encoding="utf-8")
    found = re.search(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)
    assert found
    return found[1]


@pytest.fixture
def reader() -> Iterator[ModuleType]:
    """The reader of the document, as if its file were there."""
    name = f"scrapers.sources.{KEY}"
    module = ModuleType(name)
    exec(compile(block("python"), name, "exec"), module.__dict__)
    sys.modules[name] = module
    yield module
    del sys.modules[name]


def test_the_reader_says_of_the_page_what_the_document_says(
    reader: ModuleType, page: Callable[..., Page]
) -> None:
    recorded = page(block("html").encode(), "https://source.example.org/replies.html")
    results = reader.read(recorded, Source(KEY, KEY, recorded.address))
    (expected,) = json.loads(block("json")).values()
    assert [_said(result, ()) for result in results] == expected


def test_the_page_of_somebody_else_is_refused(reader: ModuleType, page: Callable[..., Page]) -> None:
    recorded = page(b"<!doctype html><title>Sign in</title><p>Password</p>", "https://source.example.org/")
    (problem,) = reader.read(recorded, Source(KEY, KEY, recorded.address))
    assert (problem.code, problem.weight) == ("login_page", "fatal")


def test_the_document_shows_no_more_than_a_reader_may_do() -> None:
    imported = set(re.findall(r"^(?:from|import) (\w+)", block("python"), re.M))
    assert imported <= {"re", "collections", "scrapers"}
    assert KEY not in scrapers.sources.reader_keys(), "the example is no reader of the product"


def test_a_file_with_an_unknown_reader_names_those_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run(*INIT, "--admin", "me@b.example")
    Path("replies.html").write_text(block("html"), "utf-8")
    said = run("import", KEY, "replies.html", "--dry-run")
    assert said.exit_code == 1 and "There is no preset 'town_replies'" in said.output
