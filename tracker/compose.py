"""The one place that knows everybody: a configuration becomes database, clock, gate, cage and application."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from scrapers.cage import Cage
from scrapers.walk.gate import Gate
from scrapers.walk.posting import posted
from tracker.assets import data, templates, translations
from tracker.config import Config, load
from tracker.domain.calendars import CalendarError, calendar
from tracker.domain.habits import Habits
from tracker.domain.link_tokens import Seal
from tracker.domain.post import Channel
from tracker.domain.reminding import Plan
from tracker.domain.rereading import Rereading
from tracker.services.deliver import Post
from tracker.services.propose_items import READERS as REPORT_READERS
from tracker.services.propose_items import SECONDS as REPORT_SECONDS
from tracker.services.webhook_round import WebhookPost
from tracker.storage.engine import Database
from tracker.storage.migrate import migrate


def wall_clock() -> datetime:
    """The instant it is (UTC): the only place that reads the clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Composed:
    """Everything one site is made of."""

    config: Config
    database: Database
    now: Callable[[], datetime]
    loaded_at: datetime
    """When this process read its rules and calendars."""
    outbox: Path | None = None
    """Where mail is written instead of being sent: the demonstration's."""

    @cached_property
    def gate(self) -> Gate:
        """What every outgoing request passes."""
        fetch = self.config.fetch
        return Gate(
            user_agent=fetch.user_agent,
            clock=self.now,
            allow_hosts=fetch.allow_hosts,
            max_bytes=fetch.max_bytes,
            deadline_seconds=fetch.deadline_seconds,
            pause_seconds=fetch.host_pause_seconds,
        )

    @cached_property
    def cage(self) -> Cage:
        """Where whatever comes from outside is parsed."""
        return Cage()

    @cached_property
    def report_cage(self) -> Cage:
        """Where reports that editors upload are parsed."""
        return Cage(readers=REPORT_READERS, children=1, seconds_per_page=REPORT_SECONDS)

    def close(self) -> None:
        """End the reading children, hang up on every host, give the database's connections back."""
        for name in ("cage", "report_cage", "gate", "webhook_gate"):
            if name in self.__dict__:
                self.__dict__[name].close()
        self.database.close()

    @cached_property
    def post(self) -> Post:
        """How subscribers are reached; without a relay no mail is sent, and a demonstration only writes it down."""
        from tracker.channels.email import EmailChannel, Relay
        from tracker.channels.folder import FolderChannel
        from tracker.rendering.mail import MailWriter, Publication
        from tracker.rendering.tongue import tongues

        site, mail = self.config.site, self.config.mail
        publication = Publication(
            site.name, site.publisher, site.base_url, site.default_language, site.contact_email
        )
        writer = MailWriter(publication, tongues(site.languages, translations()), templates())
        relay = Relay(
            host=mail.host,
            port=mail.port,
            sender=mail.sender,
            sender_name=mail.sender_name,
            username=mail.username,
            password=mail.password,
            starttls=mail.starttls,
            list_domain=urlsplit(site.base_url).hostname or "",
        )
        email = EmailChannel(relay)
        channels: dict[str, Channel] = {"email": email} if mail.host else {}
        if self.outbox is not None:
            channels = {"email": FolderChannel(email, self.outbox)}
        # A demonstration's letters to bodies wait at the desk instead: they quote real addresses.
        letter = writer.letter if self.outbox is None else None
        return Post(channels, {"email": writer.word}, Seal(self.config.web.secret_key), letter)

    @cached_property
    def webhook_gate(self) -> Gate:
        """What posts to webhooks pass: whoever opens the site names these addresses, so the hosts are a list apart."""
        fetch, webhooks = self.config.fetch, self.config.webhooks
        return Gate(
            user_agent=fetch.user_agent,
            clock=self.now,
            allow_hosts=webhooks.allow_hosts,
            pause_seconds=fetch.host_pause_seconds,
        )

    @cached_property
    def webhook_post(self) -> WebhookPost | None:
        """How webhooks are posted; None where they are switched off."""
        from tracker.channels.webhook import WebhookChannel
        from tracker.rendering.mail import Publication
        from tracker.rendering.tongue import tongues
        from tracker.rendering.webhook import PostWriter
        from tracker.rendering.webhook_chat import read_templates

        if not self.config.webhooks.enabled:
            return None
        site, gate = self.config.site, self.webhook_gate
        channel = WebhookChannel(lambda url, body, headers: posted(gate, url, body, headers, self.now()))
        publication = Publication(site.name, site.publisher, site.base_url, site.default_language)
        writer = PostWriter(
            publication, tongues(site.languages, translations()), read_templates(data("webhook_templates"))
        )
        return WebhookPost(channel, writer.word, Seal(self.config.web.secret_key), writer.offered())

    @cached_property
    def app(self) -> Flask:
        """The web application."""
        from tracker.web.app import create_app
        from tracker.web.site import Site

        extras: dict[str, Any] = {"report_cage": self.report_cage, "outbox": self.outbox is not None}
        if self.webhook_post is not None:
            extras |= {"webhook_vet": self.webhook_gate.vet, "webhook_templates": self.webhook_post.templates}
        return create_app(Site(self.config, self.database, self.now, self.gate, extras))


def compose(config: Config, now: Callable[[], datetime] = wall_clock, outbox: Path | None = None) -> Composed:
    """Put a site together; nothing is opened yet."""
    site = config.site
    days_off = tuple((off.calendar, off.day, off.name) for off in config.calendars.extra)
    sittings = tuple(
        (name, one.days) for one in config.calendars.sittings for name in (one.house, *one.rules)
    )
    habits = Habits(
        site.due_soon_days,
        site.recheck_days,
        site.countersign,
        days_off,
        sittings,
        config.evidence.keep_days,
        config.evidence.budget_bytes,
        Rereading(config.watch.until_days_after_due, config.watch.every_days),
        site.notice_days if config.mail.host else 0,
        reminder_plan(config) if _reminds(config) else None,
    )
    _check_calendars(config)
    return Composed(config, Database(config.database.url, habits), now, now(), outbox)


def _reminds(config: Config) -> bool:
    """A demonstration sends nobody anything, whatever its configuration says."""
    return config.reminders.enabled and bool(config.mail.host) and not config.site.demo


def reminder_plan(config: Config) -> Plan:
    """When bodies would be reminded, were it switched on."""
    wanted = config.reminders
    return Plan(wanted.days_before, wanted.on_the_day, wanted.days_after)


def _check_calendars(config: Config) -> None:
    """A day off for a calendar that does not exist would silently be none."""
    for off in config.calendars.extra:
        try:
            calendar(off.calendar)
        except CalendarError as error:
            raise CalendarError(f"[[calendars.extra]], {off.name}: {error}") from error


def compose_from(path: Path | None = None, *, public: bool = False) -> Composed:
    """The site of a configuration file; raises ConfigError, and CalendarError for a day off of no calendar."""
    return compose(load(path, public=public))


def wsgi() -> Flask:
    """For a server of your choice: the application, without the worker."""
    composed = compose_from(public=True)
    migrate(composed.config.database.url)
    return composed.app
