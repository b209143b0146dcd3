"""Languages in addresses: `/es/…` is the same page in Spanish; the default language has no prefix."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel import Locale
from flask import Flask, Response, g, request
from flask_babel import Babel, Domain

from tracker.assets import translations
from tracker.rendering.tongue import Tongue, tongues
from tracker.web.site import Site, site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LANGUAGE, ROOT = "answerby.language", "answerby.root"
TONGUES = "answerby.tongues"
WORDED = frozenset(
    (
        "text/html",
        "application/atom+xml",
        "application/rss+xml",
        "application/feed+json",
        "text/calendar",
        "image/svg+xml",
    )
)
"""Answers that are read by people in a language; files and data are in none."""


class ReadersDomain(Domain):  # type: ignore[misc] # Flask-Babel has no types
    """The messages of views: in the language of the reader, whose catalogue is at hand."""

    def gettext(self, string: str, **variables: object) -> str:
        """A message, its values put in."""
        return tongue().say(string, **variables)

    def ngettext(self, singular: str, plural: str, num: int, **variables: object) -> str:
        """A message about so many things."""
        return tongue().ngettext(singular, plural, num) % {"num": num, **variables}


class LanguagePrefix:
    """Moves a language's prefix from the path to the script name, so that every address made keeps it."""

    def __init__(self, app: "WSGIApplication", languages: Sequence[str], default: str) -> None:
        """`languages` that have a prefix are all but the default one."""
        self.app, self.default = app, default
        self.prefixes = {f"/{language}": language for language in languages if language != default}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """One request."""
        path, root = environ.get("PATH_INFO", ""), environ.get("SCRIPT_NAME", "")
        head, slash, rest = path[1:].partition("/")
        language = self.prefixes.get(f"/{head}") if path.startswith("/") else None
        environ[ROOT], environ[LANGUAGE] = root, language or self.default
        if language:
            environ["SCRIPT_NAME"], environ["PATH_INFO"] = f"{root}/{head}", f"{slash}{rest}" or "/"
        return self.app(environ, start_response)


def language() -> str:
    """The language of the current request."""
    return str(request.environ.get(LANGUAGE) or site().config.site.default_language)


def tongue() -> Tongue:
    """The reader's language, for the words of the law: standings, steps, events."""
    found: Tongue | None = g.get("tongue")
    if found is None:
        found = g.tongue = _tongues()[language()]
    return found


def root() -> str:
    """Where the site is mounted, without a language."""
    return str(request.environ.get(ROOT, request.environ.get("SCRIPT_NAME", "")))


def in_language(code: str) -> str:
    """The current page's address in another language, its arguments kept."""
    prefix = "" if code == site().config.site.default_language else f"/{code}"
    query = request.query_string.decode("latin-1")
    return f"{root()}{prefix}{request.path}" + (f"?{query}" if query else "")


@lru_cache(maxsize=100)
def name_of(code: str) -> str:
    """A language's name in itself: English, Español."""
    return (Locale.parse(code).get_display_name() or code).capitalize()


def _named(response: Response) -> Response:
    """Says in which language a page, feed or calendar is written."""
    if response.mimetype in WORDED and request.endpoint != "static":
        response.headers.setdefault("Content-Language", language())
    return response


def _tongues() -> dict[str, Tongue]:
    from flask import current_app

    found: dict[str, Tongue] = current_app.extensions[TONGUES]
    return found


def prepare(app: Flask, handed: Site) -> None:
    """Languages for the templates and for the words of the law."""
    names = handed.config.site
    babel = Babel(
        app,
        default_locale=names.default_language,
        default_translation_directories=str(translations()),
        locale_selector=language,
    )
    babel.domain_instance = ReadersDomain()
    app.extensions[TONGUES] = tongues(names.languages, translations())
    app.after_request(_named)
    wsgi: Any = LanguagePrefix(app.wsgi_app, names.languages, names.default_language)
    app.wsgi_app = wsgi  # type: ignore[method-assign]
