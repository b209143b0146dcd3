"""Writes the responses and claims of a table: seen today, told to nobody, each found again by its place."""

from collections.abc import Sequence
from typing import Any

from tracker.domain.importing.planned import PlannedClaim, PlannedItem, PlannedResponse
from tracker.domain.keys import free_key, key_of
from tracker.domain.words import EventKind, Role
from tracker.services.import_compare import Difference, claim_key, response_fields, response_key
from tracker.services.import_writing import Writing, change, key_row, trace
from tracker.services.record_event import record_event
from tracker.storage.columns import partial_fields
from tracker.storage.entries import id_of
from tracker.storage.tables import Claim, Item, Obligation, Response, ResponseLine

Line = tuple[PlannedItem, PlannedResponse, Response, Obligation]


def write_answers(writing: Writing, part: Sequence[Difference]) -> set[int]:
    """All of a part; the ids of the obligations they are about."""
    touched = _responses(writing, part)
    for one in part:
        for row, said in one.corrected:
            touched |= _correct(writing, row, said)
    return touched | _claims(writing, part)


def _owing(writing: Writing, item: Item, planned: PlannedItem, name: str) -> list[Obligation]:
    """What the named body owes about the item; all that is owed by those who lead, where none is named."""
    if name:
        body_id = id_of(writing.body(name))
        kinds = {one.owes.value for one in planned.addressees if one.body.name == name}
        keys = [(id_of(item), body_id, kind) for kind in sorted(kinds)]
    else:
        leading = [one for one in planned.addressees if one.role is not Role.SUPPORTING]
        keys = [(id_of(item), id_of(writing.body(one.body.name)), one.owes.value) for one in leading]
    found = [writing.known.obligations.get(key) for key in keys]
    return [one for one in found if one is not None and one.superseded_at is None]


def _responses(writing: Writing, part: Sequence[Difference]) -> set[int]:
    lines: list[Line] = []
    for one in part:
        for said in one.responses if one.known is not None else ():
            assert one.known is not None  # noqa: S101 - the loop asks for it
            owed = _owing(writing, one.known, one.item, said.to)
            if owed:
                lines.append((one.item, said, _response(writing, said), owed[0]))
    writing.keep(row for _, _, row, _ in lines)
    writing.keep(_line(writing, said, row, owing) for _, said, row, owing in lines)
    for item, said, row, owing in lines:
        process_id = id_of(writing.known.processes[item.process.key])
        writing.session.add(key_row(writing, "response", process_id, response_key(item, said), id_of(row)))
        _tell(writing, said, row, owing)
    return {id_of(owing) for _, _, _, owing in lines}


def _response(writing: Writing, said: PlannedResponse) -> Response:
    speaker = writing.body(said.by)
    day = said.published or said.received or "import"
    key = free_key(key_of(f"{speaker.key} {day}", "response"), writing.response_keys.__contains__)
    writing.response_keys.add(key)
    today = writing.now.date()
    days = [one.last for one in (said.published, said.received) if one is not None and one.last <= today]
    return Response(
        key=key,
        body_id=id_of(speaker),
        title=said.title,
        text=said.text,
        url=said.url,
        # A table of today shows that it was there by now; a day it names shows no more than that day.
        first_seen_on=today if not days else max(days[0], today),
        **partial_fields("received", said.received),
        **partial_fields("published", said.published),
        **writing.recorded,
    )


def _line(writing: Writing, said: PlannedResponse, row: Response, owing: Obligation) -> ResponseLine:
    return ResponseLine(
        response_id=id_of(row),
        obligation_id=id_of(owing),
        kind=said.kind,
        position=said.position,
        position_as_written=said.position_written,
        on_behalf=row.body_id != owing.body_id,
        quote=said.quote,
        **writing.recorded,
    )


def _tell(writing: Writing, said: PlannedResponse, row: Response, owing: Obligation) -> None:
    answered = said.received or said.published
    detail = {
        "kind": said.kind.value,
        "position": said.position.value if said.position else None,
        "answered": str(answered) if answered else None,
        "url": row.url or None,
    }
    record_event(
        writing.session,
        EventKind.RESPONSE_FOUND,
        now=writing.now,
        happened_on=row.first_seen_on,
        obligation=owing,
        item=writing.session.get(Item, owing.item_id),
        response=row,
        actor=writing.actor,
        backfill=True,
        detail={name: value for name, value in detail.items() if value is not None},
    )


def _correct(writing: Writing, row: Response, said: PlannedResponse) -> set[int]:
    fields: dict[str, Any] = response_fields(said)
    different = {name: value for name, value in fields.items() if getattr(row, name) != value}
    change(writing, row, different)
    return {obligation for response, obligation in writing.known.lines if response == row.id}


def _claims(writing: Writing, part: Sequence[Difference]) -> set[int]:
    rows: list[tuple[PlannedItem, PlannedClaim, Claim]] = []
    for one in part:
        for said in one.claims if one.known is not None else ():
            assert one.known is not None  # noqa: S101 - the loop asks for it
            owing = _owing(writing, one.known, one.item, said.to)
            rows += [(one.item, said, _claim(writing, said, id_of(owed))) for owed in owing[:1]]
        for old, said in one.restated:
            trace(writing, old, {"superseded_at": writing.now})
            old.superseded_at = writing.now
            writing.session.add(old)
            rows.append((one.item, said, _claim(writing, said, old.obligation_id)))
    writing.keep(row for _, _, row in rows)
    for item, said, row in rows:
        process_id = id_of(writing.known.processes[item.process.key])
        _point(writing, process_id, claim_key(item, said), id_of(row))
    return set()


def _point(writing: Writing, process_id: int, key: str, row_id: int) -> None:
    """The key leads to the claim that stands now."""
    if ("claim", process_id, key) in writing.known.keys:
        for there in writing.keys_named("claim", process_id, key):
            trace(writing, there, {"row_id": row_id})
            there.row_id = row_id
    else:
        writing.session.add(key_row(writing, "claim", process_id, key, row_id))


def _claim(writing: Writing, said: PlannedClaim, obligation_id: int) -> Claim:
    return Claim(
        obligation_id=obligation_id,
        speaker=said.speaker,
        speaker_name=said.speaker_name,
        state=said.state,
        as_written=said.written,
        url=said.url,
        **partial_fields("claimed", said.on),
        **writing.recorded,
    )
