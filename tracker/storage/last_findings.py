"""What was found at a source before, to be laid beside what a new reading found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import FindingState
from tracker.storage.tables import Finding

MOST = 20_000


@dataclass(frozen=True, slots=True)
class Called:
    """A finding by what the source calls the thing."""

    id: int
    kind: str
    external_key: str


def called(session: Session, source_id: int, replaced: str) -> list[Called]:
    """The findings of good readings of a source, the oldest first, without those whose note is `replaced`."""
    wanted = (
        select(col(Finding.id), col(Finding.kind), col(Finding.external_key))
        .where(
            col(Finding.source_id) == source_id,
            col(Finding.state) != FindingState.QUARANTINED,
            col(Finding.decision_note) != replaced,
        )
        .order_by(col(Finding.id).desc())
        .limit(MOST)
    )
    return [Called(*row) for row in session.execute(wanted).all()][::-1]


def contents(session: Session, ids: Collection[int]) -> Mapping[int, dict[str, Any]]:
    """What these findings say, by id."""
    wanted = select(col(Finding.id), col(Finding.content)).where(col(Finding.id).in_(sorted(ids)))
    return {int(id_): dict(content) for id_, content in session.execute(wanted).all()}
