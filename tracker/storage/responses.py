"""What came back: responses, and what each is for an obligation."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.storage.tables import Response, ResponseLine


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
