"""What came back: responses, and what each is for an obligation."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.prepared import ID
from tracker.storage.tables import Item, Obligation, Response, ResponseLine


@dataclass(frozen=True, slots=True)
class Came:
    """A response and what it is for one obligation."""

    response: Response
    line: ResponseLine


def response_by_key(session: Session, key: str) -> Response | None:
    """The response of that key."""
    return session.execute(select(Response).where(col(Response.key) == key)).scalar_one_or_none()


def lines_of(session: Session, response_id: int) -> list[ResponseLine]:
    """What a response is for each obligation, as it stands."""
    wanted = (
        select(ResponseLine)
        .where(col(ResponseLine.response_id) == response_id, col(ResponseLine.superseded_at).is_(None))
        .order_by(col(ResponseLine.obligation_id))
    )
    return list(session.execute(wanted).scalars())


def line_of(session: Session, response_id: int, obligation_id: int) -> ResponseLine | None:
    """What a response is for one obligation, as it stands."""
    return next(
        (line for line in lines_of(session, response_id) if line.obligation_id == obligation_id), None
    )


def came_for(session: Session, obligation_id: int) -> list[Came]:
    """The responses to an obligation that are not struck, in the order they were recorded."""
    wanted = (
        select(Response, ResponseLine)
        .join(ResponseLine, col(ResponseLine.response_id) == col(Response.id))
        .where(
            col(ResponseLine.obligation_id) == obligation_id,
            col(ResponseLine.superseded_at).is_(None),
            col(Response.struck_at).is_(None),
        )
        .order_by(col(Response.id))
    )
    return [Came(*row) for row in session.execute(wanted).all()]


def commitments_in(session: Session, response_ids: Collection[int]) -> list[Item]:
    """The commitments that arise from promises in these responses, drafts included, the oldest first."""
    wanted = select(Item).where(
        col(Item.arises_from_id).in_(response_ids), col(Item.visibility) != Visibility.WITHHELD
    )
    return list(session.execute(wanted.order_by(col(Item.id))).scalars())


def promised_for(session: Session, item_id: int) -> list[Item]:
    """The public commitments that arise from responses to an item; not where the response is kept from the public."""
    return list(session.execute(_PROMISED, {ID.key: item_id}).scalars())


_ANSWERING = (
    select(col(ResponseLine.response_id))
    .join(Obligation, col(Obligation.id) == col(ResponseLine.obligation_id))
    .join(Response, col(Response.id) == col(ResponseLine.response_id))
    .where(
        col(Obligation.item_id) == ID,
        col(ResponseLine.superseded_at).is_(None),
        col(Response.struck_at).is_(None),
        col(Response.visibility).in_((Visibility.PUBLIC, Visibility.LINK_ONLY)),
    )
)
_PROMISED = (
    select(Item)
    .where(col(Item.arises_from_id).in_(_ANSWERING), col(Item.visibility) == Visibility.PUBLIC)
    .order_by(col(Item.id))
)


def answered_items(session: Session, response_id: int) -> list[Item]:
    """The public items a response answers, by their place."""
    asked = (
        select(col(Obligation.item_id))
        .join(ResponseLine, col(ResponseLine.obligation_id) == col(Obligation.id))
        .where(
            col(ResponseLine.response_id) == response_id,
            col(ResponseLine.superseded_at).is_(None),
        )
    )
    wanted = select(Item).where(col(Item.id).in_(asked), col(Item.visibility) == Visibility.PUBLIC)
    return sorted(session.execute(wanted).scalars(), key=lambda item: item.number)
