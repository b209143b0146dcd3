"""The front page: in ten seconds, who is overdue and by how much."""

from collections.abc import Iterable
from datetime import date, timedelta

from flask import Blueprint, render_template
from sqlmodel import Session

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Basis, EventKind
from tracker.storage import events as log
from tracker.storage.debts import flags, plans
from tracker.storage.latest_answers import latest_answers
from tracker.storage.lines import Line, lines
from tracker.storage.standing_counts import tally
from tracker.web.access import Access, access
from tracker.web.gathered import Gathered, gathered
from tracker.web.site import site
from tracker.web.when import When, when

blueprint = Blueprint("front", __name__)
FEW, MORE = 5, 8
READ = 60
"""So many flags are read to gather the first few from."""
WEEK = timedelta(days=7)
NEWS = (EventKind.BECAME_OVERDUE, EventKind.BECAME_OVERDUE_UNSUBSTANTIVE)


@blueprint.get("/")
@access(Access.PUBLIC)
def front() -> str:
    """The state of things."""
    moment = when()
    with site().database.reading() as session:
        flagged = flags(session, moment.moment)
        return render_template(
            "public/front.html",
            when=moment,
            today=moment.today,
            whole=tally(session, ListQuery(ListName.ALL), moment.moment),
            flags=flagged,
            longest=_longest(session, moment, flagged.by_basis),
            due_next=_lines(session, moment, ListName.DUE, "due", FEW),
            awaiting=_lines(session, moment, ListName.AWAITING, "newest", FEW),
            newly=_newly(session, moment),
            answers=latest_answers(session, moment.moment, FEW),
            plans=plans(session, moment.moment, MORE),
        )


def _lines(session: Session, moment: When, name: ListName, order: str, limit: int) -> list[Line]:
    return lines(session, ListQuery(name), moment.moment, order=order, limit=limit)


def _longest(session: Session, moment: When, bases: Iterable[Basis]) -> list[tuple[Basis, list[Gathered]]]:
    """Who has been overdue longest, each basis by itself; those not looked at again for long stay on their own page."""
    return [(basis, _longest_of(session, moment, basis)) for basis in bases]


def _longest_of(session: Session, moment: When, basis: Basis) -> list[Gathered]:
    query = ListQuery(ListName.OVERDUE, Filters(basis=basis.value))
    found = lines(session, query, moment.moment, order="days", limit=READ)
    fresh = [line for line in found if not line.stale]
    return gathered(fresh, FEW, more=len(fresh) == READ)


def _newly(session: Session, moment: When) -> tuple[list[log.EventLine], date | None]:
    """What became overdue in the last seven days, and the last day anything did before.

    A date that was only asked for is never overdue; what was loaded from earlier records is never "newly" anything.
    """
    query = ListQuery(ListName.ALL)
    until = moment.moment.at
    found = log.events(session, query, kinds=NEWS, include_backfill=False, until_at=until, limit=READ)
    found = [one for one in found if one.basis is None or one.basis.flags_overdue][:FEW]
    fresh = [one for one in found if one.announced_at > until - WEEK]
    return fresh, found[0].announced_at.date() if found and not fresh else None
