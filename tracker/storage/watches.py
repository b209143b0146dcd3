"""The pages on which answers would appear, and what could be answered there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlmodel import Session, col

from tracker.domain.words import Standing, Visibility
from tracker.storage.successions import debtors
from tracker.storage.tables import (
    Body,
    BodyAlias,
    Document,
    Item,
    Obligation,
    Segment,
    Source,
    Terms,
    Watch,
)

SETTLED = frozenset({Standing.ANSWERED, Standing.ANSWERED_LATE, Standing.VOID})
MOST_CANDIDATES = 20_000
AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Watched:
    """A page watched for one obligation, with where the debtor is."""

    obligation_id: int
    address: str
    zone: str | None
    jurisdiction: str


@dataclass(frozen=True, slots=True)
class Debt:
    """An obligation with all that a response can be matched by."""

    id: int
    item_key: str
    item_ref: str
    item_title: str
    item_text: str
    item_source: str
    terms_source: str
    trigger_on: date | None
    document_title: str
    document_url: str
    body_name: str
    body_key: str
    aliases: tuple[str, ...]
    successors: tuple[str, ...]
    """Names of the body that owes now, where another one came after."""
    watched: tuple[str, ...]
    settled: bool
    of_source: bool
    """The item belongs to the process whose source is read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What answers are looked for among: what is watched at a source, has a reference, or is of a process or body."""

    source_id: int
    references: Collection[str] = ()
    """As items on record may write them."""
    process_id: int | None = None
    body_ids: Collection[int] = ()
    own_process_id: int | None = None
    """The process whose source is read, whether or not all of it is wanted."""


def of_source(session: Session, source_id: int) -> list[Watched]:
    """All that is watched on pages of a source."""
    wanted = (
        select(col(Watch.obligation_id), col(Watch.address), col(Body.zone), col(Body.jurisdiction))
        .join(Obligation, col(Obligation.id) == col(Watch.obligation_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .where(
            col(Watch.source_id) == source_id,
            col(Watch.superseded_at).is_(None),
            col(Obligation.superseded_at).is_(None),
        )
        .order_by(col(Watch.obligation_id), col(Watch.id))
    )
    return [Watched(*row) for row in session.execute(wanted).all()]


_ANY_OF_SOURCE = (
    select(col(Watch.id))
    .where(col(Watch.source_id) == bindparam("source_id"), col(Watch.superseded_at).is_(None))
    .limit(1)
)
_NEWEST = select(
    *(select(func.max(col(one.id))).scalar_subquery() for one in (Obligation, Item, Body, Terms))
)


def any_of_source(session: Session, source_id: int) -> bool:
    """Whether anybody waits for an answer on a page of a source."""
    return session.execute(_ANY_OF_SOURCE, {"source_id": source_id}).first() is not None


def sources_awaited(session: Session, source_ids: Collection[int]) -> set[int]:
    """Those of these sources on a page of which anybody waits for an answer."""
    wanted = select(col(Watch.source_id)).where(
        col(Watch.source_id).in_(sorted(source_ids)), col(Watch.superseded_at).is_(None)
    )
    return set(session.execute(wanted.distinct()).scalars())


def newest_on_record(session: Session) -> tuple[int, ...]:
    """The highest numbers given so far to what a finding can belong to: any other answer means something new."""
    return tuple(int(number or 0) for number in session.execute(_NEWEST).one())


def open_addresses(session: Session, source_id: int, now: datetime) -> list[str]:
    """The pages of a source watched for what is not settled yet, each once."""
    watched = of_source(session, source_id)
    settled = _settled(session, (one.obligation_id for one in watched), now)
    return list(dict.fromkeys(one.address for one in watched if one.obligation_id not in settled))


def of_obligations(session: Session, ids: Iterable[int]) -> list[tuple[Watch, Source]]:
    """The pages watched now for obligations, each with its source, the oldest first."""
    wanted = (
        select(Watch, Source)
        .join(Source, col(Source.id) == col(Watch.source_id))
        .where(col(Watch.obligation_id).in_(sorted(set(ids))), col(Watch.superseded_at).is_(None))
        .order_by(col(Watch.id))
    )
    return [(watch, source) for watch, source in session.execute(wanted).all()]


def keep(
    session: Session, obligation_ids: Iterable[int], source_id: int, address: str, now: datetime, actor: str
) -> list[Watch]:
    """Watch a page for obligations from now on; the watches that this began, none where it was watched already."""
    ids, place = sorted(set(obligation_ids)), address[:2000]
    known = select(Watch).where(
        col(Watch.obligation_id).in_(ids), col(Watch.source_id) == source_id, col(Watch.address) == place
    )
    there = {one.obligation_id: one for one in session.execute(known).scalars()}
    ended = [one for one in there.values() if one.superseded_at is not None]
    for one in ended:
        one.superseded_at, one.recorded_at, one.recorded_by = None, now, actor
    new = [
        Watch(obligation_id=id_, source_id=source_id, address=place, recorded_at=now, recorded_by=actor)
        for id_ in ids
        if id_ not in there
    ]
    session.add_all(new)
    return new + ended


def body_names(session: Session) -> list[tuple[int, str]]:
    """Every name and alias of every body, with the body's number."""
    aliases = select(col(BodyAlias.body_id), col(BodyAlias.name)).where(
        col(BodyAlias.superseded_at).is_(None)
    )
    named = session.execute(select(col(Body.id), col(Body.name))).all()
    return [(int(id_), str(name)) for id_, name in (*named, *session.execute(aliases).all())]


