"""Today in the debtor's zone: a deadline is a date there, not an instant here."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LAST_ON_EARTH = timezone(timedelta(hours=-12))
"""Where a day ends last: used wherever the zone is not known, so that nobody is called late too soon."""


def today_in(zone: str | None, now: datetime) -> date:
    """The date in an IANA zone at an aware instant; an unknown zone is the last on earth (UTC-12)."""
    if now.tzinfo is None:
        raise ValueError("the instant has no time zone; give an aware one, such as UTC")
    try:
        return now.astimezone(_place(zone)).date()
    except OverflowError:
        return now.date()


@lru_cache(maxsize=700)
def _place(zone: str | None) -> tzinfo:
    try:
        return ZoneInfo(zone) if zone else LAST_ON_EARTH
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return LAST_ON_EARTH


@lru_cache(maxsize=2000)
def zone_of(jurisdiction: str) -> str | None:
    """The zone of an ISO 3166 code (GB-SCT, DE, US-CA), EU included; None where there is no single one."""
    code = jurisdiction.strip().upper()
    zones, several = _zones()
    country = code.partition("-")[0]
    if code in zones:
        return zones[code]
    return None if country in several else zones.get(country)


def is_place(code: str) -> bool:
    """Whether a code is one of a country (ISO 3166, with or without a part of it), or EU, UN, intl or XX."""
    zones, several = _zones()
    country = code.strip().upper().partition("-")[0]
    return country in zones or country in several or country in _NO_COUNTRIES


_NO_COUNTRIES = frozenset({"EU", "UN", "INTL", "XX"})


@lru_cache(maxsize=1)
def _zones() -> tuple[Mapping[str, str], frozenset[str]]:
    file = resources.files("tracker") / "calendars" / "zones.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return tables["zones"], frozenset(tables["several"]["countries"])
