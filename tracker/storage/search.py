"""Full text: items, bodies, processes, documents and responses that hold what is asked for; what is public of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select, true, union_all
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.nearest import SHORTEST, close
from tracker.domain.search_words import folded
from tracker.domain.searching import Search, Term
from tracker.domain.words import Visibility
from tracker.storage.directory import NOUNS
from tracker.storage.entries import bodies_named
from tracker.storage.lines import Moment
from tracker.storage.narrowing import narrowed
from tracker.storage.search_match import HEAD, WORDS, ids_holding
from tracker.storage.tables import Body, Document, Item, Obligation, Process, Response, ResponseLine
from tracker.storage.tallies import ids_in

MOST_COUNTED = 2_000
"""What goes beyond is not counted: nobody pages that far."""
KINDS = ("item", "body", "process", "document", "response")
MOST_LIKE = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that holds what is asked for."""

    id: int
    key: str
    """Of a response, its item's."""
    name: str
    about: str
    """Of an item and a document its process, of a body its place, of a process who runs it, of a response the body."""
    text: str
    """What else of it is searched, to show the place from."""
    language: str
    about_language: str
    """Of the name of its process; empty where it is about nothing that has a language."""


@dataclass(frozen=True, slots=True)
class Section:
    """What was found of one kind: a page of it, titles that hold it first, the newest first; and how many in all."""

    found: Sequence[Found]
    total: int
    more: bool = False
    """There are more than were counted."""


NOTHING = Section((), 0)


def search(
    session: Session,
    wanted: Search,
    kind: str,
    *,
    limit: int,
    offset: int = 0,
    under: Sequence[ColumnElement[bool]] = (),
) -> Section:
    """A page of the public things of a kind that hold all that is wanted, under further conditions."""
    if not wanted.wanted:
        return NOTHING
    ids = _in_order(session, wanted, kind, under)
    page = _read(session, kind, ids[offset : offset + limit])
    return Section(page, min(len(ids), MOST_COUNTED), len(ids) > MOST_COUNTED)


def _in_order(session: Session, wanted: Search, kind: str, under: Sequence[ColumnElement[bool]]) -> list[int]:
    """The ids of what is public: those whose head holds it, then the others; the newest first."""
    # What is narrowed further is looked for among all that hold it: among the newest there may be none.
    newest = None if under else _among_newest(session, wanted, kind)
    if newest is not None:
        return newest
    held = _held(session, wanted, kind).subquery()
    return list(session.execute(_seen(held, kind, under)).scalars())


def _among_newest(session: Session, wanted: Search, kind: str) -> list[int] | None:
    """The same from so many of the newest; None where so many of these are withheld that older ones belong there."""
    most = MOST_COUNTED + 1
    held = _held(session, wanted, kind, most).cte("held")
    looked_at = [
        select(func.count()).select_from(held).where(held.c.rank == rank).scalar_subquery() for rank in (0, 1)
    ]
    all_held = select(*(n.label(f"of_{rank}") for rank, n in enumerate(looked_at))).subquery()
    seen = _seen(held, kind).subquery()
    rows = session.execute(
        select(seen.c.id, seen.c.rank, *all_held.c)
        .select_from(all_held.outerjoin(seen, true()))
        .order_by(seen.c.rank, seen.c.id.desc())
    ).all()
    found = [row for row in rows if row[0] is not None]
    of_heads = sum(row[1] == 0 for row in found)
    _id, _rank, heads, words = rows[0]
    if (heads == most and of_heads < most) or (words == most and len(found) < most):
        return None
    return [row[0] for row in found]


def _held(session: Session, wanted: Search, kind: str, most: int | None = None) -> Any:
    """What holds it, public or not: of rank 0 in its head, of rank 1 anywhere."""
    parts = [
        select(part.c.id, literal(rank).label("rank"))
        for rank, where in enumerate((HEAD, WORDS))
        for part in (ids_holding(session, kind, wanted, where, most=most).subquery(),)
    ]
    return union_all(*parts)


def _seen(held: Any, kind: str, under: Sequence[ColumnElement[bool]] = ()) -> Any:
    """The public ones of it, each once, in order, and no more than are counted."""
    ranked = select(held.c.id, func.min(held.c.rank).label("rank")).group_by(held.c.id).subquery()
    id_ = _IDS[kind]
    found = _SOURCES[kind](select(id_, ranked.c.rank)).join(ranked, ranked.c.id == id_)
    seen = found.where(*_VISIBLE[kind], *under).order_by(ranked.c.rank, id_.desc())
    return seen.limit(MOST_COUNTED + 1)


def _read(session: Session, kind: str, ids: Sequence[int]) -> tuple[Found, ...]:
    if not ids:
        return ()
    id_ = _IDS[kind]
    wanted = _SOURCES[kind](select(id_, *_READ[kind])).where(id_.in_(ids), *_VISIBLE[kind])
    rows = {row[0]: Found(*row) for row in session.execute(wanted).all()}
    return tuple(rows[one] for one in ids if one in rows)


