"""News in order of weight: what a subject line says first, and the sections of a digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.parcel import News
from tracker.domain.words import Basis, EventKind
from tracker.rendering.clean_text import one_line, shortened
from tracker.rendering.event_words import event_more, event_word
from tracker.rendering.tongue import N_, NN_, Forms, Tongue
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
    more = [tongue.count(NN_("%(n)d other change", "%(n)d other changes"), rest)] if rest else []
    return tongue.say(
        N_("%(counts)s, among them %(first)s"), counts="; ".join([counts, *more]), first=about(first)
    )


def about(news: News) -> str:
    """Body and item, or whatever the event is about, on one short line."""
    what = shortened(news.item_title or news.source_name or news.process_name, _TITLE)
    return " – ".join(part for part in (one_line(news.body_name), what) if part)


def sections(news: Sequence[News], tongue: Tongue) -> list[Section]:
    """The news by kind and by whether the date binds, the heaviest first."""
    named: dict[str, list[Told]] = {}
    for one in (one for group in _grouped(news) for one in group):
        named.setdefault(event_word(one.kind, _detail(one), tongue), []).append(_told(one, tongue))
    return [Section(title, told) for title, told in named.items()]


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
    forms = _NEWLY_ASKED if flags and not _binds(group[0].basis) else _NEWLY[kind]
    return tongue.count(forms, len(group))


def _binds(basis: Basis | None) -> bool:
    return basis is None or basis.flags_overdue


def _detail(news: News) -> Mapping[str, object]:
    return {**news.detail, "basis": news.basis.value} if news.basis else news.detail
