"""What addresses returned, kept once by the SHA-256 of its bytes."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from tracker.domain.words import RunState
from tracker.storage.tables import Page, Run

_INSERTS: Mapping[str, Callable[[Any], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def latest(session: Session, address: str) -> Page | None:
    """What an address returned when it was last read."""
    wanted = select(Page).where(col(Page.address) == address).order_by(col(Page.last_seen_at).desc()).limit(1)
    return session.execute(wanted).scalar_one_or_none()


@dataclass(frozen=True, slots=True)
class Seen:
    """A page that was kept, without its bytes."""

    sha256: str
    headers: Mapping[str, object]
    content_type: str


def latest_seen(session: Session, address: str) -> Seen | None:
    """What an address returned when it was last read, without its bytes."""
    wanted = (
        select(col(Page.sha256), col(Page.headers), col(Page.content_type))
        .where(col(Page.address) == address)
        .order_by(col(Page.last_seen_at).desc())
        .limit(1)
    )
    row = session.execute(wanted).one_or_none()
    return Seen(*row) if row else None


def body_of(session: Session, digest: str) -> bytes:
    """The bytes kept under a SHA-256."""
    return bytes(session.execute(select(col(Page.body)).where(col(Page.sha256) == digest)).scalar_one())


def seen_again(session: Session, digests: Collection[str], at: datetime) -> None:
    """Note that pages were as they are kept."""
    for digest in sorted(digests):
        session.execute(
            update(Page)
            .where(col(Page.sha256) == digest, col(Page.last_seen_at) < at)
            .values(last_seen_at=at)
            .execution_options(synchronize_session=False)
        )


def last_good(session: Session, address: str) -> Page | None:
    """What an address returned when a reading that counts first brought what was last seen there."""
    wanted = (
        select(Page)
        .join(Run, col(Run.id) == col(Page.run_id))
        .where(col(Page.address) == address, col(Run.state) == RunState.HEALTHY)
        .order_by(col(Page.last_seen_at).desc())
        .limit(1)
    )
    return session.execute(wanted).scalar_one_or_none()


def keep_once(session: Session, page: Page) -> None:
    """Keep a page, or only note that these bytes were seen again; two readers at once keep one."""
    values = {name: getattr(page, name) for name in Page.model_fields}
    insert = _INSERTS[session.get_bind().dialect.name]
    made = insert(Page).values(**values)
    newer = made.excluded.last_seen_at
    seen_again = made.on_conflict_do_update(
        index_elements=["sha256"], set_={"last_seen_at": newer}, where=col(Page.last_seen_at) < newer
    )
    session.execute(seen_again)
