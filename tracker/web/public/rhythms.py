"""What the forms of being told offer: how often, on which day, by whose clock."""

from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import get_timezone_location
from flask_babel import gettext as _

from tracker.domain.words import Frequency
from tracker.rendering.list_words import FREQUENCY
from tracker.web.locale import name_of, tongue
from tracker.web.site import site

ZONES = tuple(
    "Africa/Abidjan Africa/Accra Africa/Addis_Ababa Africa/Algiers Africa/Cairo Africa/Casablanca Africa/Dakar "
    "Africa/Johannesburg Africa/Lagos Africa/Nairobi Africa/Tunis America/Argentina/Buenos_Aires America/Asuncion "
    "America/Bogota America/Caracas America/Chicago America/Costa_Rica America/Denver America/Guatemala "
    "America/Guayaquil America/Halifax America/Havana America/La_Paz America/Lima America/Los_Angeles "
    "America/Mexico_City America/Montevideo America/New_York America/Panama America/Phoenix America/Santiago "
    "America/Santo_Domingo America/Sao_Paulo America/St_Johns America/Toronto America/Vancouver America/Winnipeg "
    "Asia/Bangkok Asia/Dhaka Asia/Dubai Asia/Hong_Kong Asia/Jakarta Asia/Jerusalem Asia/Karachi Asia/Kathmandu "
    "Asia/Kolkata Asia/Manila Asia/Seoul Asia/Singapore Asia/Taipei Asia/Tbilisi Asia/Tokyo Asia/Yerevan "
    "Atlantic/Azores Atlantic/Canary Atlantic/Reykjavik Australia/Adelaide Australia/Brisbane Australia/Darwin "
    "Australia/Perth Australia/Sydney Europe/Amsterdam Europe/Athens Europe/Belgrade Europe/Berlin Europe/Brussels "
    "Europe/Bucharest Europe/Budapest Europe/Chisinau Europe/Copenhagen Europe/Dublin Europe/Helsinki "
    "Europe/Istanbul Europe/Kyiv Europe/Lisbon Europe/London Europe/Luxembourg Europe/Madrid Europe/Malta "
    "Europe/Oslo Europe/Paris Europe/Prague Europe/Riga Europe/Rome Europe/Sarajevo Europe/Skopje Europe/Sofia "
    "Europe/Stockholm Europe/Tallinn Europe/Tirane Europe/Vienna Europe/Vilnius Europe/Warsaw Europe/Zagreb "
    "Europe/Zurich Pacific/Auckland Pacific/Fiji Pacific/Honolulu UTC".split()
)
"""Offered to choose from; whoever lives elsewhere may name any other zone in the address of the form."""

_REGIONS = {"Africa": "002", "America": "019", "Asia": "142", "Australia": "AU", "Europe": "150"}
"""The parts of the world as CLDR numbers them."""


def offered() -> dict[str, Any]:
    """For the templates."""
    return {
        "frequencies": [(one.value, tongue().say(FREQUENCY[one])) for one in Frequency],
        "weekdays": weekdays(),
        "zones": zones(),
        "spoken": [(code, name_of(code)) for code in site().config.site.languages],
    }


def weekdays() -> list[tuple[int, str]]:
    """From Monday = 0."""
    names = _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")
    return list(enumerate(names))


def zones() -> dict[str, list[tuple[str, str]]]:
    """By part of the world: each zone and the place it is named after."""
    parts = {"Atlantic": _("Atlantic"), "Pacific": _("Pacific"), "UTC": "UTC"}
    regions = Locale.parse(tongue().code).territories
    grouped: dict[str, list[tuple[str, str]]] = {}
    for zone in ZONES:
        part = zone.partition("/")[0]
        name = parts.get(part) or regions[_REGIONS[part]]
        grouped.setdefault(name, []).append((zone, city(zone, tongue().code)))
    return grouped


@lru_cache(maxsize=1024)
def city(zone: str, code: str) -> str:
    """The city a zone is named after: London, Londres."""
    city = zone if zone == "UTC" else str(get_timezone_location(zone, locale=code, return_city=True))
    return city.rpartition("/")[2]
