"""A body is divided from a day on: which of its duties go to whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.succession import BodyChangeKind, Passing
from tracker.services.note_body_change import Happened, link_complaints, link_rows, note_change, one_body
from tracker.storage import body_changes
from tracker.storage.entries import id_of
from tracker.storage.tables import Body, BodyChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Who owes which duty from that day on; what is not named stays where it is."""

    goes_to: Mapping[int, str]
    """Key, name or alias of a body, by obligation."""
    happened: Happened


def split_body(
    session: Session, now: datetime, body: Body, said: Split, *, actor: str, user_id: int | None = None
) -> BodyChange:
    """Write one link for each duty that passes; due days stay what they were."""
    named = {name: one_body(session, "goes_to", name) for name in dict.fromkeys(said.goes_to.values())}
    found = {name: one for name, (one, _) in named.items() if one is not None}
    wrong = [refused for _, complaints in named.values() for refused in complaints]
    insist([*said.happened.complaints(), *wrong, *_complaints(session, body, said, found)])
    counts: dict[str, int] = {}
    for name in said.goes_to.values():
        counts[found[name].name] = counts.get(found[name].name, 0) + 1
    detail = {"into": sorted({one.key for one in found.values()}), "duties": counts}
    row = note_change(session, now, body, BodyChangeKind.SPLIT, said.happened, detail, actor=actor)
    pairs = [(body, found[name], id_) for id_, name in said.goes_to.items() if found[name].id != body.id]
    link_rows(session, now, row, pairs, Passing.DUTIES, actor)
    return row


def _complaints(session: Session, body: Body, said: Split, found: Mapping[str, Body]) -> Iterator[Refused]:
    if not said.goes_to:
        yield refuse("goes_to", "Say for at least one duty to whom it goes.")
    owed = {id_ for id_, _ in body_changes.owed_by(session, id_of(body))}
    strange = sorted(set(said.goes_to) - owed)
    if strange:
        yield refuse("goes_to", "Obligation %(id)s is not owed by this body.", id=strange[0])
    for successor in {one.id: one for one in found.values()}.values():
        yield from link_complaints(session, "goes_to", body, successor)
