"""What addresses returned, kept once by the SHA-256 of its bytes."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from tracker.storage.tables import Page

_INSERTS: Mapping[str, Callable[[Any], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def latest(session: Session, address: str) -> Page | None:
    """What an address returned when it was last read."""
    wanted = select(Page).where(col(Page.address) == address).order_by(col(Page.last_seen_at).desc()).limit(1)
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