def items_narrowed(session: Session, at: Moment, filters: Filters) -> list[ColumnElement[bool]]:
    """What an item fulfils that filters let through: its own, and those of what is owed about it."""
    given = {name: value for name, value in filters.given().items() if name != "q"}
    own = {name: value for name, value in given.items() if name in NOUNS["item"].direct}
    conditions = [*narrowed(session, Filters(**own)), *on_record("item", at)]
    if own != given:
        conditions.append(
            col(Item.id).in_(ids_in(session, ListQuery(ListName.ALL, Filters(**given)), at, "item"))
        )
    return conditions


def on_record(kind: str, at: Moment) -> list[ColumnElement[bool]]:
    """What a thing of a kind fulfils that was here by then; the words it is found by are those of today."""
    return [] if at.known_by is None else [col(_TABLES[kind].recorded_at) <= at.known_by]


def holding_items(
    session: Session, wanted: Search, at: Moment, filters: Filters
) -> list[ColumnElement[bool]]:
    """What a public item fulfils that holds all that is wanted, under some filters."""
    held = col(Item.id).in_(ids_holding(session, "item", wanted))
    return [held, *_VISIBLE["item"], *items_narrowed(session, at, filters)]


def named_exactly(session: Session, typed: str) -> list[str]:
    """The keys of the public bodies of exactly that name, other name or key."""
    return [body.key for body in bodies_named(session, typed) if body.visibility is Visibility.PUBLIC]


def like(session: Session, wanted: Search, most: int = 5) -> list[Found]:
    """Public bodies whose names are spelt much like what is wanted and found nowhere."""
    starts = [
        Term((word[:2],), True) for term in wanted.wanted for word in term.words if len(word) >= SHORTEST
    ]
    if not starts:
        return []
    ids = ids_holding(session, "body", Search(tuple(starts)), any_of=True).limit(MOST_LIKE)
    held = list(session.execute(ids).scalars())
    found = {folded(one.name): one for one in _read(session, "body", held)}
    typed = " ".join(word for term in wanted.wanted for word in term.words)
    return [found[name] for name in close(typed, found, most)]


_TABLES: Mapping[str, Any] = {
    "item": Item,
    "body": Body,
    "process": Process,
    "document": Document,
    "response": Response,
}
_NONE = cast(literal(""), String)
_FIRST_ITEM = (
    select(func.min(col(Item.id)))
    .join(Obligation, col(Obligation.item_id) == Item.id)
    .join(ResponseLine, col(ResponseLine.obligation_id) == Obligation.id)
    .join(Body, col(Body.id) == Obligation.body_id)
    .join(Document, col(Document.id) == Item.document_id)
    .join(Process, col(Process.id) == Item.process_id)
    .where(
        col(ResponseLine.response_id) == col(Response.id),
        *(col(one.superseded_at).is_(None) for one in (ResponseLine, Obligation)),
        *(col(one.visibility) == Visibility.PUBLIC for one in (Item, Body, Document, Process)),
    )
    .correlate(Response)
    .scalar_subquery()
)
"""A response is found where one of the items it speaks of may be seen."""
_QUOTES = (
    select(func.max(col(ResponseLine.quote)))
    .where(col(ResponseLine.response_id) == col(Response.id), col(ResponseLine.superseded_at).is_(None))
    .correlate(Response)
    .scalar_subquery()
)
_IDS: Mapping[str, Any] = {kind: col(table.id) for kind, table in _TABLES.items()}
_READ: Mapping[str, tuple[Any, ...]] = {
    "item": (
        Item.key,
        Item.title,
        Process.name,
        Item.text,
        case((col(Item.language) != "", Item.language), else_=Process.language),
        Process.language,
    ),
    "body": (Body.key, Body.name, Body.jurisdiction, _NONE, _NONE, _NONE),
    "process": (Process.key, Process.name, Process.organiser, _NONE, Process.language, _NONE),
    "document": (Document.key, Document.title, Process.name, _NONE, Process.language, Process.language),
    "response": (
        Item.key,
        Response.title,
        Body.name,
        Response.text + "\n" + func.coalesce(_QUOTES, ""),
        case((col(Item.language) != "", Item.language), else_=_NONE),
        _NONE,
    ),
}
_SOURCES: Mapping[str, Callable[[Any], Any]] = {
    "item": lambda wanted: (
        wanted.select_from(Item)
        .join(Document, col(Document.id) == Item.document_id)
        .join(Process, col(Process.id) == Item.process_id)
    ),
    "body": lambda wanted: wanted.select_from(Body),
    "process": lambda wanted: wanted.select_from(Process),
    "document": lambda wanted: wanted.select_from(Document).join(
        Process, col(Process.id) == Document.process_id
    ),
    "response": lambda wanted: (
        wanted.select_from(Response)
        .join(Body, col(Body.id) == Response.body_id)
        .join(Item, col(Item.id) == _FIRST_ITEM)
    ),
}


def _public(*tables: Any) -> list[ColumnElement[bool]]:
    return [col(table.visibility) == Visibility.PUBLIC for table in tables]


_VISIBLE: Mapping[str, list[ColumnElement[bool]]] = {
    "item": _public(Item, Document, Process),
    "body": _public(Body),
    "process": _public(Process),
    "document": _public(Document, Process),
    "response": [*_public(Response, Body), col(Response.struck_at).is_(None)],
}
