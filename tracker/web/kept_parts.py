"""Parts of pages that are made of nothing but what they are handed: made once, sent again while it is the same.

A part is found by all that it is made of, so that what changed in the database is never looked over: another line
is another part. Nothing has to be thrown away when something is withheld, for nobody asks for its parts any more.
"""

from dataclasses import fields
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any

from flask import Flask, request
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Macro
from markupsafe import Markup

from tracker.storage.lines import Line
from tracker.web.locale import language
from tracker.web.looking_back import ASKED
from tracker.web.site import Site

MOST_PARTS = 4_000
LONGEST, MOST_CHARACTERS = 20_000, 6_000_000
"""A longer part is made each time; of all together no more are kept, for what a part is found by is as long as it."""
_PLAIN = frozenset({str, Markup, int, float, bool, type(None), date, Line})
"""What can be compared as it is; lists, dictionaries and dataclasses are by all they hold."""


class Parts:
    """`kept(macro, …)` in a template is what `macro(…)` is: of one that reads nothing but its arguments and the
    reader's language, imported without context, and whose addresses are those of views.
    """

    def __init__(self, most: int = MOST_PARTS, characters: int = MOST_CHARACTERS) -> None:
        """None is made yet."""
        self._most, self._room, self._parts, self._lock = most, characters, dict[Any, str](), Lock()

    @pass_eval_context
    def __call__(self, written: EvalContext, macro: Macro, /, *handed: Any) -> str:
        """The part; from a page of a day links lead to pages of that day, so it is made anew."""
        environ = request.environ
        if environ.get("QUERY_STRING") and any(name in request.args for name in ASKED):
            return _made(written, macro, handed)
        key = (macro, written.autoescape, environ.get("SCRIPT_NAME", ""), language(), *map(_compared, handed))
        found = self._parts.get(key)
        if found is None:
            found = _made(written, macro, handed)
            if len(found) <= LONGEST:
                self._keep(key, found)
        return found

    def __len__(self) -> int:
        return len(self._parts)

    def _keep(self, key: Any, part: str) -> None:
        with self._lock:
            self._room += len(self._parts.pop(key, "")) - len(part)
            self._parts[key] = part
            while len(self._parts) > self._most or self._room < 0:
                self._room += len(self._parts.pop(next(iter(self._parts))))


def _made(written: EvalContext, macro: Macro, handed: tuple[Any, ...]) -> str:
    made: str = macro(written, *handed)
    return made


def _compared(value: Any) -> Any:
    """A value with its type and those of all it holds: what only looks alike is not the same."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return kind, value
    if kind is dict:
        return kind, *((_compared(name), _compared(one)) for name, one in value.items())
    if kind in (list, tuple):
        return kind, *map(_compared, value)
    return kind, *(_compared(getattr(value, name)) for name in _fields(kind))


@lru_cache(maxsize=100)
def _fields(kind: Any) -> tuple[str, ...]:
    """What a dataclass holds; a TypeError for whatever is none, which no part may be handed."""
    return tuple(one.name for one in fields(kind))


def prepare(app: Flask, _handed: Site) -> None:
    """Hands it to the templates."""
    app.jinja_env.globals["kept"] = Parts()
