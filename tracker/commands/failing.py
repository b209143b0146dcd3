"""What every command shares: where the configuration is, and failures as sentences."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from tracker.compose import Composed, compose_from
from tracker.config import ConfigError
from tracker.domain.addresses import AddressError
from tracker.domain.calendars import CalendarError
from tracker.domain.refusals import NotAccepted
from tracker.domain.rules import RuleError
from tracker.services.collect import UnknownSource
from tracker.services.sequence import BrokenChain
from tracker.services.signing_key import UnusableKey
from tracker.storage.migrate import migrate

F = TypeVar("F", bound=Callable[..., Any])
TOLD = (
    ConfigError,
    RuleError,
    CalendarError,
    NotAccepted,
    AddressError,
    UnknownSource,
    UnusableKey,
    BrokenChain,
    OSError,
)
"""Failures a user can cause; their text is the sentence."""


def sentences(command: F) -> F:
    """A command whose failures are sentences: what is wrong and how to mend it; exit 1."""

    @wraps(command)
    def told(*given: Any, **named: Any) -> Any:
        try:
            return command(*given, **named)
        except TOLD as error:
            raise click.ClickException(str(error)) from error

    return told  # type: ignore[return-value]


def config_file(context: click.Context) -> Path | None:
    """The configuration this command was called with."""
    named = context.find_root().params.get("config")
    return Path(named) if named else None


def composed_of(context: click.Context) -> Composed:
    """The site of that configuration, its database brought up to date."""
    found = compose_from(config_file(context))
    migrate(found.config.database.url)
    return found
