"""A list in words: its name and what narrows it."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from tracker.domain.kinds import kinds, topics
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Basis, Frequency, ProcessKind, Standing
from tracker.rendering.places import place_name
from tracker.rendering.tongue import N_, Tongue
from tracker.rendering.words import word

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
TELLS: Mapping[ListName, str] = {
    ListName.ALL: N_(
        "You are told of every public change: new entries, due days that come near, what becomes overdue, responses "
        "found, answers, objections, corrections, dates that move, clocks that stop."
    ),
    ListName.OVERDUE: N_(
        "You are told of what becomes overdue by law, convention or their own promise, and of what happens to it "
        "until it is settled: responses found, answers, objections, corrections, dates that move."
    ),
    ListName.NOT_ANSWERED_BY_DATE_ASKED: N_(
        "You are told of what is not answered by the date the asker or the watchdog named, and of what happens to it "
        "until it is settled: responses found, answers, objections, corrections, dates that move."
    ),
    ListName.WAITING: N_("You are told of every change to what was asked without a date."),
    ListName.AWAITING: N_("You are told of responses that are found, and of what they are judged to be."),
    ListName.DUE: N_(
        "You are told of new entries with a date, due days that come near, dates that move, clocks that stop or run "
        "again, and what lapses."
    ),
}
"""Which changes a list is followed by, in words; `tracker.domain.list_events` says it for programs."""
Names = Mapping[tuple[str, str], str]
"""What bodies, processes, documents, items and groups are called, by filter and key."""


def list_words(query: ListQuery, tongue: Tongue, names: Names | None = None) -> str:
    """Overdue (body: Ministry of Health; topic: Housing)."""
    name = tongue.say(LIST[query.name])
    narrowed = narrowed_words(query, tongue, names)
    return f"{name} ({narrowed})" if narrowed else name


def narrowed_words(query: ListQuery, tongue: Tongue, names: Names | None = None) -> str:
    """Body: Ministry of Health; topic: Housing. Empty where the list is whole."""
    return tongue.in_turn(
        tongue.say(FILTER[name], value=_called(name, value, tongue, names or {}))
        for name, value in query.filters.given().items()
    )


def _called(name: str, value: str, tongue: Tongue, names: Names) -> str:
    if name in _WORDED:
        return _WORDED[name](value, tongue)
    if name == "q":
        return value
    # A key says what a thing is called: where the thing is withheld, so is its key.
    return names.get((name, value)) or tongue.say(N_("no longer public"))


def _topic(key: str, tongue: Tongue) -> str:
    return topics()[key].in_language(tongue.code) if key in topics() else key


def _kind(key: str, tongue: Tongue) -> str:
    known = {kind.value for kind in ProcessKind}
    return kinds()[ProcessKind(key)].in_language(tongue.code).many if key in known else key


_WORDED: Mapping[str, Callable[[str, Tongue], str]] = {
    "topic": _topic,
    "kind": _kind,
    "jurisdiction": place_name,
    "standing": lambda value, tongue: word(Standing(value), tongue),
    "basis": lambda value, tongue: word(Basis(value), tongue),
}


PAGE: Mapping[ListName, str] = {ListName.ALL: "/events"}
"""Where a list is read; the others under their own names."""


def rest_path(queries: Sequence[ListQuery]) -> str:
    """Where the changes of lists are read on the site: on the list's own page, of several lists in the public log."""
    if len(queries) != 1:
        return PAGE[ListName.ALL]
    (query,) = queries
    arguments = urlencode(query.filters.given())
    path = PAGE.get(query.name, f"/{query.name.value}")
    return f"{path}?{arguments}" if arguments else path


def frequency_words(frequency: Frequency, weekday: int, tongue: Tongue) -> str:
    """At once, once a day, once a week (Monday). `weekday` counts from Monday = 0."""
    often = tongue.say(FREQUENCY[frequency])
    return f"{often} ({tongue.day_of_week(weekday)})" if frequency is Frequency.WEEKLY else often
