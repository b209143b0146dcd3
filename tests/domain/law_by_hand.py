"""Each rule's period read from its law a second time, and counted by walking from day to day.

A reading is a few words: number, unit, then what the law adds: `incl` the first day counts, `after` the period is
reckoned from the day after, `roll PLACE` off Saturdays, Sundays and holidays, `roll-holiday PLACE` off holidays alone,
`floor` two working days at least.
"""

from datetime import date, timedelta

from tests.domain.days_off_by_hand import is_off

DAY = timedelta(days=1)

READINGS = {
    "gb-eaw-coroner-pfd": "56 days",
    "gb-commons-select-committee": "2 months",
    "gb-lords-committee": "2 months",
    "gb-pac-treasury-minute": "2 months",
    "gb-pac-six-months": "6 months",
    "gb-foi-s10": "20 working GB",
    "gb-foi-s10-fee-pause": "20 working GB",
    "gb-foi-s9-fee-3m": "3 months incl",
    "gb-foi-schools": "60 working GB",  # no term dates given: the cap alone
    "gb-eir": "20 working GB",
    "gb-sct-foisa-s10": "20 working GB-SCT",
    "gb-sct-fai-s28": "8 weeks",
    "gb-sct-parliament-committee": "2 months",
    "gb-sct-climate-s32a": "6 months",
    "gb-wls-senedd-committee": "6 weeks",
    "gb-nir-assembly-committee": "2 months",
    "gb-law-commission-interim": "6 months",
    "gb-law-commission-full": "12 months",
    "gb-lgo-report": "3 months",
    "gb-hmicfrs-s55": "56 days",
    "gb-oep-decision-notice": "2 months incl",
    "gb-scrutiny-committee": "2 months",
    "gb-gdpr-sar": "1 months roll GB",
    "gb-inquiry-six-months": "6 months",
    "gb-inquiry-one-year": "12 months",
    "ie-foi-s13": "20 working IE",
    "ie-foi-ack": "10 working IE",
    "ie-foi-internal-review": "15 working IE",
    "eu-1049-art7": "15 working EU",
    "eu-1049-art8": "15 working EU",
    "eu-eci-art15": "6 months roll EU floor",
    "eu-eci-hearing": "3 months roll EU floor",
    "eu-eci-2011": "3 months roll EU floor",
    "eu-eci-2020-1042": "3 months roll EU floor",
    "eu-ombudsman-detailed-opinion": "3 months",
    "eu-996-2010-art18": "90 days roll EU floor",
    "eu-996-2010-art18-2": "60 days roll EU floor",
    "eu-1182-months": "1 months roll EU floor",
    "eu-1182-days": "2 days roll EU floor",
    "fr-crpa-r311-13": "1 months",
    "fr-cada-avis": "1 months",
    "fr-cada-r343-3": "1 months",
    "fr-silence-2m": "2 months",
    "fr-bea-recommandation": "90 days",
    "fr-cese-petition": "6 months",
    "be-bru-deliberative-committee": "9 months",
    "be-dg-buergerdialog": "12 months",
    "nl-kaderwet-advies": "3 months roll NL",
    "nl-woo": "4 weeks roll NL",
    "nl-burgerberaad": "6 months",
    "de-ifg-7-5": "1 months roll DE",
    "de-kleine-anfrage": "14 days",
    "us-ntsb-1135": "90 days",
    "us-ntsb-uscg-721": "90 days",
    "us-gao-720": "180 days",  # before the 181st day
    "us-foia-a6A": "20 working US",
    "us-foia-a6B-ext": "30 working US",
    "us-foia-appeal": "20 working US",
    "us-faca-1005b": "12 months",
    "us-dnfsb-a": "30 days",
    "us-dnfsb-c1": "45 days",
    "us-dnfsb-c1-ext": "90 days",
    "us-dnfsb-e": "30 days",
    "us-dnfsb-f": "90 days",
    "us-dnfsb-f-ext": "135 days",
    "us-dnfsb-g": "12 months",
    "us-osc-1213c": "60 days",
    "us-osc-1213b": "45 days",
    "us-tsca-21": "90 days",
    "us-csb-epa": "180 days",
    "us-fda-citizen-petition": "180 days",
    "us-ig-management-decision": "6 months",
    "us-ca-san-diego-surveillance": "12 months",
    "ca-commons-so109": "120 days",
    "ca-commons-so36": "45 days",
    "ca-commons-so39": "45 days",
    "ca-senate-150": "150 days",
    "ca-atia-s7": "30 days roll-holiday CA",
    "ca-tsb-s24": "90 days roll-holiday CA",
    "ca-aeronautics-s18": "90 days roll-holiday CA",
    "ca-env-petition-s22": "120 days roll-holiday CA",
    "ca-env-petition-s22-1": "15 days roll-holiday CA",
    "ca-env-petition-s22-2": "15 days roll-holiday CA",
    "ca-ncr-s17": "60 days roll-holiday CA",
    "au-senate-3m": "3 months",
    "au-house-6m": "6 months",
    "au-joint": "6 months",  # of three and six months the later flags
    "au-foi-30d": "30 days roll AU-ACT",
    "au-vic-coroner-s72": "3 months",
    "au-nsw-coroner-m2009-12": "6 months",
    "au-nsw-coroner-ack": "21 days",
    "au-act-coroner-s76": "3 months",
    "nz-oia-s15": "20 working NZ-OIA",
    "nz-lgoima-s13": "20 working NZ-LGOIMA",
    "nz-so-select-committee": "60 working NZ",
    "un-hrcttee-followup": "36 months",
    "un-hrcttee-followup-1y": "12 months",
    "un-special-procedures": "60 days",
    "un-views-180d": "180 days",
    "un-treaty-followup-12-24": "12 months",
    "ogp-action-plan-late": "4 months",
    "ogp-irm-comment": "21 days",
    "icao-annex13-6-10": "90 days",
    "coe-pace-recommendation": "6 months",
    "coe-ecthr-action-plan": "6 months",
    "oversight-board-60": "60 days",
    "in-rti-s7": "30 days",
    "in-rti-s7-life": "2 days",  # 48 hours
    "br-porto-alegre-pb": "12 months",
    "za-court-order-4m": "4 months",
    "es-md-decide-reports": "1 months",
    "es-md-decide-study": "12 months",
    "generic-20-calendar-days-roll": "20 days roll GB",
    "benchmark-90-days": "90 days",
}
OLDER_READINGS = {  # until and with that day
    "us-gao-720": (date(2019, 1, 2), "60 days"),
    "gb-gdpr-sar": (date(2019, 7, 31), "1 months after roll GB"),
    "us-osc-1213b": (date(2017, 12, 11), "15 days"),
}


