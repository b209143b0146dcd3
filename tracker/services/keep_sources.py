"""Keeps the rows of sources as the configuration lists them; their health and their schedule stay."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from sqlmodel import Session

from scrapers.model import Expectations
from scrapers.model import Source as Place
from scrapers.options import BadOptions, check
from scrapers.sources import UnknownReader, reader_for, reader_keys
from scrapers.walk import Refused
from tracker.domain.words import Visibility
from tracker.storage import sources
from tracker.storage.tables import Source
from tracker.storage.turns import take_turn

HOUR = 3600
LONGEST_NAME = 300
TURN = "sources"
"""Workers that start at once list the sources one after the other."""


class Configured(Protocol):
    """One `[[sources]]` of the configuration."""

    @property
    def key(self) -> str: ...
    @property
    def reader(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def every_hours(self) -> float: ...
    @property
    def min_entries(self) -> int: ...
    @property
    def process(self) -> str: ...
    @property
    def publication_lag_days(self) -> int: ...
    @property
    def verify_tls(self) -> bool: ...
    @property
    def options(self) -> Mapping[str, object]: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What changed: keys of sources."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()


class RefusedSource(ValueError):  # noqa: N818
    """A source's address is none that is ever fetched; the text says which, why, and how to mend it."""


def _anything(_address: str) -> None:
    return None


def keep_sources(
    session: Session,
    configured: Iterable[Configured],
    vet: Callable[[str], object] = _anything,
    *,
    spared: Collection[str] = (),
) -> Kept:
    """Add, change and disable sources; `vet` is the gate's look at an address; `spared` keys are left as they are.

    Raises UnknownReader, BadOptions or RefusedSource before anything is written.
    """
    wanted = list(configured)
    for one in wanted:
        check(one.key, one.reader, one.options)
        _look_at(one, vet)
    take_turn(session, TURN)
    added, changed = [], []
    for one in wanted:
        row = sources.by_key(session, one.key)
        if row is None:
            session.add(Source(key=one.key, **_columns(session, one)))
            added.append(one.key)
        elif _changed(row, _columns(session, one) | _own_name(row, one)):
            changed.append(one.key)
    gone = sources.other_than(session, [*(one.key for one in wanted), *spared])
    for row in gone:
        row.enabled = False
    session.flush()
    return Kept(tuple(added), tuple(changed), tuple(row.key for row in gone))


def wrong_sources(configured: Iterable[Configured], vet: Callable[[str], object] = _anything) -> list[str]:
    """All that is wrong with what the configuration says of the sources, a sentence for each source."""
    return list(wrong_by_key(configured, vet).values())


def wrong_by_key(
    configured: Iterable[Configured], vet: Callable[[str], object] = _anything
) -> dict[str, str]:
    """What is wrong with each source of the configuration that cannot be read as it stands, by its key."""
    said = {}
    for one in configured:
        try:
            check(one.key, one.reader, one.options)
            _look_at(one, vet)
        except (UnknownReader, BadOptions, RefusedSource) as error:
            said[one.key] = str(error)
    return said


def _look_at(one: Configured, vet: Callable[[str], object]) -> None:
    try:
        vet(one.address)
    except Refused as error:
        mend = "Correct it, or list its host under [fetch] allow_hosts if it is meant."
        raise RefusedSource(f"Source {one.key!r}: {error} {mend}") from None


def _columns(session: Session, one: Configured) -> dict[str, Any]:
    plain = json.loads(json.dumps(dict(one.options), default=str))
    options = {name: value for name, value in plain.items() if name != "name"}
    # Where the configuration names no process, the one that reviewing made stays.
    process = {"process_id": sources.process_id(session, one.process)} if one.process else {}
    return process | {
        "name": str(one.options.get("name") or _nameless(one) or one.key),
        "reader": one.reader,
        "address": one.address,
        "every_seconds": max(1, round(one.every_hours * HOUR)),
        "publication_lag_days": one.publication_lag_days,
        "settings": {
            "options": options,
            "min_entries": one.min_entries,
            "process": one.process,
            "named": bool(one.options.get("name")),
        }
        | ({} if one.verify_tls else {"verify_tls": False}),
        "enabled": True,
    }


def _nameless(one: Configured) -> str:
    """Where it stands; of a source whose pages name private persons only the site, as its path may name one too."""
    private = one.options.get("private_names") is True
    withheld = private or evidence_visibility(one.reader) is Visibility.WITHHELD
    return _host_and_path(urljoin(one.address, "/") if withheld else one.address)


def _host_and_path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.hostname or ''}{parts.path.rstrip('/')}".removeprefix("www.")[:LONGEST_NAME]


def _own_name(row: Source, one: Configured) -> dict[str, str]:
    """What a source that was given no name calls itself stays its name, as long as it stands where it stood."""
    nameless = not one.options.get("name") and not is_named(row)
    return {"name": row.name} if nameless and row.name and row.address == one.address else {}


def is_named(row: Source) -> bool:
    """Whether the configuration gives a source its name."""
    return row.settings.get("named") is not False


def _changed(row: Source, columns: Mapping[str, Any]) -> bool:
    different = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def run_soon(session: Session, key: str, now: datetime) -> bool:
    """Have a source read with the worker's next round; False where there is none to read."""
    row = sources.by_key(session, key)
    if row is None or not row.enabled:
        return False
    row.next_due_at = now
    return True


def place_of(row: Source) -> Place:
    """A source as the readers know it."""
    options = row.settings.get("options")
    options = dict(options) if isinstance(options, dict) else {}
    expected = _expectations(row, options)
    return Place(
        row.key, row.reader, row.address, options, expected, row.settings.get("verify_tls") is not False
    )


def _expectations(row: Source, options: Mapping[str, Any]) -> Expectations:
    """What a healthy reading looks like; a number that is none, from an older configuration, is left at its default."""
    usual = Expectations()
    required = options.get("required_fields", ())
    return Expectations(
        min_entries=int(str(row.settings.get("min_entries", 0))),
        required_fields=tuple(str(name) for name in required) if isinstance(required, list | tuple) else (),
        publication_lag_days=row.publication_lag_days,
        max_drop=_share(options.get("max_drop"), usual.max_drop),
        max_unknown=_share(options.get("max_unknown"), usual.max_unknown),
        rolling=options.get("rolling") is True,
    )


def _share(value: object, usual: float) -> float:
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else usual


def evidence_of(place: Place) -> Visibility:
    """What is read of a source may be seen by link, unless its reader or its operator says that it names persons."""
    told = place.options.get("private_names") is True
    return Visibility.WITHHELD if told else evidence_visibility(place.reader)


@cache
def evidence_visibility(reader: str) -> Visibility:
    """What is read of a source may be seen by link, unless its reader says that it names private persons."""
    known = reader in reader_keys()
    names_persons = known and bool(getattr(reader_for(reader), "NAMES_PERSONS", False))
    return Visibility.WITHHELD if names_persons else Visibility.LINK_ONLY


NEWS_READERS = frozenset({"feed"})
"""Their pages carry only what is new: not finding an old answer there says nothing."""


def is_news_only(row: Source) -> bool:
    """Whether a source only tells of new things."""
    return row.reader in NEWS_READERS
