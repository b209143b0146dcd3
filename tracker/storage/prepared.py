"""Statements that are made once and executed often, and questions that one reading of the database asks once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Date, Executable, Integer, String, bindparam, text
from sqlmodel import Session

from tracker.storage.columns import UtcDateTime

ANSWERS = "answers"
T = TypeVar("T")
NOW: Any = bindparam("now", type_=UtcDateTime())
"""An instant that is handed over when a statement is executed; likewise a day, a place in a list, and ids."""
DAY: Any = bindparam("day", type_=Date())
OFFSET: Any = bindparam("offset", type_=Integer())
LIMIT: Any = bindparam("limit", type_=Integer())
AFTER: Any = bindparam("after", type_=Integer())
ID: Any = bindparam("id", type_=Integer())
IDS: Any = bindparam("ids", type_=Integer(), expanding=True)
KEY: Any = bindparam("key", type_=String())
KEYS: Any = bindparam("keys", type_=String(), expanding=True)
FAMILY: Any = bindparam("family", type_=Integer(), expanding=True)
_NOTHING: Mapping[str, Any] = {}


def run(session: Session, statement: Executable, values: Mapping[str, Any] = _NOTHING) -> Any:
    """The rows of a statement about columns; while reading, without what only objects need."""
    if session.autoflush:
        return session.execute(statement, values)
    return session.connection().execute(statement, values)


@contextmanager
def by_indexes(session: Session) -> Iterator[None]:
    """What is asked meanwhile is found by indexes alone, also where PostgreSQL takes a whole table for as cheap.

    For a few rows of what looks endless: beside it each further table seems to cost nothing, however it is read.
    """
    if session.get_bind().dialect.name != "postgresql":
        yield
        return
    run(session, _NO_WHOLE_TABLES)
    yield
    run(session, _WHOLE_TABLES)


_NO_WHOLE_TABLES, _WHOLE_TABLES = (text(f"SET LOCAL enable_seqscan = {whether}") for whether in ("off", "on"))


def made(question: Hashable, make: Callable[[], Any]) -> Any:
    """The statement that is made for a question: the same one again while it is among those asked last."""
    with _LOCK:
        found = _MADE.get(question)
        if found is not None:
            _MADE.move_to_end(question)
            return found
    found = make()
    with _LOCK:
        _MADE[question] = found
        while len(_MADE) > MOST_MADE:
            _MADE.popitem(last=False)
    return found


MOST_MADE = 400
_MADE: OrderedDict[Hashable, Any] = OrderedDict()
_LOCK = Lock()


def once(session: Session, question: Hashable, answer: Callable[[], T]) -> T:
    """The answer, asked for once while the database is read; what is being written may change it any time."""
    answers = session.info.get(ANSWERS)
    if answers is None:
        return answer()
    if question not in answers:
        answers[question] = answer()
    kept: T = answers[question]
    return kept
