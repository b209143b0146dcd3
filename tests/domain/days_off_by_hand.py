"""Public holidays worked out a second time, from the acts and proclamations, without the product or its packages."""

from collections.abc import Callable
from datetime import date, timedelta

DAY = timedelta(days=1)
Days = set[date]


def easter(year: int) -> date:
    """The Gregorian reckoning (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def around_easter(year: int, *offsets: int) -> Days:
    return {easter(year) + offset * DAY for offset in offsets}


def nth(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month; -1 is the last."""
    days = [date(year, month, 1) + k * DAY for k in range(31)]
    fitting = [day for day in days if day.month == month and day.weekday() == weekday]
    return fitting[n - 1 if n > 0 else n]


def fixed(year: int, *days: tuple[int, int]) -> Days:
    return {date(year, month, day) for month, day in days}


def _free(day: date, kept: Days) -> date:
    while day in kept or day.weekday() >= 5:
        day += DAY
    return day


def _kept(*days: date) -> Days:
    """Weekdays stay; then those of the weekend go, in order, to the next free weekday."""
    kept = {day for day in days if day.weekday() < 5}
    for day in days:
        if day.weekday() >= 5:
            kept.add(_free(day, kept))
    return kept


def _once(year: int, *days: str) -> Days:
    return {day for day in map(date.fromisoformat, days) if day.year == year}


ROYAL = ("2022-06-03", "2022-09-19", "2023-05-08")


def _early_may(year: int) -> date:
    return date(2020, 5, 8) if year == 2020 else nth(year, 5, 0, 1)


def _spring(year: int) -> date:
    return date(2022, 6, 2) if year == 2022 else nth(year, 5, 0, -1)


def england(year: int) -> Days:
    return (
        _kept(date(year, 1, 1))
        | around_easter(year, -2, 1)
        | {_early_may(year), _spring(year), nth(year, 8, 0, -1)}
        | _kept(date(year, 12, 25), date(year, 12, 26))
        | _once(year, *ROYAL)
    )


def scotland(year: int) -> Days:
    return (
        _kept(date(year, 1, 1), date(year, 1, 2))
        | around_easter(year, -2)
        | {_early_may(year), _spring(year), nth(year, 8, 0, 1)}
        | _kept(date(year, 11, 30))
        | _kept(date(year, 12, 25), date(year, 12, 26))
        | _once(year, *ROYAL, "2026-06-15")
    )


def northern_ireland(year: int) -> Days:
    return england(year) | _kept(date(year, 3, 17)) | _kept(date(year, 7, 12))


def united_kingdom(year: int) -> Days:
    return england(year) | scotland(year) | northern_ireland(year)


def united_states(year: int) -> Days:
    """5 U.S.C. 6103: from a Saturday to the Friday before, from a Sunday to the Monday after."""
    named = [date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25), date(year + 1, 1, 1)]
    named += [date(year, 6, 19)] if year >= 2021 else []
    moved = {day + {5: -1, 6: 1}.get(day.weekday(), 0) * DAY for day in named}
    mondays = {
        nth(year, 1, 0, 3),
        nth(year, 2, 0, 3),
        nth(year, 5, 0, -1),
        nth(year, 9, 0, 1),
        nth(year, 10, 0, 2),
    }
    return moved | mondays | {nth(year, 11, 3, 4)}


def canada(year: int) -> Days:
    """Interpretation Act s.35: no Boxing Day, no Saturday; every Sunday."""
    days = fixed(year, (1, 1), (7, 1), (11, 11), (12, 25)) | around_easter(year, -2, 1)
    before = date(year, 5, 24)
    while before.weekday() != 0:
        before -= DAY
    days |= {before, nth(year, 9, 0, 1), nth(year, 10, 0, 2)}
    days |= {date(year, 9, 30)} if year >= 2021 else set()
    days |= {date(year, 7, 2)} if date(year, 7, 1).weekday() == 6 else set()
    return days | {day for day in _all_days(year) if day.weekday() == 6}


