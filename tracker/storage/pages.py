"""What addresses returned, kept once by the SHA-256 of its bytes; every reading of them on record."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from tracker.domain.words import RunState, Visibility
from tracker.storage.tables import Page, PageVisit, Run

_SEEN_AGAIN = (
    update(Page)
    .where(col(Page.sha256) == bindparam("digest"), col(Page.last_seen_at) < bindparam("at"))
    .values(last_seen_at=bindparam("at"))
)
_KEPT_AGAIN = (
    update(Page)
    .where(col(Page.sha256) == bindparam("digest"), col(Page.dropped_at).is_not(None))
    .values(body=bindparam("bytes"), dropped_at=None)
)
_NEW_VISITS = insert(PageVisit)
_INSERTS: Mapping[str, Callable[[Any], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def latest(session: Session, address: str) -> Page | None:
    """What an address returned when it was last read."""
    return session.execute(_newest(select(Page), address)).scalar_one_or_none()


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that was kept, without its bytes."""

    sha256: str
    headers: Mapping[str, object]
    content_type: str


def latest_seen(session: Session, address: str) -> Seen | None:
    """What an address returned when it was last read, without its bytes; None where they are no longer kept."""
    columns: tuple[Any, ...] = (
        col(Page.sha256),
        col(Page.headers),
        col(Page.content_type),
        col(Page.dropped_at),
    )
    row = session.execute(_newest(select(*columns), address)).one_or_none()
    if row is None or row[3] is not None:
        return None
    sent = session.execute(
        _newest(select(col(PageVisit.headers)), address, col(PageVisit.unchanged).is_(False))
    ).scalar_one_or_none()
    return Seen(row[0], dict(sent) if sent else row[1], row[2])


def body_of(session: Session, digest: str) -> bytes:
    """The bytes kept under a SHA-256."""
    return bytes(session.execute(select(col(Page.body)).where(col(Page.sha256) == digest)).scalar_one())


def last_good(session: Session, address: str) -> Page | None:
    """What an address returned when it was last read in a reading that counts."""
    return session.execute(
        _newest(select(Page), address, col(Page.dropped_at).is_(None), col(Run.state) == RunState.HEALTHY)
    ).scalar_one_or_none()


def _newest(wanted: Any, address: str, *conditions: ColumnElement[bool]) -> Any:
    return (
        wanted.select_from(PageVisit)
        .join(Page, col(Page.sha256) == col(PageVisit.page_sha256))
        .outerjoin(Run, col(Run.id) == col(PageVisit.run_id))
        .where(col(PageVisit.address) == address, *conditions)
        .order_by(col(PageVisit.fetched_at).desc(), col(PageVisit.id).desc())
        .limit(1)
    )


def seen_again(session: Session, digests: Collection[str], at: datetime) -> None:
    """Note that pages were as they are kept."""
    if digests:
        # One after the other and in order, so that two workers that share pages never wait for each other.
        session.connection().execute(
            _SEEN_AGAIN, [{"digest": digest, "at": at} for digest in sorted(digests)]
        )


def keep_once(session: Session, page: Page) -> None:
    """Keep a page, or only note that these bytes were seen again; two readers at once keep one.

    Bytes that had been given up are kept again. Where one of two sources names private persons, nobody is shown them.
    """
    values = {name: getattr(page, name) for name in Page.model_fields}
    connection = session.connection()
    connection.execute(_keeping(connection.dialect.name), values)
    connection.execute(_KEPT_AGAIN, {"digest": page.sha256, "bytes": page.body})


@cache
def _keeping(dialect: str) -> Any:
    made = _INSERTS[dialect](Page)
    newer = made.excluded.last_seen_at
    withheld = made.excluded.visibility == Visibility.WITHHELD
    return made.on_conflict_do_update(
        index_elements=["sha256"],
        set_={
            "last_seen_at": case((col(Page.last_seen_at) < newer, newer), else_=col(Page.last_seen_at)),
            "visibility": case((withheld, made.excluded.visibility), else_=col(Page.visibility)),
        },
        where=(col(Page.last_seen_at) < newer) | (withheld & (col(Page.visibility) != Visibility.WITHHELD)),
    )


def keep_visits(session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put readings of pages on record, all in one go; their columns as a mapping each."""
    several = [dict(row) for row in rows]
    if several:
        session.connection().execute(_NEW_VISITS, several)


def kept_already(session: Session, digests: Iterable[str]) -> set[str]:
    """Those whose bytes are kept."""
    wanted = select(col(Page.sha256)).where(
        col(Page.sha256).in_(sorted(set(digests))), col(Page.dropped_at).is_(None)
    )
    return set(session.execute(wanted).scalars())


def last_said(session: Session, address: str, status: int) -> str | None:
    """The hash of what stood in place of a page when anything was last sent, if it was gone with that status then."""
    wanted = (
        select(col(PageVisit.status), col(PageVisit.said_sha256))
        .where(
            col(PageVisit.address) == address,
            or_(col(PageVisit.said_sha256).is_not(None), col(PageVisit.page_sha256).is_not(None)),
        )
        .order_by(col(PageVisit.fetched_at).desc(), col(PageVisit.id).desc())
        .limit(1)
    )
    last = session.execute(wanted).one_or_none()
    return last[1] if last is not None and last[0] == status else None


def condense_visits(session: Session, before: datetime) -> int:
    """Of readings before an instant that found the same time after time, keep the first and the last; how many went.

    What stood at an address on a day is told by them alone. What failed, and what a bad reading brought, stays.
    """
    around: dict[str, Any] = {
        "partition_by": col(PageVisit.address),
        "order_by": (col(PageVisit.fetched_at), col(PageVisit.id)),
    }
    earlier = func.lag(col(PageVisit.page_sha256)).over(**around)
    later = func.lead(col(PageVisit.page_sha256)).over(**around)
    each = (
        select(
            col(PageVisit.id).label("id"),
            col(PageVisit.page_sha256).label("found"),
            col(PageVisit.fetched_at).label("at"),
            col(Run.state).label("state"),
            earlier.label("earlier"),
            later.label("later"),
        )
        .outerjoin(Run, col(Run.id) == col(PageVisit.run_id))
        .subquery()
    )
    between = select(each.c.id).where(
        each.c.at < before,
        each.c.found == each.c.earlier,
        each.c.found == each.c.later,
        each.c.state == RunState.HEALTHY,
    )
    gone = session.execute(
        delete(PageVisit)
        .where(col(PageVisit.id).in_(between), col(PageVisit.unchanged).is_(True))
        .execution_options(synchronize_session=False)
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def stood_on(session: Session, address: str, at: datetime) -> PageVisit | None:
    """What an address was found to return when it was last read by an instant; None where nobody had read it."""
    wanted = (
        select(PageVisit)
        .where(
            col(PageVisit.address) == address,
            col(PageVisit.fetched_at) <= at,
            col(PageVisit.page_sha256).is_not(None),
        )
        .order_by(col(PageVisit.fetched_at).desc(), col(PageVisit.id).desc())
        .limit(1)
    )
    return session.execute(wanted).scalar_one_or_none()
