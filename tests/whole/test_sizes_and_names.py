"""How large a file, a function and a template may grow, and what nothing may be called."""

import ast
from pathlib import Path

import pytest

from tests.whole.tree import CODE, files, name, parsed

FILE_LINES = 400
FUNCTION_LINES = 40
TEMPLATE_LINES = 150
FORBIDDEN_NAMES = frozenset(
    {"utils", "util", "helpers", "helper", "common", "misc", "stuff", "tools", "base_utils"}
)
MIGRATIONS = "tracker/storage/migrations/versions/"

WRITTEN = [
    path for path in files(*CODE, "tests", "bench", suffix=".py") if not name(path).startswith(MIGRATIONS)
]


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> list[tuple[str, int]]:
    return [
        (f"{name(path)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_module_passes_400_lines() -> None:
    assert {name(path): lines_of(path) for path in WRITTEN if lines_of(path) > FILE_LINES} == {}


def test_no_function_passes_40_lines() -> None:
    long = {where: lines for path in WRITTEN for where, lines in functions(path) if lines > FUNCTION_LINES}
    assert long == {}


def test_no_template_passes_150_lines() -> None:
    templates = files("templates")
    assert {name(path): lines_of(path) for path in templates if lines_of(path) > TEMPLATE_LINES} == {}


@pytest.mark.parametrize("folder", [*CODE, "templates", "static", "tests", "bench"])
def test_nothing_is_called_utils_helpers_common_or_misc(folder: str) -> None:
    named = {
        name(path)
        for path in files(folder)
        for part in (*path.parent.parts, path.stem)
        if part in FORBIDDEN_NAMES
    }
    assert {path for path in named if "/examples/" not in path} == set()
