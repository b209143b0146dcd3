"""The words of what was filled, as the product would index them; said in SQL, for there are many."""

from sqlalchemy import Connection, text

from tracker.domain.search_words import NO_WORD
from tracker.storage.search_index import MARKS, row_id

_HEADS = {
    "item": "lower(replace(ref, 'R', 'R ') || ' · ' || title) FROM item",
    "body": "lower('~ ' || name) FROM body",
    "process": "lower('~ ' || name) FROM process",
    "document": "lower('~ ' || title) FROM document",
    "response": "lower('~ ' || title) FROM response",
}
_RESTS = {
    "item": """ || ' · ' || lower(text) || ' · ' || (SELECT lower(d.title) FROM document d WHERE d.id = document_id)
        || ' · ' || (SELECT lower(p.name) FROM process p WHERE p.id = process_id)""",
    "document": " || ' · ' || (SELECT lower(p.name) FROM process p WHERE p.id = process_id)",
    "process": " || ' · ' || lower(organiser)",
}


def fill_words(connection: Connection) -> None:
    """A row of words for every thing, and the index of them."""
    sqlite = connection.dialect.name == "sqlite"
    triggers = _taken_off(connection) if sqlite else []
    for kind, head in _HEADS.items():
        connection.execute(text(_statement(kind, head, sqlite)))
    if sqlite:
        connection.exec_driver_sql("INSERT INTO search_index(search_index) VALUES ('rebuild')")
    for statement in triggers:
        connection.exec_driver_sql(statement)


def _taken_off(connection: Connection) -> list[str]:
    made = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'search_text'"
    ).all()
    for name, _ in made:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return [str(row[1]) for row in made]


def _statement(kind: str, head: str, sqlite: bool) -> str:
    said, table = head.replace("~", MARKS.get(kind, NO_WORD)).split(" FROM ")
    words = f"{said}{_RESTS.get(kind, '')}"
    if not sqlite:
        said, words = (_PLACED.format(words=one) for one in (said, words))
    row = f"id + {row_id(kind, 0)}, {said}, {words}, ''"
    return f"INSERT INTO search_text (id, head, words, mark) SELECT {row} FROM {table}"


_PLACED = f"""(SELECT string_agg(quote_literal(word) || ':' || place, ' ')
FROM regexp_split_to_table({{words}}, ' ') WITH ORDINALITY AS one(word, place) WHERE word <> '{NO_WORD}')::tsvector"""
