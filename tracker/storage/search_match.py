"""What a search means in either database's own index; both hold the same words, so both find the same."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import cast, column, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import Session, col

from tracker.domain.searching import Search, Term
from tracker.storage.search_index import MARKS, SHIFT, row_id
from tracker.storage.tables import SearchText

HEAD, WORDS = "head", "words"


def ids_holding(
    session: Session,
    kind: str,
    search: Search,
    where: str = WORDS,
    *,
    any_of: bool = False,
    most: int | None = None,
) -> Any:
    """The ids of the things of a kind that hold all that is wanted, or any of it, and nothing that is not.

    With `most` only so many, the newest: the index gives them without looking at the others.
    """
    span = (row_id(kind, 0), row_id(kind, 0) + (1 << SHIFT) - 1)
    if session.get_bind().dialect.name == "sqlite":
        index = table("search_index", column("rowid"))
        asked = literal_column("search_index").bool_op("MATCH")(_sqlite(kind, search, where, any_of))
        found = select((index.c.rowid - row_id(kind, 0)).label("id"))
        found = found.where(asked, index.c.rowid.between(*span))
        return found.order_by(index.c.rowid.desc()).limit(most) if most else found
    conditions = [_at(where, _postgresql(kind, search.wanted, any_of))]
    if search.unwanted:
        conditions.append(~_at(WORDS, _postgresql("", search.unwanted, True)))
    place = col(SearchText.id)
    found = select((place - row_id(kind, 0)).label("id")).where(*conditions, place.between(*span))
    return found.order_by(place.desc()).limit(most) if most else found


def holds_any(session: Session, kind: str, search: Search) -> bool:
    """Whether anything of a kind holds any of what is wanted."""
    held = ids_holding(session, kind, Search(search.wanted), any_of=True)
    return session.execute(held.limit(1)).first() is not None


def _sqlite(kind: str, search: Search, where: str, any_of: bool) -> str:
    marks = [f'"{MARKS[kind]}" AND '] if kind in MARKS else []
    said = (" OR " if any_of else " AND ").join(map(_side_by_side, search.wanted))
    asked = f"{where} : ({''.join(marks)}({said}))"
    if not search.unwanted:
        return asked
    return f"({asked}) NOT ({WORDS} : ({' OR '.join(map(_side_by_side, search.unwanted))}))"


def _at(where: str, asked: str) -> Any:
    return col(getattr(SearchText, where)).bool_op("@@")(cast(asked, TSQUERY))


def _postgresql(kind: str, terms: Iterable[Term], any_of: bool) -> str:
    marks = f"'{MARKS[kind]}' & " if kind in MARKS else ""
    return f"{marks}({(' | ' if any_of else ' & ').join(map(_phrase, terms))})"


def _side_by_side(term: Term) -> str:
    """A phrase of FTS5; words hold letters and figures only, nothing of its own signs."""
    return f'"{" ".join(term.words)}"{" *" if term.beginning else ""}'


def _phrase(term: Term) -> str:
    """A phrase of PostgreSQL; the words are between quotes, none holds one."""
    said = " <-> ".join(f"'{word}'" for word in term.words)
    return f"({said}{':*' if term.beginning else ''})"
