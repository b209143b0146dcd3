"""An item's history in plain words: every entry of the public log about it, with what stood there before."""

from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, abort, render_template
from sqlmodel import Session

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.rendering.history_words import FIELD
from tracker.storage import events as log
from tracker.storage import groups
from tracker.storage import items as stored
from tracker.storage.events import EventLine
from tracker.storage.history import Change, changes_of, looks_for, reminders_of, shown_and_hidden
from tracker.storage.tables import Item
from tracker.web.access import Access, access
from tracker.web.known_arguments import insist_on
from tracker.web.locale import tongue
from tracker.web.site import site

blueprint = Blueprint("history", __name__)
GONE = 410
MOST = 1000
"""Changes shown, newest first; the whole log has the rest."""


@dataclass(frozen=True)
class Entry:
    """One change: what the log says of it, and what was there before."""

    event: EventLine
    changes: list[Change] = field(default_factory=list)

    @property
    def group(self) -> str:
        """The key of the group that made the change; empty where the clock or a source did."""
        kind, _, key = self.event.actor.partition(":")
        return key if kind == "group" else ""

    @property
    def source(self) -> str:
        """The key of the source that brought it."""
        kind, _, key = self.event.actor.partition(":")
        return key if kind == "source" else ""


@blueprint.get("/items/<key:key>/history")
@access(Access.PUBLIC)
def history(key: str) -> str | tuple[str, int]:
    """Every public change of one item, newest first."""
    insist_on(())
    with site().database.reading() as session:
        whole = stored.by_key(session, key)
        if whole is None:
            return _tombstone(session, key)
        return render_template(
            "public/history.html",
            item=whole.item,
            process=whole.process,
            entries=_entries(session, whole.item),
            group_names={group.key: group.name for group in groups.all_groups(session)},
            field_named=lambda name: tongue().say(FIELD[name]) if name in FIELD else name,
            most=MOST,
        )


def _tombstone(session: Session, key: str) -> tuple[str, int]:
    found = stored.tombstone(session, "item", key)
    if found is None:
        abort(404)
    return render_template("public/tombstone.html", withheld=found), GONE


def _entries(session: Session, item: Item) -> list[Entry]:
    query = ListQuery(ListName.ALL, Filters(item=item.key))
    found = log.events(session, query, limit=MOST, order="log_backwards")
    more = [*shown_and_hidden(session, item.key), *looks_for(session, item), *reminders_of(session, item)]
    found += log.events(session, ListQuery(ListName.ALL), ids=more, unlisted=True) if more else []
    texts = changes_of(session, item)
    newest = sorted(found, key=lambda event: event.id, reverse=True)
    return [Entry(event, _changes(event, texts)) for event in newest[:MOST]]


def _changes(event: EventLine, texts: dict[datetime, list[Change]]) -> list[Change]:
    """From the revisions where words were changed, else from what the entry itself keeps, old and new."""
    if event.detail.get("what") == "text":
        return list(texts.get(event.recorded_at, []))
    kept = event.detail.get("changed")
    if isinstance(kept, dict):
        pairs = ((name, pair) for name, pair in kept.items() if isinstance(pair, list) and len(pair) == 2)
        return [
            Change(name, _named(event, name, old), _named(event, name, new)) for name, (old, new) in pairs
        ]
    return []


_BODIES = frozenset({"body", "signers"})


def _named(event: EventLine, field: str, value: object) -> str:
    """Bodies by their names; the log keeps their keys."""
    said = str(value or "")
    if field not in _BODIES:
        return said
    return tongue().in_turn(event.named.get(key, key) for key in said.split("; ") if key)
