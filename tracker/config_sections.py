"""What an operator can set: every section and key of the configuration, with its default."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Site:
    """Who publishes the site, where, and in which languages."""

    name: str = "Answerby"
    base_url: str = "http://127.0.0.1:8000"
    publisher: str = ""
    contact_email: str = ""
    languages: tuple[str, ...] = ("en", "es", "fr")
    default_language: str = "en"
    demo: bool = False
    countersign: bool = True
    due_soon_days: int = 14
    recheck_days: int = 90
    notice_days: int = 7
    second_factor: str = "offered"
    data_license: str = "CC BY 4.0"
    data_license_url: str = "https://creativecommons.org/licenses/by/4.0/"


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
    page_cache_mb: int = 32
    api_requests_per_minute: int = 600
    api_writes_per_minute: int = 240


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
    reports: str = ""
    reports_secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Reminders:
    """Whether bodies are reminded of their due days, and how many days before and after."""

    enabled: bool = False
    days_before: tuple[int, ...] = (28, 7)
    on_the_day: bool = True
    days_after: tuple[int, ...] = (7, 35, 63)


@dataclass(frozen=True)
class Webhooks:
    """Whether lists can be followed by webhook, and the hosts that are posted to although they are not public."""

    enabled: bool = True
    allow_hosts: tuple[str, ...] = ()


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
    remind_seconds: int = 900
    archive_seconds: int = 300


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
    verify_tls: bool = True
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Logs:
    """The key that signs the head of the public log; made on first use."""

    signing_key_file: Path = Path("signing.key")


@dataclass(frozen=True)
class Archive:
    """Where everything public lies as one file to take away; each machine that serves it makes its own."""

    folder: Path = Path("archive")


@dataclass(frozen=True)
class Config:
    """Everything an operator can set, checked and complete."""

    site: Site = field(default_factory=Site)
    database: Database = field(default_factory=Database)
    web: Web = field(default_factory=Web)
    mail: Mail = field(default_factory=Mail)
    reminders: Reminders = field(default_factory=Reminders)
    webhooks: Webhooks = field(default_factory=Webhooks)
    worker: Worker = field(default_factory=Worker)
    fetch: Fetch = field(default_factory=Fetch)
    evidence: Evidence = field(default_factory=Evidence)
    watch: Watch = field(default_factory=Watch)
    calendars: Calendars = field(default_factory=Calendars)
    logs: Logs = field(default_factory=Logs)
    archive: Archive = field(default_factory=Archive)
    sources: tuple[SourceConfig, ...] = ()
