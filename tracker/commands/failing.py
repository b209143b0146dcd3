"""What every command shares: where the configuration is, and failures as sentences."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy.exc import DatabaseError, OperationalError

from scrapers.options import BadOptions
from scrapers.sources import UnknownReader
from tracker.compose import Composed, compose_from
from tracker.config import ConfigError, is_configured
from tracker.domain.addresses import AddressError
from tracker.domain.calendars import CalendarError
from tracker.domain.refusals import NotAccepted
from tracker.domain.rules import RuleError
from tracker.services.collect import UnknownSource
from tracker.services.keep_sources import RefusedSource
from tracker.services.read_file import UnreadableFile
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
    RefusedSource,
    UnusableKey,
    UnknownReader,
    UnreadableFile,
    BadOptions,
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
        except BrokenPipeError:
            # Whoever read the output has read enough (`| head`); nothing is left to say, and to nobody.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except TOLD as error:
            raise click.ClickException(str(error)) from error
        except DatabaseError as error:
            raise click.ClickException(_about_database(error)) from error

    return told  # type: ignore[return-value]


def _about_database(error: DatabaseError) -> str:
    why = " ".join(str(error.orig).split())
    mend = (
        "is the server running, and [database] url right?"
        if isinstance(error, OperationalError)
        else "is [database] url the database of this site?"
    )
    return f"The database could not be used ({why}): {mend}"


def config_file(context: click.Context) -> Path | None:
    """The configuration this command was called with."""
    named = context.find_root().params.get("config")
    return Path(named) if named else None


def configured(context: click.Context, *, public: bool = False) -> Composed:
    """The site of that configuration; without a file or a database named in the environment there is none."""
    if not is_configured(config_file(context)):
        raise click.ClickException(
            "There is no config.toml here: go to its folder, name it with --config, or make one with `answerby init`."
        )
    found = compose_from(config_file(context), public=public)
    context.call_on_close(found.close)
    return found


def composed_of(context: click.Context) -> Composed:
    """The site of that configuration, its database brought up to date."""
    found = configured(context)
    migrate(found.config.database.url)
    return found
