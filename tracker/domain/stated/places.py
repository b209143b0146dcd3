"""In which half of the world the seasons of a jurisdiction are."""

from collections.abc import Iterable

from tracker.domain.stated.mention import Hemisphere
from tracker.domain.stated.names import ASTRIDE, SOUTH

NO_COUNTRY = frozenset({"", "UN", "XX", "INT"})
"""Jurisdictions of no country, or of many in both halves of the world."""


def hemisphere_of(jurisdictions: Iterable[str]) -> Hemisphere | None:
    """The half of the world all of the jurisdictions (AU, AU-NSW, EU) share; None where it is not known."""
    halves = {_half(code) for code in jurisdictions if _country(code) not in NO_COUNTRY}
    return halves.pop() if len(halves) == 1 else None


def _country(code: str) -> str:
    return code.strip().upper().partition("-")[0]


def _half(code: str) -> Hemisphere | None:
    country = _country(code)
    if country in ASTRIDE or len(country) != 2:
        return None
    return "south" if country in SOUTH else "north"
