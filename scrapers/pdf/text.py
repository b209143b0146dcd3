"""Reads the text layer of a PDF within limits; whatever is wrong with a file becomes a problem in words.

Nothing of a file is run, opened or followed: no scripts, no attachments, no metadata, no pictures. Meant for the
cage's child, whose clock and memory limits hold where a file gets round the limits here.
"""

import time
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError

from scrapers.impostors import empty_page, impostor, looks_like_html
from scrapers.model import Problem
from scrapers.pdf.document import Document, Line
from scrapers.pdf.furniture import without_furniture
from scrapers.pdf.lines import lines_of

MOST_BYTES = 64 * 1024 * 1024
MOST_PAGES = 800
MOST_TREE_ENTRIES = 20_000
LARGEST_STREAM = 24_000_000
"""Bytes a packed part of the file may grow to; the longest report on record needs a twentieth."""
SECONDS = 8.0
"""Then the rest is left unread, before the cage's clock ends everything."""
FEWEST_LETTERS = 20
"""A document with less text than this is a picture of one."""
_HEAD = 1024


class NoText(Exception):  # noqa: N818
    """A person has to read this file; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


def read_pdf(body: bytes) -> Document:
    """The document's text; raises NoText where there is none that can be read."""
    _insist_on_pdf(body)
    limits: dict[str, Any] = {
        "page_tree_maximum_entries": MOST_TREE_ENTRIES,
        "page_tree_maximum_page_entries": MOST_TREE_ENTRIES * 10,
        "zlib_maximum_output_length": LARGEST_STREAM,
        "lzw_maximum_output_length": LARGEST_STREAM,
        "run_length_maximum_output_length": LARGEST_STREAM,
        "array_based_stream_maximum_output_length": LARGEST_STREAM,
        "stream_decoding_work_maximum_length": LARGEST_STREAM * 4,
    }
    try:
        with apply_configuration(**limits):
            return _read(body)
    except NoText:
        raise
    except FileNotDecryptedError:
        raise NoText(_locked()) from None
    except (LimitReachedError, MemoryError):
        raise NoText(_too_large()) from None
    except (PyPdfError, RecursionError, ValueError, TypeError, LookupError, AttributeError, OSError):
        # A parser meets a broken file in many ways; each means the same to whoever reads the sentence.
        raise NoText(_broken()) from None
    except (ArithmeticError, NotImplementedError, AssertionError):
        raise NoText(_broken()) from None


def questions_about(document: Document) -> Iterator[Problem]:
    """What a person has to know about a document that was not read as a whole."""
    yield from _hiding(document)
    if document.pages_read < document.pages:
        sentence = (
            f"Only the first {document.pages_read} of {document.pages} pages were read; "
            "a person has to look at the rest."
        )
        yield Problem("pages_left_unread", sentence, "question", f"page {document.pages_read + 1}")


def _hiding(document: Document) -> Iterator[Problem]:
    if document.hiding_pages:
        sentence = (
            "This PDF holds text that is not shown on the page, as a scan that a machine read does: "
            "a person has to compare what was read with what is seen."
        )
        first = ", ".join(str(number) for number in document.hiding_pages[:20])
        yield Problem("hidden_text", sentence, "question", f"page {first}")


def _insist_on_pdf(body: bytes) -> None:
    problem = empty_page(body) or _not_a_pdf(body)
    if problem:
        raise NoText(problem)


def _not_a_pdf(body: bytes) -> Problem | None:
    if len(body) > MOST_BYTES:
        return _too_large()
    if b"%PDF-" in body[:_HEAD]:
        return None
    text = body[:200_000].decode("utf-8", "replace")
    other = impostor(text) if looks_like_html(text) else None
    return other or Problem("not_a_pdf", "This is not a PDF: it does not begin like one.", "fatal", "file")


def _read(body: bytes) -> Document:
    reader = PdfReader(BytesIO(body), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise NoText(_locked())
    pages = len(reader.pages)
    read = list(_pages_of(reader, pages))
    hiding = tuple(number for number, (_, hides) in enumerate(read, 1) if hides)
    whole = Document(tuple(without_furniture([lines for lines, _ in read])), pages, len(read), hiding)
    if sum(char.isalpha() for line in whole.lines for char in line.text) < FEWEST_LETTERS:
        raise NoText(_picture(len(read)))
    return whole


def _pages_of(reader: PdfReader, pages: int) -> Iterator[tuple[list[Line], bool]]:
    end = time.monotonic() + SECONDS
    for number in range(1, min(pages, MOST_PAGES) + 1):
        if time.monotonic() > end:
            return
        page: PageObject = reader.pages[number - 1]
        yield lines_of(page, number)


def _locked() -> Problem:
    sentence = "This PDF is locked with a password, so its text cannot be read: a person has to ask for an open copy."
    return Problem("locked", sentence, "fatal", "file")


def _too_large() -> Problem:
    sentence = (
        "This PDF unpacks to far more than a document holds, so it was not read: a person has to look at it."
    )
    return Problem("too_large", sentence, "fatal", "file")


def _broken() -> Problem:
    return Problem(
        "broken_pdf", "This PDF is damaged and cannot be read: a person has to look at it.", "fatal", "file"
    )


def _picture(pages: int) -> Problem:
    told = "one page" if pages == 1 else f"{pages} pages"
    sentence = f"This PDF is a picture: no text layer on {told}, so it needs a person."
    return Problem("no_text_layer", sentence, "fatal", "file")
