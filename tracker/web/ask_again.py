"""The calculator's question that leads to an item's due day: rule, start, and the entries that moved it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from tracker.domain.catalogue import catalogue
from tracker.domain.question import Question
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import ClockEntryKind, DueSource
from tracker.services.answer_question import answer_question
from tracker.services.reckon import amount_for, counted_period
from tracker.storage.columns import partial_of
from tracker.storage.lines import Line
from tracker.storage.story import Story
from tracker.storage.tables import ClockEntry, Terms
from tracker.web.site import site


@dataclass(frozen=True)
class Again:
    """The arguments of `/due`, and whether its answer is the day shown."""

    asked: Mapping[str, object]
    same_day: bool


def ask_again(line: Line, story: Story) -> Again | None:
    """The question to put; where no question gives the day shown, the rule's own. None: no rule counts from a day."""
    terms = story.terms
    if terms is None or terms.rule_key not in catalogue() or not terms.trigger_on:
        return None
    plain = _by_rule(line, terms)
    wanted = list(_with_entries(plain, terms, story.entries))
    if line.due_on is None:
        return Again(_arguments(wanted[0]), same_day=True)
    fitting = next((one for one in wanted if _day(one) == line.due_on), None)
    return Again(_arguments(fitting or plain), same_day=fitting is not None)


def _by_rule(line: Line, terms: Terms) -> Question:
    start = partial_of(terms, "trigger")
    amount = amount_for(catalogue()[terms.rule_key], terms.amount, counted_period(line.kind, line.period))
    return Question(
        rule=terms.rule_key,
        start=start.last.isoformat() if start else "",
        amount=str(amount or ""),
        calendar=terms.calendar,
    )


def _with_entries(plain: Question, terms: Terms, entries: list[ClockEntry]) -> Iterator[Question]:
    """Ways to ask the same, the fullest first: the calculator takes one extension, an item may have several."""
    moved = replace(plain, pause=_stops(entries), restart=_restart(entries))
    extended = list(_extended(moved, [one for one in entries if one.kind is ClockEntryKind.EXTENSION]))
    stated = partial_of(terms, "stated")
    if stated and terms.decided is not DueSource.COMPUTED:
        yield from (replace(one, stated=stated.last.isoformat()) for one in extended)
    yield from extended


def _stops(entries: list[ClockEntry]) -> tuple[str, ...]:
    stops = (one for one in entries if one.kind is ClockEntryKind.PAUSE)
    return tuple(f"{one.works_from_on}..{one.ends_on or ''}" for one in stops)


def _restart(entries: list[ClockEntry]) -> str:
    begun = [one.works_from_on for one in entries if one.kind is ClockEntryKind.RESTART and one.afresh]
    return max(begun).isoformat() if begun else ""


def _extended(moved: Question, extensions: list[ClockEntry]) -> Iterator[Question]:
    if len(extensions) == 1 and extensions[0].amount:
        [one] = extensions
        units = replace(moved, extend=str(one.amount), extend_unit=one.unit or "")
        yield replace(units, given=(one.given_on or one.works_from_on).isoformat())
        yield units
    days = [(one.new_due_on, one.given_on or one.works_from_on) for one in extensions if one.new_due_on]
    if days:
        until, given = max(days)
        yield replace(moved, extended_to=until.isoformat(), given=given.isoformat())
        yield replace(moved, extended_to=until.isoformat())
    yield moved


def _day(asked: Question) -> date | None:
    try:
        return answer_question(asked, site().database.habits).due_on
    except NotAccepted:
        return None


def _arguments(asked: Question) -> dict[str, object]:
    return {name: list(value) if name == "pause" else value for name, value in asdict(asked).items() if value}
