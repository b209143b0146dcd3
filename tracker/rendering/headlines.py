"""News in order of weight: what a subject line says first, and the sections of a digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tracker.domain.parcel import News
from tracker.domain.words import Basis, EventKind
from tracker.rendering.clean_text import one_line, shortened
from tracker.rendering.event_words import event_more, event_word
from tracker.rendering.tongue import N_, NN_, Forms, Tongue
from tracker.rendering.words import word

Some = TypeVar("Some", bound=News)
_WEIGHTS = (
    EventKind.BECAME_OVERDUE,
    EventKind.BECAME_OVERDUE_UNSUBSTANTIVE,
    EventKind.REOPENED,
    EventKind.ANSWERED_LATE,
    EventKind.ANSWERED,
    EventKind.PARTLY_ANSWERED,
    EventKind.CORRECTED,
    EventKind.RESPONSE_FOUND,
    EventKind.OBJECTED,
    EventKind.DATE_MOVED,
    EventKind.DUE_SOON,
    EventKind.PAUSED,
    EventKind.RESUMED,
    EventKind.VOID,
    EventKind.LOGGED,
    EventKind.NOTED,
    EventKind.SOURCE_BROKEN,
    EventKind.SOURCE_MENDED,
)
"""The heaviest first."""

_NEWLY: Mapping[EventKind, Forms] = {
    EventKind.BECAME_OVERDUE: NN_("%(n)d newly overdue", "%(n)d newly overdue"),
    EventKind.BECAME_OVERDUE_UNSUBSTANTIVE: NN_(
        "%(n)d newly overdue without substance", "%(n)d newly overdue without substance"
    ),
    EventKind.REOPENED: NN_("%(n)d open again", "%(n)d open again"),
    EventKind.ANSWERED_LATE: NN_("%(n)d answered late", "%(n)d answered late"),
    EventKind.ANSWERED: NN_("%(n)d answered", "%(n)d answered"),
    EventKind.PARTLY_ANSWERED: NN_("%(n)d answered in part", "%(n)d answered in part"),
    EventKind.CORRECTED: NN_("%(n)d correction", "%(n)d corrections"),
    EventKind.RESPONSE_FOUND: NN_("%(n)d response found", "%(n)d responses found"),
    EventKind.OBJECTED: NN_("%(n)d objection", "%(n)d objections"),
    EventKind.DATE_MOVED: NN_("%(n)d due day moved", "%(n)d due days moved"),
    EventKind.DUE_SOON: NN_("%(n)d due soon", "%(n)d due soon"),
    EventKind.PAUSED: NN_("%(n)d clock stopped", "%(n)d clocks stopped"),
    EventKind.RESUMED: NN_("%(n)d clock running again", "%(n)d clocks running again"),
    EventKind.VOID: NN_("%(n)d lapsed", "%(n)d lapsed"),
    EventKind.LOGGED: NN_("%(n)d new entry", "%(n)d new entries"),
    EventKind.NOTED: NN_("%(n)d note", "%(n)d notes"),
    EventKind.SOURCE_BROKEN: NN_("%(n)d source unreadable", "%(n)d sources unreadable"),
    EventKind.SOURCE_MENDED: NN_("%(n)d source readable again", "%(n)d sources readable again"),
}
_NEWLY_ASKED = NN_("%(n)d not answered by the date asked for", "%(n)d not answered by the date asked for")
"""Where the asker or the watchdog named the date; never counted together with the overdue ones."""
_TITLE = 70
LONGEST = 120
"""Characters of a subject line."""
_MOST_COUNTS = 3
_ROOM = 40
"""Characters the first of several should have, so that its title says something."""
_AMONG = N_("%(counts)s, among them %(first)s")
WHOLE_TITLE = 300
MOST_TOLD = 60
"""Events one message tells; of the others it says how many there are, and where."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a line of a digest."""

    news: News
    title: str
    said: str
    """Days and dates, as far as the log has them."""
    basis: str
    lists: Sequence[int] = ()
    """The numbers of the lists it is told for; none where there is one list only."""


@dataclass(frozen=True, slots=True)
class Section:
    """The events of one kind that rest on the same sort of date."""

    title: str
    told: Sequence[Told]


