"""What was asked or promised in the demo data set, of whom, by when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tracker.demo.clocks import owe
from tracker.demo.rows import Row, partial, readings, rows, several
from tracker.domain.kinds import topic_of
from tracker.domain.words import BodyKind, ItemKind, ProcessKind
from tracker.storage.columns import partial_fields
from tracker.storage.tables import Body, Document, Item, ItemTopic, Process

if TYPE_CHECKING:
    from tracker.demo.load import Loading

GROUPS = (
    "cc-gov cc-osp de-laender de-platforms eu-ms gb-fr nl-min paris-sig pm-states tw-taxi un-ms us-agencies"
)
"""Rows of the data set that stand for many bodies."""
ASSOCIATIONS = "uk-abi uk-bama uk-brake uk-cii"
"""Trade bodies and charities, which the data set files under company."""
BODY_KINDS: Mapping[str, BodyKind] = {
    **dict.fromkeys(GROUPS.split(), BodyKind.GROUP),
    **dict.fromkeys(ASSOCIATIONS.split(), BodyKind.ASSOCIATION),
}
KINDS: Mapping[str, ProcessKind] = {
    "municipal_ai_oversight": ProcessKind.MUNICIPAL_OVERSIGHT_PANEL,
    "ogp_action_plan": ProcessKind.ACTION_PLAN,
    "coroner_pfd": ProcessKind.CORONER,
    "eci": ProcessKind.EUROPEAN_CITIZENS_INITIATIVE,
    "un_human_rights": ProcessKind.UN_REVIEW,
}


def bodies(loading: Loading) -> None:
    """Every body that is asked."""
    for row in rows("bodies"):
        loading.bodies[row["id"]] = Body(
            key=row["id"],
            name=row["name"],
            kind=BODY_KINDS.get(row["id"]) or BodyKind(row["kind"]),
            jurisdiction=row["jurisdiction"],
            website=row["website"],
            source_url=row["verified_source"],
            **loading.recorded,
        )
    loading.session.add_all(loading.bodies.values())
    loading.session.flush()


def processes(loading: Loading) -> None:
    """Every process of the twenty kinds."""
    for row in rows("processes"):
        loading.processes[row["id"]] = Process(
            key=row["id"],
            kind=KINDS.get(row["kind"]) or ProcessKind(row["kind"].replace("_", "-")),
            name=row["name"],
            organiser=row["organiser"],
            jurisdiction=row["jurisdiction"],
            language=_language(row),
            url=row["url"],
            url_seen=row["url_seen"] == "yes",
            facts_source=row["verified_source"] or row["facts_source"],
            group_id=loading.group_id,
            **partial_fields("started", partial(row["start_date"])),
            **partial_fields("ended", partial(row["end_date"])),
            **loading.recorded,
        )
    loading.session.add_all(loading.processes.values())
    loading.session.flush()


_NAMED_IN_ENGLISH = {
    "mn-dp-2017",
    "mn-dp-ub-2015",
    "es-decide-madrid",
    "tw-vtaiwan-uber",
    "nl-rotterdam-algo",
    "nl-algoregister",
    "do-ogp",
    "col-ogp",
    "de-fgf",
    "kr-shingori",
}
"""Held in another language, and on record with a name in English."""


def _language(row: Row) -> str:
    return f"{row['language']};en" if row["id"] in _NAMED_IN_ENGLISH else row["language"]


def documents(loading: Loading) -> None:
    """Every report, text or reply that carries items."""
    for row in rows("documents"):
        process_id = loading.processes[row["process_id"]].id or 0
        document = Document(
            key=row["id"],
            process_id=process_id,
            title=row["title"],
            url=row["url"],
            url_seen=row["url_seen"] == "yes",
            facts_source=row["verified_source"],
            **partial_fields("published", partial(row["published_on"])),
            **loading.recorded,
        )
        loading.session.add(document)
        loading.session.flush()
        loading.documents[row["id"]] = (document.id or 0, process_id)


def items(loading: Loading) -> None:
    """Every recommendation and commitment with its addressees and their clocks."""
    numbers: Counter[int] = Counter()
    known = readings()
    for row in rows("items"):
        document_id, process_id = loading.documents[row["document_id"]]
        numbers[process_id] += 1
        item = _item(loading, row, document_id, process_id, numbers[process_id])
        _topics(loading, item, row)
        reading = known[(row["deadline_rule"], row["legal_basis"])]
        for place, body_id in enumerate(several(row["addressees"])):
            owe(loading, item, row, loading.bodies[body_id], place, reading)


def _item(loading: Loading, row: Row, document_id: int, process_id: int, number: int) -> Item:
    item = Item(
        key=row["id"],
        process_id=process_id,
        document_id=document_id,
        number=number,
        kind=ItemKind(row["kind"]),
        ref=row["ref"],
        title=row["short_title"],
        text=row["summary"],
        language="en",
        tags=several(row["topics"]),
        facts_source=row["verified_source"],
        unseen_fields=several(row["unseen_fields"]),
        outcome_researched=row["outcome_researched"] == "yes",
        **loading.recorded,
    )
    loading.session.add(item)
    loading.session.flush()
    loading.items[row["id"]] = item
    return item


def _topics(loading: Loading, item: Item, row: Row) -> None:
    found = {topic for tag in several(row["topics"]) if (topic := topic_of(tag))}
    loading.session.add_all(ItemTopic(item_id=item.id or 0, topic=topic) for topic in sorted(found))
