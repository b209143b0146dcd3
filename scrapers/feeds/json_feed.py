"""JSON Feed 1.0 and 1.1, read strictly: https://www.jsonfeed.org/version/1.1/."""

import json
from collections.abc import Iterator
from typing import NoReturn

from scrapers.feeds.decoding import Unreadable
from scrapers.feeds.entries import Entry, summary_of
from scrapers.model import Json, Problem

_VERSIONS = ("https://jsonfeed.org/version/1", "http://jsonfeed.org/version/1")


def json_entries(text: str) -> tuple[str, list[Entry], list[Problem]]:
    """The feed's title, its entries and the questions on the way."""
    feed = _loaded(text)
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith(_VERSIONS):
        raise Unreadable("not_a_feed", "The page is JSON, but not a JSON Feed.")
    items = feed.get("items")
    if not isinstance(items, list):
        raise Unreadable("no_items", "The JSON Feed has no list of items.")
    problems = [_not_an_item(number) for number, item in enumerate(items, 1) if not isinstance(item, dict)]
    return _text(feed.get("title")), list(_entries(items)), problems


def _loaded(text: str) -> Json:
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Unreadable("broken_json", "The page is not valid JSON.") from None


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _not_an_item(number: int) -> Problem:
    return Problem(
        "not_an_item",
        "An item of the JSON Feed is not an object; it was left out.",
        "question",
        f"entry {number}",
    )


def _entries(items: list[Json]) -> Iterator[Entry]:
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            continue
        tags = item.get("tags")
        yield Entry(
            number=number,
            id=_text(item.get("id")),
            title=_text(item.get("title")),
            link=_text(item.get("url")) or _text(item.get("external_url")),
            summary=summary_of(_first(item, "summary", "content_text", "content_html")),
            published=_text(item.get("date_published")),
            updated=_text(item.get("date_modified")),
            categories=tuple(map(_text, tags)) if isinstance(tags, list) else (),
        )


def _first(item: dict[str, Json], *names: str) -> str:
    return next((_text(item[name]) for name in names if _text(item.get(name))), "")


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return ""
