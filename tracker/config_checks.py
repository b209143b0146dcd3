"""Values of the right type that cannot be right: what is wrong with each key, and the mend."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from tracker.config_sections import Config, Site, Sittings, SourceConfig, Watch

SHORTEST_SECRET = 32
SECOND_FACTOR = ("off", "offered", "required")


def complaints(config: Config, public: bool) -> Iterator[tuple[str, str]]:
    """Yields (key, what is wrong and the mend) for values of the right type that cannot be right."""
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
    if site.second_factor not in SECOND_FACTOR:
        yield "site.second_factor", f"must be one of {', '.join(SECOND_FACTOR)}."
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
        ("site.notice_days", config.site.notice_days, 0),
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
