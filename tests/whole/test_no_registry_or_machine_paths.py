"""Nothing in the repository knows the machine it was written on or a package registry."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared import ROOT

# In pieces, so that this file does not find itself.
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "registry." + "npmjs", "/opt/" + "pypi"]
LEAST_PARTS = 3  # "/", a folder and another: a checkout in "/src" would find itself in every address


def tracked() -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    yield from (path for part in listed.stdout.split("\0") if part and (path := ROOT / part).is_file())


def machine() -> list[str]:
    roots = [ROOT, ROOT.parent / "shared", Path.home() / "x"]
    return [str(path).removesuffix("x") for path in roots if len(path.parts) >= LEAST_PARTS]


@pytest.mark.parametrize("word", [*REGISTRIES, *machine()])
def test_no_file_names(word: str) -> None:
    assert [str(path.relative_to(ROOT)) for path in tracked() if word.encode() in path.read_bytes()] == []
