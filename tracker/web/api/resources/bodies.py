"""`/bodies`: who owes, each with its obligations counted by standing."""

from typing import Any

from tracker.domain.words import BodyKind
from tracker.storage import directory
from tracker.web.api.directory import Row, counted, listing, single, standing_counts
from tracker.web.api.operations import Call, Operation
from tracker.web.api.parameters import FILTERS, MOMENT, PAGING, key_in_path
from tracker.web.api.shapes import ADDRESS, TEXT, Field, Shape, many, maybe, words


def _body(row: Any) -> Any:
    return row.parts[0]


def _more(call: Call, rows: list[Row]) -> None:
    counted(call, rows)
    bodies = [_body(row) for row in rows]
    aliases = directory.aliases_by_body(call.session, [body.id for body in bodies])
    wholes = directory.keys_by_id(call.session, "body", [body.part_of_id for body in bodies])
    for row in rows:
        row.more["aliases"] = aliases.get(_body(row).id, [])
        row.more["part_of"] = wholes.get(_body(row).part_of_id or 0)


BODY = Shape(
    "Body",
    "A department, regulator, parliament, company, association, international organisation or group of bodies.",
    (
        Field("key", TEXT, "Its permanent key.", lambda r: _body(r).key),
        Field("name", TEXT, "Its name.", lambda r: _body(r).name),
        Field("aliases", many(TEXT), "Its other names.", lambda r: r.more["aliases"]),
        Field("kind", words(BodyKind), "What it is.", lambda r: _body(r).kind),
        Field("jurisdiction", TEXT, "Where.", lambda r: _body(r).jurisdiction),
        Field("zone", maybe(TEXT), "Its own time zone; null: the jurisdiction's.", lambda r: _body(r).zone),
        Field("part_of", maybe(TEXT), "Key of the body it is a part of.", lambda r: r.more["part_of"]),
        Field("website", TEXT, "Its own pages.", lambda r: _body(r).website),
        *standing_counts(),
        Field("url", ADDRESS, "Its permanent page.", lambda r: f"{r.base}/bodies/{_body(r).key}"),
    ),
)
SHAPES = (BODY,)
OPERATIONS = (
    Operation(
        "/bodies",
        "Bodies, with what they owe themselves counted by standing.",
        BODY,
        listing("body", BODY, _more),
        (*FILTERS, *MOMENT, *PAGING),
        is_list=True,
    ),
    Operation(
        "/bodies/{key}", "One body.", BODY, single("body", BODY, _more), (key_in_path("Its key."), *MOMENT)
    ),
)
