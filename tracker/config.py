"""TOML and environment become one frozen `Config`; a wrong key, type or placeholder secret stops the start."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from tracker.config_reading import ConfigError, Place, Text, build, overridden

__all__ = [
    "Calendars",
    "Config",
    "ConfigError",
    "Database",
    "Evidence",
    "Fetch",
    "Holiday",
    "Logs",
    "Mail",
    "Site",
    "Sittings",
    "SourceConfig",
    "Watch",
    "Web",
    "Worker",
    "is_configured",
    "load",
    "parse",
]

DEFAULT_FILE = "config.toml"
SHORTEST_SECRET = 32


@dataclass(frozen=True)
class Site:
    """Who publishes the site, where, and in which languages."""

    name: str = "Answerby"
    base_url: str = "http://127.0.0.1:8000"
    publisher: str = ""
    contact_email: str = ""
    languages: tuple[str, ...] = ("en", "es")
    default_language: str = "en"
    demo: bool = False
    countersign: bool = True
    due_soon_days: int = 14
    recheck_days: int = 90


@dataclass(frozen=True)
class Database:
    """Where the facts are kept: SQLite at first, PostgreSQL when outgrown."""

    url: str = field(default="sqlite:///answerby.db", repr=False)


@dataclass(frozen=True)
class Web:
    """How the site is served."""

    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    secret_key: str = field(default="change-me", repr=False)
    trusted_proxies: int = 0


@dataclass(frozen=True)
class Mail:
    """The relay that takes the mail; without a host nothing is mailed."""

    host: str = ""
    port: int = 587
    username: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True
    sender: str = ""
    sender_name: str = "Answerby"


@dataclass(frozen=True)
class Worker:
    """How often each job runs, in seconds, and how many sources are read at a time."""

    sweep_seconds: int = 60
    collect_seconds: int = 60
    deliver_seconds: int = 30
    sequence_seconds: int = 10
    readers: int = 8
    recompute_seconds: int = 300
    reread_seconds: int = 900
    retain_seconds: int = 3600


@dataclass(frozen=True)
class Fetch:
    """How other people's sites are read."""

    user_agent: str = "Answerby/0.1 (public deadline tracker)"
    allow_hosts: tuple[str, ...] = ()
    host_pause_seconds: float = 2.0
    deadline_seconds: float = 30.0
    max_bytes: int = 5_000_000


@dataclass(frozen=True)
class Evidence:
    """How long and how much of what was read is kept, beyond what something rests on."""

    keep_days: int = 0
    budget_bytes: int = 0


@dataclass(frozen=True)
class Watch:
    """How often the pages on which answers are awaited are looked at again."""

    until_days_after_due: tuple[int, ...] = (30, 90, 365)
    every_days: tuple[int, ...] = (1, 3, 7, 30)


@dataclass(frozen=True)
class Holiday:
    """A one-off day off that a calendar does not know yet."""

    calendar: str
    day: date
    name: str


@dataclass(frozen=True)
class Sittings:
    """The days a House sits, complete from the first one on; in the list, in a file, or in both."""

    house: str
    days: tuple[date, ...] = ()
    file: Path = Path()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Calendars:
    """What this site adds to the calendars of working days."""

    extra: tuple[Holiday, ...] = ()
    sittings: tuple[Sittings, ...] = ()


@dataclass(frozen=True)
class SourceConfig:
    """An official place to read: a reader, its address and what to expect of it."""

    key: str
    reader: str
    address: str
    every_hours: float = 24.0
    min_entries: int = 1
    process: str = ""
    publication_lag_days: int = 0
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Logs:
    """The key that signs the head of the public log; made on first use."""

    signing_key_file: Path = Path("signing.key")


@dataclass(frozen=True)
class Config:
    """Everything an operator can set, checked and complete."""

    site: Site = field(default_factory=Site)
    database: Database = field(default_factory=Database)
    web: Web = field(default_factory=Web)
    mail: Mail = field(default_factory=Mail)
    worker: Worker = field(default_factory=Worker)
    fetch: Fetch = field(default_factory=Fetch)
    evidence: Evidence = field(default_factory=Evidence)
    watch: Watch = field(default_factory=Watch)
    calendars: Calendars = field(default_factory=Calendars)
    logs: Logs = field(default_factory=Logs)
    sources: tuple[SourceConfig, ...] = ()


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
    for key, complaint in _complaints(config, public):
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


def _complaints(config: Config, public: bool) -> Iterator[tuple[str, str]]:
    """(key, what is wrong and the mend) for values of the right type that cannot be right."""
    yield from _site_complaints(config.site)
    yield from _number_complaints(config)
    yield from _watch_complaints(config.watch)
    yield from _source_complaints(config.sources)
    yield from _sittings_complaints(config.calendars.sittings)
    if not config.database.url.startswith(("sqlite:", "sqlite+", "postgresql:", "postgresql+", "postgres:")):
        yield "database.url", "must begin with sqlite:/// or postgresql://."
    if config.mail.host and "@" not in config.mail.sender:
        yield (
            "mail.sender",
            'is needed with mail.host: the address the mail comes from, such as "alerts@example.org".',
        )
    if public and not config.site.demo:
        yield from _public_complaints(config)


