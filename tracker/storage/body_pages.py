"""Bodies by name, page by page, narrowed by name, initial, seat, what they are, or what they owe."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import BodyKind, ObligationKind, Visibility
from tracker.storage.body_changes import names_on
from tracker.storage.kept_cards import kept_debtors
from tracker.storage.lines import Moment, conditions, joined
from tracker.storage.prepared import once
from tracker.storage.successions import heirs
from tracker.storage.tables import Body, BodyAlias, Obligation

OTHER = "#"
"""The initial of names that begin with no letter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows the bodies; all given ones must hold."""

    name: str = ""
    """Words of its name or of another name of it."""
    letter: str = ""
    """Its initial, without accents."""
    seat: str = ""
    """Its own jurisdiction; `GB` takes in `GB-SCT`."""
    type: str = ""
    """What it is: government, regulator, …"""
    duty: str = ""
    """It owes something of this kind: to respond, to deliver, to report."""
    owed: Filters = field(default_factory=Filters)
    """It owes something in this list."""

    def given(self) -> dict[str, str]:
        """Its own filters that are set, for addresses."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "owed"}
        return {name: value for name, value in own.items() if value} | self.owed.given()


@dataclass(frozen=True)
class BodyPage:
    """A page of bodies, how many there are, and which have gone into them."""

    bodies: list[Body]
    names: Mapping[int, str]
    """What they were called on the day seen, where that is not what they are called now."""
    total: int
    gone_into: Mapping[str, Body]
    """By the key of a body that is one with another by then: that one."""
    heads: Mapping[int, str]
    """By the id of each of the page's bodies, and of those that have gone into them: the key it stands under."""


def bodies_by_name(session: Session, asked: Asked, at: Moment, *, limit: int, offset: int = 0) -> BodyPage:
    """The bodies in public and on record at a moment, without those that have gone whole into another."""
    gone = heirs(session, at.day or at.at.date(), at.known_by)
    wanted = [*_on_record(at), col(Body.key).not_in(list(gone)), *_narrowed(session, asked, at)]
    total = int(session.execute(select(func.count(col(Body.id))).where(*wanted)).scalar_one())
    ordered = select(Body).where(*wanted).order_by(func.lower(col(Body.name)), col(Body.id))
    found = list(session.execute(ordered.limit(limit).offset(offset)).scalars())
    ids = {body.id for body in found if body.id is not None}
    names = names_on(session, ids, at.day, at.known_by) if at.day else {}
    here = {body.key for body in found}
    merged = {key: heir.key for key, heir in gone.items() if heir.key in here}
    heads = {body.id: body.key for body in found if body.id is not None}
    return BodyPage(found, names, total, gone, heads | _heads(session, merged))


def initials(session: Session, asked: Asked, at: Moment) -> list[str]:
    """The initials there are among the bodies, whichever is chosen; numbers and signs last."""
    every = Asked(asked.name, "", asked.seat, asked.type, asked.duty, asked.owed)
    signs = select(func.substr(col(Body.name), 1, 1)).where(*_on_record(at), *_narrowed(session, every, at))
    found = {initial(sign) for sign in session.execute(signs.distinct()).scalars()}
    return sorted(found, key=lambda one: (one == OTHER, one))


def initial(name: str) -> str:
    """The initial of a name: a capital without accents, or OTHER."""
    plain = unicodedata.normalize("NFKD", name[:1])[:1].upper()
    return plain if plain.isalpha() else OTHER


def seats(session: Session) -> list[str]:
    """The jurisdictions that bodies in public have."""
    wanted = select(col(Body.jurisdiction)).where(
        col(Body.visibility) == Visibility.PUBLIC, col(Body.jurisdiction) != ""
    )
    return sorted(set(session.execute(wanted.distinct()).scalars()))


def _on_record(at: Moment) -> list[ColumnElement[bool]]:
    public = col(Body.visibility) == Visibility.PUBLIC
    return [public] if at.known_by is None else [public, col(Body.recorded_at) <= at.known_by]


def _narrowed(session: Session, asked: Asked, at: Moment) -> list[ColumnElement[bool]]:
    made: list[ColumnElement[bool]] = []
    if asked.name:
        made.append(_called(asked.name))
    if asked.letter:
        made.append(func.substr(col(Body.name), 1, 1).in_(_signs(session, asked.letter)))
    if asked.seat:
        part = col(Body.jurisdiction).startswith(f"{asked.seat}-", autoescape=True)
        made.append(or_(col(Body.jurisdiction) == asked.seat, part))
    if asked.type:
        made.append(col(Body.kind) == BodyKind(asked.type))
    if asked.duty or asked.owed.given():
        made.append(_owes(session, asked, at))
    return made


def _owes(session: Session, asked: Asked, at: Moment) -> ColumnElement[bool]:
    """Something in the list is owed by it, or by a body that has gone into it."""
    owing, gone = _owing(session, asked, at), heirs(session, at.day or at.at.date(), at.known_by)
    merged = select(col(Body.key)).where(col(Body.key).in_(list(gone)), col(Body.id).in_(owing))
    heads = {gone[key].key for key in session.execute(merged).scalars()} if gone else set()
    return or_(col(Body.id).in_(owing), col(Body.key).in_(heads))


def _called(words: str) -> ColumnElement[bool]:
    other = select(col(BodyAlias.body_id)).where(
        col(BodyAlias.superseded_at).is_(None), _holds(BodyAlias.name, words)
    )
    return or_(_holds(Body.name, words), col(Body.id).in_(other))


def _holds(text: Any, words: str) -> ColumnElement[bool]:
    """Every word, whatever its case."""
    each = (func.lower(text).contains(word, autoescape=True) for word in words.lower().split()[:20])
    return and_(*each)


def _signs(session: Session, letter: str) -> list[str]:
    signs = session.execute(select(func.substr(col(Body.name), 1, 1)).distinct()).scalars()
    return [sign for sign in signs if initial(sign) == letter]


def _owing(session: Session, asked: Asked, at: Moment) -> list[int]:
    def found() -> list[int]:
        return sorted(_owing_now(session, asked, at))

    question = ("owing", asked.duty, asked.owed, at)
    return once(session, question, found)


def _owing_now(session: Session, asked: Asked, at: Moment) -> set[int]:
    """Those whose scorecards say so; of the others, who may owe in support only, by what they owe."""
    query = ListQuery(ListName.ALL, asked.owed)
    certain = kept_debtors(session, query, at, asked.duty)
    wanted = joined(select(col(Body.id)), at).where(*conditions(session, query, at))
    if asked.duty:
        wanted = wanted.where(col(Obligation.kind) == ObligationKind(asked.duty))
    if certain:
        others = session.execute(select(col(Body.id)).where(col(Body.id).not_in(sorted(certain)))).scalars()
        wanted = wanted.where(col(Obligation.body_id).in_(list(others)))
    return certain.union(session.execute(wanted.distinct()).scalars())


def _heads(session: Session, merged: Mapping[str, str]) -> dict[int, str]:
    wanted = select(col(Body.id), col(Body.key)).where(
        col(Body.key).in_(list(merged)), col(Body.visibility) == Visibility.PUBLIC
    )
    return {id_: merged[key] for id_, key in session.execute(wanted).all()}
