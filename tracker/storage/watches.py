"""The pages on which answers would appear, and what could be answered there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from tracker.domain.words import Standing, Visibility
from tracker.storage.tables import (
    Body,
    BodyAlias,
    Document,
    Item,
    Obligation,
    Segment,
    Terms,
    Watch,
)

SETTLED = frozenset({Standing.ANSWERED, Standing.ANSWERED_LATE, Standing.VOID})
MOST_CANDIDATES = 3000


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

    obligation: Obligation
    terms: Terms
    item: Item
    document: Document
    body: Body
    aliases: tuple[str, ...]
    watched: tuple[str, ...]
    settled: bool


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


def any_of_source(session: Session, source_id: int) -> bool:
    """Whether anybody waits for an answer on a page of a source."""
    wanted = select(col(Watch.id)).where(
        col(Watch.source_id) == source_id, col(Watch.superseded_at).is_(None)
    )
    return session.execute(wanted.limit(1)).first() is not None


def sources_awaited(session: Session, source_ids: Collection[int]) -> set[int]:
    """Those of these sources on a page of which anybody waits for an answer."""
    wanted = select(col(Watch.source_id)).where(
        col(Watch.source_id).in_(sorted(source_ids)), col(Watch.superseded_at).is_(None)
    )
    return set(session.execute(wanted.distinct()).scalars())


def newest_on_record(session: Session) -> tuple[int, ...]:
    """The highest numbers given so far to what a finding can belong to: any other answer means something new."""
    highest = select(
        *(select(func.max(col(one.id))).scalar_subquery() for one in (Obligation, Item, Body, Terms))
    )
    return tuple(int(number or 0) for number in session.execute(highest).one())


def open_addresses(session: Session, source_id: int, now: datetime) -> list[str]:
    """The pages of a source watched for what is not settled yet, each once."""
    watched = of_source(session, source_id)
    settled = _settled(session, (one.obligation_id for one in watched), now)
    return list(dict.fromkeys(one.address for one in watched if one.obligation_id not in settled))


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


def debts(
    session: Session, source_id: int, process_id: int | None, bodies: Collection[str], now: datetime
) -> list[Debt]:
    """What a response of this source could answer: of its process, watched there, or owed by a body it names."""
    names = sorted({name.lower() for name in bodies if name})
    if not names and process_id is None and not any_of_source(session, source_id):
        return []
    aliased = select(col(BodyAlias.body_id)).where(func.lower(col(BodyAlias.name)).in_(names))
    watched = select(col(Watch.obligation_id)).where(col(Watch.source_id) == source_id)
    wanted = (
        select(Obligation, Terms, Item, Document, Body)
        .join(Terms, and_(col(Terms.obligation_id) == col(Obligation.id), col(Terms.superseded_at).is_(None)))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Document, col(Document.id) == col(Item.document_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .where(
            col(Obligation.superseded_at).is_(None),
            col(Item.visibility) != Visibility.DRAFT,
            or_(
                col(Item.process_id) == process_id,
                col(Obligation.id).in_(watched),
                func.lower(col(Body.name)).in_(names),
                col(Body.id).in_(aliased),
            ),
        )
        .order_by(col(Obligation.id).desc())
        .limit(MOST_CANDIDATES)
    )
    rows = session.execute(wanted).all()
    return _debts(session, source_id, [tuple(row) for row in rows], now) if rows else []


def _debts(
    session: Session,
    source_id: int,
    rows: list[tuple[Obligation, Terms, Item, Document, Body]],
    now: datetime,
) -> list[Debt]:
    pages: dict[int, list[str]] = defaultdict(list)
    for watch in of_source(session, source_id):
        pages[watch.obligation_id].append(watch.address)
    aliases = _aliases(session, {body.id or 0 for *_, body in rows})
    settled = _settled(session, (owing.id or 0 for owing, *_ in rows), now)
    return [
        Debt(
            owing,
            terms,
            item,
            document,
            body,
            tuple(aliases.get(body.id or 0, ())),
            tuple(pages.get(owing.id or 0, ())),
            owing.id in settled,
        )
        for owing, terms, item, document, body in rows
    ]


def _aliases(session: Session, ids: set[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    wanted = select(BodyAlias).where(col(BodyAlias.body_id).in_(ids), col(BodyAlias.superseded_at).is_(None))
    for alias in session.execute(wanted).scalars():
        found[alias.body_id].append(alias.name)
    return found


def _settled(session: Session, ids: Iterable[int], now: datetime) -> set[int]:
    """Those that are answered or void at an instant."""
    wanted = select(col(Segment.obligation_id)).where(
        col(Segment.obligation_id).in_(sorted(set(ids))),
        col(Segment.superseded_at).is_(None),
        col(Segment.from_at) <= now,
        or_(col(Segment.until_at).is_(None), col(Segment.until_at) > now),
        col(Segment.standing).in_(SETTLED),
    )
    return set(session.execute(wanted).scalars())
