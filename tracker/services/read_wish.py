"""Reads what somebody asks for from a form, with a sentence at each field that cannot be read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import available_timezones

from tracker.domain.addresses import AddressError, email_address
from tracker.domain.listing import FilterError, Filters, ListName, ListQuery, filters_from
from tracker.domain.past_digests import Rhythm
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import Frequency

LONGEST_PAUSE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for."""

    query: ListQuery
    address: str
    """Empty where only a preview is asked for."""
    frequency: Frequency
    weekday: int
    zone: str
    language: str
    tells_quiet: bool = False
    """A short message also where a digest has no news."""

    @property
    def rhythm(self) -> Rhythm:
        """How often, and by whose clock."""
        return Rhythm(self.frequency, self.weekday, self.zone)


def wish_from(given: Mapping[str, str], language: str, *, addressed: bool = True) -> Wish:
    """A wish from a form's fields. Raises NotAccepted with a sentence for each field that cannot be read.

    A preview needs no address: it is neither asked for nor read unless `addressed`.
    """
    refused: list[Refused] = []
    address = _address(given.get("email", ""), refused) if addressed else ""
    query = _query(given, refused)
    rhythm = _rhythm(given, refused)
    insist(refused)
    return Wish(
        query, address, rhythm.frequency, rhythm.weekday, rhythm.zone, language, bool(given.get("quiet"))
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """What somebody wants to be otherwise in a list they get."""

    rhythm: Rhythm
    language: str
    tells_quiet: bool
    not_before_on: date | None = None
    """Until then nothing is sent; what came up meanwhile comes then."""


def changed_from(given: Mapping[str, str], languages: Collection[str], today: date) -> Changed:
    """Another rhythm, language or pause from a form's fields. Raises NotAccepted."""
    refused: list[Refused] = []
    rhythm = _rhythm(given, refused)
    language = given.get("language", "")
    if language not in ("", *languages):
        refused.append(refuse("language", "Choose one of the languages offered."))
    pause = _pause(given.get("not_before", "").strip(), today, refused)
    insist(refused)
    return Changed(rhythm, language, bool(given.get("quiet")), pause)


def _pause(given: str, today: date, refused: list[Refused]) -> date | None:
    if not given:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError:
        refused.append(
            refuse("not_before", "“%(day)s” is no day; write one such as 2026-05-04.", day=given[:40])
        )
        return None
    if day > today + LONGEST_PAUSE:
        refused.append(refuse("not_before", "A pause lasts a year at most: name an earlier day, or leave."))
    return day if day > today else None


def _rhythm(given: Mapping[str, str], refused: list[Refused]) -> Rhythm:
    frequency = _one_of(Frequency, given, "frequency", refused) or Frequency.INSTANT
    weekday = _weekday(given.get("weekday", ""), refused)
    return Rhythm(frequency, weekday, _zone(given.get("zone", ""), refused))


def _address(given: str, refused: list[Refused]) -> str:
    try:
        return email_address(given)
    except AddressError as error:
        refused.append(refuse("email", str(error)))
        return ""


def _query(given: Mapping[str, str], refused: list[Refused]) -> ListQuery:
    name = given.get("list", "") or ListName.OVERDUE.value
    if name not in list(ListName):
        refused.append(refuse("list", "There is no list “%(name)s”.", name=name[:60]))
        name = ListName.OVERDUE.value
    try:
        return ListQuery(ListName(name), filters_from(given))
    except FilterError as error:
        refused.append(refuse("list", "%(error)s", error=str(error)))
        return ListQuery(ListName(name), Filters())


def _one_of(
    words: type[Frequency], given: Mapping[str, str], field: str, refused: list[Refused]
) -> Frequency | None:
    value = given.get(field, "")
    if value in ("", *words):
        return words(value) if value else None
    refused.append(refuse(field, "Choose one of the ways offered."))
    return None


def _weekday(given: str, refused: list[Refused]) -> int:
    if given in ("", "0", "1", "2", "3", "4", "5", "6"):
        return int(given or 0)
    refused.append(refuse("weekday", "Choose a day from Monday to Sunday."))
    return 0


def _zone(given: str, refused: list[Refused]) -> str:
    name = given.strip() or "UTC"
    if name in available_timezones():
        return name
    refused.append(
        refuse("zone", "“%(zone)s” is not a time zone; write one such as Europe/Madrid.", zone=name[:60])
    )
    return "UTC"
