"""Everything a reader can be shown, as one sign: two copies made under the same sign say the same."""

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import LargeBinary, Table, func, select
from sqlmodel import Session, SQLModel, col

from tracker.storage.tables import Body, Segment

AT_ONCE = 2000
NEVER_SHOWN = frozenset(
    {
        "worker_beat",
        "login_session",
        "second_factor",
        "recovery_code",
        "token",
        "subscription",
        "delivery",
        "webhook",
        "webhook_attempt",
        "alert_wish",
        "mail_stop",
        "deferred_address",
        "mail_report",
        "log_check",
        "search_text",
        "import_upload",
    }
)
"""What no page of a copy tells: the worker's pulse, keys, who follows what, post on its way, what only a search reads.
A table that is not named here counts, so that a new one is never forgotten."""
FIRST, LAST = "Pacific/Kiritimati", "Etc/GMT+12"
"""Where a day begins first and where it begins last."""


def whole_state(session: Session, now: datetime) -> str:
    """The sign of all that can be shown at an instant: every row, the day in every zone of a body, what has begun."""
    found = hashlib.sha256(repr((_days(session, now), _begun(session, now))).encode())
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in NEVER_SHOWN:
            found.update(table.name.encode())
            _add(session, table, found)
    return found.hexdigest()


def _add(session: Session, table: Table, found: "hashlib._Hash") -> None:
    """Bytes that were read have their hash beside them."""
    columns = [one for one in table.columns if not isinstance(one.type, LargeBinary)]
    rows = select(*columns).order_by(*table.primary_key.columns)
    for row in session.execute(rows.execution_options(yield_per=AT_ONCE)):
        found.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))


def _days(session: Session, now: datetime) -> list[str]:
    zones = {one for one in session.execute(select(col(Body.zone)).distinct()).scalars() if one}
    return sorted(now.astimezone(ZoneInfo(zone)).date().isoformat() for zone in {*zones, FIRST, LAST, "UTC"})


def _begun(session: Session, now: datetime) -> int:
    begun = select(func.count()).select_from(Segment).where(col(Segment.from_at) <= now)
    return int(session.execute(begun).scalar_one())
