"""Tips of visitors: how many wait, and who wants to hear what became of theirs."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from tracker.domain.words import FindingState
from tracker.storage.tables import Finding, Source, Tip

VISITORS = "told-by-visitor"
_DECIDED = (FindingState.ACCEPTED, FindingState.REJECTED)


def waiting(session: Session) -> int:
    """How many findings told by visitors nobody has decided."""
    wanted = (
        select(func.count(col(Finding.id)))
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(col(Source.key) == VISITORS, col(Finding.state) == FindingState.OPEN)
    )
    return int(session.execute(wanted).scalar_one())


def has(session: Session, finding_id: int, address: str) -> bool:
    """Whether this address waits for the answer already."""
    wanted = select(col(Tip.id)).where(col(Tip.finding_id) == finding_id, col(Tip.address) == address)
    return session.execute(wanted.limit(1)).first() is not None


def of_address(session: Session, address: str) -> int:
    """How many tips this address waits to hear about."""
    wanted = select(func.count(col(Tip.id))).where(
        func.lower(col(Tip.address)) == address.lower(), col(Tip.ended_at).is_(None)
    )
    return int(session.execute(wanted).scalar_one())


def add(session: Session, tip: Tip) -> None:
    """Keep one."""
    session.add(tip)
    session.flush()


def decided(session: Session, most: int) -> list[tuple[Tip, Finding]]:
    """Those whose finding somebody has decided, and who were not told yet."""
    wanted = (
        select(Tip, Finding)
        .join(Finding, col(Finding.id) == col(Tip.finding_id))
        .where(col(Tip.ended_at).is_(None), col(Tip.address) != "", col(Finding.state).in_(_DECIDED))
        .order_by(col(Tip.id))
        .limit(most)
    )
    return [(row[0], row[1]) for row in session.execute(wanted).all()]


def older(session: Session, told_before: datetime, most: int) -> list[Tip]:
    """Those nobody has decided for too long."""
    wanted = (
        select(Tip)
        .join(Finding, col(Finding.id) == col(Tip.finding_id))
        .where(
            col(Tip.ended_at).is_(None),
            col(Tip.told_at) < told_before,
            col(Finding.state).not_in(_DECIDED),
        )
    )
    return list(session.execute(wanted.limit(most)).scalars())


def to_fetch(session: Session, after_id: int) -> Finding | None:
    """The next finding that was told us of and whose page nobody has read yet."""
    wanted = (
        select(Finding)
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(
            col(Source.reader) == "told",
            col(Finding.state) == FindingState.OPEN,
            col(Finding.page_sha256).is_(None),
            col(Finding.id) > after_id,
            col(Finding.content)["fetched"].as_string().is_(None),
        )
        .order_by(col(Finding.id))
    )
    return session.execute(wanted.limit(1)).scalar_one_or_none()


def forget_address(session: Session, spelt: str, now: datetime) -> int:
    """Whoever has this address hears nothing of their tips any more; how many."""
    done = session.execute(
        update(Tip)
        .where(func.lower(col(Tip.address)) == spelt, col(Tip.ended_at).is_(None))
        .values(address="", ended_at=now)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
