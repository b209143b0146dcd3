"""Reads what somebody asks for from a form, with a sentence at each field that cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import available_timezones

from tracker.domain.addresses import AddressError, email_address
from tracker.domain.listing import FilterError, Filters, ListName, ListQuery, filters_from
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import Frequency


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for."""

    query: ListQuery
    address: str
    frequency: Frequency
    weekday: int
    zone: str
    language: str


def wish_from(given: Mapping[str, str], language: str) -> Wish:
    """A wish from a form's fields. Raises NotAccepted with a sentence for each field that cannot be read."""
    refused: list[Refused] = []
    address = _address(given.get("email", ""), refused)
    query = _query(given, refused)
    frequency = _one_of(Frequency, given, "frequency", refused) or Frequency.INSTANT
    weekday = _weekday(given.get("weekday", ""), refused)
    zone = _zone(given.get("zone", ""), refused)
    insist(refused)
    return Wish(query, address, frequency, weekday, zone, language)


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
