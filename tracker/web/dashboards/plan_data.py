"""A plan as data: a row for each obligation, with position, verdict and what each speaker claims beside it."""

from collections.abc import Iterator, Mapping

from flask import Blueprint, Response, jsonify
from sqlmodel import Session

from tracker.domain.words import Speaker
from tracker.rendering import table as csv
from tracker.storage.completion import last_words
from tracker.storage.lines import Line
from tracker.storage.plans import Owing, PlanItem, count_items, owing_by_item, plan_items
from tracker.storage.positions import Taken, positions
from tracker.storage.tables import Claim
from tracker.web.access import Access, access
from tracker.web.feeds.licence import given_away
from tracker.web.filters import full_address
from tracker.web.known_arguments import insist_on
from tracker.web.plan_of import SEEN, PlanOf, plan_asked
from tracker.web.plan_page import NOTHING_OWED, verdict_of
from tracker.web.site import site
from tracker.web.when import When, when

blueprint = Blueprint("plan_data", __name__)
AT_ONCE = 500
EVERY_BODY = 1_000_000
Words = Mapping[Speaker, list[Claim]]
_ITEM = ("number", "depth", "ref", "item", "title", "kind")
_OWED = (
    "body",
    "body_name",
    "role",
    "duty",
    "period",
    "basis",
    "due_on",
    "standing",
    "days_overdue",
    "checked_on",
)
_SAID = ("position", "position_as_written", "position_on", "verdict")
COLUMNS = (
    *_ITEM,
    *_OWED,
    *_SAID,
    *(f"done_{speaker.value}{part}" for speaker in Speaker for part in ("", "_as_written", "_on")),
    "as_of",
    "url",
)


@blueprint.get("/processes/<key:key>/plan.<any(csv, json):form>", defaults={"noun": "processes"})
@blueprint.get("/documents/<key:key>/plan.<any(csv, json):form>", defaults={"noun": "documents"})
@access(Access.PUBLIC)
def as_data(noun: str, key: str, form: str) -> Response:
    """The whole plan; an item nobody is named for has one row without a body."""
    insist_on(SEEN)
    seen = when()
    with site().database.reading() as session:
        of = plan_asked(session, noun, key)
        rows = list(_rows(session, of, seen))
    answer = _csv(of, rows) if form == "csv" else jsonify({"data": rows, "meta": {"total": len(rows)}})
    return given_away(answer)


def _csv(of: PlanOf, rows: list[Mapping[str, object]]) -> Response:
    answer = Response(csv.table(COLUMNS, rows), content_type=f"{csv.CONTENT_TYPE}; charset=utf-8")
    name = f"{of.path.strip('/').replace('/', '-')}-plan.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(session: Session, of: PlanOf, seen: When) -> Iterator[Mapping[str, object]]:
    at = seen.moment
    for offset in range(0, count_items(session, of.about, at), AT_ONCE):
        items = plan_items(session, of.about, at, limit=AT_ONCE, offset=offset)
        owing = owing_by_item(session, [item.id for item in items], at, most=EVERY_BODY)
        ids = [line.id for owed in owing.values() for line in owed.lines]
        taken, claims = positions(session, ids, at), last_words(session, ids, at)
        for item in items:
            owed: Owing = owing.get(item.id, NOTHING_OWED)
            for line in owed.lines or (None,):
                said = {} if line is None else _line(line, taken.get(line.id), claims.get(line.id, {}))
                yield {**dict.fromkeys(COLUMNS), **_item(item), **said, "as_of": seen.today.isoformat()}


def _item(item: PlanItem) -> Mapping[str, object]:
    said = (item.number, item.depth, item.ref, item.key, item.title, item.kind.value)
    return {**dict(zip(_ITEM, said, strict=True)), "url": full_address(f"/items/{item.key}")}


def _line(line: Line, taken: Taken | None, words: Words) -> Mapping[str, object]:
    who = (line.body_key, line.body_name, line.role.value, line.kind.value, line.period, line.basis.value)
    stands = (_iso(line.due_on), line.standing.value, line.days_overdue, _iso(line.checked_on))
    verdict = verdict_of(line)
    took = (
        (taken.position.value, taken.as_written, taken.on and str(taken.on)) if taken else (None, None, None)
    )
    return {
        **dict(zip(_OWED, (*who, *stands), strict=True)),
        **dict(zip(_SAID, (*took, verdict and verdict.value), strict=True)),
        **{name: value for speaker, said in words.items() for name, value in _done(speaker, said)},
    }


def _done(speaker: Speaker, said: list[Claim]) -> Iterator[tuple[str, object]]:
    """What everybody who speaks in that role last said, in the order they spoke."""
    name = f"done_{speaker.value}"
    yield name, "; ".join(claim.state.value for claim in said)
    yield f"{name}_as_written", "; ".join(claim.as_written for claim in said)
    yield f"{name}_on", "; ".join(claim.claimed_on.isoformat() if claim.claimed_on else "" for claim in said)


def _iso(day: object) -> str | None:
    return str(day) if day else None
