"""What the pages are handed: configuration, database, clock, and whatever else the edge composed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from flask import current_app

from tracker.config import Config
from tracker.storage.engine import Database

EXTENSION = "answerby"


@dataclass(frozen=True)
class Site:
    """One site: handed to `create_app`, read by every view."""

    config: Config
    database: Database
    now: Callable[[], datetime]
    """The clock (UTC, aware); only the outermost edge reads the real one."""
    gate: Any = None
    """Every outgoing request passes it; None where nothing is fetched."""
    extras: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else the edge hands in: channels, mail."""

    def today(self) -> date:
        """The day in UTC: what lists without one debtor call today."""
        return self.now().date()


def site() -> Site:
    """The site of the current request."""
    return cast(Site, current_app.extensions[EXTENSION])
