"""What docs/api.md shows is tried as it stands: its requests answered, its program run."""

import re
import shlex
import subprocess
import sys
from typing import Any

import pytest

from tests.shared import ROOT
from tests.web.api.test_writing import hired
from tests.web.open_site import BASE, Opened, answer_late, small_site
from tracker.domain.words import UserRole

__all__ = ["small_site"]
TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
CURLS = re.findall(r"^    (curl (?:.|\n(?= {5}))*)", TEXT, re.MULTILINE)
PROGRAMS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def known_here(writer: Any) -> None:
    """What the examples are about."""
    process = writer.post("/processes", name="Panel", kind="citizens-jury", jurisdiction="GB")["key"]
    writer.post("/documents", process=process, title="Panel report", key="panel-report")
    writer.post("/bodies", name="Ministry of Roads", jurisdiction="GB", key="ministry-of-roads")


@pytest.mark.parametrize("command", CURLS)
def test_the_requests_shown_are_answered(small_site: Opened, command: str) -> None:
    writer = hired(small_site, "ada", UserRole.EDITOR)
    known_here(writer)
    said = shlex.split(command.replace("$TOKEN", writer.token).replace("\n", " "))
    body = said[said.index("--json") + 1] if "--json" in said else None
    headers = dict([said[said.index("-H") + 1].split(": ", 1)]) if "-H" in said else {}
    path = next(part for part in said if part.startswith(BASE)).removeprefix(BASE)
    answer = (
        small_site.client.post(path, data=body, content_type="application/json", headers=headers)
        if body
        else small_site.client.get(path)
    )
    assert answer.status_code == (201 if body else 200), answer.get_data(as_text=True)


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_program_shown_runs(served: str, small_site: Opened, program: str) -> None:
    answer_late(small_site)
    asked = [sys.executable, "-c", program.replace(BASE, served)]
    ran = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.stderr, ran.stdout) == ("", "1 answered late\n")


def test_there_is_something_to_try() -> None:
    assert len(CURLS) >= 2 and PROGRAMS