def headline(news: Sequence[News], tongue: Tongue) -> str:
    """The news in one line: the event itself where there is one, else counts, the heaviest first.

    Never much longer than a subject line shows: at first fewer counts, then a shorter title.
    """
    groups = _grouped(news)
    first = groups[0][0]
    if len(news) == 1:
        said = tongue.colon(event_word(first.kind, _detail(first), tongue))
        return shortened(f"{said} {_within(first, LONGEST - len(said) - 1)}", LONGEST)
    for kept in range(_MOST_COUNTS, 0, -1):
        counts = _counts(groups, kept, tongue)
        room = LONGEST - len(tongue.say(_AMONG, counts=counts, first=""))
        if room >= _ROOM:
            return tongue.say(_AMONG, counts=counts, first=_within(first, room))
    return shortened(counts, LONGEST)


def _within(news: News, room: int) -> str:
    """Body and item in so many characters; where they are too long the item has the larger part of them."""
    whole = about(news)
    if len(whole) <= room or not news.body_name or not news.item_title:
        return shortened(whole, room)
    body = shortened(news.body_name, max(room * 2 // 5, room - len(one_line(news.item_title)) - 3))
    return f"{body} – {shortened(news.item_title, room - len(body) - 3)}"


def _counts(groups: Sequence[Sequence[News]], kept: int, tongue: Tongue) -> str:
    counts = tongue.listed(_counted(group, tongue) for group in groups[:kept])
    rest = sum(len(group) for group in groups[kept:])
    more = [tongue.count(NN_("%(n)d other change", "%(n)d other changes"), rest)] if rest else []
    return tongue.in_turn([counts, *more])


def about(news: News, longest: int = _TITLE) -> str:
    """Body and item, or whatever the event is about, on one short line."""
    what = shortened(news.item_title or news.source_name or news.process_name, longest)
    return " – ".join(part for part in (shortened(news.body_name, longest), what) if part)


def sections(
    news: Sequence[News], tongue: Tongue, asked_by: Mapping[int, Sequence[int]] | None = None
) -> list[Section]:
    """The news by kind and by whether the date binds, the heaviest first, as far as a message has room.

    `asked_by` has the numbers of the lists that each event is told for, where there are several.
    """
    named: dict[str, list[Told]] = {}
    for one in heaviest_first(news)[:MOST_TOLD]:
        numbers = tuple((asked_by or {}).get(one.id, ()))
        named.setdefault(event_word(one.kind, _detail(one), tongue), []).append(_told(one, numbers, tongue))
    return [Section(title, told) for title, told in named.items()]


def left_over(news: Sequence[News], tongue: Tongue) -> str:
    """How many events a message has no room for; empty where all are told."""
    left = len(news) - MOST_TOLD
    forms = NN_("%(n)d more change stands on the site:", "%(n)d more changes stand on the site:")
    return tongue.count(forms, left) if left > 0 else ""


def _told(news: News, numbers: Sequence[int], tongue: Tongue) -> Told:
    basis = word(news.basis, tongue) if news.basis else ""
    said = event_more(news.kind, _detail(news), tongue) or tongue.day(news.happened_on)
    return Told(news, about(news, WHOLE_TITLE), said, basis, numbers)


def heaviest_first(news: Sequence[Some]) -> list[Some]:
    """The news in the order in which a message tells it, so that what it has no room for weighs least."""
    return [one for group in _grouped(news) for one in group]


def _grouped(news: Sequence[Some]) -> list[list[Some]]:
    groups: dict[tuple[int, bool], list[Some]] = {}
    for one in news:
        groups.setdefault((_WEIGHTS.index(one.kind), not _binds(one.basis)), []).append(one)
    return [groups[key] for key in sorted(groups)]


def _counted(group: Sequence[News], tongue: Tongue) -> str:
    kind = group[0].kind
    flags = kind in (EventKind.BECAME_OVERDUE, EventKind.BECAME_OVERDUE_UNSUBSTANTIVE)
    forms = _NEWLY_ASKED if flags and not _binds(group[0].basis) else _NEWLY[kind]
    return tongue.count(forms, len(group))


def _binds(basis: Basis | None) -> bool:
    return basis is None or basis.flags_overdue


def _detail(news: News) -> Mapping[str, object]:
    return {**news.detail, "basis": news.basis.value} if news.basis else news.detail
