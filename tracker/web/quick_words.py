"""What a page asks hundreds of times, kept ready: the messages of templates, and addresses of this site."""

from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from tracker.rendering.tongue import Tongue
from tracker.web.locale import tongue
from tracker.web.looking_back import ASKED
from tracker.web.site import Site

MOST_MESSAGES, MOST_ADDRESSES = 10_000, 20_000


@pass_eval_context
def say(written: EvalContext, message: str, /, **values: object) -> str:
    """A message of a template in the reader's language; values put into a page are escaped."""
    reader = tongue()
    if not written.autoescape:
        return str(_worded(reader, message)) % values
    return _worded(reader, message) % values if values else _bare(reader, message)


@pass_eval_context
def count(written: EvalContext, one: str, many: str, num: int, /, **values: object) -> str:
    """A message about so many things."""
    said = tongue().ngettext(one, many, num)
    values.setdefault("num", num)
    return (Markup(said) if written.autoescape else said) % values  # noqa: S704 - words of our own


@lru_cache(maxsize=MOST_MESSAGES)
def _worded(reader: Tongue, message: str) -> Markup:
    return Markup(reader.gettext(message))  # noqa: S704 - words of our own


@lru_cache(maxsize=MOST_MESSAGES)
def _bare(reader: Tongue, message: str) -> Markup:
    """With nothing to put in; %% is a sign of its own."""
    return _worded(reader, message) % {}


class Addresses:
    """`url_for` of one application: what an address is made of is always the same address."""

    def __init__(self) -> None:
        """None is known yet."""
        self._known = lru_cache(maxsize=MOST_ADDRESSES)(_made)

    def __call__(self, endpoint: str, **values: Any) -> str:
        """The address of a view; what is asked in other words than plain ones is made anew."""
        environ = request.environ
        looking_back = environ.get("QUERY_STRING") and any(name in request.args for name in ASKED)
        if looking_back or not all(map(_is_plain, values.items())):
            return current_app.url_for(endpoint, **values)
        near = request.blueprint if endpoint.startswith(".") else None
        return self._known(environ.get("SCRIPT_NAME", ""), near, endpoint, tuple(values.items()))


def _made(_root: str, _near: str | None, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return current_app.url_for(endpoint, **dict(values))


def _is_plain(named: tuple[str, Any]) -> bool:
    name, value = named
    return not name.startswith("_") and (value is None or type(value) in (str, int))


def prepare(app: Flask, _handed: Site) -> None:
    """Hands them to the templates, in the place of what asks for everything anew."""
    quick: dict[str, Any] = {"_": say, "gettext": say, "ngettext": count, "url_for": Addresses()}
    app.jinja_env.globals.update(quick)
