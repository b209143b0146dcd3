"""The lines a person would read on a web page; nothing is interpreted."""

from collections.abc import Iterator

from scrapers.model import Finding, Page, Problem, Result, Source
from scrapers.plain import text_of_html

LONGEST = 400_000
"""Characters."""


def read(page: Page, source: Source) -> Iterator[Result]:
    """One finding with every line, or the problem that keeps the page from being read."""
    text = text_of_html(page.body.decode(_charset(page), "replace"), LONGEST)
    if not text.strip():
        yield Problem("empty_page", "There is no text on this page.", "fatal")
        return
    yield Finding("update", "lines", "lines", extra={"lines": list(text.split("\n")), "pages": 1})


def _charset(page: Page) -> str:
    """What the server says, where Python knows it; else UTF-8."""
    said = page.header("content-type").lower().partition("charset=")[2].strip(" \"';")
    try:
        b"".decode(said)
    except (LookupError, ValueError):
        return "utf-8"
    return said