def debts(session: Session, wanted: Wanted, now: datetime) -> list[Debt]:
    """What a response could answer, the newest first."""
    watched = select(col(Watch.obligation_id)).where(col(Watch.source_id) == wanted.source_id)
    among: list[ColumnElement[bool]] = [col(Obligation.id).in_(watched)]
    if wanted.references:
        names = sorted(wanted.references)
        among += [col(Item.ref).in_(names), col(Item.key).in_(names)]
    if wanted.process_id is not None:
        among.append(col(Item.process_id) == wanted.process_id)
    if wanted.body_ids:
        among.append(col(Obligation.body_id).in_(sorted(wanted.body_ids)))
    if len(among) == 1 and not any_of_source(session, wanted.source_id):
        return []
    rows = session.execute(_DEBTS.where(or_(*among)).limit(MOST_CANDIDATES)).all()
    return _debts(session, wanted, [tuple(row) for row in rows], now) if rows else []


_DEBTS = (
    select(
        col(Obligation.id),
        col(Item.key),
        col(Item.ref),
        col(Item.title),
        col(Item.text),
        col(Item.facts_source),
        col(Terms.source_url),
        col(Terms.trigger_on),
        col(Document.title),
        col(Document.url),
        col(Body.name),
        col(Body.key),
        col(Body.id),
        col(Item.process_id),
    )
    .join(Item, col(Item.id) == col(Obligation.item_id))
    .join(Terms, and_(col(Terms.obligation_id) == col(Obligation.id), col(Terms.superseded_at).is_(None)))
    .join(Document, col(Document.id) == col(Item.document_id))
    .join(Body, col(Body.id) == col(Obligation.body_id))
    .where(col(Obligation.superseded_at).is_(None), col(Item.visibility) != Visibility.DRAFT)
    .order_by(col(Obligation.id).desc())
)
"""Plain columns: of a large process there are too many to make objects of."""


def _debts(session: Session, wanted: Wanted, rows: list[tuple[Any, ...]], now: datetime) -> list[Debt]:
    pages: dict[int, list[str]] = defaultdict(list)
    for watch in of_source(session, wanted.source_id):
        pages[watch.obligation_id].append(watch.address)
    *_, bodies, _processes = zip(*rows, strict=True)
    aliases, after = _aliases(session, set(bodies)), _successors(session, set(bodies), now)
    settled = _settled(session, (row[0] for row in rows), now)
    own = {wanted.process_id, wanted.own_process_id} - {None}
    found = []
    for *columns, body_id, process_id in rows:
        columns += [tuple(aliases.get(body_id, ())), after.get(body_id, ()), tuple(pages.get(columns[0], ()))]
        columns += [columns[0] in settled, process_id in own]
        found.append(Debt(*columns))
    return found


def _successors(session: Session, ids: set[int], now: datetime) -> Mapping[int, tuple[str, ...]]:
    owing = debtors(session, ids, now.date())
    aliases = _aliases(session, {body.id or 0 for body in owing.values()}) if owing else {}
    return {id_: (body.name, *aliases.get(body.id or 0, ())) for id_, body in owing.items()}


def _aliases(session: Session, ids: set[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    wanted = select(BodyAlias).where(col(BodyAlias.body_id).in_(ids), col(BodyAlias.superseded_at).is_(None))
    for alias in session.execute(wanted).scalars():
        found[alias.body_id].append(alias.name)
    return found


def _settled(session: Session, ids: Iterable[int], now: datetime) -> set[int]:
    """Those that are answered or void at an instant."""
    wanted, found = sorted(set(ids)), set()
    for start in range(0, len(wanted), AT_ONCE):
        some = select(col(Segment.obligation_id)).where(
            col(Segment.obligation_id).in_(wanted[start : start + AT_ONCE]),
            col(Segment.superseded_at).is_(None),
            col(Segment.from_at) <= now,
            or_(col(Segment.until_at).is_(None), col(Segment.until_at) > now),
            col(Segment.standing).in_(SETTLED),
        )
        found |= set(session.execute(some).scalars())
    return found
