"""What a list can be narrowed by: only what stands in it, with how many entries each choice would leave."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.kinds import topics
from tracker.domain.words import Basis, ProcessKind, Standing
from tracker.storage.directory import titles_of
from tracker.storage.facets import Counts, first_named, of_list
from tracker.storage.processes import jurisdictions
from tracker.web.known_names import name_of_filter
from tracker.web.listing import Page
from tracker.web.locale import tongue
from tracker.web.wording import kind_name, named, place, standing_word, topic_name

MOST_OPTIONS = 200
Names = Mapping[str, str]


@dataclass(frozen=True)
class Option:
    """One choice; `count`: how many entries it would leave, where they were counted."""

    value: str
    name: str
    count: int | None = None

    @property
    def text(self) -> str:
        """The name, with the number of entries behind it."""
        if self.count is None:
            return self.name
        return f"{self.name} ({tongue().number(self.count)})"


@dataclass(frozen=True)
class Choice:
    """A filter and what it offers."""

    name: str
    label: str
    options: list[Option]
    cut: bool = False
    """There are more than are offered."""


@dataclass(frozen=True)
class Chip:
    """A filter that is set, in words, and the address without it."""

    label: str
    text: str
    without: dict[str, str]


@dataclass(frozen=True)
class Choices:
    """All filters of a page, and those that are set."""

    filters: list[Choice] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    counted: bool = True

    def __iter__(self) -> Iterator[Choice]:
        return iter(self.filters)

    @property
    def cut(self) -> bool:
        """Some filter has more choices than it offers."""
        return any(choice.cut for choice in self.filters)


def choices(session: Session, page: Page, names: Iterable[str]) -> Choices:
    """The filters of a list, counted where it is not too long; filters with nothing to choose are left out."""
    wanted = tuple(names)
    counts = of_list(session, page.query, page.when.moment, wanted, page.total)
    chips = chips_of(session, page.given, page.arguments)
    return choices_from(session, counts, page.given, wanted, chips)


def choices_from(
    session: Session, counts: Mapping[str, Counts], given: Names, names: Iterable[str], chips: list[Chip]
) -> Choices:
    """The filters of any list whose entries were counted by choice."""
    wanted = tuple(names)
    found = (_choice(session, name, counts.get(name), given.get(name, "")) for name in wanted)
    return Choices([one for one in found if one.options], chips, all(name in counts for name in wanted))


def chips_of(session: Session, given: Names, arguments: Names) -> list[Chip]:
    """Each filter that is set, by name, with the arguments of the same list without it."""
    return [
        Chip(
            label_of(name),
            name_of_filter(session, name, value),
            {other: said for other, said in arguments.items() if other != name},
        )
        for name, value in given.items()
    ]


def _choice(session: Session, name: str, counts: Counts | None, chosen: str) -> Choice:
    if counts is None:
        offered = _OFFERED[name](session)
        names: Names = {key: offered[key] for key in list(offered)[:MOST_OPTIONS]}
    else:
        most = sorted((key for key in counts if key), key=lambda key: (-counts[key], key))[:MOST_OPTIONS]
        names = _NAMES[name](session, [*most])
    if chosen and chosen not in names:
        names = {**names, chosen: name_of_filter(session, name, chosen)}
    options = [
        Option(key, said, None if counts is None else counts.get(key, 0)) for key, said in names.items()
    ]
    if name not in _IN_ORDER:
        options.sort(key=lambda option: (option.name.casefold(), option.value))
    held = len(offered) if counts is None else len(counts)
    return Choice(name, label_of(name), options, held > MOST_OPTIONS)


def label_of(name: str) -> str:
    """What a filter is called."""
    labels: dict[str, str] = {
        "body": _("Body"),
        "process": _("Process"),
        "document": _("Document"),
        "item": _("Item"),
        "topic": _("Topic"),
        "jurisdiction": _("Jurisdiction"),
        "kind": _("Kind of process"),
        "group": _("Watchdog group"),
        "basis": _("Basis"),
        "standing": _("Standing"),
        "q": _("Words"),
    }
    return labels[name]


def _of_those(all_of_them: Callable[[], Names]) -> Callable[[Session, list[str]], Names]:
    """In their own order, those that are there."""
    return lambda _session, keys: {key: said for key, said in all_of_them().items() if key in keys}


def _standings() -> Names:
    return {standing.value: standing_word(standing) for standing in Standing}


def _bases() -> Names:
    return {basis.value: named(basis) for basis in Basis}


_IN_ORDER = frozenset({"standing", "basis"})
_NAMES: Mapping[str, Callable[[Session, list[str]], Names]] = {
    "body": lambda session, keys: titles_of(session, "body", keys),
    "process": lambda session, keys: titles_of(session, "process", keys),
    "topic": lambda _session, keys: {key: topic_name(key) for key in keys},
    "jurisdiction": lambda _session, keys: {key: place(key) for key in keys},
    "kind": lambda _session, keys: {key: kind_name(key) for key in keys},
    "standing": _of_those(_standings),
    "basis": _of_those(_bases),
}
_OFFERED: Mapping[str, Callable[[Session], Names]] = {
    "body": lambda session: first_named(session, "body", MOST_OPTIONS + 1),
    "process": lambda session: first_named(session, "process", MOST_OPTIONS + 1),
    "topic": lambda _session: {key: topic_name(key) for key in topics()},
    "jurisdiction": lambda session: {code: place(code) for code in jurisdictions(session)},
    "kind": lambda _session: {kind.value: kind_name(kind.value) for kind in ProcessKind},
    "standing": lambda _session: _standings(),
    "basis": lambda _session: _bases(),
}
"""What there is to choose where nothing was counted."""
