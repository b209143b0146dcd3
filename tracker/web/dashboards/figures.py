"""The numbers of scorecards and charts as data, with the same filters as their pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import BadRequest

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.rendering import table as csv
from tracker.storage.body_pages import bodies_by_name
from tracker.storage.directory import title_of
from tracker.storage.scorecards import FEWEST_COMPARED, Scorecard, added_up, cards_of, cells, scorecards
from tracker.web.access import Access, access
from tracker.web.dashboards.bodies_asked import asked_bodies
from tracker.web.feeds.licence import given_away
from tracker.web.known_arguments import insist_on
from tracker.web.known_names import known
from tracker.web.listing import asked_filters
from tracker.web.site import site
from tracker.web.trends import Trend, overdue_trend, trend_of
from tracker.web.when import When, when

blueprint = Blueprint("figures", __name__)
AT_ONCE = 500
FORMS = "<any(csv, json):form>"
_FILTERS = tuple(Filters.__dataclass_fields__)
_SEEN = ("as_of", "hindsight")


@blueprint.get(f"/scorecards.{FORMS}")
@access(Access.PUBLIC)
def scorecards_as_data(form: str) -> Response:
    """A row for each body, basis and kind of duty; of `?body=` with its parts and members, else each by itself."""
    insist_on((*_FILTERS, *_SEEN, "name", "letter", "seat", "type", "duty"))
    seen = when()
    with site().database.reading() as session:
        rows = [_card(card, seen) for card in _cards(session, seen)]
    return _answer(form, "scorecards", _CARD, rows)


def _cards(session: Session, seen: When) -> Iterator[Scorecard]:
    asked = asked_bodies(session)
    if asked.owed.body:
        named = known(session, Filters(body=asked.owed.body))
        found = scorecards(session, ListQuery(ListName.ALL, asked.owed), seen.moment)
        wanted: Iterable[Scorecard] = added_up(found, named.body, _name(session, named.body))
        yield from (card for card in wanted if asked.duty in ("", card.duty))
        return
    done, total = 0, 1
    while done < total:
        page = bodies_by_name(session, asked, seen.moment, limit=AT_ONCE, offset=done)
        counted = cells(session, ListQuery(ListName.ALL, asked.owed), seen.moment, page.heads)
        cards = cards_of(counted, page.gone_into)
        yield from (card for card in cards if asked.duty in ("", card.duty))
        done, total = done + AT_ONCE, page.total


def _name(session: Session, key: str) -> str:
    return title_of(session, "body", key) or key


_CARD = (
    "body",
    "name",
    "basis",
    "duty",
    "n",
    "met_or_missed",
    "on_time",
    "share_on_time",
    "late",
    "median_days_late",
    "nothing_substantive",
    "of_these_not_looked_at_again",
    "substantive",
    "judged",
    "share_substantive",
    "time_unknown",
    "partly",
    "not_yet_judged",
    "not_looked_at",
    "open",
    "lapsed",
    "not_computable",
    "too_few_to_compare",
    "as_of",
)


def _card(card: Scorecard, seen: When) -> dict[str, Any]:
    values = (
        card.key,
        card.name,
        card.basis.value,
        card.duty.value,
        card.n,
        card.settled,
        card.on_time,
        card.share_on_time,
        card.late,
        card.median_days_late,
        card.flagged,
        card.stale,
        card.substantive,
        card.judged,
        card.share_substantive,
        card.lateness_unknown,
        card.partly,
        card.awaiting,
        card.unchecked,
        card.open,
        card.lapsed,
        card.unknown,
        not card.comparable,
        seen.today.isoformat(),
    )
    return dict(zip(_CARD, values, strict=True))


@blueprint.get(f"/trend.{FORMS}")
@access(Access.PUBLIC)
def trend_as_data(form: str) -> Response:
    """A row for each past period and what was counted; `?list=overdue` by month and basis, else by quarter."""
    insist_on((*_FILTERS, *_SEEN, "list"))
    seen, asked = when(), request.args.get("list", "")
    if asked not in ("", ListName.ALL, ListName.OVERDUE):
        raise BadRequest(_("list=%(list)s has no chart: use one of obligations, overdue.", list=asked[:40]))
    with site().database.reading() as session:
        make = overdue_trend if asked == ListName.OVERDUE else trend_of
        found = make(session, asked_filters(session), seen)
    return _answer(form, "trend", _COUNT, list(_counts(found)) if found else [])


_COUNT = ("at_the_end_of", "counted", "basis", "n", "shown_then", "record_begins_on")


def _counts(found: Trend) -> Iterator[dict[str, Any]]:
    begins_on = found.begins_on.isoformat() if found.begins_on else None
    for point in found.points:
        told = (point.day.isoformat(), not point.later, begins_on)
        for kind in found.kinds:
            yield _count(told, kind, "", point.counts.get(kind, 0))
        for basis, share in point.shares.items():
            yield _count(told, "met_or_missed", basis.value, share.settled)
            yield _count(told, "met_in_time", basis.value, share.on_time)


def _count(told: tuple[str, bool, str | None], counted: str, basis: str, n: int) -> dict[str, Any]:
    return dict(zip(_COUNT, (told[0], counted, basis, n, *told[1:]), strict=True))


def _answer(form: str, name: str, columns: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> Response:
    if form == "json":
        answer = jsonify({"data": rows, "meta": {"total": len(rows), "fewest_compared": FEWEST_COMPARED}})
    else:
        answer = Response(csv.table(columns, rows), content_type=f"{csv.CONTENT_TYPE}; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return given_away(answer)
