"""Every reader on its recorded examples: what each page said once, it says again.

A page goes into `examples/<reader>/`; the first run writes what the reader makes of it into `expected.json` and fails,
so that a person looks at it before it becomes the expectation.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scrapers.model import Finding, Follow, Page, Problem, Result, Source
from scrapers.sources import reader_for, reader_keys
from tests.shared import shared

EXAMPLES = Path(__file__).parent / "examples"
BASE = "https://source.example.org/"
RECORDED = {"eci": ("data", "samples", "eci")}
_Case = tuple[str, str, Path]


def _own(reader: str) -> list[_Case]:
    pages = sorted((EXAMPLES / reader).glob("*")) if (EXAMPLES / reader).is_dir() else []
    return [(reader, path.name, path) for path in pages if path.name != "expected.json"]


def _recorded(reader: str) -> list[_Case]:
    folder = shared(*RECORDED[reader]) if reader in RECORDED else None
    pages = sorted(folder.rglob("*.html")) if folder else []
    return [(reader, str(path.relative_to(shared("data", "samples"))), path) for path in pages]


CASES = [case for reader in reader_keys() for case in (*_own(reader), *_recorded(reader))]


def _said(result: Result) -> dict[str, Any]:
    """A result in short: what a person has to look at."""
    if isinstance(result, Follow):
        return {"follow": result.address, **result.state}
    if isinstance(result, Problem):
        return {"problem": result.code, "weight": result.weight, "as_written": result.as_written}
    return _finding(result)


def _finding(finding: Finding) -> dict[str, Any]:
    dates = {name: f"{written.value} {written.precision}" for name, written in finding.dates.items()}
    promised = [f"{one['value']} {one['as_written']}" for one in finding.extra.get("promises", ())]
    short = {
        "finding": finding.kind,
        "key": finding.key,
        "title": finding.title,
        "body_name": finding.body_name,
        "status": finding.status,
        "link": finding.link,
        "begins": finding.summary[:80],
        "confidence": finding.confidence,
    }
    return {**short, **dates, **({"promises": promised} if promised else {})}


def _expected(reader: str) -> dict[str, Any]:
    file = EXAMPLES / reader / "expected.json"
    loaded: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return loaded


def _write(reader: str, name: str, said: list[dict[str, Any]]) -> None:
    file = EXAMPLES / reader / "expected.json"
    file.parent.mkdir(exist_ok=True)
    whole = dict(sorted({**_expected(reader), name: said}.items()))
    file.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", "utf-8")


@pytest.mark.parametrize(
    ("reader", "name", "path"), CASES, ids=[f"{reader}-{name}" for reader, name, _ in CASES]
)
def test_a_recorded_page_says_what_it_said_before(
    reader: str, name: str, path: Path, page: Callable[..., Page]
) -> None:
    source = Source(reader, reader, BASE)
    said = [
        _said(result) for result in reader_for(reader).read(page(path.read_bytes(), BASE + path.name), source)
    ]
    expected = _expected(reader)
    if name not in expected:
        _write(reader, name, said)
        pytest.fail(
            f"What {name} says was written to examples/{reader}/expected.json: read it, then run again."
        )
    assert said == expected[name]


@pytest.mark.parametrize("reader", reader_keys())
def test_every_reader_has_examples_and_no_expectation_without_a_page(reader: str) -> None:
    names = {name for key, name, _ in CASES if key == reader}
    assert names
    assert set(_expected(reader)) <= names
