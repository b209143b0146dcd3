"""The places whose working days are known: our own calendars, every country of the package, and their parts."""

from functools import lru_cache

import holidays

from tracker.domain.calendar_days import definitions


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """The two-letter codes of the countries of the package `holidays`."""
    return tuple(sorted(code for code in holidays.list_supported_countries() if len(code) == 2))


@lru_cache(maxsize=512)
def parts_of(country: str) -> tuple[str, ...]:
    """The parts of a country that have holidays of their own, such as DE-NW; ours among them."""
    known = holidays.list_supported_countries().get(country, ()) if country in countries() else ()
    known = [part for part in known if part.isalnum() and part.upper() == part]
    ours = (code for code in definitions() if code.startswith(f"{country}-"))
    return tuple(sorted({*(f"{country}-{part}" for part in known), *ours}))


@lru_cache(maxsize=2048)
def part_name(code: str) -> str:
    """What a part calls itself (Nordrhein-Westfalen); empty where the package knows no name."""
    country, _, part = code.partition("-")
    if country not in countries():
        return ""
    names = getattr(holidays.country_holidays(country), "subdivisions_aliases", {})
    return next((name for name, known in names.items() if known == part), "")


def suggested() -> tuple[str, ...]:
    """Every code to offer where a calendar is asked for."""
    parts = (part for country in countries() for part in parts_of(country))
    return tuple(sorted({*definitions(), *countries(), *parts}))
