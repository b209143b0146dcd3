"""Values of the right type that cannot be right: what is wrong with each key, and the mend."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from tracker.config_sections import Config, Mail, Reminders, Site, Sittings, SourceConfig, Watch

SHORTEST_SECRET = 32
SHORTEST_PROOF = 16
IMPLICIT_TLS = 465
MAIL_SERVICES = ("brevo", "generic", "mailgun", "postmark", "resend", "sendgrid")
"""The files of `tracker/mail_services`; a test keeps it true."""
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
SECOND_FACTOR = ("off", "offered", "required")


def complaints(config: Config, public: bool) -> Iterator[tuple[str, str]]:
    """Yields (key, what is wrong and the mend) for values of the right type that cannot be right."""
    yield from _site_complaints(config.site)
    yield from _number_complaints(config)
    yield from _watch_complaints(config.watch)
    yield from _reminder_complaints(config.reminders, bool(config.mail.host))
    yield from _source_complaints(config.sources)
    yield from _sittings_complaints(config.calendars.sittings)
    if not config.database.url.startswith(("sqlite:", "sqlite+", "postgresql:", "postgresql+", "postgres:")):
        yield "database.url", "must begin with sqlite:/// or postgresql://."
    if config.mail.host and "@" not in config.mail.sender:
        yield (
            "mail.sender",
            'is needed with mail.host: the address the mail comes from, such as "alerts@example.org".',
        )
    yield from _mail_complaints(config.mail)
    if public and not config.site.demo:
        yield from _public_complaints(config)


def _mail_complaints(mail: Mail) -> Iterator[tuple[str, str]]:
    open_way = not mail.starttls and mail.port != IMPLICIT_TLS and mail.host not in THIS_MACHINE
    if mail.host and mail.password and open_way:
        yield "mail.starttls", "must stay true: the password would travel to the relay for everybody to read."
    if mail.reports and mail.reports not in MAIL_SERVICES:
        yield "mail.reports", f"must be empty or one of {', '.join(MAIL_SERVICES)}."
    if mail.reports and len(mail.reports_secret) < SHORTEST_PROOF:
        yield (
            "mail.reports_secret",
            f"must have at least {SHORTEST_PROOF} characters: what the service shows beside its webhook, "
            "or `openssl rand -hex 32`.",
        )


def _site_complaints(site: Site) -> Iterator[tuple[str, str]]:
    address = urlsplit(site.base_url)
    if address.scheme not in ("http", "https") or not address.netloc or address.query or address.fragment:
        yield "site.base_url", 'must be a full address such as "https://answers.example.org".'
    if site.second_factor not in SECOND_FACTOR:
        yield "site.second_factor", f"must be one of {', '.join(SECOND_FACTOR)}."
    licence = urlsplit(site.data_license_url)
    if not site.data_license.strip() or licence.scheme not in ("http", "https") or not licence.netloc:
        yield (
            "site.data_license_url",
            "must be the full address at which the licence of the data can be read.",
        )
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
        ("web.page_cache_mb", config.web.page_cache_mb, 0),
        ("web.api_requests_per_minute", config.web.api_requests_per_minute, 0),
        ("web.api_writes_per_minute", config.web.api_writes_per_minute, 0),
        ("worker.sweep_seconds", worker.sweep_seconds, 1),
        ("worker.collect_seconds", worker.collect_seconds, 1),
        ("worker.deliver_seconds", worker.deliver_seconds, 1),
        ("worker.sequence_seconds", worker.sequence_seconds, 1),
        ("worker.readers", worker.readers, 1),
        ("worker.reread_seconds", worker.reread_seconds, 1),
        ("worker.retain_seconds", worker.retain_seconds, 1),
        ("worker.remind_seconds", worker.remind_seconds, 1),
        ("worker.archive_seconds", worker.archive_seconds, 1),
        ("evidence.keep_days", config.evidence.keep_days, 0),
        ("evidence.budget_bytes", config.evidence.budget_bytes, 0),
        ("fetch.host_pause_seconds", fetch.host_pause_seconds, 0),
        ("fetch.deadline_seconds", fetch.deadline_seconds, 1),
        ("fetch.max_bytes", fetch.max_bytes, 1024),
    )


_LONGEST_BEFORE, _LONGEST_AFTER, _MOST_AFTER = 365, 365, 6


def _reminder_complaints(reminders: Reminders, mails: bool) -> Iterator[tuple[str, str]]:
    for name, days, longest in (
        ("days_before", reminders.days_before, _LONGEST_BEFORE),
        ("days_after", reminders.days_after, _LONGEST_AFTER),
    ):
        if len(set(days)) != len(days) or any(not 1 <= one <= longest for one in days):
            yield f"reminders.{name}", f"must be different whole days from 1 to {longest}, such as [28, 7]."
    if len(reminders.days_after) > _MOST_AFTER:
        yield "reminders.days_after", f"may name at most {_MOST_AFTER} days: nobody is written to for ever."
    if not reminders.enabled:
        return
    if not mails:
        yield "reminders.enabled", "needs a relay: set mail.host, or leave reminders off."
    if not (reminders.days_before or reminders.on_the_day or reminders.days_after):
        yield "reminders.enabled", "reminds of nothing: give days_before, days_after or on_the_day = true."


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
