"""Correct a body: its name, kind, place, zone, website and other names; the old ones are kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import EventKind, Visibility
from tracker.services.enter_process import EnterBody, name_complaints, place_of
from tracker.services.record_event import record_event
from tracker.services.revise import remember
from tracker.services.settle import settle
from tracker.services.take_back import reason_needed
from tracker.storage import entries
from tracker.storage.entries import id_of
from tracker.storage.tables import Body, BodyAlias

MOST_ALIASES = 50
_MOVES_DAYS = frozenset({"jurisdiction", "zone"})
"""Which day it is where the body owes hangs on these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFacts:
    """A body as it should have been entered, with its other names."""

    body: EnterBody
    aliases: tuple[str, ...] = ()


def correct_body(
    session: Session,
    now: datetime,
    row: Body,
    said: BodyFacts,
    reason: str,
    *,
    actor: str,
    user_id: int | None = None,
) -> bool:
    """Put right what was entered wrongly, with a correction in the log. False: nothing differs."""
    aliases = _distinct(said.aliases, said.body.name)
    insist(
        [
            *said.body.complaints(),
            *_taken(session, row, "name", [said.body.name]),
            *_alias_complaints(aliases),
            *_taken(session, row, "aliases", aliases),
            *reason_needed(reason),
        ]
    )
    held = entries.aliases_of(session, id_of(row))
    changed = _changed(row, said.body, [alias.name for alias in held], aliases)
    if not changed:
        return False
    remember(session, now, row, reason, user_id)
    for name, value in _values(said.body).items():
        setattr(row, name, value)
    _rename(session, now, row, held, aliases, actor)
    session.flush()
    _tell(session, now, row, changed, reason.strip(), actor)
    if _MOVES_DAYS & set(changed):
        settle(session, entries.ids_owed_by(session, id_of(row)), now, actor=actor)
    return True


def _distinct(names: Iterable[str], name: str) -> list[str]:
    found = (" ".join(alias.split()) for alias in names)
    return [alias for alias in dict.fromkeys(found) if alias and alias != name.strip()]


def _alias_complaints(aliases: Sequence[str]) -> Iterator[Refused]:
    if len(aliases) > MOST_ALIASES:
        yield refuse("aliases", "Give at most %(most)s other names.", most=MOST_ALIASES)
    for alias in aliases:
        yield from name_complaints("aliases", alias)


def _taken(session: Session, row: Body, field: str, names: Iterable[str]) -> Iterator[Refused]:
    for name in names:
        others = [one for one in entries.bodies_named(session, name) if one.id != row.id and name.strip()]
        if others:
            yield refuse(
                field, "“%(name)s” is what %(other)s is called.", name=name[:80], other=others[0].name
            )


def _values(said: EnterBody) -> dict[str, object]:
    return {
        "name": said.name.strip(),
        "kind": said.kind,
        "jurisdiction": place_of(said.jurisdiction),
        "zone": said.zone or None,
        "website": said.website,
    }


def _changed(row: Body, said: EnterBody, before: list[str], after: list[str]) -> dict[str, list[str]]:
    """What differs, old and new, in a form the log can keep."""
    found = {
        name: [str(getattr(row, name) or ""), str(value or "")]
        for name, value in _values(said).items()
        if getattr(row, name) != value
    }
    names = {"aliases": ["; ".join(sorted(before)), "; ".join(sorted(after))]}
    return {**found, **(names if sorted(before) != sorted(after) else {})}


def _rename(
    session: Session, now: datetime, row: Body, held: list[BodyAlias], aliases: list[str], actor: str
) -> None:
    for alias in held:
        if alias.name not in aliases:
            alias.superseded_at = now
    known = {alias.name for alias in held}
    session.add_all(
        BodyAlias(body_id=id_of(row), name=name, recorded_at=now, recorded_by=actor)
        for name in aliases
        if name not in known
    )


def _tell(
    session: Session, now: datetime, row: Body, changed: dict[str, list[str]], reason: str, actor: str
) -> None:
    if row.visibility is Visibility.DRAFT:
        return
    record_event(
        session,
        EventKind.CORRECTED,
        now=now,
        happened_on=now.date(),
        body=row,
        actor=actor,
        detail={"what": "body", "changed": changed, "reason": reason},
    )
