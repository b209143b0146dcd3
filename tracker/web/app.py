"""The application: every module of the rooms below that has a `blueprint` is part of it, by being there."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module, util
from types import ModuleType
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter

from tracker.assets import static, templates
from tracker.web import (
    errors,
    filters,
    headers,
    kept_parts,
    known_arguments,
    known_names,
    locale,
    looking_back,
    quick_words,
    wording,
)
from tracker.web.access import Access, access, check_access
from tracker.web.api.limits import Limits
from tracker.web.page_cache import PageCache
from tracker.web.quick_templates import QuickTemplates
from tracker.web.site import EXTENSION, Site

ROOMS = ("public", "dashboards", "feeds", "api", "editing", "review")
MAX_UPLOAD = 10_000_000
"""Bytes."""
YEAR = 365 * 24 * 3600


class KeyConverter(BaseConverter):
    """A key in an address: small letters, digits and hyphens."""

    regex = "[a-z0-9][a-z0-9-]{0,79}"


def create_app(handed: Site, *, testing: bool = False) -> Flask:
    """The WSGI application of one site."""
    app = Flask("tracker.web", template_folder=str(templates()), static_folder=str(static()))
    app.jinja_environment = QuickTemplates
    app.testing = testing
    app.extensions[EXTENSION] = handed
    app.config.update(_settings(handed))
    app.url_map.converters["key"] = KeyConverter
    access(Access.PUBLIC)(_view(app, "static"))
    known_arguments.prepare(app, handed)
    app.before_request(check_access)
    for room in (headers, locale, quick_words, kept_parts, filters, wording, known_names, looking_back):
        room.prepare(app, handed)
    errors.prepare(app)
    for module in modules():
        _take_in(app, module, handed)
    _keep_pages(app, handed)
    if not testing:
        _limit_api(app, handed)
    return _behind_proxies(app, handed.config.web.trusted_proxies)


def modules() -> Iterator[ModuleType]:
    """Every module of the rooms, in the order of their names."""
    for room in ROOMS:
        name = f"tracker.web.{room}"
        if util.find_spec(name) is None:
            continue
        package = import_module(name)
        yield package
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            yield import_module(found.name)


def _take_in(app: Flask, module: ModuleType, handed: Site) -> None:
    """Registers a module's `blueprint` and calls its `prepare(app, site)` where there is one."""
    blueprint = getattr(module, "blueprint", None)
    if blueprint is not None and blueprint.name not in app.blueprints:
        app.register_blueprint(blueprint)
    prepare = getattr(module, "prepare", None)
    if prepare is not None and prepare.__module__ == module.__name__:
        prepare(app, handed)


def _settings(handed: Site) -> dict[str, Any]:
    secure = handed.config.site.base_url.startswith("https:")
    return {
        "SECRET_KEY": handed.config.web.secret_key,
        "MAX_CONTENT_LENGTH": MAX_UPLOAD,
        "SEND_FILE_MAX_AGE_DEFAULT": YEAR,
        "SESSION_COOKIE_NAME": "__Host-answerby" if secure else "answerby",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "TEMPLATES_AUTO_RELOAD": False,
    }


def _view(app: Flask, endpoint: str) -> Any:
    """The view of an endpoint, in a form that a declaration can be put on."""
    view = app.view_functions[endpoint]

    def shown(**values: Any) -> Any:
        return app.ensure_sync(view)(**values)

    app.view_functions[endpoint] = shown
    return shown


def _keep_pages(app: Flask, handed: Site) -> None:
    """In front of everything that reads an address, and behind whatever says which one was asked for."""
    most = handed.config.web.page_cache_mb * 1_000_000
    if most:
        cache: Any = PageCache(app.wsgi_app, handed.database.version.now, handed.now, most)
        app.wsgi_app = cache  # type: ignore[method-assign]


def _limit_api(app: Flask, handed: Site) -> None:
    """In front of what is kept in memory: that is counted too. Tests ask as often as they like."""
    web = handed.config.web
    limits: Any = Limits(
        app.wsgi_app,
        handed.now,
        handed.config.site.base_url,
        web.api_requests_per_minute,
        web.api_writes_per_minute,
        handed.config.site.languages,
    )
    app.wsgi_app = limits  # type: ignore[method-assign]


def _behind_proxies(app: Flask, hops: int) -> Flask:
    if hops:
        trusting: Any = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops)
        app.wsgi_app = trusting  # type: ignore[method-assign]
    return app