def _site_complaints(site: Site) -> Iterator[tuple[str, str]]:
    address = urlsplit(site.base_url)
    if address.scheme not in ("http", "https") or not address.netloc or address.query or address.fragment:
        yield "site.base_url", 'must be a full address such as "https://answers.example.org".'
    if not site.languages:
        yield "site.languages", 'needs at least one language, such as ["en"].'
    if site.default_language not in site.languages:
        yield "site.default_language", f"must be one of site.languages ({', '.join(site.languages)})."


def _number_complaints(config: Config) -> Iterator[tuple[str, str]]:
    ports = {"web.port": (config.web.port, 0), "mail.port": (config.mail.port, 1)}
    yield from (
        (key, f"must be a port from {least} to 65535, not {port}.")
        for key, (port, least) in ports.items()
        if not least <= port <= 65535
    )
    yield from (
        (key, f"must be at least {least}, not {value}.")
        for key, value, least in _minimums(config)
        if not value >= least
    )


def _minimums(config: Config) -> Iterable[tuple[str, float, float]]:
    worker, fetch = config.worker, config.fetch
    return (
        ("site.due_soon_days", config.site.due_soon_days, 0),
        ("site.recheck_days", config.site.recheck_days, 1),
        ("web.threads", config.web.threads, 1),
        ("web.trusted_proxies", config.web.trusted_proxies, 0),
        ("worker.sweep_seconds", worker.sweep_seconds, 1),
        ("worker.collect_seconds", worker.collect_seconds, 1),
        ("worker.deliver_seconds", worker.deliver_seconds, 1),
        ("worker.sequence_seconds", worker.sequence_seconds, 1),
        ("worker.readers", worker.readers, 1),
        ("worker.reread_seconds", worker.reread_seconds, 1),
        ("worker.retain_seconds", worker.retain_seconds, 1),
        ("evidence.keep_days", config.evidence.keep_days, 0),
        ("evidence.budget_bytes", config.evidence.budget_bytes, 0),
        ("fetch.host_pause_seconds", fetch.host_pause_seconds, 0),
        ("fetch.deadline_seconds", fetch.deadline_seconds, 1),
        ("fetch.max_bytes", fetch.max_bytes, 1024),
    )


def _watch_complaints(watch: Watch) -> Iterator[tuple[str, str]]:
    until, every = watch.until_days_after_due, watch.every_days
    if any(later <= earlier for earlier, later in pairwise(until)):
        yield "watch.until_days_after_due", "must grow from number to number, such as [30, 90, 365]."
    if len(every) != len(until) + 1:
        yield (
            "watch.every_days",
            f"needs {len(until) + 1} numbers: one until each of those days, one ever after.",
        )
    if any(days < 1 for days in every):
        yield "watch.every_days", "must be whole days, at least 1 each."


def _source_complaints(sources: tuple[SourceConfig, ...]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for number, source in enumerate(sources):
        where = f"sources.{number}"
        if not source.key or not set(source.key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-"):
            yield f"{where}.key", "must consist of small letters, digits and hyphens."
        if source.key in seen:
            yield f"{where}.key", f'"{source.key}" names two sources; give one of them another key.'
        if urlsplit(source.address).scheme not in ("http", "https"):
            yield f"{where}.address", "must begin with http:// or https://."
        if not source.every_hours > 0:
            yield f"{where}.every_hours", "must be more than 0."
        seen.add(source.key)


def _sittings_complaints(sittings: tuple[Sittings, ...]) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(sittings):
        where = f"calendars.sittings.{number}"
        if not one.house.strip():
            yield f"{where}.house", 'must name the House, as a rule\'s calendar does, such as "CA".'
        if not one.days and one.file == Path():
            yield where, "needs the days it sits: days = [2026-05-04, …], or file = a list of them."


def _public_complaints(config: Config) -> Iterator[tuple[str, str]]:
    if config.web.secret_key in ("", "change-me") or len(config.web.secret_key) < SHORTEST_SECRET:
        yield (
            "web.secret_key",
            f"is a placeholder or shorter than {SHORTEST_SECRET} characters; "
            "`openssl rand -hex 32` makes one, or set ANSWERBY_WEB_SECRET_KEY_FILE.",
        )
    if config.mail.password == "change-me":  # noqa: S105 - the placeholder itself
        yield "mail.password", "is a placeholder; set it, or leave it empty if the relay asks for none."
    if not config.site.publisher:
        yield "site.publisher", "is empty; readers must be able to see who publishes the site."
    if "@" not in config.site.contact_email:
        yield "site.contact_email", "must be an address that readers can write to."
