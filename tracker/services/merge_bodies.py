"""Bodies become one from a day on; or two entries turn out to be one body."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.succession import ALWAYS, GONE, BodyChangeKind, Passing
from tracker.services.note_body_change import Happened, link_complaints, link_rows, note_change, one_body
from tracker.storage.entries import id_of
from tracker.storage.successions import links, links_of_change
from tracker.storage.tables import Body, BodyChange

MOST_BODIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Into which body, together with which others."""

    into: str
    """Key, name or alias of a body on record."""
    others: tuple[str, ...] = ()
    """Further bodies that go into it on the same day."""
    happened: Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAs:
    """Which entry stays."""

    kept: str
    happened: Happened
    """The day on which this was found."""


def merge_bodies(
    session: Session, now: datetime, body: Body, said: Merge, *, actor: str, user_id: int | None = None
) -> BodyChange:
    """From that day on the bodies are part of another one: it owes what they owed, their addresses lead to it."""
    into, wrong = one_body(session, "into", said.into)
    others, unknown = _others(session, said.others)
    going = list({one.id: one for one in [body, *others] if one.id != (into.id if into else 0)}.values())
    insist([*said.happened.complaints(), *wrong, *unknown, *_complaints(session, "into", going, into)])
    assert into is not None  # noqa: S101 - insisted on above
    detail = {"into": into.key, "into_name": into.name, "from": [one.key for one in going]}
    row = note_change(session, now, body, BodyChangeKind.MERGED, said.happened, detail, actor=actor)
    link_rows(session, now, row, [(one, into, None) for one in going], Passing.WHOLE, actor)
    return row


def same_body(
    session: Session, now: datetime, body: Body, said: SameAs, *, actor: str, user_id: int | None = None
) -> BodyChange:
    """This entry is the other one under another name: what it owes is the other's, and always was."""
    into, wrong = one_body(session, "kept", said.kept)
    insist([*said.happened.complaints(), *wrong, *_complaints(session, "kept", [body], into)])
    assert into is not None  # noqa: S101 - insisted on above
    detail = {"into": into.key, "into_name": into.name, "from": [body.key]}
    row = note_change(session, now, body, BodyChangeKind.SAME, said.happened, detail, actor=actor)
    link_rows(session, now, row, [(body, into, None)], Passing.SAME, actor)
    for made in links_of_change(session, id_of(row)):
        made.works_from_on = ALWAYS
    session.flush()
    return row


def _others(session: Session, names: Sequence[str]) -> tuple[list[Body], list[Refused]]:
    found, wrong = [], []
    if len(names) > MOST_BODIES:
        wrong.append(refuse("others", "Name at most %(most)s bodies.", most=MOST_BODIES))
    for name in names[:MOST_BODIES]:
        body, complaints = one_body(session, "others", name)
        found += [body] if body else []
        wrong += complaints
    return found, wrong


def _complaints(session: Session, field: str, going: Sequence[Body], into: Body | None) -> Iterator[Refused]:
    if into is None:
        return
    if not going:
        yield refuse(field, "That is the same body.")
    gone = {link.body_id for link in links(session) if link.passing in GONE}
    for one in going:
        if one.id in gone:
            yield refuse(field, "%(name)s is part of another body already: undo that first.", name=one.name)
        yield from link_complaints(session, field, one, into)
