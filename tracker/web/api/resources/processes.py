"""`/processes` and `/documents`: what produces items, and the reports and plans that carry them."""

from typing import Any

from tracker.domain.words import ProcessKind
from tracker.storage.columns import partial_of
from tracker.web.api.directory import counted, listing, single, standing_counts
from tracker.web.api.operations import Operation
from tracker.web.api.parameters import FILTERS, MOMENT, PAGING, key_in_path
from tracker.web.api.shapes import ADDRESS, PARTIAL, TEXT, TRUTH, Field, Shape, maybe, words


def _process(row: Any) -> Any:
    return row.parts[0]


def _document(row: Any) -> Any:
    return row.parts[0]


PROCESS = Shape(
    "Process",
    "What produces items: an assembly, an inquiry, an action plan.",
    (
        Field("key", TEXT, "Its permanent key.", lambda r: _process(r).key),
        Field("name", TEXT, "Its name.", lambda r: _process(r).name),
        Field("kind", words(ProcessKind), "Its kind.", lambda r: _process(r).kind),
        Field("organiser", TEXT, "Who ran it.", lambda r: _process(r).organiser),
        Field("jurisdiction", TEXT, "Where.", lambda r: _process(r).jurisdiction),
        Field("language", TEXT, "The language it works in.", lambda r: _process(r).language),
        Field(
            "started_on",
            maybe(PARTIAL),
            "As far as it is known.",
            lambda r: partial_of(_process(r), "started"),
        ),
        Field(
            "ended_on", maybe(PARTIAL), "As far as it is known.", lambda r: partial_of(_process(r), "ended")
        ),
        Field("official_url", TEXT, "Its official page.", lambda r: _process(r).url),
        Field(
            "official_url_seen",
            TRUTH,
            "Whether that page was read to enter it.",
            lambda r: _process(r).url_seen,
        ),
        Field("source", TEXT, "What was read to enter it.", lambda r: _process(r).facts_source),
        *standing_counts(),
        Field("url", ADDRESS, "Its permanent page.", lambda r: f"{r.base}/processes/{_process(r).key}"),
    ),
)
DOCUMENT = Shape(
    "Document",
    "The report, plan or text that carries items.",
    (
        Field("key", TEXT, "Its permanent key.", lambda r: _document(r).key),
        Field("title", TEXT, "Its title.", lambda r: _document(r).title),
        Field("process", TEXT, "Key of its process.", lambda r: r.parts[1].key),
        Field(
            "published_on",
            maybe(PARTIAL),
            "As far as it is known.",
            lambda r: partial_of(_document(r), "published"),
        ),
        Field("official_url", TEXT, "Where it was published.", lambda r: _document(r).url),
        Field(
            "official_url_seen",
            TRUTH,
            "Whether that page was read to enter it.",
            lambda r: _document(r).url_seen,
        ),
        Field("source", TEXT, "What was read to enter it.", lambda r: _document(r).facts_source),
        *standing_counts(),
        Field("url", ADDRESS, "Its permanent page.", lambda r: f"{r.base}/documents/{_document(r).key}"),
    ),
)
SHAPES = (PROCESS, DOCUMENT)
OPERATIONS = (
    Operation(
        "/processes",
        "Processes, with their obligations counted by standing.",
        PROCESS,
        listing("process", PROCESS, counted),
        (*FILTERS, *MOMENT, *PAGING),
        is_list=True,
    ),
    Operation(
        "/processes/{key}",
        "One process.",
        PROCESS,
        single("process", PROCESS, counted),
        (key_in_path("Its key."), *MOMENT),
    ),
    Operation(
        "/documents",
        "Documents, with their obligations counted by standing.",
        DOCUMENT,
        listing("document", DOCUMENT, counted),
        (*FILTERS, *MOMENT, *PAGING),
        is_list=True,
    ),
    Operation(
        "/documents/{key}",
        "One document.",
        DOCUMENT,
        single("document", DOCUMENT, counted),
        (key_in_path("Its key."), *MOMENT),
    ),
)
