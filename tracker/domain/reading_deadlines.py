"""Reading the deadline a sentence states, in English, French or Spanish: a day or period, "no date", or unclear.

Never a guess: what could be two days is unclear, what cannot be a day is refused. A deadline counts to the last day of
what was written, so nothing is read as earlier than written: "early 2026" is the year 2026, "by June" is all of June.
"Before" a period is exclusive (before June: to the end of May; before 1 May: 30 April); before any other day is
unclear, because half of those who write it include that day. Seasons are northern and of whole months (autumn ends with
November), and a reading says where it assumed so; Spanish ones are unclear until the hemisphere is told, a winter until
both its years are. A span of years ("2026-27") ends with its later one; called a fiscal year, it is unclear until told
in which month that ends. A year of two figures needs a known order of figures or the text's own date.

In running text a date with no word of its own counts only where a duty ("will", "doit", "deberá") governs it in its own
sentence; facts, forecasts, sums of a year and what is not expected by a day are no deadlines. Days and years in words
are read where they stand beside a month. A bare year beside a part of it that cannot be read is unclear.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracker.domain.partial import PartialDate
from tracker.domain.stated.choice import chosen
from tracker.domain.stated.figured import figured
from tracker.domain.stated.mention import Found, Hemisphere, Language, Order, Told
from tracker.domain.stated.said import Said, said_of
from tracker.domain.stated.scan import mentions
from tracker.domain.stated.text import LONGEST, folded, plain
from tracker.domain.stated.without import duration, open_ended, relative
from tracker.domain.words import Precision

Kind = Literal["day", "period", "none", "unclear"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says about its deadline: the date as far as stated, the words that say so, or what is in the way."""

    date: PartialDate | None
    time: str | None
    kind: Kind
    passage: str
    problem: str | None = None
    assumed: Hemisphere | None = None
    """The half of the world whose season was read although nobody told it."""


def read_deadline(
    text: str,
    *,
    language: Language | None = None,
    order: Order | None = None,
    near: date | None = None,
    hemisphere: Hemisphere | None = None,
    fiscal_year_ends: int | None = None,
) -> Reading:
    """The deadline in a text; `near` is the text's own date, `fiscal_year_ends` a month (3: on 31 March).

    Raises nothing for any text; `order` settles 03/04/2025, in French and Spanish the day comes first.
    """
    if len(text) > LONGEST:
        return Reading(None, None, "unclear", "", "too_long")
    seen = plain(text)
    told = Told(language, order, near, hemisphere, fiscal_year_ends)
    return _read(seen, folded(seen), told)


def _read(seen: str, low: str, told: Told) -> Reading:
    written, places = figured(low)
    said = said_of(written, mentions(written, told), told)
    choice = chosen(written, said)
    if isinstance(choice, Said):
        return _dated(seen, choice, places)
    every_year = choice == "year_missing" and open_ended(low)
    if choice is not None and not every_year:
        return Reading(None, None, "unclear", _words(seen, said, places), choice)
    return _undated(seen, low, told, bool(said))


def _dated(seen: str, one: Said, places: list[int]) -> Reading:
    first = min(one.cue.begins, one.mention.start)
    passage = seen[places[first] : places[one.mention.end]].strip(" ,:;([")
    return _reading(one.found, passage, one.cue.time)


def _reading(found: Found, passage: str, time: str | None = None) -> Reading:
    if found.value is None:
        return Reading(None, None, "unclear", passage, found.problem)
    kind: Kind = "day" if found.precision is Precision.DAY else "period"
    return Reading(
        PartialDate(found.value, found.precision, passage), time, kind, passage, None, found.assumed
    )


def _words(seen: str, said: list[Said], places: list[int]) -> str:
    """The stretch of the text from the first date to the last that stands in the way."""
    first = min(min(one.cue.begins, one.mention.start) for one in said)
    return seen[places[first] : places[max(one.mention.end for one in said)]][:200]


def _undated(seen: str, low: str, told: Told, dated: bool) -> Reading:
    """No date could be the deadline: an open end, a duration, a date relative to the reading, or nothing."""
    if length := duration(low):
        return Reading(None, None, "none", seen[length.start() : length.end()].strip(), "duration")
    if later := relative(low, told.near):
        return _reading(later[0], seen[later[1] : later[2]])
    if open_end := open_ended(low):
        return Reading(None, None, "none", seen[open_end.start() : open_end.end()])
    return Reading(None, None, "none", "", "only_other_dates" if dated else None)
