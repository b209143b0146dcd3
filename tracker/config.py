"""TOML and environment become one frozen `Config`; a wrong key, type or placeholder secret stops the start."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from tracker.config_checks import complaints
from tracker.config_reading import ConfigError, Place, Text, build, overridden
from tracker.config_sections import (
    Archive,
    Calendars,
    Config,
    Database,
    Evidence,
    Fetch,
    Holiday,
    Logs,
    Mail,
    Reminders,
    Site,
    Sittings,
    SourceConfig,
    Watch,
    Web,
    Webhooks,
    Worker,
)

__all__ = [
    "Archive",
    "Calendars",
    "Config",
    "ConfigError",
    "Database",
    "Evidence",
    "Fetch",
    "Holiday",
    "Logs",
    "Mail",
    "Reminders",
    "Site",
    "Sittings",
    "SourceConfig",
    "Watch",
    "Web",
    "Webhooks",
    "Worker",
    "is_configured",
    "load",
    "parse",
]

DEFAULT_FILE = "config.toml"


def load(
    path: Path | None = None, environ: Mapping[str, str] | None = None, *, public: bool = False
) -> Config:
    """Reads the file (given, `ANSWERBY_CONFIG`, or ./config.toml if there is one) and the environment over it.

    `public` refuses what must not face the open web. Relative paths count from the file's folder.
    Raises ConfigError with file, line, key and the mend.
    """
    environment = os.environ if environ is None else environ
    named = path or (Path(environment["ANSWERBY_CONFIG"]) if environment.get("ANSWERBY_CONFIG") else None)
    file = named or Path(DEFAULT_FILE)
    if not file.exists() and named is None:
        return _anchored(parse("", "(no file)", environment, public=public), Path.cwd())
    return _anchored(parse(_read(file), str(file), environment, public=public), file.resolve().parent)


def is_configured(path: Path | None = None, environ: Mapping[str, str] | None = None) -> bool:
    """Whether a configuration was named, lies here, or the environment at least names the database."""
    environment = os.environ if environ is None else environ
    named = {"ANSWERBY_CONFIG", "ANSWERBY_DATABASE_URL", "ANSWERBY_DATABASE_URL_FILE"}
    return path is not None or Path(DEFAULT_FILE).exists() or bool(named & environment.keys())


def parse(
    toml: str, name: str = DEFAULT_FILE, environ: Mapping[str, str] | None = None, *, public: bool = False
) -> Config:
    """Reads the text of a configuration; `name` is how errors call the file."""
    text = Text(toml, name)
    values, places = overridden(text.values(), environ or {}, Config, text)
    config = build(Config, values, places)
    for key, complaint in complaints(config, public):
        raise ConfigError(places(key), complaint)
    return config


_MEND = "`answerby init` writes a new one, or copy config.example.toml."


def _read(file: Path, mend: str = _MEND) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(
            Place(str(file)), f"is not UTF-8 text ({error.reason}); save it as UTF-8."
        ) from error
    except OSError as error:
        raise ConfigError(
            Place(str(file)),
            f"cannot be read ({error.strerror}); {mend}",
        ) from error


def _anchored(config: Config, folder: Path) -> Config:
    """The same configuration with relative paths counted from a folder, so that cron finds the same files."""
    return replace(
        config,
        database=Database(_anchored_url(config.database.url, folder)),
        logs=Logs(folder / config.logs.signing_key_file),
        archive=Archive(folder / config.archive.folder),
        calendars=replace(
            config.calendars, sittings=tuple(_with_file(one, folder) for one in config.calendars.sittings)
        ),
    )


def _with_file(one: Sittings, folder: Path) -> Sittings:
    """The same with the days its file names, one ISO date on each line; what follows a # is a remark."""
    if one.file == Path():
        return one
    file = folder / one.file
    text = _read(file, "put the sitting days there, or take the key away.")
    days = [_listed_day(file, number, line) for number, line in enumerate(text.splitlines(), 1)]
    return replace(one, days=tuple(sorted({*one.days, *(day for day in days if day)})))


def _listed_day(file: Path, number: int, line: str) -> date | None:
    written = line.partition("#")[0].strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise ConfigError(
            Place(str(file), number), f"“{written[:40]}” is no day; write one as 2026-05-04 on each line."
        ) from error


def _anchored_url(url: str, folder: Path) -> str:
    scheme, found, file = url.partition(":///")
    if not found or not scheme.startswith("sqlite") or not file or file.startswith((":memory:", "file:")):
        return url
    return f"{scheme}:///{folder / file}"
