"""The two commands rest on locks with hashes, on declared libraries, and on a Makefile that explains itself."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.shared import ROOT
from tests.whole.tree import CODE, files, imports, name

LOCKS = [ROOT / "requirements" / "run.lock", ROOT / "requirements" / "dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def plain(requirement: str) -> str:
    """`psycopg[binary]>=3.2` is `psycopg`."""
    return re.split(r"[\[<>=!~;\s]", requirement, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


def pins(lock: Path) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._\[\]-]+)==([^\s;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {plain(package): version for package, version in found}


@pytest.mark.parametrize("lock", LOCKS, ids=name)
def test_every_locked_version_has_hashes_and_no_address(lock: Path) -> None:
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"))
    assert [entry.splitlines()[0] for entry in entries[1:] if "--hash=sha256:" not in entry] == []
    assert "://" not in lock.read_text(encoding="utf-8")


def test_both_locks_agree() -> None:
    run, dev = pins(LOCKS[0]), pins(LOCKS[1])
    assert {package: version for package, version in run.items() if dev.get(package) != version} == {}


def test_the_locks_hold_everything_that_the_project_asks_for() -> None:
    extras = PROJECT["optional-dependencies"]
    wanted = {plain(one) for one in [*PROJECT["dependencies"], *extras["build"]]}
    assert wanted - set(pins(LOCKS[0])) == set()
    assert {plain(one) for one in extras["dev"]} | wanted <= set(pins(LOCKS[1]))


def borrowed() -> Iterator[tuple[str, str]]:
    """(library, the first place that imports it) of everything that is not ours."""
    for path in files(*CODE, suffix=".py"):
        for line, module, _ in imports(path):
            library = module.partition(".")[0]
            if library not in {*sys.stdlib_module_names, "_typeshed"} and library not in CODE:
                yield library, f"{name(path)}:{line}"


def test_every_library_that_is_imported_is_declared() -> None:
    declared = {plain(one) for one in PROJECT["dependencies"]}
    packages = packages_distributions()
    assert {
        library: where
        for library, where in borrowed()
        if not declared & {plain(one) for one in packages.get(library, [library])}
    } == {}


def test_make_alone_explains_every_target() -> None:
    printed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [word for word in ("demo", "test", "lint", "bench") if f"make {word} " not in printed] == []
