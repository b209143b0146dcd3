"""The names of jurisdictions in the reader's language: countries from CLDR, their parts from a table."""

from collections.abc import Mapping

from babel.core import Locale

from tracker.domain.calendar_places import part_name
from tracker.rendering.tongue import N_, Tongue

PARTS: Mapping[str, str] = {
    "GB-ENG": N_("England"),
    "GB-EAW": N_("England and Wales"),
    "GB-SCT": N_("Scotland"),
    "GB-WLS": N_("Wales"),
    "GB-NIR": N_("Northern Ireland"),
    "ES-MD": N_("Madrid"),
    "FR-75C": N_("Paris"),
    "NL-ZH": N_("South Holland"),
    "US-CA": N_("California"),
    "US-NY": N_("New York"),
    "DE-NW": N_("North Rhine-Westphalia"),
    "DE-BW": N_("Baden-Württemberg"),
    "FR-75": N_("Paris"),
    "BE-BRU": N_("Brussels"),
    "BE-DG": N_("German-speaking Community of Belgium"),
    "AU-NSW": N_("New South Wales"),
    "AU-VIC": N_("Victoria"),
    "AU-ACT": N_("Australian Capital Territory"),
    "XX-COE": N_("Council of Europe"),
    "XX-OGP": N_("Open Government Partnership"),
    "XX-ICAO": N_("International Civil Aviation Organization"),
    "XX-AISUMMIT": N_("AI summits"),
}
WORLD = ("intl", "XX", "")


def place_name(code: str, tongue: Tongue) -> str:
    """United Kingdom, Scotland, European Union; the code itself where it has no name."""
    if code in WORLD:
        return tongue.say(N_("International"))
    if code in PARTS:
        return tongue.say(PARTS[code])
    country, _, part = code.partition("-")
    named = str(Locale.parse(tongue.code).territories.get(country, country))
    return f"{named} ({part_name(code) or part})" if part else named
