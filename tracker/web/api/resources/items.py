"""`/items`: recommendations and commitments, each with its obligations counted by standing."""

from collections.abc import Mapping
from typing import Any

from tracker.domain.words import ItemKind
from tracker.storage import directory
from tracker.web.api.directory import Row, counted, listing, single, standing_counts
from tracker.web.api.operations import Call, Operation
from tracker.web.api.parameters import FILTERS, MOMENT, PAGING, key_in_path
from tracker.web.api.shapes import ADDRESS, TEXT, TRUTH, WHOLE, Field, Shape, many, maybe, words


def _item(row: Any) -> Any:
    return row.parts[0]


def _more(call: Call, rows: list[Row]) -> None:
    counted(call, rows)
    items = [_item(row) for row in rows]
    topics = directory.topics_by_item(call.session, [item.id for item in items])
    linked: list[int | None] = [link for item in items for link in (item.parent_id, item.repeats_id)]
    keys = directory.keys_by_id(call.session, "item", linked)
    for row in rows:
        row.more["topics"] = topics.get(_item(row).id, [])
        row.more["keys"] = keys


def _linked(row: Any, name: str) -> str | None:
    keys: Mapping[int, str] = row.more["keys"]
    return keys.get(getattr(_item(row), name) or 0)


ITEM = Shape(
    "Item",
    "A recommendation (somebody asks) or a commitment (somebody promises).",
    (
        Field("key", TEXT, "Its permanent key.", lambda r: _item(r).key),
        Field("title", TEXT, "What it is called.", lambda r: _item(r).title),
        Field("ref", TEXT, "Its number or name in the document.", lambda r: _item(r).ref),
        Field(
            "number", WHOLE, "Its place in the process: /processes/<key>/<number>.", lambda r: _item(r).number
        ),
        Field("kind", words(ItemKind), "Asked or promised.", lambda r: _item(r).kind),
        Field("text", TEXT, "Its words.", lambda r: _item(r).text),
        Field("language", TEXT, "Of its words; empty: of its process.", lambda r: _item(r).language),
        Field("document", TEXT, "Key of its document.", lambda r: r.parts[1].key),
        Field("process", TEXT, "Key of its process.", lambda r: r.parts[2].key),
        Field("parent", maybe(TEXT), "Key of the item it is a part of.", lambda r: _linked(r, "parent_id")),
        Field(
            "repeats", maybe(TEXT), "Key of the earlier item it repeats.", lambda r: _linked(r, "repeats_id")
        ),
        Field("topics", many(TEXT), "Keys of its top topics.", lambda r: r.more["topics"]),
        Field("tags", many(TEXT), "Free tags.", lambda r: _item(r).tags),
        Field("source", TEXT, "What was read to enter it.", lambda r: _item(r).facts_source),
        Field(
            "unseen_fields",
            many(TEXT),
            "What nobody read in the source itself.",
            lambda r: _item(r).unseen_fields,
        ),
        Field(
            "outcome_researched",
            TRUTH,
            "False: nobody looked for an answer yet.",
            lambda r: _item(r).outcome_researched,
        ),
        *standing_counts(),
        Field("url", ADDRESS, "Its permanent page.", lambda r: f"{r.base}/items/{_item(r).key}"),
    ),
)
SHAPES = (ITEM,)
OPERATIONS = (
    Operation(
        "/items",
        "Items, with their obligations counted by standing.",
        ITEM,
        listing("item", ITEM, _more),
        (*FILTERS, *MOMENT, *PAGING),
        is_list=True,
    ),
    Operation(
        "/items/{key}", "One item.", ITEM, single("item", ITEM, _more), (key_in_path("Its key."), *MOMENT)
    ),
)
