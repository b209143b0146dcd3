"""The lines of a PDF with their pages, without running headers, footers and page numbers; nothing is interpreted."""

from collections.abc import Iterator

from scrapers.model import Finding, Page, Result, Source
from scrapers.pdf.text import NoText, questions_about, read_pdf


def read(page: Page, source: Source) -> Iterator[Result]:
    """One finding with every line (text, page, bold, after a gap), or the problem that keeps it from being read."""
    try:
        document = read_pdf(page.body)
    except NoText as unreadable:
        yield unreadable.problem
        return
    lines = [[line.text, line.page, line.is_bold, line.after_gap] for line in document.lines]
    yield from questions_about(document)
    yield Finding("update", "lines", "lines", extra={"lines": lines, "pages": document.pages})
