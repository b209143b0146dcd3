"""Bodies by name, and how they keep their dates: like beside like, small numbers not compared, nobody ranked."""

from collections import defaultdict
from collections.abc import Mapping

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.reminding import NotReminded
from tracker.domain.words import Basis, ObligationKind
from tracker.rendering.pictures.late import days_late
from tracker.storage import bodies as stored
from tracker.storage.body_pages import Asked, BodyPage, bodies_by_name, initials, seats
from tracker.storage.engine import habits_of
from tracker.storage.kept_cards import cards_are_kept
from tracker.storage.mailboxes import mailbox_of
from tracker.storage.process_lists import tallies_of
from tracker.storage.scorecards import (
    FEWEST_COMPARED,
    Scorecard,
    added_up,
    cards_of,
    cells,
    scorecards,
)
from tracker.storage.standing_counts import Tally
from tracker.storage.ties_then import as_it_was
from tracker.web.access import Access, access
from tracker.web.dashboards.bodies_asked import asked_bodies, type_options
from tracker.web.listing import PER_PAGE, Page, list_page, order_names
from tracker.web.locale import tongue
from tracker.web.paging import Paging, insist_on_page, page_number
from tracker.web.site import site
from tracker.web.trends import drawn, trend_of
from tracker.web.when import When, insist_on_record, when
from tracker.web.wording import place

blueprint = Blueprint("bodies", __name__)


@blueprint.get("/bodies")
@access(Access.PUBLIC)
def bodies() -> str:
    """Bodies by name; with `?basis=` and `?duty=` their scorecards of that basis and kind of duty."""
    moment, number = when(), page_number()
    with site().database.reading() as session:
        asked = asked_bodies(session)
        found = bodies_by_name(session, asked, moment.moment, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        pages = Paging(found.total, number, PER_PAGE, {**asked.given(), **moment.arguments})
        insist_on_page(number, pages.pages)
        return render_template(
            "dashboards/bodies.html",
            when=moment,
            asked=asked,
            found=found,
            pages=pages,
            initials=initials(session, asked, moment.moment),
            options=_options(session),
            smallest=FEWEST_COMPARED,
            **_counted(session, asked, found, moment),
        )


def _options(session: Session) -> dict[str, list[tuple[str, str]]]:
    """What the bodies can be narrowed to besides their names."""
    known = sorted(((code, place(code)) for code in seats(session)), key=lambda one: one[1].lower())
    return {"seat": known, "type": type_options()}


def _counted(session: Session, asked: Asked, found: BodyPage, moment: When) -> dict[str, object]:
    """Cards, where like can be put beside like; else how what each body owes stands."""
    query = ListQuery(ListName.ALL, asked.owed)
    cards = _alike(session, asked, found, moment) if asked.owed.basis and asked.duty else {}
    tallies: dict[str, Tally] = defaultdict(Tally)
    for id_, tally in (
        tallies_of(session, query, "body", found.heads, moment.moment).items() if not cards else ()
    ):
        tallies[found.heads[id_]].take_in(tally)
    return {
        "tallies": tallies,
        "cards": cards,
        "late": days_late(cards.values()),
        "bases": list(Basis),
        "duties": list(ObligationKind),
    }


def _alike(session: Session, asked: Asked, found: BodyPage, moment: When) -> dict[str, Scorecard]:
    """By the body's key: its card of the basis and kind of duty asked for."""
    counted = cells(session, ListQuery(ListName.ALL, asked.owed), moment.moment, found.heads)
    return {card.key: card for card in cards_of(counted, found.gone_into) if card.duty == asked.duty}


@blueprint.get("/bodies/<key:key>")
@access(Access.PUBLIC)
def body(key: str) -> str:
    """One body, with its parts and members."""
    with site().database.reading() as session:
        whole = stored.whole(session, key)
        if whole is None:
            abort(404)
        insist_on_record(whole.body.recorded_at, when())
        page = list_page(session, ListName.ALL, fixed={"body": key}, orders=("days", "due", "newest", "item"))
        then = page.when.moment
        whole = as_it_was(session, whole, then.day or page.when.today, then.known_by)
        return render_template(
            "dashboards/body.html",
            whole=whole,
            page=page,
            reminded=_reminded(session, whole.body.id or 0, page.when),
            cards=_cards(session, key, whole.body.name, page),
            trend=trend_of(session, Filters(body=key), page.when) if drawn(page) else None,
            smallest=FEWEST_COMPARED,
            order_names=order_names(),
        )


def _cards(session: Session, key: str, name: str, page: Page) -> list[Scorecard]:
    """On the first page; where nothing is kept of what is asked, of a list that is not too long."""
    query, at = ListQuery(ListName.ALL, Filters(body=key)), page.when.moment
    if page.number != 1 or not (drawn(page) or cards_are_kept(session, query, at)):
        return []
    return added_up(scorecards(session, query, at), key, name)


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
    said: Mapping[NotReminded | None, str] = {
        None: _("Its office is reminded of its days by mail."),
        NotReminded.BOUNCED: _("Not reminded of its days: mail to its office comes back."),
    }
    return str(
        said.get(box.problem, _("Not reminded of its days: no mailbox of its office is on record here."))
    )
