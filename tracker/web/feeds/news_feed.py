"""The public log of a list as a feed: news first of all, the rest of the room filled with what was entered late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import request
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import BadRequest

from tracker.domain.spoken import foreign
from tracker.rendering.feed import Feed
from tracker.rendering.news import entry
from tracker.storage.event_places import Place, last_put_right_at, place_of
from tracker.storage.events import EventLine, events
from tracker.storage.health import event_ids
from tracker.storage.log import head_over
from tracker.web.feeds.followed import Followed
from tracker.web.filters import full_address, with_arguments
from tracker.web.locale import language, tongue
from tracker.web.site import site

MOST_ENTRIES = 100
"""Of a page; `?before=<id of its last event>` is the next one."""


@dataclass(frozen=True, slots=True)
class Told:
    """The events of one page of a feed, newest first."""

    lines: tuple[EventLine, ...]
    about: str
    changed_at: datetime | None
    """When it last became what it is: its newest event, or a later correction of what the site says."""
    before: str = ""
    """The event it goes back from; empty on the first page."""
    next_before: str = ""
    """The event the next page goes back from; empty at the end."""


def told(session: Session, followed: Followed) -> Told:
    """The events of the page asked for."""
    before = request.args.get("before", "")
    found = _found(session, followed, _place(session, before))
    kept = found[:MOST_ENTRIES]
    lines = tuple(sorted(kept, key=lambda line: (line.announced_at, line.id), reverse=True))
    return Told(
        lines=lines,
        about=" ".join(_about(session, followed, lines)),
        changed_at=_changed_at(session, followed, lines),
        before=before,
        next_before=kept[-1].key if len(found) > MOST_ENTRIES else "",
    )


def feed(told: Told, followed: Followed, form: str) -> Feed:
    """The feed of a list in a form."""
    names = site().config.site
    arguments = {**followed.arguments, **({"before": told.before} if told.before else {})}

    def page(before: str) -> str:
        return full_address(with_arguments(f"{followed.path}.{form}", arguments, before=before or None))

    return Feed(
        title=f"{tongue().colon(names.name)} {followed.title}",
        about=told.about,
        page_url=full_address(with_arguments(followed.path, followed.arguments)),
        feed_url=page(told.before),
        language=language(),
        author=names.publisher or names.name,
        entries=tuple(entry(line, tongue(), full_address, _foreign(line)) for line in told.lines),
        next_url=page(told.next_before) if told.next_before else "",
        first_url=page("") if told.before else "",
    )


def _foreign(line: EventLine) -> dict[str, str]:
    said = {
        line.item_title: foreign(language(), line.item_language, line.process_language),
        line.process_name: foreign(language(), line.process_language),
    }
    return {words: code for words, code in said.items() if code}


def _place(session: Session, before: str) -> Place | None:
    if not before:
        return None
    place = place_of(session, before[:40])
    if place is None:
        raise BadRequest(
            _("before=%(before)s is no event: write the last part of the id of an entry.", before=before[:40])
        )
    return place


def _found(session: Session, followed: Followed, place: Place | None) -> list[EventLine]:
    """One more than a page holds: a large import never pushes news out, because it only fills the room that is left."""
    ids = None if followed.source_id is None else event_ids(session, followed.source_id)

    def some(limit: int, before: Place | None, *, backfill: bool) -> list[EventLine]:
        return events(
            session,
            followed.query,
            limit=limit,
            before=before,
            include_backfill=backfill,
            only_backfill=backfill,
            until_at=followed.when.moment.at,
            kinds=followed.kinds,
            ids=ids,
        )

    beyond_news = place is not None and place.backfill
    news = [] if beyond_news else some(MOST_ENTRIES + 1, place, backfill=False)
    room = MOST_ENTRIES + 1 - len(news)
    return [*news, *some(room, place if beyond_news else None, backfill=True)] if room else news


def _changed_at(session: Session, followed: Followed, lines: tuple[EventLine, ...]) -> datetime | None:
    """None where nothing was ever told; whoever asks by date must not keep what was withheld or put right since."""
    if not lines:
        return None
    put_right = last_put_right_at(session, followed.when.now)
    return max(filter(None, (lines[0].announced_at, put_right)))


def _about(session: Session, followed: Followed, lines: tuple[EventLine, ...]) -> Iterator[str]:
    yield _("What changed in this list, newest first; the time of an entry is when it was announced here.")
    if followed.when.as_of is not None:
        yield _("As of %(day)s.", day=tongue().day(followed.when.as_of))
    # The newest alone would do for the places; its id says which that is.
    head = head_over(session, [max(line.id for line in lines)]) if lines else None
    if head is not None:
        # Whoever keeps this line can prove later that the log was not rewritten. It is the first head over what the
        # feed holds, not the newest: what did not change is the same bytes, and readers that ask are told so.
        yield _(
            "The public log had %(size)d entries when this was written; its head is %(hash)s.",
            size=head.size,
            hash=head.hash,
        )
