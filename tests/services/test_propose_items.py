"""Reports become proposals: measured on the recorded inquiries, and on a report of forty recommendations."""

import textwrap
from collections.abc import Iterator

import pytest

from scrapers.cage import Cage
from tests.scrapers.pdf.written import pdf_of
from tests.services.entered import GROUP, NOW
from tests.shared import shared
from tracker.domain.headings import recommendations
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import BodyKind
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.propose_items import READERS, Proposal, lines_of_pasted, lines_of_pdf, propose_items
from tracker.storage.engine import Database

COUNTED = {
    "Grenfell-Phase2-Response.pdf": [str(n) for n in range(1, 59)],
    "Summer2024-Disorder-Recomm.pdf": ["3", "5", "7", "9", "11", "13", "15", "17", "19"],
    "Summer2024-Disorder-Response.pdf": [""] * 9,
    "Volume_1-Blood-Inquiry-Response.pdf": [str(n) for n in range(1, 13)],
}
"""Counted by reading: what each document itself numbers (the committee's conclusions between are none)."""


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(readers=READERS, children=1) as opened:
        yield opened


@pytest.mark.parametrize("name", list(COUNTED))
def test_every_recommendation_of_a_recorded_inquiry_is_found_and_none_is_made_up(
    cage: Cage, name: str
) -> None:
    body = shared("data", "samples", "inquiries", name).read_bytes()
    found = recommendations(lines_of_pdf(cage, body, NOW).lines)
    assert [one.number for one in found] == COUNTED[name]
    assert all(one.page and (one.text or one.title) for one in found)


def test_a_recommendations_text_ends_where_the_reply_begins(cage: Cage) -> None:
    body = shared("data", "samples", "inquiries", "Grenfell-Phase2-Response.pdf").read_bytes()
    found = {one.number: one for one in recommendations(lines_of_pdf(cage, body, NOW).lines)}
    assert found["5"].text == (
        "That the statutory guidance generally, and Approved Document B in particular, be reviewed accordingly and a "
        "revised version published as soon as possible. (113.11)"
    )
    assert found["14"].text.startswith("a) that copies of all test results") and found["14"].page == 17
    assert not [one.number for one in found.values() if "accepts this recommendation" in one.text]


def test_a_pdf_that_is_a_picture_says_so(cage: Cage) -> None:
    body = shared("data", "samples", "inquiries", "PostOfficeHorizon-IT-Inquiry-Response.pdf").read_bytes()
    with pytest.raises(NotAccepted, match="no text layer on 16 pages"):
        lines_of_pdf(cage, body, NOW)


@pytest.mark.parametrize("body", [b"%PDF-1.7\n%broken", b"%PDF-", b"%PDF-1.4\n" + b"\0" * 5000])
def test_a_broken_pdf_is_a_sentence(cage: Cage, body: bytes) -> None:
    with pytest.raises(NotAccepted):
        lines_of_pdf(cage, body, NOW)


NAMES = (
    ("Department for Water and Rivers", BodyKind.GOVERNMENT),
    ("Ministry of Lakes", BodyKind.GOVERNMENT),
    ("Home Office", BodyKind.GOVERNMENT),
    ("Severn Water plc", BodyKind.COMPANY),
    ("Acme Pumps Ltd", BodyKind.COMPANY),
)


def forty() -> list[str]:
    return [
        f"{'The ' if n % 5 < 3 else ''}{NAMES[n % 5][0]} should publish what it did about matter {n} "
        "within a year, show how much money that took, say who was asked about it beforehand, and put the figures on "
        "its own site in a form that a machine can read without asking anybody."
        for n in range(1, 41)
    ]


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    with opened.writing() as session:
        for name, kind in NAMES:
            enter_body(session, NOW, EnterBody(name=name, kind=kind, jurisdiction="GB"), actor=GROUP)
    yield opened
    opened.close()


def proposed(database: Database, lines: object) -> list[Proposal]:
    with database.reading() as session:
        return propose_items(session, lines.lines)  # type: ignore[attr-defined]


def test_forty_recommendations_to_five_bodies_come_out_of_a_pdf_with_whom_they_ask(
    cage: Cage, database: Database
) -> None:
    pages = [
        [
            "River inquiry: final report",
            *(line for n in range(at, at + 5) for line in _printed(n)),
            str(at),
        ]
        for at in range(1, 41, 5)
    ]
    found = proposed(database, lines_of_pdf(cage, pdf_of(*pages), NOW))
    assert [one.ref for one in found] == [f"Recommendation {n}" for n in range(1, 41)]
    assert [one.text.split("\n")[0] for one in found] == forty()
    assert [one.named for one in found] == [(NAMES[n % 5][0],) for n in range(1, 41)]


def _printed(number: int) -> list[str]:
    text = forty()[number - 1]
    first, *more = textwrap.wrap(text, 70)
    return [
        f"+*Recommendation {number}",
        f"+{first}",
        *more,
        f"+Of {number} we heard {'much ' * (number % 7)}from many.",
    ]


def test_only_a_body_that_should_act_and_is_on_record_is_proposed(database: Database) -> None:
    text = (
        "Recommendation 1: The Ministry of Magic should act with the Home Office.\n\n"
        "Recommendation 2: We recommend that the Home Office and Severn Water plc publish a plan.\n\n"
        "Recommendation 3: A report of the Home Office should be read by Acme Pumps Ltd.\n"
    )
    named = [one.named for one in proposed(database, lines_of_pasted(text))]
    assert named == [(), ("Home Office", "Severn Water plc"), ()]
