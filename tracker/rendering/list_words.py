"""A list in words: its name and what narrows it."""

from collections.abc import Mapping

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Frequency
from tracker.rendering.tongue import N_, Tongue

LIST: Mapping[ListName, str] = {
    ListName.ALL: N_("Everything in the public log"),
    ListName.OVERDUE: N_("Overdue"),
    ListName.NOT_ANSWERED_BY_DATE_ASKED: N_("Not answered by the date asked for"),
    ListName.WAITING: N_("Waiting, no date set"),
    ListName.AWAITING: N_("Responses nobody has judged yet"),
    ListName.DUE: N_("What falls due when"),
}
FILTER: Mapping[str, str] = {
    "body": N_("body: %(value)s"),
    "process": N_("process: %(value)s"),
    "document": N_("document: %(value)s"),
    "item": N_("item: %(value)s"),
    "topic": N_("topic: %(value)s"),
    "jurisdiction": N_("jurisdiction: %(value)s"),
    "kind": N_("kind: %(value)s"),
    "group": N_("group: %(value)s"),
    "standing": N_("standing: %(value)s"),
    "basis": N_("basis: %(value)s"),
    "q": N_("words: %(value)s"),
}
FREQUENCY: Mapping[Frequency, str] = {
    Frequency.INSTANT: N_("at once"),
    Frequency.DAILY: N_("once a day"),
    Frequency.WEEKLY: N_("once a week"),
}


def list_words(query: ListQuery, tongue: Tongue) -> str:
    """Overdue (body: ministry-of-health; topic: housing)."""
    name = tongue.say(LIST[query.name])
    narrowed = [tongue.say(FILTER[key], value=value) for key, value in query.filters.given().items()]
    return f"{name} ({'; '.join(narrowed)})" if narrowed else name


def frequency_words(frequency: Frequency, tongue: Tongue) -> str:
    """At once, once a day, once a week."""
    return tongue.say(FREQUENCY[frequency])
