"""Finds templates, static files, translations and data, in a checkout as in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
INSIDE_WHEEL = PACKAGE / "_assets"


def _root() -> Path:
    """The folder that holds templates/ and static/: the wheel's own, else the checkout's."""
    return INSIDE_WHEEL if INSIDE_WHEEL.is_dir() else PACKAGE.parent


def templates() -> Path:
    """The folder of the templates."""
    return _root() / "templates"


def static() -> Path:
    """The folder of style sheets, scripts and pictures."""
    return _root() / "static"


def example_config() -> Path:
    """The example configuration, every key at its default."""
    return _root() / "config.example.toml"


def translations() -> Path:
    """The folder of the translations, `<language>/LC_MESSAGES/messages.mo` beneath it."""
    return PACKAGE / "translations"


def data(room: str) -> Path:
    """The folder of a room's data files: `rules`, `kinds`, `topics`, `demo`."""
    return PACKAGE / room
