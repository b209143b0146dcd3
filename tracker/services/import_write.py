"""Writes what an import comes to, some hundred items at a time; all of it in the caller's transaction."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import SQLModel

from tracker.domain.importing.planned import PlannedAddressee, PlannedBody, PlannedItem
from tracker.domain.keys import free_key, is_key, key_of
from tracker.domain.words import EventKind, Visibility
from tracker.services.enter_process import place_of
from tracker.services.import_answers import write_answers
from tracker.services.import_compare import Difference, item_id
from tracker.services.import_words import write_changes
from tracker.services.import_writing import Progress, Writing, change, key_row, terms_row
from tracker.services.note_entering import note_entering
from tracker.services.record_event import record_event
from tracker.services.settle import settle
from tracker.storage import imports
from tracker.storage.columns import partial_fields
from tracker.storage.entries import id_of
from tracker.storage.people import group_of
from tracker.storage.tables import (
    Addressee,
    Body,
    Document,
    Item,
    ItemTopic,
    Obligation,
    Process,
    Response,
)

AT_ONCE = 400


def write(
    writing: Writing, differences: Sequence[Difference], new: Iterable[PlannedBody], progress: Progress
) -> None:
    """Everything: bodies, processes and documents first, then the items with what hangs on them."""
    session = writing.session
    writing.item_keys, writing.response_keys = (
        imports.all_keys(session, Item),
        imports.all_keys(session, Response),
    )
    writing.body_keys, writing.numbers = imports.all_keys(session, Body), imports.next_numbers(session)
    _bodies(writing, new)
    _processes(writing, differences)
    _documents(writing, differences)
    for start in range(0, len(differences), AT_ONCE):
        part = differences[start : start + AT_ONCE]
        _items(writing, [one for one in part if one.known is None])
        for one in part:
            if one.known is not None:
                writing.ids[(one.item.process.key, one.item.key)] = id_of(one.known)
        touched = _owed(writing, part)
        touched |= write_changes(writing, part)
        touched |= write_answers(writing, part)
        session.flush()
        settle(session, touched, writing.now, backfill=True, actor=writing.actor)
        session.flush()
        progress(min(start + AT_ONCE, len(differences)), len(differences))
    _put_under_parents(writing, differences)


def _bodies(writing: Writing, new: Iterable[PlannedBody]) -> None:
    for name, there in writing.known.bodies.items():
        if len(there) == 1 or there[0].key == name:
            writing.bodies[name] = there[0]
            _show_again(writing, there[0])
    rows = []
    for planned in new:
        wanted = planned.name if planned.called and is_key(planned.name) else key_of(planned.name, "body")
        key = free_key(wanted, writing.body_keys.__contains__)
        writing.body_keys.add(key)
        place = place_of(planned.jurisdiction)
        row = Body(
            key=key,
            name=planned.called or planned.name,
            kind=planned.kind,
            jurisdiction=place,
            **writing.recorded,
        )
        writing.bodies[planned.name.casefold()] = row
        rows.append(row)
    _keep_and_tell(writing, rows)


def _show_again(writing: Writing, row: Any) -> None:
    """What only an import brought that was undone since is public again once it is imported again."""
    if (
        row.visibility is Visibility.WITHHELD
        and writing.known.undone
        and row.batch_id in writing.known.undone
    ):
        change(writing, row, {"visibility": Visibility.PUBLIC})


def _processes(writing: Writing, differences: Sequence[Difference]) -> None:
    group = group_of(writing.session, writing.actor)
    rows = []
    for planned in {one.item.process.key: one.item.process for one in differences}.values():
        there = writing.known.processes.get(planned.key)
        if there is not None:
            _show_again(writing, there)
            continue
        row = Process(
            key=planned.key,
            kind=planned.kind,
            name=planned.name,
            organiser=planned.organiser,
            jurisdiction=place_of(planned.jurisdiction),
            language=planned.language or "en",
            url=planned.url,
            group_id=group.id if group else None,
            **writing.recorded,
        )
        writing.known.processes[planned.key] = row
        rows.append(row)
    _keep_and_tell(writing, rows)


def _documents(writing: Writing, differences: Sequence[Difference]) -> None:
    taken, rows = imports.all_keys(writing.session, Document), []
    for one in differences:
        planned, process = one.item.document, writing.known.processes[one.item.process.key]
        place = (id_of(process), planned.title)
        if (there := writing.known.documents.get(place)) is not None:
            _show_again(writing, there)
            continue
        wanted = planned.key if is_key(planned.key) else key_of(f"{process.key} {planned.title}", "document")
        key = free_key(wanted, taken.__contains__)
        taken.add(key)
        row = Document(
            key=key,
            process_id=place[0],
            title=planned.title,
            url=planned.url if planned.url.startswith(("http://", "https://")) else "",
            **partial_fields("published", planned.published),
            **writing.recorded,
        )
        writing.known.documents[place] = row
        rows.append(row)
    _keep_and_tell(writing, rows)


def _keep_and_tell(writing: Writing, rows: Sequence[Body | Process | Document]) -> None:
    writing.keep(rows)
    for row in rows:
        note_entering(writing.session, writing.now, row, actor=writing.actor, backfill=True)


def _items(writing: Writing, new: Sequence[Difference]) -> None:
    rows = [(one, _item(writing, one.item)) for one in new]
    writing.keep(row for _, row in rows)
    rest: list[SQLModel] = []
    for one, row in rows:
        one.known = row
        id_ = id_of(row)
        writing.ids[(one.item.process.key, one.item.key)] = id_
        rest.append(key_row(writing, "item", row.process_id, one.item.key, id_))
        rest += [ItemTopic(item_id=id_, topic=topic) for topic in one.topics]
        one.topics = []
        today = writing.now.date()
        record_event(
            writing.session,
            EventKind.LOGGED,
            now=writing.now,
            happened_on=today,
            item=row,
            actor=writing.actor,
            backfill=True,
        )
    writing.keep(rest)


def _item(writing: Writing, planned: PlannedItem) -> Item:
    process = writing.known.processes[planned.process.key]
    process_id = id_of(process)
    document = writing.known.documents[(process_id, planned.document.title)]
    number = writing.numbers.get(process_id, 1)
    writing.numbers[process_id] = number + 1
    wanted = planned.key if writing.own_keys and is_key(planned.key) else ""
    short = planned.key if len(planned.key) <= 40 else str(number)
    key = free_key(wanted or key_of(f"{process.key} {short}", "item"), writing.item_keys.__contains__)
    writing.item_keys.add(key)
    return Item(
        key=key,
        process_id=process_id,
        document_id=id_of(document),
        number=number,
        kind=planned.kind,
        ref=planned.ref,
        title=planned.title,
        text=planned.text,
        language=planned.language,
        tags=list(planned.tags),
        facts_source=planned.source,
        **writing.recorded,
    )


def _owed(writing: Writing, part: Sequence[Difference]) -> set[int]:
    """New addressees, what they owe and the terms; the ids of what is owed."""
    wanted = [(one, planned) for one in part for planned in one.addressees if one.known is not None]
    addressees: list[tuple[PlannedAddressee, Item, Addressee]] = []
    for one, planned in wanted:
        item, body = one.known, writing.body(planned.body.name)
        assert item is not None  # noqa: S101 - written above
        place = (id_of(item), id_of(body))
        row = writing.known.addressees.get(place)
        if row is None:
            row = Addressee(item_id=place[0], body_id=place[1], role=planned.role, **writing.recorded)
            writing.known.addressees[place] = row
        addressees.append((planned, item, row))
    writing.keep(row for _, _, row in addressees)
    return _obligations(writing, addressees)


def _obligations(
    writing: Writing, addressees: Sequence[tuple[PlannedAddressee, Item, Addressee]]
) -> set[int]:
    rows: list[tuple[PlannedAddressee, Obligation]] = []
    for planned, _, addressee in addressees:
        place = (addressee.item_id, addressee.body_id, planned.owes.value)
        if writing.known.owing(*place, planned.period) is not None:
            continue
        row = _owing(planned, addressee, writing.recorded)
        writing.known.note(row)
        rows.append((planned, row))
    writing.keep(row for _, row in rows)
    writing.keep(terms_row(writing, planned, row) for planned, row in rows)
    return {id_of(row) for _, row in rows}


def _owing(planned: PlannedAddressee, addressee: Addressee, recorded: dict[str, Any]) -> Obligation:
    first = 1 if planned.owes == "report" else 0
    return Obligation(
        item_id=addressee.item_id,
        body_id=addressee.body_id,
        addressee_id=id_of(addressee),
        kind=planned.owes,
        period=first if planned.period is None else planned.period,
        **recorded,
    )


def _put_under_parents(writing: Writing, differences: Sequence[Difference]) -> None:
    pairs: list[tuple[int, int]] = []
    for one in differences:
        planned, row = one.item, one.known
        if not planned.parent or row is None:
            continue
        process = writing.known.processes[planned.process.key]
        parent = writing.ids.get((process.key, planned.parent)) or item_id(
            writing.known, process, planned.parent
        )
        if parent and parent != row.id and row.parent_id != parent:
            pairs.append((id_of(row), parent))
    imports.set_parents(writing.session, pairs)
