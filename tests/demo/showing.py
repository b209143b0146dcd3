"""What the loaded demo shows on the day of these tests."""

from datetime import UTC, datetime

from sqlmodel import Session, col, select

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.storage.lines import Line, lines, moment
from tracker.storage.tables import Addressee, Body, Item, Obligation, Response, ResponseLine, Terms

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def listed(session: Session, name: ListName = ListName.ALL, **filters: str) -> list[Line]:
    return lines(session, ListQuery(name, Filters(**filters)), moment(NOW))


def shown(session: Session, item: str, body: str) -> Line:
    return next(line for line in listed(session, item=item) if line.body_key == body)


def owed(session: Session, item: str, body: str) -> tuple[Terms, Addressee]:
    wanted = (
        select(Terms, Addressee)
        .join(Obligation, col(Obligation.id) == col(Terms.obligation_id))
        .join(Addressee, col(Addressee.id) == col(Obligation.addressee_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .where(col(Item.key) == item, col(Body.key) == body)
    )
    return session.exec(wanted).one()


def replies(session: Session, row: str) -> list[tuple[Response, ResponseLine]]:
    wanted = select(Response, ResponseLine).join(ResponseLine).where(col(Response.key) == row)
    return list(session.exec(wanted).all())
