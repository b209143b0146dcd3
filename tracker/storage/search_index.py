"""The index of words: kept with every change of what it holds, in the transaction of the change, and mended."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import delete, event, func, inspect, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlmodel import Session, col

from tracker.domain.search_words import NO_WORD, kept_words, words_of
from tracker.storage.search_texts import TEXTS
from tracker.storage.tables import (
    Body,
    BodyAlias,
    Document,
    Item,
    Process,
    Response,
    ResponseLine,
    SearchText,
)

AT_ONCE = 500
NUMBERS: Mapping[str, int] = {"item": 1, "body": 2, "process": 3, "document": 4, "response": 5}
TABLES: Mapping[str, Any] = {
    "item": Item,
    "body": Body,
    "process": Process,
    "document": Document,
    "response": Response,
}
SHIFT = 40
MARKS: Mapping[str, str] = {kind: f"{NO_WORD}{kind}" for kind in NUMBERS if kind != "item"}
"""A word of its own says of what kind a row is: of the kinds that are few, it finds them at once."""
_NOTED = "changed_words"


def row_id(kind: str, id_: int) -> int:
    """Where the words of a thing are kept."""
    return (NUMBERS[kind] << SHIFT) | id_


def follow(session: Session) -> None:
    """From now on this session notes whose words it changes."""
    event.listen(session, "after_flush", _note)


def keep_noted(session: Session) -> None:
    """What the session changed is indexed anew; asked for at the end of its transaction."""
    session.flush()
    noted: set[tuple[str, int]] = session.info.pop(_NOTED, set())
    for kind in NUMBERS:
        ids = sorted(id_ for one, id_ in noted if one == kind)
        for start in range(0, len(ids), AT_ONCE):
            renew(session, kind, ids[start : start + AT_ONCE])


@dataclass(frozen=True, slots=True)
class _Watched:
    """Which columns of a table are words of what."""

    columns: tuple[str, ...]
    of: Callable[[Session, Any], Iterable[tuple[str, int]]]


def _note(session: Session, _context: object) -> None:
    noted: set[tuple[str, int]] = session.info.setdefault(_NOTED, set())
    for row in (*session.new, *session.deleted, *session.dirty):
        watched = _WATCHED.get(type(row))
        if watched is not None and _is_changed(session, row, watched.columns):
            noted.update(watched.of(session, row))


def _is_changed(session: Session, row: object, columns: tuple[str, ...]) -> bool:
    if row not in session.dirty:
        return True
    attributes = inspect(row, raiseerr=True).attrs
    return any(attributes[name].history.has_changes() for name in columns)


def _of_process(session: Session, row: Process) -> Iterator[tuple[str, int]]:
    yield "process", row.id or 0
    if row not in session.new:
        for kind, table in (("document", Document), ("item", Item)):
            ids = select(col(table.id)).where(col(table.process_id) == row.id)
            yield from ((kind, id_ or 0) for id_ in session.connection().execute(ids).scalars())


def _of_document(session: Session, row: Document) -> Iterator[tuple[str, int]]:
    yield "document", row.id or 0
    if row not in session.new:
        ids = select(col(Item.id)).where(col(Item.document_id) == row.id)
        yield from (("item", id_ or 0) for id_ in session.connection().execute(ids).scalars())


_WATCHED: Mapping[type[Any], _Watched] = {
    Item: _Watched(
        ("ref", "title", "text", "document_id", "process_id"), lambda _s, row: [("item", row.id or 0)]
    ),
    Body: _Watched(("name",), lambda _s, row: [("body", row.id or 0)]),
    BodyAlias: _Watched(("name", "superseded_at", "body_id"), lambda _s, row: [("body", row.body_id)]),
    Process: _Watched(("name", "organiser"), _of_process),
    Document: _Watched(("title", "process_id"), _of_document),
    Response: _Watched(("title", "text"), lambda _s, row: [("response", row.id or 0)]),
    ResponseLine: _Watched(("quote", "superseded_at"), lambda _s, row: [("response", row.response_id)]),
}


def renew(session: Session, kind: str, ids: Sequence[int]) -> int:
    """The words of some things as they are now; how many had others, or none."""
    texts = TEXTS[kind](session, ids)
    places = {row_id(kind, id_): id_ for id_ in ids}
    held = select(col(SearchText.id), col(SearchText.mark)).where(col(SearchText.id).in_(places))
    marks: dict[int, str] = {row[0]: row[1] for row in session.execute(held).all()}
    rows = [_row(kind, place, *texts[id_]) for place, id_ in places.items() if id_ in texts]
    changed = [row for row in rows if marks.get(row["id"]) != row["mark"]]
    gone = [place for place, id_ in places.items() if id_ not in texts and place in marks]
    if gone:
        session.execute(delete(SearchText).where(col(SearchText.id).in_(gone)))
    if changed:
        _put(session, changed)
    return len(changed) + len(gone)


def _put(session: Session, rows: list[dict[str, Any]]) -> None:
    # Two who add a name to the same body at the same moment: the later one's words stay.
    connection = session.connection()
    insert = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    wanted = insert(SearchText)
    others = {name: wanted.excluded[name] for name in ("head", "words", "mark")}
    connection.execute(wanted.on_conflict_do_update(index_elements=["id"], set_=others), rows)


def _row(kind: str, place: int, head: list[str], rest: list[str]) -> dict[str, Any]:
    mark = [MARKS[kind]] if kind in MARKS else []
    first = mark + _words(head)
    words = kept_words([*first, NO_WORD, *_words(rest)])
    print_ = blake2b("\n".join((" ".join(first), " ".join(words))).encode(), digest_size=16).hexdigest()
    return {"id": place, "head": kept_words(first), "words": words, "mark": print_}


def _words(texts: list[str]) -> list[str]:
    """Texts one after the other, a gap between: no phrase reaches from one into the next."""
    found: list[str] = []
    for text in filter(None, texts):
        found += [NO_WORD, *words_of(text)] if found else words_of(text)
    return found


def is_behind(session: Session) -> bool:
    """Whether some thing is not in the index at all, or something in it is gone."""
    return any(_count(session, kind) != _held(session, kind) for kind in NUMBERS)


def _count(session: Session, kind: str) -> int:
    return int(session.execute(select(func.count()).select_from(TABLES[kind])).scalar_one())


def _held(session: Session, kind: str) -> int:
    first, last = row_id(kind, 0), row_id(kind, 0) + (1 << SHIFT) - 1
    held = select(func.count()).select_from(SearchText).where(col(SearchText.id).between(first, last))
    return int(session.execute(held).scalar_one())


def mend(session: Session, kind: str, after: int) -> tuple[int, int | None]:
    """The next things of a kind, and what is held of things that are gone: (how many were put right, the last id)."""
    table = TABLES[kind]
    there = select(col(table.id)).where(col(table.id) > after).order_by(col(table.id)).limit(AT_ONCE)
    ids = list(session.execute(there).scalars())
    last = ids[-1] if len(ids) == AT_ONCE else None
    until = row_id(kind, last) if last is not None else row_id(kind, 0) + (1 << SHIFT) - 1
    held = select(col(SearchText.id)).where(col(SearchText.id).between(row_id(kind, after + 1), until))
    places = {place & ((1 << SHIFT) - 1) for place in session.execute(held).scalars()}
    return renew(session, kind, sorted(places.union(ids))), last
