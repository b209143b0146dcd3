"""How many entries of a list each further choice would leave: counted under the other filters, where that is cheap."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, func, select, union_all
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListQuery
from tracker.domain.words import Visibility
from tracker.storage.bodies import MAX_DEPTH, Then, had_passed
from tracker.storage.lines import Moment, conditions, joined
from tracker.storage.prepared import IDS, run
from tracker.storage.stored_counts import stored_counts, sums, sums_by_id
from tracker.storage.tables import (
    Body,
    BodyMember,
    BodySuccession,
    Document,
    Item,
    ItemTopic,
    Obligation,
    Process,
    Segment,
)

MOST_ENTRIES = 5_000
"""A longer list is not counted through for its choices: that would hold up its page."""
Counts = Mapping[str, int]
_COLUMNS: Mapping[str, Any] = {
    "body": Body.id,
    "process": Process.key,
    "jurisdiction": Process.jurisdiction,
    "kind": Process.kind,
    "standing": Segment.standing,
    "basis": Segment.basis,
}
_TOPIC = "topic"


@dataclass(frozen=True)
class Counted:
    """What is counted: a statement that joins all it is asked for, and its conditions under some filters."""

    unit: Any
    source: Callable[[Any], Any]
    under: Callable[[Filters], Sequence[ColumnElement[bool]]]


def of_list(
    session: Session, query: ListQuery, at: Moment, names: Sequence[str], total: int
) -> dict[str, Counts]:
    """By filter and choice, how many entries of a list of so many; a filter that is not counted is left out."""
    listed = Counted(
        col(Obligation.id),
        lambda wanted: joined(wanted, at),
        lambda filters: conditions(session, replace(query, filters=filters), at),
    )
    kept = _kept(session, query, at, names)
    found = kept | counted(
        session, listed, query.filters, [name for name in names if name not in kept], total
    )
    if "body" in found:
        then = (at.day, at.known_by) if at.day is not None else None
        found["body"] = _with_parts(session, found["body"], listed, query.filters, then)
    return found


def _kept(session: Session, query: ListQuery, at: Moment, names: Sequence[str]) -> dict[str, Counts]:
    """Those of the filters whose counts are kept, however long the list."""
    found: dict[str, Counts] = {}
    for name in names:
        under = replace(query, filters=replace(query.filters, **{name: ""}))
        counts = (
            _kept_of_whole(session, under, at, name) if name in _OF_WHOLE else _sums(session, under, at, name)
        )
        if counts is not None:
            found[name] = counts
    if "jurisdiction" in found:
        found["jurisdiction"] = _with_places_within(found["jurisdiction"])
    if "body" in found:
        found["body"] = _of_public(session, found["body"])
    return found


_OF_WHOLE = ("standing", "basis")


def _kept_of_whole(session: Session, query: ListQuery, at: Moment, name: str) -> Counts | None:
    rows = stored_counts(session, query, at)
    if rows is None:
        return None
    counts: Counter[str] = Counter()
    for row in rows:
        counts[_said(getattr(row, name))] += row.n
    return counts


def _sums(session: Session, query: ListQuery, at: Moment, name: str) -> Counts | None:
    if name != "body":
        return sums(session, query, at, name)
    by_id = sums_by_id(session, query, at, name)
    return None if by_id is None else {str(id_): n for id_, n in by_id.items()}


def _of_public(session: Session, counts: Counts) -> Counts:
    public = {str(id_) for id_ in run(session, _PUBLIC_BODIES).scalars()}
    return {id_: n for id_, n in counts.items() if id_ in public}


_PUBLIC_BODIES = select(col(Body.id)).where(col(Body.visibility) == Visibility.PUBLIC)


def of_items(
    session: Session,
    under: Callable[[Filters], Sequence[ColumnElement[bool]]],
    filters: Filters,
    names: Sequence[str],
    total: int,
) -> dict[str, Counts]:
    """The same of items, whatever is owed about them."""
    return counted(session, Counted(col(Item.id), _items, under), filters, names, total)


def _items(wanted: Any) -> Any:
    return (
        wanted.select_from(Item)
        .join(Document, col(Document.id) == Item.document_id)
        .join(Process, col(Process.id) == Item.process_id)
    )


def counted(
    session: Session, what: Counted, filters: Filters, names: Sequence[str], total: int
) -> dict[str, Counts]:
    """One look for all filters that are open, one for each that is set: that one is set aside for it."""
    given = filters.given()
    free = [name for name in names if name not in given]
    found = _grouped(session, what, filters, free) if total <= MOST_ENTRIES else {}
    for name in (one for one in names if one in given):
        others = replace(filters, **{name: ""})
        if _are_few(session, what, others):
            found |= _grouped(session, what, others, [name])
    if "jurisdiction" in found:
        found["jurisdiction"] = _with_places_within(found["jurisdiction"])
    return found


def _are_few(session: Session, what: Counted, filters: Filters) -> bool:
    some = what.source(select(what.unit)).where(*what.under(filters)).limit(MOST_ENTRIES + 1).subquery()
    return int(session.execute(select(func.count()).select_from(some)).scalar_one()) <= MOST_ENTRIES


def _grouped(session: Session, what: Counted, filters: Filters, names: Sequence[str]) -> dict[str, Counts]:
    plain = [name for name in names if name in _COLUMNS]
    found: dict[str, Counter[str]] = {name: Counter() for name in plain}
    if plain:
        columns = [_COLUMNS[name] for name in plain]
        wanted = what.source(select(*columns, func.count(what.unit))).where(*what.under(filters))
        for *values, n in session.execute(wanted.group_by(*columns)).all():
            for name, value in zip(plain, values, strict=True):
                found[name][_said(value)] += n
    if _TOPIC in names:
        topic = col(ItemTopic.topic)
        wanted = what.source(select(topic, func.count(what.unit))).join(
            ItemTopic, col(ItemTopic.item_id) == Item.id
        )
        rows = session.execute(wanted.where(*what.under(filters)).group_by(topic)).all()
        found[_TOPIC] = Counter({str(key): int(n) for key, n in rows})
    return dict(found)


def _said(value: Any) -> str:
    return str(getattr(value, "value", value))


def _with_places_within(counts: Counts) -> Counts:
    """`GB` takes in `GB-SCT`, as the filter does."""
    found: Counter[str] = Counter()
    for code, n in counts.items():
        for place in {code, *(code[:at] for at, sign in enumerate(code) if sign == "-")}:
            found[place] += n
    return found


def _with_parts(
    session: Session, counts: Counts, what: Counted, filters: Filters, then: Then | None
) -> Counts:
    """By key instead of id; a body takes in its parts, members and those it came after, and what passed to it."""
    above = _above(session, [int(id_) for id_ in counts], then)
    passed = _passed(session, what, replace(filters, body=""), then)
    above_all = above | _above(session, {successor for successor, _ in passed}, then)
    found: Counter[int] = Counter()
    for body_id, n in counts.items():
        for one in above[int(body_id)]:
            found[one] += n
    for (successor, owed_by), n in passed.items():
        for one in above_all[successor] - above_all.get(owed_by, set()):
            found[one] += n
    return {key: found[id_] for id_, key in run(session, _KEYS, {IDS.key: sorted(found)}).all()}


_KEYS = select(col(Body.id), col(Body.key)).where(
    col(Body.id).in_(IDS), col(Body.visibility) == Visibility.PUBLIC
)


def _above(session: Session, ids: Collection[int], then: Then | None) -> dict[int, set[int]]:
    """Each body with all that take it in, however far up."""
    found = {id_: {id_} for id_ in ids}
    edge = {id_: {id_} for id_ in ids}
    for _ in range(MAX_DEPTH):
        if not edge:
            break
        links = _links(session, set().union(*edge.values()), then)
        edge = {
            id_: new
            for id_, below in edge.items()
            if (new := {up for one in below for up in links.get(one, ())} - found[id_])
        }
        for id_, new in edge.items():
            found[id_] |= new
    return found


def _links(session: Session, ids: set[int], then: Then | None) -> dict[int, set[int]]:
    """What these bodies are part of, members of, or were followed by."""
    links: dict[int, set[int]] = {}
    for below, above in run(session, _linked(then), {IDS.key: sorted(ids)}).all():
        links.setdefault(below, set()).add(above)
    return links


@lru_cache(maxsize=20)
def _linked(then: Then | None) -> Any:
    part = select(col(Body.id), col(Body.part_of_id)).where(
        col(Body.id).in_(IDS), col(Body.part_of_id).is_not(None)
    )
    member = select(col(BodyMember.member_id), col(BodyMember.group_id)).where(
        col(BodyMember.member_id).in_(IDS)
    )
    followed = select(col(BodySuccession.body_id), col(BodySuccession.successor_id)).where(
        col(BodySuccession.body_id).in_(IDS),
        col(BodySuccession.obligation_id).is_(None),
        col(BodySuccession.superseded_at).is_(None),
        *had_passed(then),
    )
    return union_all(part, member, followed)


def _passed(
    session: Session, what: Counted, filters: Filters, then: Then | None
) -> dict[tuple[int, int], int]:
    """Single duties of the list that passed on: (who has them now, who had them) and how many."""
    if run(session, _SINGLE).first() is None:
        return {}
    pair = (col(BodySuccession.successor_id), col(Obligation.body_id))
    wanted = (
        what.source(select(*pair, func.count(what.unit)))
        .join(BodySuccession, col(BodySuccession.obligation_id) == Obligation.id)
        .where(col(BodySuccession.superseded_at).is_(None), *had_passed(then), *what.under(filters))
    )
    return {(row[0], row[1]): int(row[2]) for row in session.execute(wanted.group_by(*pair)).all()}


_SINGLE = select(col(BodySuccession.id)).where(col(BodySuccession.obligation_id).is_not(None)).limit(1)
_NAMED: Mapping[str, tuple[Any, Any]] = {"body": (Body, Body.name), "process": (Process, Process.name)}


def first_named(session: Session, noun: str, most: int) -> dict[str, str]:
    """The first public bodies or processes by name, where a list is not counted: what each key is called."""
    table, name = _NAMED[noun]
    wanted = select(col(table.key), col(name)).where(col(table.visibility) == Visibility.PUBLIC)
    rows = session.execute(wanted.order_by(func.lower(col(name)), col(table.id)).limit(most)).all()
    return {row[0]: row[1] for row in rows}
