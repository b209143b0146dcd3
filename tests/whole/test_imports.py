"""Who may import whom: the house's table, checked."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.whole.tree import CODE, files, imports, module_of, name

ANYTHING = frozenset({"*"})


@dataclass(frozen=True)
class Room:
    """What a room may use of ours, and which libraries."""

    ours: frozenset[str]
    libraries: frozenset[str]


def room(ours: str, libraries: str = "") -> Room:
    return Room(frozenset(ours.split()), frozenset(libraries.split()))


DATA_ROOMS = ("rules", "kinds", "topics", "mail_services", "mappings", "translations", "webhook_templates")

# One line for each line of the table "who may import whom". What a room needs besides is handed in.
ROOMS = {
    "tracker.domain": room("tracker.domain", "holidays dateutil"),
    "tracker.storage": room("tracker.storage tracker.domain", "sqlmodel sqlalchemy alembic"),
    "tracker.rendering": room(
        "tracker.rendering tracker.domain", "jinja2 babel icalendar nh3 markupsafe segno"
    ),
    "tracker.channels": room("tracker.channels tracker.domain"),
    "tracker.services": room(
        "tracker.services tracker.domain tracker.storage scrapers tracker.assets", "argon2 cryptography"
    ),
    "tracker.demo": room("tracker.demo tracker.services tracker.domain tracker.storage tracker.assets"),
    "tracker.web": room(
        "tracker.web tracker.services tracker.storage tracker.domain tracker.rendering tracker.config tracker.assets",
        "flask flask_login flask_wtf flask_babel flask_limiter wtforms werkzeug markupsafe jinja2 babel",
    ),
    "tracker.jobs": room("tracker.jobs tracker.services"),
    "tracker.ticking": room("tracker.ticking tracker.jobs tracker.services", "apscheduler"),
    "tracker.config": room(
        "tracker.config tracker.config_reading tracker.config_sections tracker.config_checks"
    ),
    "tracker.config_sections": room(""),
    "tracker.config_checks": room("tracker.config_sections"),
    "tracker.config_reading": room(""),
    "tracker.assets": room(""),
    "tracker.cli": Room(ANYTHING, ANYTHING),
    "tracker.commands": Room(ANYTHING, ANYTHING),
    "tracker.compose": Room(ANYTHING, ANYTHING),
    "tracker.serving": room("tracker.serving tracker.compose tracker.ticking", "waitress"),
    "tracker.first_config": room("tracker.first_config tracker.config tracker.assets"),
    "scrapers": room(
        "scrapers",
        "httpx httpcore h11 idna feedparser selectolax pypdf openpyxl defusedxml yaml warcio dateutil certifi",
    ),
    **{f"tracker.{data}": room(f"tracker.{data} tracker.domain") for data in DATA_ROOMS},
}

# What every room may name: the version, the session and row type that storage hands out (statements stay in storage), types.
FREE = frozenset({"tracker.__version__", "sqlmodel.Session", "sqlmodel.SQLModel", "__future__", "_typeshed"})

MODULES = list(files(*CODE, suffix=".py"))


def within(module: str, rooms: frozenset[str]) -> bool:
    return rooms == ANYTHING or any(module == one or module.startswith(f"{one}.") for one in rooms)


def room_of(module: str) -> str | None:
    return next(
        (one for one in sorted(ROOMS, key=len, reverse=True) if within(module, frozenset({one}))), None
    )


def is_ours(module: str) -> bool:
    return module.partition(".")[0] in CODE


def is_forbidden(module: str, taken: str, allowed: Room) -> bool:
    if within(module, FREE) or f"{module}.{taken}" in FREE:
        return False
    if is_ours(module):
        # `from tracker import config` takes a room by name.
        return not (within(module, allowed.ours) or within(f"{module}.{taken}", allowed.ours))
    library = module.partition(".")[0]
    return library not in sys.stdlib_module_names and not within(library, allowed.libraries)


def complaints(path: Path) -> list[str]:
    home = room_of(module_of(path))
    if home is None:
        return [] if module_of(path) == "tracker" else [f"{name(path)} is in no room; add it to the table"]
    return [
        f"{name(path)}:{line} imports {module}, which {home} may not"
        for line, module, taken in imports(path)
        if is_forbidden(module, taken, ROOMS[home])
    ]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_imports_only_what_its_room_may(path: Path) -> None:
    assert complaints(path) == []


def test_every_room_of_the_table_that_names_a_library_names_a_real_room() -> None:
    named = {one for allowed in ROOMS.values() for one in allowed.ours - ANYTHING}
    assert named <= set(ROOMS)


STATEMENTS = ("select", "text", "insert", "update", "delete", "func")

# Modules and names that only one place may have, whatever its room's line says.
RESERVED = {
    "outgoing requests": (
        ("httpx", "httpcore", "requests", "aiohttp", "urllib.request", "http.client", "socket", "ftplib"),
        ("scrapers.walk",),
    ),
    "the environment": (("os.environ", "os.getenv", "os.environb"), ("tracker.config",)),
    "SQL": (
        tuple(f"{library}.{word}" for library in ("sqlalchemy", "sqlmodel") for word in STATEMENTS),
        ("tracker.storage",),
    ),
    "a transaction": (
        ("tracker.storage.engine.writing",),
        ("tracker.storage", "tracker.web", "tracker.cli", "tracker.jobs", "tracker.compose"),
    ),
    "pickle": (("pickle", "marshal", "shelve", "dill"), ()),
    "lazy loads": (("sqlmodel.Relationship", "sqlalchemy.orm.relationship"), ()),
}


@pytest.mark.parametrize("what", RESERVED)
def test_only_the_place_for_it_imports(what: str) -> None:
    reserved, places = RESERVED[what]
    found = [
        f"{name(path)}:{line} imports {module} {taken}".rstrip()
        for path in MODULES
        if not within(module_of(path), frozenset(places))
        for line, module, taken in imports(path)
        if within(module, frozenset(reserved)) or within(f"{module}.{taken}", frozenset(reserved))
    ]
    assert found == []
