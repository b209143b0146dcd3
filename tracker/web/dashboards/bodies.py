"""Bodies and how they keep their dates: one card per basis, small numbers never ranked."""

from collections import defaultdict

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import BadRequest

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.reminding import NotReminded
from tracker.domain.words import Basis
from tracker.storage import bodies as stored
from tracker.storage.engine import habits_of
from tracker.storage.mailboxes import mailbox_of
from tracker.storage.scorecards import SMALLEST_RANKED, added_up, ranked, scorecards
from tracker.storage.standing_counts import Tally, tallies
from tracker.storage.successions import heirs
from tracker.storage.ties_then import as_it_was
from tracker.web.access import Access, access
from tracker.web.listing import list_page, order_names
from tracker.web.locale import tongue
from tracker.web.site import site
from tracker.web.when import When, when

blueprint = Blueprint("bodies", __name__)


@blueprint.get("/bodies")
@access(Access.PUBLIC)
def bodies() -> str:
    """Every body; with `?basis=` the scorecards of that basis, ranked where numbers allow."""
    moment, basis = when(), _basis()
    with site().database.reading() as session:
        view = _ranking(session, moment, basis) if basis else _directory(session, moment)
        return render_template(
            "dashboards/bodies.html",
            when=moment,
            basis=basis,
            bases=list(Basis),
            smallest=SMALLEST_RANKED,
            **view,
        )


@blueprint.get("/bodies/<key:key>")
@access(Access.PUBLIC)
def body(key: str) -> str:
    """One body, with its parts and members."""
    with site().database.reading() as session:
        whole = stored.whole(session, key)
        if whole is None:
            abort(404)
        page = list_page(session, ListName.ALL, fixed={"body": key}, orders=("days", "due", "newest", "item"))
        cards = scorecards(session, ListQuery(ListName.ALL, Filters(body=key)), page.when.moment)
        then = page.when.moment
        whole = as_it_was(session, whole, then.day or page.when.today, then.known_by)
        return render_template(
            "dashboards/body.html",
            whole=whole,
            page=page,
            reminded=_reminded(session, whole.body.id or 0, page.when),
            cards=added_up(cards, key, whole.body.name),
            smallest=SMALLEST_RANKED,
            order_names=order_names(),
        )


def _reminded(session: Session, body_id: int, seen: When) -> str:
    """Whether the body is reminded of its days, today; never where."""
    box = mailbox_of(session, body_id) if seen.as_of is None else None
    if box is None:
        return ""
    if box.problem is NotReminded.ASKED and box.since_at is not None:
        return str(
            _("Asked on %(day)s not to be reminded of its days.", day=tongue().day(box.since_at.date()))
        )
    if habits_of(session).reminders is None:
        return ""
    said = {
        None: _("Its office is reminded of its days by mail."),
        NotReminded.BOUNCED: _("Not reminded of its days: mail to its office comes back."),
    }
    return str(
        said.get(box.problem, _("Not reminded of its days: no mailbox of its office is on record here."))
    )


def _directory(session: Session, moment: When) -> dict[str, object]:
    counts = tallies(session, ListQuery(ListName.ALL), moment.moment, "body")
    named: dict[str, list[object]] = defaultdict(list)
    gone = heirs(session, moment.moment.day or moment.moment.at.date(), moment.moment.known_by)
    for key, heir in gone.items():
        counts.setdefault(heir.key, Tally()).take_in(counts.pop(key, Tally()))
    for one in stored.public_bodies(session):
        if one.key in gone:
            continue
        named[one.name[:1].upper()].append((one, counts.get(one.key)))
    return {"letters": sorted(named.items())}


def _ranking(session: Session, moment: When, basis: Basis) -> dict[str, object]:
    query = ListQuery(ListName.ALL, Filters(basis=basis.value))
    best_last, too_few = ranked(scorecards(session, query, moment.moment))
    return {"ranked": best_last, "too_few": too_few}


def _basis() -> Basis | None:
    written = request.args.get("basis", "")
    if written and written not in set(Basis):
        allowed = ", ".join(Basis)
        raise BadRequest(
            _("basis=%(basis)s is unknown: use one of %(allowed)s.", basis=written[:40], allowed=allowed)
        )
    return Basis(written) if written else None
