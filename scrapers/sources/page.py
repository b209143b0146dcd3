"""Any page for people: what changed since it was last read well, as a readable difference; options only, no code.

It compares the readable text of the page, or of the parts that `select` names. The first reading finds nothing.
OPTIONS says what may be set.
"""

import base64
from collections.abc import Iterator, Mapping
from hashlib import sha256

from selectolax.lexbor import LexborHTMLParser

from scrapers.feeds.decoding import Unreadable
from scrapers.html_pages import html_of, tree_of
from scrapers.model import Finding, Json, Page, Result, Seen, Source, page_of
from scrapers.passages import Difference, difference, passages_of
from scrapers.plain import one_line
from scrapers.rows.places import BadPlace, check_selector
from scrapers.strict_json import said_as_problem

OPTIONS: Mapping[str, str] = {
    "select": "the CSS selector of the parts to compare; without it the page's readable text",
    "ignore": "the CSS selector, or a list of them, of parts that change without meaning anything",
    "ignore_text": "words, or a list of them: passages that hold one are left out",
    "body_name": "the body that the page is of",
}
VOCABULARY: dict[str, dict[str, str]] = {}
"""A page says nothing in words that we would interpret."""
COMPARES = True
"""The page as it was last read well is handed over too, in the page's state as `before`."""

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
"""How a page in two bytes a sign begins."""


def complaints(options: Mapping[str, Json]) -> Iterator[str]:
    """What is wrong with the options, each as a sentence."""
    try:
        for selector in (str(options.get("select", "")), *_texts(options, "ignore")):
            check_selector(selector)
    except BadPlace as error:
        yield str(error)


@said_as_problem
def read(page: Page, source: Source) -> Iterator[Result]:
    """What changed on the page, as one finding; how many passages it has, in any case."""
    title, passages = _read(page, source.options)
    if not passages:
        raise Unreadable("no_text", "The page holds no text where the source's options say it is.", title)
    yield Seen(len(passages))
    before = _before(page, source.options)
    changed = difference(before, passages) if before else None
    if changed:
        yield _finding(changed, title, before, passages, page, source)


def _read(page: Page, options: Mapping[str, Json]) -> tuple[str, list[str]]:
    if page.body.startswith(b"%PDF") or (b"\x00" in page.body[:1000] and not page.body.startswith(_WIDE)):
        raise Unreadable("not_html", "The address holds a document and no page that this reader reads.")
    html = html_of(page).text
    if page.header("content-type").startswith("text/plain"):
        html = "".join(
            f"<p>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>" for line in html.splitlines()
        )
    tree = tree_of(html)
    title = _title(tree)
    try:
        for selector in (select := str(options.get("select", "")), *(ignore := _texts(options, "ignore"))):
            check_selector(selector)
    except BadPlace as error:
        raise Unreadable("bad_option", str(error)) from None
    return title, passages_of(tree, select, ignore, _texts(options, "ignore_text"))


def _title(tree: LexborHTMLParser) -> str:
    found = (tree.css_first(selector) for selector in ("h1", "title"))
    return next((text for node in found if node is not None and (text := one_line(node.text()))), "")


def _texts(options: Mapping[str, Json], name: str) -> list[str]:
    value = options.get(name, ())
    return (
        [value]
        if isinstance(value, str)
        else [str(one) for one in value]
        if isinstance(value, list | tuple)
        else []
    )


def _before(page: Page, options: Mapping[str, Json]) -> list[str]:
    """The passages of the page as it was last read well, by the same options; none where it cannot be told."""
    kept = page.state.get("before")
    if not isinstance(kept, dict):
        return []
    body = base64.b64decode(str(kept.get("body", "")))
    earlier = page_of(
        body,
        address=page.address,
        fetched_at=page.fetched_at,
        content_type=str(kept.get("content_type", "")),
    )
    try:
        return _read(earlier, options)[1]
    except Unreadable:
        return []


def _finding(
    changed: Difference, title: str, before: list[str], passages: list[str], page: Page, source: Source
) -> Finding:
    return Finding(
        kind="update",
        key=f"change:{_mark(before)}:{_mark(passages)}",
        title=title or page.final_address,
        body_name=str(source.options.get("body_name", "")),
        summary=changed.text,
        link=page.final_address,
        locator=str(source.options.get("select", "")) or "page",
        confidence=0.5,
        reasons=(("changed", f"+{len(changed.new)} −{len(changed.gone)}"),),
        extra={"new": len(changed.new), "gone": len(changed.gone)},
    )


def _mark(passages: list[str]) -> str:
    return sha256("\n".join(passages).encode("utf-8", "replace")).hexdigest()[:16]