def _all_days(year: int) -> list[date]:
    return [date(year, 1, 1) + k * DAY for k in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


MATARIKI = "2022-06-24 2023-07-14 2024-06-28 2025-06-20 2026-07-10 2027-06-25 2028-07-14 2029-07-06 2030-06-21 2031-07-11 2032-07-02"


def _new_zealand(year: int) -> Days:
    return (
        _kept(date(year, 2, 6))
        | _kept(date(year, 4, 25))
        | around_easter(year, -2, 1)
        | {nth(year, 6, 0, 1), nth(year, 10, 0, 4)}
        | _once(year, *MATARIKI.split())
    )


def official_information(year: int) -> Days:
    closed = {
        day for day in _all_days(year) if (day.month, day.day) >= (12, 25) or (day.month, day.day) <= (1, 15)
    }
    return _new_zealand(year) | closed


def local_official_information(year: int) -> Days:
    closed = {
        day for day in _all_days(year) if (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 10)
    }
    return _new_zealand(year) | closed


def ireland(year: int) -> Days:
    """Organisation of Working Time Act 1997: no Good Friday, no substitute days."""
    days = fixed(year, (1, 1), (3, 17), (12, 25), (12, 26)) | around_easter(year, 1)
    days |= {nth(year, 5, 0, 1), nth(year, 6, 0, 1), nth(year, 8, 0, 1), nth(year, 10, 0, -1)}
    brigid = date(year, 2, 1) if date(year, 2, 1).weekday() == 4 else nth(year, 2, 0, 1)
    return days | ({brigid} if year >= 2023 else set()) | _once(year, "2022-03-18")


def european_union(year: int) -> Days:
    yearly = fixed(year, (1, 1), (5, 1), (5, 9), (8, 15), (11, 1), (12, 25), (12, 26))
    return yearly | around_easter(year, -2, 1, 39, 50)


def germany(year: int) -> Days:
    yearly = fixed(year, (1, 1), (5, 1), (10, 3), (12, 25), (12, 26)) | around_easter(year, -2, 1, 39, 50)
    return yearly | _once(year, "2017-10-31")


def north_rhine_westphalia(year: int) -> Days:
    return germany(year) | fixed(year, (11, 1)) | around_easter(year, 60)


def baden_wuerttemberg(year: int) -> Days:
    return north_rhine_westphalia(year) | fixed(year, (1, 6))


def berlin(year: int) -> Days:
    return (
        germany(year)
        | (fixed(year, (3, 8)) if year >= 2019 else set())
        | _once(year, "2020-05-08", "2025-05-08")
    )


def netherlands(year: int) -> Days:
    """Algemene termijnenwet art 3: 5 May every year, Good Friday on a par."""
    king = date(year, 4, 27) if date(year, 4, 27).weekday() != 6 else date(year, 4, 26)
    return fixed(year, (1, 1), (5, 5), (12, 25), (12, 26)) | around_easter(year, -2, 1, 39, 50) | {king}


def australian_capital(year: int) -> Days:
    """Holidays Act 1958 (ACT)."""
    reconciliation = date(year, 5, 27)
    while reconciliation.weekday() != 0:
        reconciliation += DAY
    anzac = date(year, 4, 25)
    days = _kept(date(year, 1, 1)) | _kept(date(year, 1, 26)) | _kept(date(year, 12, 25), date(year, 12, 26))
    days |= around_easter(year, -2, -1, 0, 1) | {anzac}
    days |= {anzac + DAY} if anzac.weekday() == 6 else set()
    days |= {nth(year, 3, 0, 2), nth(year, 6, 0, 2), nth(year, 10, 0, 1)}
    days |= {reconciliation} if year >= 2018 else set()
    return days | _once(year, "2016-09-26", "2017-09-25", "2020-04-27", "2022-09-22", "2026-04-27")


PLACES: dict[str, Callable[[int], Days]] = {
    "GB": united_kingdom,
    "GB-EAW": england,
    "GB-SCT": scotland,
    "GB-NIR": northern_ireland,
    "US": united_states,
    "CA": canada,
    "NZ": lambda year: _new_zealand(year) | _kept(date(year, 1, 1), date(year, 1, 2)) | _christmas(year),
    "NZ-OIA": official_information,
    "NZ-LGOIMA": local_official_information,
    "IE": ireland,
    "EU": european_union,
    "DE": germany,
    "DE-NW": north_rhine_westphalia,
    "DE-BW": baden_wuerttemberg,
    "DE-BE": berlin,
    "NL": netherlands,
    "AU-ACT": australian_capital,
}


def _christmas(year: int) -> Days:
    return _kept(date(year, 12, 25), date(year, 12, 26)) | _once(year, "2022-09-26")


_known: dict[tuple[str, int], Days] = {}


def is_off(place: str, day: date) -> bool:
    """Whether the place keeps that day as a holiday (a plain weekend is none)."""
    key = (place, day.year)
    if key not in _known:
        _known[key] = PLACES[place](day.year)
    return day in _known[key]
