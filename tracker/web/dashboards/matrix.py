"""Items by bodies as one table: who owes an answer to what; on a page, and whole as data."""

from collections.abc import Iterator, Mapping

from flask import Blueprint, Response, jsonify, render_template
from sqlmodel import Session

from tracker.rendering import table as csv
from tracker.storage.lines import Line
from tracker.storage.matrix import Matrix, matrix
from tracker.web.access import Access, access
from tracker.web.feeds.licence import given_away
from tracker.web.filters import full_address
from tracker.web.known_arguments import insist_on
from tracker.web.paging import Paging, insist_on_page, page_number
from tracker.web.plan_of import SEEN, PlanOf, plan_asked
from tracker.web.site import site
from tracker.web.when import When, when
from tracker.web.wording import stamp_word

blueprint = Blueprint("matrix", __name__)
ROWS, COLUMNS = 60, 20
"""Items and bodies on one page."""
AT_ONCE, ALL_BODIES = 500, 10_000
"""Items read at once for the whole as data, and the most bodies beside each other."""
CELL = ("item", "number", "ref", "title", "body", "body_name", "duty", "period", "standing", "word", "basis")
CELL_DATES = ("due_on", "checked_on", "days_overdue", "as_of", "url")


@blueprint.get("/processes/<key:key>/matrix", defaults={"noun": "processes"})
@blueprint.get("/documents/<key:key>/matrix", defaults={"noun": "documents"})
@access(Access.PUBLIC)
def table(noun: str, key: str) -> str:
    """A piece of the table: so many items and so many bodies, the others on further pages."""
    insist_on((*SEEN, "page", "columns"))
    seen, page, columns = when(), page_number("page"), page_number("columns")
    with site().database.reading() as session:
        of = plan_asked(session, noun, key)
        found = matrix(
            session,
            of.about,
            seen.moment,
            rows=((page - 1) * ROWS, ROWS),
            columns=((columns - 1) * COLUMNS, COLUMNS),
        )
        beside = {"columns": str(columns)} if columns > 1 else {}
        down = Paging(found.items_total, page, ROWS, {**seen.arguments, **beside})
        across = Paging(found.bodies_total, columns, COLUMNS, seen.arguments)
        insist_on_page(page, down.pages)
        insist_on_page(columns, across.pages, "columns")
        return render_template(
            "dashboards/matrix.html",
            of=of,
            process=of.process,
            when=seen,
            matrix=found,
            down=down,
            across=across,
        )


@blueprint.get("/processes/<key:key>/matrix.<any(csv, json):form>", defaults={"noun": "processes"})
@blueprint.get("/documents/<key:key>/matrix.<any(csv, json):form>", defaults={"noun": "documents"})
@access(Access.PUBLIC)
def as_data(noun: str, key: str, form: str) -> Response:
    """The whole table: CSV as it stands on the page, a row for each item; JSON with a row for each cell."""
    insist_on(SEEN)
    seen = when()
    with site().database.reading() as session:
        of = plan_asked(session, noun, key)
        answer = _csv(session, of, seen) if form == "csv" else _json(session, of, seen)
    return given_away(answer)


def _pieces(session: Session, of: PlanOf, seen: When) -> Iterator[Matrix]:
    """The whole, so many items at a time; every piece has all bodies."""
    done, total = 0, 1
    while done < total:
        piece = matrix(session, of.about, seen.moment, rows=(done, AT_ONCE), columns=(0, ALL_BODIES))
        yield piece
        done, total = done + AT_ONCE, piece.items_total


def _csv(session: Session, of: PlanOf, seen: When) -> Response:
    rows: list[dict[str, object]] = []
    bodies: list[str] = []
    for piece in _pieces(session, of, seen):
        bodies = [body.key for body in piece.bodies]
        rows += [_row(piece, n, seen) for n in range(len(piece.items))]
    columns = ("number", "ref", "item", "title", "as_of", *bodies)
    answer = Response(csv.table(columns, rows), content_type=f"{csv.CONTENT_TYPE}; charset=utf-8")
    name = f"{of.path.strip('/').replace('/', '-')}-matrix.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _row(piece: Matrix, n: int, seen: When) -> dict[str, object]:
    item = piece.items[n]
    cells = {
        body.key: [_told(line) for line in piece.cells.get((item.id, body.id), ())] for body in piece.bodies
    }
    named = {"number": item.number, "ref": item.ref, "item": item.key, "title": item.title}
    return {**named, "as_of": seen.today, **cells}


def _told(line: Line) -> str:
    """What stands in a cell: the standing, the basis, the due day."""
    return " ".join(filter(None, (line.standing.value, line.basis.value, str(line.due_on or ""))))


def _json(session: Session, of: PlanOf, seen: When) -> Response:
    data: list[Mapping[str, object]] = []
    for piece in _pieces(session, of, seen):
        data += [_cell(line, seen) for lines in piece.cells.values() for line in lines]
    return jsonify({"data": data, "meta": {"total": len(data), "as_of": seen.today.isoformat()}})


def _cell(line: Line, seen: When) -> Mapping[str, object]:
    who = (line.item_key, line.item_number, line.item_ref, line.item_title, line.body_key, line.body_name)
    owed = (line.kind.value, line.period, line.standing.value, stamp_word(line), line.basis.value)
    days = (line.due_on, line.checked_on)
    said = (*(day and day.isoformat() for day in days), line.days_overdue, seen.today.isoformat())
    address = full_address(f"/items/{line.item_key}#{line.body_key}")
    return dict(zip((*CELL, *CELL_DATES), (*who, *owed, *said, address), strict=True))
