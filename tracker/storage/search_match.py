"""What a search means in either database's own index; both hold the same words, so both find the same."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import cast, column, func, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlmodel import Session, col

from tracker.domain.searching import Search, Term
from tracker.storage.prepared import once
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
        asked = literal_column("search_index").bool_op("MATCH")(_sqlite(session, kind, search, where, any_of))
        found = select((index.c.rowid - row_id(kind, 0)).label("id"))
        found = found.where(asked, index.c.rowid.between(*span))
        return found.order_by(index.c.rowid.desc()).limit(most) if most else found
    place = col(SearchText.id)
    found = select((place - row_id(kind, 0)).label("id")).where(_holds(kind, search, where, any_of))
    if not most:
        return found.where(place.between(*span))
    if _is_common(session, kind, search, where, any_of):
        return found.where(place.between(*span)).order_by(place.desc()).limit(most)
    # Only the index of words finds what is rare; else rows are gone through from the newest down to the first.
    held = found.where((place + 0).between(*span)).cte(f"held_{where}").prefix_with("MATERIALIZED")
    return select(held.c.id).order_by(held.c.id.desc()).limit(most)


SAMPLE, COMMON = 400, 40
"""What so many of the newest hold is found soon by going through them; what is rarer, by the index of words."""


def _is_common(session: Session, kind: str, search: Search, where: str, any_of: bool) -> bool:
    """Whether many of the newest hold what is wanted: PostgreSQL's own guess knows nothing of beginnings of words."""

    def sampled() -> dict[str, int]:
        place = col(SearchText.id)
        first, last = row_id(kind, 0), row_id(kind, 0) + (1 << SHIFT) - 1
        newest = select(place, SearchText.head, SearchText.words).where(place.between(first, last))
        sample = newest.order_by(place.desc()).limit(SAMPLE).cte("newest").prefix_with("MATERIALIZED")
        held = [
            func.count().filter(_holds(kind, search, name, any_of, sample.c)).label(name)
            for name in (HEAD, WORDS)
        ]
        return dict(session.execute(select(*held).select_from(sample)).one()._mapping)

    return once(session, ("newest that hold", kind, search, any_of), sampled)[where] >= COMMON


def _holds(kind: str, search: Search, where: str, any_of: bool, row: Any = SearchText) -> Any:
    held = _at(where, _postgresql(kind, search.wanted, any_of), row)
    if not search.unwanted:
        return held
    return held & ~_at(WORDS, _postgresql("", search.unwanted, True), row)


def holds_any(session: Session, kind: str, search: Search) -> bool:
    """Whether anything of a kind holds any of what is wanted."""
    held = ids_holding(session, kind, Search(search.wanted), any_of=True)
    return session.execute(held.limit(1)).first() is not None


def _sqlite(session: Session, kind: str, search: Search, where: str, any_of: bool) -> str:
    wanted, unwanted = (
        [_side_by_side(term, _endings(session, term)) for term in terms]
        for terms in (search.wanted, search.unwanted)
    )
    marks = [f'"{MARKS[kind]}" AND '] if kind in MARKS else []
    asked = f"{where} : ({''.join(marks)}({(' OR ' if any_of else ' AND ').join(wanted)}))"
    return f"({asked}) NOT ({WORDS} : ({' OR '.join(unwanted)}))" if unwanted else asked


MOST_ENDINGS, SHORT = 8, 3
"""So many longer words are named one by one; beginnings so short have an index of their own."""
_LONGER = text("SELECT term FROM search_word WHERE term >= :least AND term < :beyond LIMIT :most")
_VOCABULARY = text(
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_word USING fts5vocab('main', 'search_index', 'row')"
)


def _endings(session: Session, term: Term) -> Sequence[str] | None:
    """The longer words on record that begin like a term's last; None where they are too many to be named.

    SQLite puts together all that holds any word of a beginning before it gives the first; of whole words it does not.
    """
    last = term.words[-1]
    if not term.beginning or len(last) <= SHORT:
        return None if term.beginning else ()

    def found() -> Sequence[str]:
        session.execute(_VOCABULARY)
        # No letter or figure comes before the nought.
        values = {"least": f"{last}0", "beyond": f"{last}\U0010ffff", "most": MOST_ENDINGS + 1}
        return list(session.execute(_LONGER, values).scalars())

    longer = once(session, ("words that begin", last), found)
    return longer if len(longer) <= MOST_ENDINGS else None


def _at(where: str, asked: str, row: Any) -> Any:
    return col(getattr(row, where)).bool_op("@@")(cast(asked, TSQUERY))


def _postgresql(kind: str, terms: Iterable[Term], any_of: bool) -> str:
    marks = f"'{MARKS[kind]}' & " if kind in MARKS else ""
    return f"{marks}({(' | ' if any_of else ' & ').join(map(_phrase, terms))})"


def _side_by_side(term: Term, endings: Sequence[str] | None) -> str:
    """A phrase of FTS5, or some of which any will do; words hold letters and figures only, nothing of its own signs."""
    if endings is None:
        return f'"{" ".join(term.words)}" *'
    *first, last = term.words
    phrases = [f'"{" ".join((*first, word))}"' for word in (last, *endings)]
    return f"({' OR '.join(phrases)})" if len(phrases) > 1 else phrases[0]


def _phrase(term: Term) -> str:
    """A phrase of PostgreSQL; the words are between quotes, none holds one."""
    said = " <-> ".join(f"'{word}'" for word in term.words)
    return f"({said}{':*' if term.beginning else ''})"
