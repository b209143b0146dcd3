"""The public log of a list as a feed: news first of all, the rest of the room filled with what was entered late."""

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlmodel import Session

from tracker.rendering.feed import Feed
from tracker.rendering.news import entry
from tracker.storage.events import EventLine, events
from tracker.storage.health import event_ids
from tracker.storage.log import head_over
from tracker.web.feeds.followed import Followed
from tracker.web.filters import full_address, with_arguments
from tracker.web.locale import language, tongue
from tracker.web.site import site

MOST_ENTRIES = 100


def feed(session: Session, followed: Followed, form: str) -> Feed:
    """The feed of a list."""
    names = site().config.site
    lines = told(session, followed)
    entries = (entry(line, tongue(), full_address) for line in lines)
    return Feed(
        title=f"{names.name}: {followed.title}",
        about=" ".join(_about(session, followed, lines)),
        page_url=full_address(with_arguments(followed.path, followed.arguments)),
        feed_url=full_address(with_arguments(f"{followed.path}.{form}", followed.arguments)),
        language=language(),
        author=names.publisher or names.name,
        entries=tuple(entries),
    )


def told(session: Session, followed: Followed) -> list[EventLine]:
    """The newest events; a large import never pushes news out, because backfill only fills the room that is left."""
    until = followed.when.moment.at
    ids = None if followed.source_id is None else event_ids(session, followed.source_id)
    news = events(
        session,
        followed.query,
        limit=MOST_ENTRIES,
        include_backfill=False,
        until_at=until,
        kinds=followed.kinds,
        ids=ids,
    )
    room = MOST_ENTRIES - len(news)
    old = (
        events(
            session,
            followed.query,
            limit=room,
            only_backfill=True,
            until_at=until,
            kinds=followed.kinds,
            ids=ids,
        )
        if room
        else []
    )
    return sorted([*news, *old], key=lambda line: (line.announced_at, line.id), reverse=True)


def _about(session: Session, followed: Followed, lines: list[EventLine]) -> Iterator[str]:
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
