"""Every reader on its recorded examples: what each page said once, it says again.

A page goes into `examples/<reader>/`, or with options of its own into a folder below; `source.json` beside it holds the
source's `address` and `options` and may point at recorded pages (`recorded`: patterns below `../shared/data/samples`)
and name what of a finding's `extra` is to be shown (`show`).
`x.before.html` is what stood there before `x.html`. The first run writes what the reader makes of a page into
`expected.json` and fails, so that a person looks at it before it becomes the expectation.
"""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from scrapers.model import Finding, Follow, Page, Problem, Result, Seen, Source
from scrapers.options import complaints
from scrapers.rows.further import MARKS
from scrapers.sources import reader_for, reader_keys
from tests.shared import shared

EXAMPLES = Path(__file__).parent / "examples"
BASE = "https://source.example.org/"
NO_PAGES = ("expected.json", "source.json")


@dataclass(frozen=True)
class Case:
    """A recorded page, and the folder that says how it is read and what is expected of it."""

    reader: str
    folder: Path
    name: str
    path: Path

    @property
    def settings(self) -> dict[str, Any]:
        return _held(self.folder / "source.json")

    @property
    def source(self) -> Source:
        address = self.settings.get("address", BASE)
        return Source(self.reader, self.reader, address, self.settings.get("options", {}))


def _held(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return loaded


def _folders(reader: str) -> list[Path]:
    top = EXAMPLES / reader
    return [top, *sorted(path for path in top.iterdir() if path.is_dir())] if top.is_dir() else []


def _cases(reader: str) -> Iterator[Case]:
    for folder in _folders(reader):
        for path in sorted(folder.glob("*.*")):
            if path.name not in NO_PAGES and ".before." not in path.name:
                yield Case(reader, folder, path.name, path)
        for pattern in _held(folder / "source.json").get("recorded", ()):
            samples = shared("data", "samples")
            for path in sorted(samples.glob(pattern)):
                yield Case(reader, folder, path.relative_to(samples).as_posix(), path)


CASES = [case for reader in reader_keys() for case in _cases(reader)]


def _said(result: Result, show: Iterable[str]) -> dict[str, Any]:
    """A result in short: what a person has to look at."""
    if isinstance(result, Follow):
        return {"follow": result.address, **{k: v for k, v in result.state.items() if k != MARKS}}
    if isinstance(result, Seen):
        return {"seen": result.entries}
    if isinstance(result, Problem):
        return {"problem": result.code, "weight": result.weight, "as_written": result.as_written}
    return _finding(result, show)


def _finding(finding: Finding, show: Iterable[str]) -> dict[str, Any]:
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
    more = {name: finding.extra[name] for name in show if finding.extra.get(name)}
    return {**short, **dates, **more, **({"promises": promised} if promised else {})}


def _write(case: Case, said: list[dict[str, Any]]) -> None:
    file = case.folder / "expected.json"
    whole = dict(sorted({**_held(file), case.name: said}.items()))
    file.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _page(case: Case, page: Callable[..., Page]) -> Page:
    recorded = page(case.path.read_bytes(), case.settings.get("address", BASE + case.path.name))
    before = case.path.with_suffix(f".before{case.path.suffix}")
    if not before.exists():
        return recorded
    body = base64.b64encode(before.read_bytes()).decode("ascii")
    return replace(recorded, state={"before": {"body": body, "content_type": ""}})


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.folder.relative_to(EXAMPLES)}-{case.name}")
def test_a_recorded_page_says_what_it_said_before(case: Case, page: Callable[..., Page]) -> None:
    show = case.settings.get("show", ())
    results = reader_for(case.reader).read(_page(case, page), case.source)
    said = [_said(result, show) for result in results]
    expected = _held(case.folder / "expected.json")
    if case.name not in expected:
        _write(case, said)
        where = (case.folder / "expected.json").relative_to(EXAMPLES)
        pytest.fail(f"What {case.name} says was written to examples/{where}: read it, then run again.")
    assert said == expected[case.name]


@pytest.mark.parametrize("reader", reader_keys())
def test_every_reader_has_examples_and_no_expectation_without_a_page(reader: str) -> None:
    assert any(case.reader == reader for case in CASES)
    for folder in _folders(reader):
        assert set(_held(folder / "expected.json")) <= {case.name for case in CASES if case.folder == folder}


@pytest.mark.parametrize(
    "folder", [path for reader in reader_keys() for path in _folders(reader)], ids=lambda path: path.name
)
def test_the_options_of_an_example_are_options_of_its_reader(folder: Path) -> None:
    settings = _held(folder / "source.json")
    reader = folder.relative_to(EXAMPLES).parts[0]
    if "options" in settings:
        assert complaints(reader, settings["options"]) == []
