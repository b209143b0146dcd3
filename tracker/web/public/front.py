"""The front page: in ten seconds, who is overdue and by how much."""

from flask import Blueprint, render_template
from sqlmodel import Session

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Basis, EventKind
from tracker.storage import events as log
from tracker.storage.latest_answers import latest_answers
from tracker.storage.lines import lines
from tracker.storage.standing_counts import Tally, looked_between, tallies, tally
from tracker.web.access import Access, access
from tracker.web.site import site
from tracker.web.when import When, when

blueprint = Blueprint("front", __name__)
FEW, MORE = 5, 8
NEWS = (EventKind.BECAME_OVERDUE, EventKind.BECAME_OVERDUE_UNSUBSTANTIVE)
BINDING = [basis for basis in Basis if basis.flags_overdue]


@blueprint.get("/")
@access(Access.PUBLIC)
def front() -> str:
    """The state of things."""
    moment = when()
    with site().database.reading() as session:
        return render_template(
            "public/front.html",
            when=moment,
            today=moment.today,
            whole=_tally(session, moment, ListName.ALL),
            overdue=_tally(session, moment, ListName.OVERDUE),
            bases=[
                (basis, n)
                for basis in BINDING
                if (n := _tally(session, moment, ListName.OVERDUE, basis).overdue)
            ],
            late_bodies=len(tallies(session, ListQuery(ListName.OVERDUE), moment.moment, "body")),
            longest=_lines(session, moment, ListName.OVERDUE, "days", MORE),
            due_next=_lines(session, moment, ListName.DUE, "due", FEW),
            awaiting=_lines(session, moment, ListName.AWAITING, "newest", FEW),
            newly=_newly(session, moment),
            answers=latest_answers(session, moment.moment, FEW),
            looked=looked_between(session, ListQuery(ListName.OVERDUE), moment.moment),
        )


def _tally(session: Session, moment: When, name: ListName, basis: Basis | None = None) -> Tally:
    filters = Filters(basis=basis.value if basis else "")
    return tally(session, ListQuery(name, filters), moment.moment)


def _lines(session: Session, moment: When, name: ListName, order: str, limit: int) -> object:
    return lines(session, ListQuery(name), moment.moment, order=order, limit=limit)


def _newly(session: Session, moment: When) -> object:
    """What became overdue, by the day it happened; what was loaded from earlier records is never "newly" anything."""
    query = ListQuery(ListName.ALL)
    return log.events(
        session, query, kinds=NEWS, include_backfill=False, until_at=moment.moment.at, limit=FEW
    )
