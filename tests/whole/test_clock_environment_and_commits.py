"""Time is an argument, the environment is read once, and one place commits."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.whole.tree import CODE, files, name, parsed

MODULES = list(files(*CODE, suffix=".py"))

WALL_CLOCK = re.compile(
    r"(^|\.)(datetime|date|dt|func)\.(now|utcnow|today|current_timestamp)$|^time\.(time|time_ns|localtime|ctime)$"
)
TAKEN_FROM_TIME = frozenset({"time", "time_ns", "localtime", "ctime"})
ENVIRONMENT = re.compile(r"^os\.(environb?|getenv|putenv)$")


def attributes(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted text) of every `a.b.c` in a module."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Attribute):
            yield node.lineno, ast.unparse(node)


def uses(pattern: re.Pattern[str], *, outside: str) -> list[str]:
    return [
        f"{name(path)}:{line} {text}"
        for path in MODULES
        if name(path) != outside
        for line, text in attributes(path)
        if pattern.search(text)
    ]


def test_only_compose_reads_the_wall_clock() -> None:
    assert uses(WALL_CLOCK, outside="tracker/compose.py") == []


def test_nobody_takes_the_clock_out_of_its_module() -> None:
    taken = [
        f"{name(path)}:{node.lineno}"
        for path in MODULES
        if name(path) != "tracker/compose.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom)
        and node.module == "time"
        and TAKEN_FROM_TIME & {a.name for a in node.names}
    ]
    assert taken == []


def test_the_database_never_fills_in_a_time() -> None:
    asked = [
        f"{name(path)}:{number}"
        for path in files("tracker", suffix=".py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"CURRENT_TIMESTAMP|CURRENT_DATE|server_default=|datetime\('now", line)
    ]
    assert asked == []


def test_only_config_reads_the_environment() -> None:
    assert uses(ENVIRONMENT, outside="tracker/config.py") == []


def test_only_the_engine_commits() -> None:
    assert uses(re.compile(r"\.commit$"), outside="tracker/storage/engine.py") == []


def test_a_session_is_asked_only_in_storage() -> None:
    asked = uses(re.compile(r"^(self\._?)?session\.(exec|execute|query|scalars?|connection)$"), outside="")
    assert [place for place in asked if not place.startswith("tracker/storage/")] == []


def test_nobody_forks() -> None:
    assert uses(re.compile(r"^os\.fork$"), outside="") == []