def due_by_hand(key: str, start: date) -> date:
    """The last good day by the rule's law."""
    until, older = OLDER_READINGS.get(key, (date.min, ""))
    return due_by_reading(older if start <= until else READINGS[key], start)


def due_by_reading(reading: str, start: date) -> date:
    """The last good day by a reading."""
    words = reading.split()
    place = next((word for word in words[2:] if word[0].isupper()), "")
    number, anchor = int(words[0]), start + DAY if "after" in words else start
    day = COUNTS[words[1]](anchor, number, "incl" in words, place)
    while ("roll" in words and _weekend_or_off(place, day)) or (
        "roll-holiday" in words and is_off(place, day)
    ):
        day += DAY
    while "floor" in words and _working_days(place, anchor + DAY, day) < 2:
        day += DAY
    return day


def _weekend_or_off(place: str, day: date) -> bool:
    return f"{day:%a}" in ("Sat", "Sun") or is_off(place, day)


def _working_days(place: str, first: date, last: date) -> int:
    count = 0
    while first <= last:
        count += not _weekend_or_off(place, first)
        first += DAY
    return count


def _days(start: date, number: int, inclusive: bool, place: str) -> date:
    day = start - DAY if inclusive else start
    for _ in range(number):
        day += DAY
    return day


def _working(start: date, number: int, inclusive: bool, place: str) -> date:
    day = start
    while number:
        day += DAY
        number -= not _weekend_or_off(place, day)
    return day


def _months(start: date, number: int, inclusive: bool, place: str) -> date:
    """Walks until that many first-of-months have gone by, then to the same number or the month's last day."""
    day = start
    while number:
        day += DAY
        number -= day.day == 1
    month = day.month
    while day.day != start.day:
        if (day + DAY).month != month:
            return day
        day += DAY
    return day - DAY if inclusive else day


COUNTS = {
    "days": _days,
    "weeks": lambda start, number, inclusive, place: _days(start, 7 * number, inclusive, place),
    "working": _working,
    "months": _months,
}
