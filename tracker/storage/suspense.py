"""Which obligations a finding holds in suspense: all that it may well answer, until a person decides it."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from tracker.domain.words import FindingState
from tracker.storage.tables import Finding, FindingObligation

AT_ONCE = 400


def hold(session: Session, held: Mapping[str, Collection[int]]) -> None:
    """From now on these findings (by fingerprint) hold these obligations and no others."""
    prints = sorted(held)
    for start in range(0, len(prints), AT_ONCE):
        _hold(session, held, prints[start : start + AT_ONCE])


def _hold(session: Session, held: Mapping[str, Collection[int]], prints: list[str]) -> None:
    wanted = select(col(Finding.id), col(Finding.fingerprint)).where(col(Finding.fingerprint).in_(prints))
    ids = {int(id_): print_ for id_, print_ in session.execute(wanted).all()}
    session.execute(delete(FindingObligation).where(col(FindingObligation.finding_id).in_(sorted(ids))))
    rows = [
        {"finding_id": id_, "obligation_id": owed}
        for id_, print_ in ids.items()
        for owed in sorted(set(held[print_]))
    ]
    if rows:
        session.execute(insert(FindingObligation), rows)


def open_findings_by_run() -> Any:
    """Undecided findings beside the reading that brought them and each obligation they hold, as a subquery."""
    return (
        select(
            col(Finding.id).label("finding_id"),
            col(Finding.run_id).label("run_id"),
            col(FindingObligation.obligation_id).label("obligation_id"),
        )
        .join(FindingObligation, col(FindingObligation.finding_id) == col(Finding.id))
        .where(col(Finding.state) == FindingState.OPEN)
        .subquery()
    )
