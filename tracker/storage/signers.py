"""Who signed a response beside the body that stands first."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.lines import Moment, known
from tracker.storage.on_record import objects_at
from tracker.storage.prepared import IDS, NOW
from tracker.storage.tables import Body, ResponseSigner

AT_ONCE = 500


def signers_of(session: Session, response_id: int) -> list[Body]:
    """All bodies that signed a response beside its first, as it stands, in the order they were named."""
    wanted = (
        select(Body)
        .join(ResponseSigner, col(ResponseSigner.body_id) == col(Body.id))
        .where(col(ResponseSigner.response_id) == response_id, col(ResponseSigner.superseded_at).is_(None))
    )
    return list(session.execute(wanted.order_by(col(ResponseSigner.id))).scalars())


def public_signers(
    session: Session, response_ids: Collection[int], at: Moment | None = None
) -> Mapping[int, Sequence[Body]]:
    """The public bodies that signed each response beside its first, as it was known at a moment; None: as it stands."""
    found: dict[int, list[Body]] = {}
    ids = sorted(set(response_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = {IDS.key: ids[start : start + AT_ONCE]}
        for response_id, body in objects_at(session, at or _AS_IT_STANDS, _signed, **some).all():
            found.setdefault(response_id, []).append(body)
    return found


_AS_IT_STANDS = Moment(NOW)


def _signed(at: Moment) -> Any:
    return (
        select(col(ResponseSigner.response_id), Body)
        .join(Body, col(Body.id) == col(ResponseSigner.body_id))
        .where(
            col(ResponseSigner.response_id).in_(IDS),
            col(Body.visibility) == Visibility.PUBLIC,
            *known(ResponseSigner, at),
        )
        .order_by(col(ResponseSigner.id))
    )


def sign(session: Session, response_id: int, bodies: Sequence[Body], now: datetime, actor: str) -> None:
    """These bodies signed beside the first, and no others; what differs is superseded, not overwritten."""
    wanted = select(ResponseSigner).where(
        col(ResponseSigner.response_id) == response_id, col(ResponseSigner.superseded_at).is_(None)
    )
    held = list(session.execute(wanted.order_by(col(ResponseSigner.id))).scalars())
    if [one.body_id for one in held] == [body.id for body in bodies]:
        return
    for one in held:
        one.superseded_at = now
    for body in bodies:
        assert body.id is not None  # noqa: S101 - it comes from the database
        session.add(
            ResponseSigner(response_id=response_id, body_id=body.id, recorded_at=now, recorded_by=actor)
        )
        session.flush()
