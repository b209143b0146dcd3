"""What a sentence says about its deadline, in words and as data."""

from collections.abc import Mapping

from tracker.domain.reading_deadlines import Reading
from tracker.rendering.tongue import N_, Tongue

KINDS: Mapping[str, str] = {
    "day": N_("The sentence names a day."),
    "period": N_("The sentence names a period: its last day counts."),
    "none": N_("The sentence names no date."),
    "unclear": N_("The date in the sentence cannot be read for certain."),
}
PROBLEMS: Mapping[str, str] = {
    "before_day": N_("“Before” a day may or may not include that day: write the last day that counts."),
    "century": N_("The year has two figures: say the order of day and month, or a day near it."),
    "duration": N_("It names a period of time and not a date: compute it by a rule."),
    "fiscal_year": N_("It names a fiscal year, and when that ends is not known."),
    "hemisphere": N_("It names a season, and in which half of the world is not known."),
    "impossible": N_("There is no such day."),
    "instant": N_("It names an instant in another zone: which day that is depends on the place."),
    "malformed": N_("It looks like a date and cannot be one."),
    "month": N_("There is no such month."),
    "not_a_deadline": N_("There is a date, and nothing says that it is the deadline."),
    "only_other_dates": N_("Its dates are those of other things."),
    "order": N_("Day and month can be read two ways: say the order, dmy or mdy."),
    "relative": N_("The day depends on when the text was written: say a day near it."),
    "season_start": N_("The beginning of a season is no day."),
    "several": N_("It names several dates that could be the deadline."),
    "too_long": N_("The text is too long to be read."),
    "week": N_("It names a week by one of its days."),
    "weekday": N_("The day of the week does not fit the date."),
    "winter": N_("A winter lies in two years: name both."),
    "year": N_("The year is no year of a deadline."),
    "year_missing": N_("The year is missing: say a day near it."),
}


ASSUMED: Mapping[str, str] = {
    "north": N_(
        "The season was taken as one of the northern half of the world: say so if it is the southern."
    ),
}


def reading_words(found: Reading, tongue: Tongue) -> str:
    """What was read, in a sentence or two."""
    said = [tongue.say(KINDS[found.kind])]
    if found.date and found.kind == "period":
        period, last = tongue.partial(found.date), tongue.day(found.date.last)
        said.append(
            tongue.say(N_("At the latest, the last day of %(period)s: %(last)s."), period=period, last=last)
        )
    said += [
        tongue.say(why)
        for why in (PROBLEMS.get(found.problem or ""), ASSUMED.get(found.assumed or ""))
        if why
    ]
    return " ".join(said)


def reading_data(found: Reading, tongue: Tongue) -> dict[str, object]:
    """The date as far as it is known and the day it is due, the words that say so, and what is in the way."""
    date = found.date
    return {
        "kind": found.kind,
        "date": str(date) if date else None,
        "precision": date.precision.value if date else None,
        "due_on": date.last if date else None,
        "time": found.time,
        "passage": found.passage,
        "problem": found.problem,
        "assumed": found.assumed,
        "words": reading_words(found, tongue),
    }
