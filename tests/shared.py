"""Finds the recorded material that lies beside the repository in `../shared`."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def shared(*parts: str) -> Path:
    """The file or folder under `../shared`; fails with a sentence where it is missing."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(
            f"This test reads {Path('..', 'shared', *parts)} (beside the repository), and {path} is not there. "
            "Put the project's shared folder next to the checkout and run the tests again."
        )
    return path
