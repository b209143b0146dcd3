"""News in order of weight: what a subject line says first, and the sections of a digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.parcel import News
from tracker.domain.words import Basis, EventKind
from tracker.rendering.clean_text import one_line, shortened
from tracker.rendering.event_words import event_more, event_word
from tracker.rendering.tongue import N_, Tongue
from tracker.rendering.words import word

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
    EventKind.SOURCE_BROKEN,
    EventKind.SOURCE_MENDED,
)
"""The heaviest first."""

_NEWLY: Mapping[EventKind, tuple[str, str]] = {
    EventKind.BECAME_OVERDUE: (N_("%(n)d newly overdue"), N_("%(n)d newly overdue")),
    EventKind.BECAME_OVERDUE_UNSUBSTANTIVE: (
        N_("%(n)d newly overdue without substance"),
        N_("%(n)d newly overdue without substance"),
    ),
    EventKind.REOPENED: (N_("%(n)d open again"), N_("%(n)d open again")),
    EventKind.ANSWERED_LATE: (N_("%(n)d answered late"), N_("%(n)d answered late")),
    EventKind.ANSWERED: (N_("%(n)d answered"), N_("%(n)d answered")),
    EventKind.PARTLY_ANSWERED: (N_("%(n)d answered in part"), N_("%(n)d answered in part")),
    EventKind.CORRECTED: (N_("%(n)d correction"), N_("%(n)d corrections")),
    EventKind.RESPONSE_FOUND: (N_("%(n)d response found"), N_("%(n)d responses found")),
    EventKind.OBJECTED: (N_("%(n)d objection"), N_("%(n)d objections")),
    EventKind.DATE_MOVED: (N_("%(n)d due day moved"), N_("%(n)d due days moved")),
    EventKind.DUE_SOON: (N_("%(n)d due soon"), N_("%(n)d due soon")),
    EventKind.PAUSED: (N_("%(n)d clock stopped"), N_("%(n)d clocks stopped")),
    EventKind.RESUMED: (N_("%(n)d clock running again"), N_("%(n)d clocks running again")),
    EventKind.VOID: (N_("%(n)d lapsed"), N_("%(n)d lapsed")),
    EventKind.LOGGED: (N_("%(n)d new entry"), N_("%(n)d new entries")),
    EventKind.SOURCE_BROKEN: (N_("%(n)d source unreadable"), N_("%(n)d sources unreadable")),
    EventKind.SOURCE_MENDED: (N_("%(n)d source readable again"), N_("%(n)d sources readable again")),
}
_NEWLY_ASKED = (
    N_("%(n)d not answered by the date asked for"),
    N_("%(n)d not answered by the date asked for"),
)
"""Where the asker or the watchdog named the date; never counted together with the overdue ones."""
_TITLE = 70


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a line of a digest."""

    news: News
    title: str
    said: str
    """Days and dates, as far as the log has them."""
    basis: str


@dataclass(frozen=True, slots=True)
class Section:
    """The events of one kind that rest on the same sort of date."""

    title: str
    told: Sequence[Told]


def headline(news: Sequence[News], tongue: Tongue) -> str:
    """The news in one line: the event itself where there is one, else counts, the heaviest first."""
    groups = _grouped(news)
    first = groups[0][0]
    if len(news) == 1:
        return f"{event_word(first.kind, _detail(first), tongue)}: {about(first)}"
    counts = tongue.listed(_counted(group, tongue) for group in groups[:3])
    rest = sum(len(group) for group in groups[3:])
    more = [tongue.count(N_("%(n)d other change"), N_("%(n)d other changes"), rest)] if rest else []
    return tongue.say(
        N_("%(counts)s, among them %(first)s"), counts="; ".join([counts, *more]), first=about(first)
    )


def about(news: News) -> str:
    """Body and item, or whatever the event is about, on one short line."""
    what = shortened(news.item_title or news.source_name or news.process_name, _TITLE)
    return " – ".join(part for part in (one_line(news.body_name), what) if part)


def sections(news: Sequence[News], tongue: Tongue) -> list[Section]:
    """The news by kind and by whether the date binds, the heaviest first."""
    return [
        Section(event_word(group[0].kind, _detail(group[0]), tongue), [_told(one, tongue) for one in group])
        for group in _grouped(news)
    ]


def _told(news: News, tongue: Tongue) -> Told:
    basis = word(news.basis, tongue) if news.basis else ""
    return Told(news, about(news), event_more(news.kind, _detail(news), tongue), basis)


def _grouped(news: Sequence[News]) -> list[list[News]]:
    groups: dict[tuple[int, bool], list[News]] = {}
    for one in news:
        groups.setdefault((_WEIGHTS.index(one.kind), not _binds(one.basis)), []).append(one)
    return [groups[key] for key in sorted(groups)]


def _counted(group: Sequence[News], tongue: Tongue) -> str:
    kind = group[0].kind
    flags = kind in (EventKind.BECAME_OVERDUE, EventKind.BECAME_OVERDUE_UNSUBSTANTIVE)
    one, many = _NEWLY_ASKED if flags and not _binds(group[0].basis) else _NEWLY[kind]
    return tongue.count(one, many, len(group))


def _binds(basis: Basis | None) -> bool:
    return basis is None or basis.flags_overdue


def _detail(news: News) -> Mapping[str, object]:
    return {**news.detail, "basis": news.basis.value} if news.basis else news.detail
