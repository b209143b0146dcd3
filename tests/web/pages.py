"""A reader who holds every page to the same standard: valid, titled, one heading, unique ids, no cookie."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TIME = re.compile(
    r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?)?)?|P[\dDTHMS.]+"
)
"""A year, month, day, instant or length as HTML knows them: at most three digits of a second."""
NOT_IN_ADDRESSES = re.compile(r"""[\s"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})|\[(?![0-9a-f:.]*\])""")
LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
STANDARD_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


@dataclass(frozen=True)
class Page:
    """A page as it arrived, parsed."""

    answer: TestResponse
    root: Element

    @property
    def text(self) -> str:
        """All that is said, in one line."""
        return " ".join(" ".join(self.root.itertext()).split())

    def all(self, tag: str) -> list[Element]:
        """Every element of a tag."""
        return list(self.root.iter(tag))

    def said(self, tag: str) -> list[str]:
        """What stands in every element of a tag."""
        return [" ".join("".join(one.itertext()).split()) for one in self.all(tag)]

    def links(self) -> list[str]:
        """Where the page leads."""
        return [one.get("href", "") for one in self.all("a")]


@dataclass(frozen=True)
class Reader:
    """Opens pages and complains."""

    client: FlaskClient

    def open(self, address: str, status: int = 200, **named: Any) -> Page:
        """The page of an address, held to the standard."""
        answer = self.client.get(address, **named)
        assert answer.status_code == status, (
            address,
            answer.status_code,
            answer.get_data(as_text=True)[:400],
        )
        page = Page(answer, _parsed(address, answer.get_data()))
        for complaint in (_headers, _ids, _headings, _title, _references, _tables, _fields, valid_values):
            complaint(address, page)
        return page


def _parsed(address: str, body: bytes) -> Element:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    root: Element = parser.parse(body)
    assert parser.errors == [], (address, parser.errors[:3])
    return root


def _headers(address: str, page: Page) -> None:
    assert "Set-Cookie" not in page.answer.headers, address
    policy = page.answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy, address
    assert {name: page.answer.headers.get(name) for name in STANDARD_HEADERS} == STANDARD_HEADERS, address


def _ids(address: str, page: Page) -> None:
    twice = [
        id_ for id_, n in Counter(one.get("id") for one in page.root.iter() if one.get("id")).items() if n > 1
    ]
    assert twice == [], (address, twice)


def _headings(address: str, page: Page) -> None:
    levels = [LEVELS.index(one.tag) + 1 for one in page.root.iter() if one.tag in LEVELS]
    assert levels.count(1) == 1, (address, levels)
    jumps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
    assert jumps == [], (address, levels)


def _title(address: str, page: Page) -> None:
    [title] = page.said("title")
    assert title.partition("·")[0].strip(), address
    assert page.all("html")[0].get("lang"), address


def _references(address: str, page: Page) -> None:
    """What a label or description points at is there."""
    ids = {one.get("id") for one in page.root.iter()}
    named = {
        id_
        for one in page.root.iter()
        for attribute in ("for", "aria-labelledby", "aria-describedby", "list")
        for id_ in (one.get(attribute) or "").split()
    }
    assert named - ids == set(), (address, named - ids)
    anchors = {link[1:] for link in page.links() if link.startswith("#")}
    assert anchors - ids == set(), (address, anchors - ids)


def valid_values(address: str, page: Page) -> None:
    """Attributes a parser takes as they come and the standard does not: times, addresses, what can be hidden."""
    times = [one.get("datetime", "") for one in page.all("time")]
    assert [one for one in times if not TIME.fullmatch(one)] == [], address
    leads = [one.get(name, "") for one in page.root.iter() for name in ("href", "src", "action")]
    assert [one for one in leads if NOT_IN_ADDRESSES.search(one)] == [], address
    assert [one.tag for one in page.root.iter("svg") if one.get("hidden") is not None] == [], address
    parts = [one for tag in ("article", "section") for one in page.all(tag)]
    assert [one.attrib for one in parts if not any(each.tag in LEVELS for each in one.iter())] == [], address


def _tables(address: str, page: Page) -> None:
    assert all(table.find("caption") is not None for table in page.all("table")), address


def _fields(address: str, page: Page) -> None:
    """Every field has a label."""
    labelled = {one.get("for") for one in page.all("label")}
    fields = [one for tag in ("input", "select", "textarea") for one in page.all(tag)]
    nameless = [
        one.get("name") for one in fields if one.get("type") != "hidden" and one.get("id") not in labelled
    ]
    assert nameless == [], (address, nameless)
