"""The wheel holds what the checkout holds: pages, styles, catalogues, translations, demo."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.shared import ROOT
from tests.whole.tree import files, name

PARTS = ("tracker", "scrapers", "templates", "static")
SINGLE = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "config.example.toml")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
OFFLINE = ("--no-deps", "--no-build-isolation", "--no-index")
COMPILED = frozenset({".mo", ".pyc", ".pyo"})

LOOK_AROUND = """
from tracker import assets, config
assert "site-packages" in assets.__file__ or "installed" in assets.__file__, assets.__file__
assert assets.example_config().is_file() and assets.templates().parent == assets.INSIDE_WHEEL
assert config.parse(assets.example_config().read_text()) == config.Config()
"""


def run(*command: str | Path, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that the checkout stays clean."""
    copy, target = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(
                ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "_assets")
            )
    for single in SINGLE:
        shutil.copyfile(ROOT / single, copy / single)
    run(*PIP, "wheel", *OFFLINE, "--wheel-dir", target, ".", cwd=copy)
    return next(target.glob("answerby-*.whl"))


@pytest.fixture(scope="module")
def inside(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_every_module_and_data_file_is_inside(inside: set[str]) -> None:
    wanted = {name(path) for path in files("tracker", "scrapers") if path.suffix not in COMPILED}
    assert wanted - inside == set()


@pytest.mark.parametrize("folder", ["templates", "static"])
def test_what_lies_beside_the_packages_is_inside(inside: set[str], folder: str) -> None:
    wanted = {f"tracker/_assets/{name(path)}" for path in files(folder) if not path.name.startswith(".")}
    assert wanted - inside == set()


def test_every_translation_is_compiled(inside: set[str]) -> None:
    sources = {path for path in inside if path.endswith(".po")}
    assert {path.removesuffix(".po") + ".mo" for path in sources} - inside == set()


def test_licence_example_and_command_are_inside(wheel: Path, inside: set[str]) -> None:
    assert "tracker/_assets/config.example.toml" in inside
    assert any(path.endswith("/LICENSE") for path in inside)
    with zipfile.ZipFile(wheel) as archive:
        points = next(path for path in inside if path.endswith("/entry_points.txt"))
        assert "answerby = tracker.cli:main" in archive.read(points).decode()


def test_nothing_else_is_inside(inside: set[str]) -> None:
    assert {path.partition("/")[0] for path in inside if ".dist-info/" not in path} <= {"tracker", "scrapers"}
    assert [path for path in inside if "__pycache__" in path] == []


def test_an_installed_wheel_finds_its_own_files(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    run(*PIP, "install", *OFFLINE, "--target", installed, wheel, cwd=tmp_path)
    code = f"import sys; sys.path.insert(0, {str(installed)!r})\n{LOOK_AROUND}"
    run(sys.executable, "-c", code, cwd=tmp_path)
