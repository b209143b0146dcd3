"""What was asked or promised in the demo data set, of whom, by when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from tracker.demo.rows import Reading, Row, partial, readings, rows, several
from tracker.domain.catalogue import catalogue
from tracker.domain.deadlines import Due, compute
from tracker.domain.kinds import topic_of
from tracker.domain.partial import PartialDate
from tracker.domain.rules import Rule
from tracker.domain.steps import Step
from tracker.domain.words import Basis, BodyKind, ItemKind, ObligationKind, ProcessKind, Role
from tracker.storage.columns import partial_fields
from tracker.storage.tables import Addressee, Body, Document, Item, ItemTopic, Obligation, Process, Terms

if TYPE_CHECKING:
    from tracker.demo.load import Loading

GROUPS = frozenset(
    {"cc-gov", "cc-osp", "de-laender", "de-platforms", "eu-ms", "gb-fr", "paris-sig", "pm-states", "un-ms"}
) | {"us-agencies"}
"""Rows of the data set that stand for many bodies."""
KINDS: Mapping[str, ProcessKind] = {
    "municipal_ai_oversight": ProcessKind.MUNICIPAL_OVERSIGHT_PANEL,
    "ogp_action_plan": ProcessKind.ACTION_PLAN,
    "coroner_pfd": ProcessKind.CORONER,
    "eci": ProcessKind.EUROPEAN_CITIZENS_INITIATIVE,
    "un_human_rights": ProcessKind.UN_REVIEW,
}
OWED = {ItemKind.RECOMMENDATION: ObligationKind.RESPOND, ItemKind.COMMITMENT: ObligationKind.DELIVER}
TAKEN_OVER = "taken_over"


def bodies(loading: Loading) -> None:
    """Every body that is asked."""
    for row in rows("bodies"):
        kind = BodyKind.GROUP if row["id"] in GROUPS else BodyKind(row["kind"])
        loading.bodies[row["id"]] = Body(
            key=row["id"],
            name=row["name"],
            kind=kind,
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
            language=row["language"],
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
            _owe(loading, item, row, loading.bodies[body_id], place, reading)


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


def _owe(loading: Loading, item: Item, row: Row, body: Body, place: int, reading: Reading) -> None:
    role = Role.LEAD if place == 0 else Role.JOINT
    addressee = Addressee(item_id=item.id or 0, body_id=body.id or 0, role=role, **loading.recorded)
    loading.session.add(addressee)
    loading.session.flush()
    owed = Obligation(
        item_id=item.id or 0,
        body_id=body.id or 0,
        addressee_id=addressee.id or 0,
        kind=OWED[item.kind],
        **loading.recorded,
    )
    loading.session.add(owed)
    loading.session.flush()
    loading.obligations[(item.key, body.key)] = owed
    loading.session.add(_terms(loading, row, owed, reading))


def _terms(loading: Loading, row: Row, owed: Obligation, reading: Reading) -> Terms:
    rule = catalogue()[reading.rule] if reading.rule else None
    start, due = partial(row["clock_start"]), partial(row["due_on"])
    stated = None if "due_on" in several(row["unseen_fields"]) else due
    computed = _computed(rule, start, due, stated, reading)
    no_date = reading.date == "none" or (rule is not None and rule.unit == "none")
    known_trigger = start is not None or rule is not None or reading.date == "unknown"
    return Terms(
        obligation_id=owed.id or 0,
        basis=_basis(rule, reading),
        rule_key=reading.rule,
        rule_snapshot=rule.snapshot() if rule else {},
        amount=reading.amount,
        calendar=rule.calendar if rule else "",
        legal_basis=row["legal_basis"],
        as_written=row["deadline_rule"],
        trigger=reading.trigger if known_trigger and not (no_date and start is None) else None,
        computed_on=computed.due_on,
        no_date=no_date,
        rule_checked=rule.checked if rule else True,
        problem="date_not_known" if reading.date == "unknown" else "",
        steps=[step.as_data() for step in computed.steps],
        provisional=computed.provisional,
        calendar_version=computed.calendar_version,
        lag_days=rule.publication_lag_days if rule else 0,
        source_url=row["verified_source"] if row["verified_source"].startswith("http") else "",
        **partial_fields("trigger", start),
        **partial_fields("stated", stated),
        **loading.recorded,
    )


def _basis(rule: Rule | None, reading: Reading) -> Basis:
    if reading.basis is not None:
        return reading.basis
    return rule.basis if rule else Basis.REQUEST


def _computed(
    rule: Rule | None,
    start: PartialDate | None,
    due: PartialDate | None,
    stated: PartialDate | None,
    reading: Reading,
) -> Due:
    """By the rule; where the data set only worked a date out from words, its date, and that is what it says."""
    if rule is not None and rule.unit != "none":
        return compute(rule, start.last if start else None, amount=reading.amount)
    if due is not None and stated is None:
        return Due(due.last, (_taken_over(due.last),))
    return Due(None, ())


def _taken_over(day: date) -> Step:
    return Step(TAKEN_OVER, day, {})
