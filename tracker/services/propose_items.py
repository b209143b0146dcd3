"""From a report's text or PDF to its numbered recommendations as proposals, with the bodies each names to act."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from scrapers.cage import Caged
from scrapers.model import Finding, Page, Problem, Result, Source, page_of
from tracker.domain.headings import Found, recommendations
from tracker.domain.named_in_text import Register, keys_named
from tracker.domain.refusals import insist, refuse
from tracker.domain.report_lines import TextLine, lines_of_text
from tracker.domain.words import Role
from tracker.storage import document_entry

READERS = "scrapers.reports"
"""What the cage for uploaded reports reads with."""
SECONDS = 25.0
"""For one report; the reader itself stops earlier and says how far it came, this ends one that does not."""
_READER = "pdf_lines"
LONGEST_REPORT = 3_000_000
"""Characters; ten times the longest report on record."""
LONGEST_TITLE = 120
_FIRST_SENTENCE = re.compile(r".{40,119}?(?<=\w{4})[.?!](?=\s+[\w“\"])")
"""Of a text that is longer than a title; a stop after a short word may be an abbreviation's."""
LONGEST_TEXT = 20_000


class Cage(Protocol):
    """Where files are read; see `scrapers.cage`."""

    def read(self, reader_key: str, page: Page, source: Source) -> list[Result]:
        """What a page says, or a Caged error."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row as the grid begins with it: every field is for a person to look through."""

    ref: str
    title: str
    text: str
    page: int
    named: tuple[str, ...] = ()
    """Names of known bodies that the text says should act; a guess."""


@dataclass(frozen=True, slots=True)
class ReportLines:
    """A report's lines, and what a person has to know about how they were read."""

    lines: tuple[TextLine, ...]
    pages: int
    notes: tuple[str, ...] = ()


def lines_of_pdf(cage: Cage, body: bytes, now: datetime) -> ReportLines:
    """A PDF's text, read in the cage; refuses in words what has no text or cannot be read."""
    page = page_of(body, address="file:report.pdf", fetched_at=now, content_type="application/pdf")
    try:
        results = cage.read(_READER, page, Source("report", _READER, ""))
    except Caged as error:
        insist([refuse("file", "This PDF could not be read: %(why)s", why=str(error))])
        raise AssertionError from error
    problems = [one for one in results if isinstance(one, Problem)]
    insist(refuse("file", one.sentence) for one in problems if one.weight == "fatal")
    found = next(one for one in results if isinstance(one, Finding))
    lines = tuple(TextLine(*line) for line in found.extra["lines"])
    return ReportLines(lines, int(found.extra["pages"]), tuple(one.sentence for one in problems))


def lines_of_pasted(text: str) -> ReportLines:
    """Pasted text as lines."""
    if len(text) > LONGEST_REPORT:
        insist([refuse("report", "Paste at most %(most)s characters at once.", most=LONGEST_REPORT)])
    return ReportLines(tuple(lines_of_text(text)), text.count("\f") + 1)


def propose_items(session: Session, lines: Sequence[TextLine]) -> list[Proposal]:
    """The numbered recommendations of a report; nothing is kept."""
    found = recommendations(lines)
    bodies = document_entry.names_of_bodies(session)
    register, names = Register(bodies), {body.key: body.names[0] for body in bodies}
    return [
        Proposal(
            _ref(one),
            _title(one),
            one.text[:LONGEST_TEXT],
            one.page,
            tuple(names[key] for key in keys_named(f"{one.title}. {one.text}", register)),
        )
        for one in found
    ]


def proposed_roles(names: Sequence[str]) -> list[tuple[str, Role]]:
    """Who is named first probably leads; the others owe jointly."""
    return [(name, Role.JOINT if place else Role.LEAD) for place, name in enumerate(names)]


def _ref(one: Found) -> str:
    """As people will look for it: Recommendation 12, R12, 12."""
    label = one.label.strip()
    between = " " if len(label) > 1 else ""
    return f"{label.capitalize() if label.isupper() and between else label}{between}{one.number}"[:200]


def _title(one: Found) -> str:
    """The report's own title, else how its text begins: its first sentence, or cut at a word."""
    if one.title:
        return one.title[: LONGEST_TITLE * 2]
    opening = " ".join(one.text.split())
    if len(opening) <= LONGEST_TITLE:
        return opening
    if sentence := _FIRST_SENTENCE.match(opening):
        return sentence[0]
    return f"{opening[:LONGEST_TITLE].rsplit(' ', 1)[0].rstrip(' ,;:')} …"
