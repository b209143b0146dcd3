"""A public change as an entry of a feed: what changed, for whom, why the date binds, and where to read more."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from tracker.domain.words import Basis, EventKind
from tracker.rendering.clean_text import one_line, shortened
from tracker.rendering.event_words import FLAGS, event_days, event_more, event_word
from tracker.rendering.feed import Category, Entry
from tracker.rendering.named_bodies import NAMED
from tracker.rendering.tongue import N_, Tongue
from tracker.rendering.words import BASIS_MEANS, word

LONGEST_TITLE = 160
"""Characters of an item's title within an entry's title."""
KIND_SCHEME, BASIS_SCHEME, PROCESS_SCHEME, LOG_SCHEME = (
    f"urn:answerby:{name}" for name in ("event-kind", "basis", "process", "log")
)
BACKFILL = "backfill"
NOTHING: Mapping[str, str] = {}


class Told(Protocol):
    """What an entry is made of; a line of the public log has it."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> EventKind: ...
    @property
    def happened_on(self) -> date: ...
    @property
    def announced_at(self) -> datetime: ...
    @property
    def backfill(self) -> bool: ...
    @property
    def basis(self) -> Basis | None: ...
    @property
    def item_key(self) -> str: ...
    @property
    def item_title(self) -> str: ...
    @property
    def item_ref(self) -> str: ...
    @property
    def body_key(self) -> str: ...
    @property
    def body_name(self) -> str: ...
    @property
    def process_key(self) -> str: ...
    @property
    def process_name(self) -> str: ...
    @property
    def response_title(self) -> str: ...
    @property
    def source_name(self) -> str: ...
    @property
    def source_key(self) -> str: ...
    @property
    def detail(self) -> Any: ...


Address = Callable[[str], str]
"""Makes the permanent address of a path of the site."""


def event_id(key: str) -> str:
    """The permanent id of an event wherever it is told; it does not depend on the site's address."""
    return f"urn:answerby:event:{key}"


def entry(told: Told, tongue: Tongue, address: Address, foreign: Mapping[str, str] = NOTHING) -> Entry:
    """The entry of a feed; its id is the event's, its time the instant of the announcement.

    `foreign`: titles in another language than the feed's, with that language.
    """
    return Entry(
        id=event_id(told.key),
        title=title(told, tongue),
        url=address(path(told)),
        at=told.announced_at,
        sentences=tuple(_sentences(told, tongue)),
        categories=tuple(_categories(told, tongue)),
        foreign=tuple((one_line(words), code) for words, code in foreign.items()),
    )


def title(told: Told, tongue: Tongue) -> str:
    """What changed: the event, the body and the item, the days; an entry of old says so."""
    detail = _detail(told)
    said = event_word(told.kind, detail, tongue)
    about, more = _about(told, tongue), event_more(told.kind, detail, tongue)
    line = f"{tongue.colon(said)} {about}" if about else said
    line = f"{line}, {more}" if more else line
    if told.backfill:
        line = tongue.say(
            N_("%(line)s (from records entered on %(day)s)"),
            line=line,
            day=tongue.day(told.announced_at.date()),
        )
    return one_line(line)


def path(told: Told) -> str:
    """Where it can be read."""
    if told.item_key:
        anchor = f"#{told.body_key}" if told.body_key else ""
        return f"/items/{told.item_key}{anchor}"
    if told.source_key:
        return "/sources"
    if told.body_key:
        return f"/bodies/{told.body_key}"
    return f"/processes/{told.process_key}" if told.process_key else "/events"


def _about(told: Told, tongue: Tongue) -> str:
    item = shortened(told.item_title, LONGEST_TITLE)
    if told.item_ref and one_line(told.item_ref) not in item:
        item = f"{tongue.colon(shortened(told.item_ref, 60))} {item}"
    named = [name for name in (one_line(told.body_name), item if told.item_key else "") if name]
    return " — ".join(named) or one_line(told.source_name or told.process_name)


def _detail(told: Told) -> dict[str, Any]:
    basis = {"basis": told.basis.value} if told.basis else {}
    return {**dict(told.detail), **basis, NAMED: getattr(told, "named", {})}


def _sentences(told: Told, tongue: Tongue) -> Iterator[str]:
    yield title(told, tongue)
    if told.item_key:
        yield tongue.say(N_("Item: %(title)s"), title=one_line(told.item_title))
    if told.process_name:
        yield tongue.say(N_("From: %(process)s"), process=one_line(told.process_name))
    due = _day(told.detail.get("due_on"))
    yield _when(told, due, tongue)
    if due:
        yield tongue.say(N_("Due day: %(day)s."), day=tongue.weekday(due))
    if told.basis and due:
        yield tongue.say(
            N_("Basis: %(basis)s. %(meaning)s"),
            basis=word(told.basis, tongue),
            meaning=tongue.say(BASIS_MEANS[told.basis]),
        )
    if told.response_title:
        yield tongue.say(N_("Response: %(title)s"), title=one_line(told.response_title))
    if told.backfill:
        yield tongue.say(
            N_("This was entered late or taken over from earlier records: it is in the log, and is no news.")
        )


def _when(told: Told, due: date | None, tongue: Tongue) -> str:
    days = event_days(told.kind, told.happened_on, told.detail, tongue)
    if told.kind in FLAGS and due:
        return f"{days[:1].upper()}{days[1:]}."
    return tongue.say(N_("Happened on %(day)s."), day=days)


def _categories(told: Told, tongue: Tongue) -> Iterator[Category]:
    yield Category(KIND_SCHEME, told.kind.value, event_word(told.kind, _detail(told), tongue))
    if told.basis:
        yield Category(BASIS_SCHEME, told.basis.value, word(told.basis, tongue))
    if told.process_key:
        yield Category(PROCESS_SCHEME, told.process_key, one_line(told.process_name))
    if told.backfill:
        yield Category(LOG_SCHEME, BACKFILL, tongue.say(N_("From earlier records")))


def _day(written: object) -> date | None:
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None
