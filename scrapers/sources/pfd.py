"""Coroners' reports to prevent future deaths (Coroners and Justice Act 2009, Schedule 5, paragraph 7).

From a report, as a PDF or as its page: its number, its date, the organisations it is sent to, and the day by which the
coroner asks for an answer, with the sentence up to that day. No name of a person is kept, neither the dead person's
nor the coroner's nor a witness's: no concerns, no circumstances, no address that holds a name; an addressee who may be
a person is a question. A blank form states no day.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from scrapers.impostors import empty_page, impostor, looks_like_html
from scrapers.model import Page, Problem, Result, Source
from scrapers.pdf.text import NoText, questions_about, read_pdf
from scrapers.pfd.report import is_report, read_report, results_of
from scrapers.pfd.web import found_without_name, is_about_a_report, link_of, names_nobody, read_web_page

__all__ = ["found_without_name", "is_about_a_report", "names_nobody", "read"]

_BLANK = re.compile(r"\[(?:DATE|NAME)\]")
NAMES_PERSONS = True
"""What is read holds names of private persons: evidence of it is neither served nor exported."""
SITES = ("judiciary.uk",)
"""Where such pages stand: no address there is shown that may name a person, whoever brings it."""
OPTIONS: Mapping[str, str] = {}
"""A source of this reader needs to be told nothing."""
VOCABULARY: dict[str, dict[str, str]] = {"trigger": {"Date of report": "dated"}}


def read(page: Page, source: Source) -> Iterable[Result]:
    """What a report or a list of reports says; anything else is one fatal problem."""
    empty = empty_page(page.body)
    if empty:
        return [empty]
    text = page.body[:200_000].decode("utf-8", "replace")
    if looks_like_html(text):
        results = list(read_web_page(page))
        other = impostor(text) if any(_is_unknown(result) for result in results) else None
        return [other] if other else results
    return _read_file(page)


def page_to_watch(pages: Sequence[str]) -> str:
    """Replies are put on the report's page: its file, which never changes, is no place to look for them."""
    return next((one for one in pages if not urlsplit(one).path.lower().endswith(".pdf")), "")


def _is_unknown(result: Result) -> bool:
    return isinstance(result, Problem) and result.code == "not_recognised"


def _read_file(page: Page) -> list[Result]:
    """The report in a PDF; one without text that a known page led to is proposed as that page has it."""
    key = page.sha256[:12]
    try:
        document = read_pdf(page.body)
    except NoText as error:
        if not page.state.get("reference"):
            return [error.problem]
        known = read_report([], page.state)
        weaker = Problem(error.problem.code, error.problem.sentence, "question", known.reference)
        return [weaker, *results_of(known, key, link_of(known.reference))]
    lines = [line.text for line in document.lines]
    if not is_report(" ".join(lines)):
        sentence = (
            "This PDF is not a report to prevent future deaths: it does not say to whom it is being sent."
        )
        return [Problem("not_recognised", sentence, "fatal", "file")]
    report = read_report(lines, page.state, str(page.state.get("file_name", "")))
    if not report.dated_on and not report.due_stated_on and _BLANK.search(" ".join(lines)):
        sentence = "This is the blank form of a report: it states no day and nobody who is to answer."
        return [Problem("blank_form", sentence, "fatal", "file")]
    return [*questions_about(document), *results_of(report, key, link_of(report.reference))]
