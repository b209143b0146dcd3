"""`/sources` and `/evidence`: the places that are read, how that goes, and what a kept page is."""

from typing import Any

from tracker.domain.words import RunState
from tracker.storage import evidence, health
from tracker.storage.tables import Page
from tracker.web.api.operations import Call, Operation, Rows, missing
from tracker.web.api.parameters import PAGING, Parameter, key_in_path, short_text
from tracker.web.api.shapes import (
    ADDRESS,
    INSTANT,
    TEXT,
    TRUTH,
    WHOLE,
    Field,
    Shape,
    many,
    maybe,
    words,
)
from tracker.web.filters import stands_at

SOURCE = Shape(
    "Source",
    "An official place we read, with its health.",
    (
        Field("key", TEXT, "Its key.", lambda s: s.source.key),
        Field("name", TEXT, "Its name.", lambda s: s.source.name),
        Field("reader", TEXT, "What reads it.", lambda s: s.source.reader),
        Field("address", ADDRESS, "Where it is.", lambda s: stands_at(s.source)),
        Field("process", maybe(TEXT), "Key of its process.", lambda s: s.process and s.process.key),
        Field("every_seconds", WHOLE, "Between two readings.", lambda s: s.source.every_seconds),
        Field(
            "publication_lag_days",
            WHOLE,
            "Days it takes to publish what was sent.",
            lambda s: s.source.publication_lag_days,
        ),
        Field("entries_last", maybe(WHOLE), "Entries when last read well.", lambda s: s.source.entries_last),
        Field("last_checked_at", maybe(INSTANT), "Last tried.", lambda s: s.source.last_checked_at),
        Field("last_success_at", maybe(INSTANT), "Last read.", lambda s: s.source.last_success_at),
        Field("broken_since_at", maybe(INSTANT), "Unreadable since.", lambda s: s.source.broken_since_at),
        Field("problem", TEXT, "What is wrong with our reading.", lambda s: s.source.problem),
        Field("runs", WHOLE, "Readings so far.", lambda s: s.runs),
        Field("quarantined", WHOLE, "Readings set aside as implausible.", lambda s: s.quarantined),
    ),
)
RUN = Shape(
    "Run",
    "One reading of a source.",
    (
        Field("started_at", INSTANT, "When it began.", lambda run: run.started_at),
        Field("ended_at", maybe(INSTANT), "When it ended.", lambda run: run.ended_at),
        Field("state", words(RunState), "How it ended.", lambda run: run.state),
        Field("entries", WHOLE, "Entries found.", lambda run: run.entries),
    ),
)
WHOLE_SOURCE = SOURCE.extended(
    "SourceInFull",
    "A source with its last readings.",
    Field("watched", WHOLE, "Obligations whose answer would appear there.", lambda r: r["watched"]),
    Field(
        "last_runs", many(RUN.ref), "The last thirty readings, the oldest first.", lambda r: r["last_runs"]
    ),
)
EVIDENCE = Shape(
    "Evidence",
    "A page as it was read; its bytes are at url + /bytes while they are kept.",
    (
        Field("sha256", TEXT, "Of its bytes: its permanent key.", lambda r: r.page.sha256),
        Field("withheld", TRUTH, "Kept from the public: no more is told.", lambda r: r.hidden),
        Field("address", maybe(TEXT), "Where it was read.", lambda r: r.told(r.page.address)),
        Field("final_address", maybe(TEXT), "Where that led.", lambda r: r.told(r.page.final_address)),
        Field("content_type", maybe(TEXT), "What it said it was.", lambda r: r.told(r.page.content_type)),
        Field("size", maybe(WHOLE), "Bytes.", lambda r: r.told(r.page.size)),
        Field("fetched_at", INSTANT, "When it was read.", lambda r: r.page.fetched_at),
        Field(
            "last_seen_at", maybe(INSTANT), "When it was last read.", lambda r: r.told(r.page.last_seen_at)
        ),
        Field("dropped_at", maybe(INSTANT), "When its bytes were given up.", lambda r: r.page.dropped_at),
        Field("archive_url", maybe(TEXT), "A copy elsewhere.", lambda r: r.told(r.page.archive_url)),
        Field("responses", many(TEXT), "Keys of the responses that rest on it.", lambda r: r.responses),
        Field("url", ADDRESS, "Its permanent page.", lambda r: f"{r.base}/evidence/{r.page.sha256}"),
    ),
)
SHA256 = Parameter(
    "sha256",
    "The hash of its bytes, in small letters.",
    {**TEXT, "pattern": "^[0-9a-f]{64}$"},
    short_text,
    in_path=True,
    required=True,
)


class Kept:
    """A page that was kept, as far as it may be told."""

    def __init__(self, call: Call, page: Page) -> None:
        """Of a withheld page no more than its hash and its time are told."""
        self.page, self.base = page, call.base
        self.hidden = evidence.is_withheld(call.session, page)
        found = [] if self.hidden else evidence.answers_on(call.session, page.sha256)
        self.responses = sorted({one.response.key for one in found})

    def told(self, value: Any) -> Any:
        """The value, where the page may be seen."""
        return None if self.hidden else value


def listed(call: Call) -> Rows:
    """A page of the sources, broken ones first; the cursor is the place in it."""
    found, begin, end = health.sources(call.session), call.cursor, call.cursor + call.per_page
    rows = [SOURCE.data(one) for one in found[begin:end]]
    return Rows(rows, len(found), end if end < len(found) else None)


def one(call: Call) -> dict[str, object]:
    """One source."""
    found = health.source(call.session, call.values["key"])
    if found is None:
        raise missing("source", call.values["key"])
    runs = [RUN.data(run) for run in found.runs]
    return SOURCE.data(found.health) | {"watched": found.watched, "last_runs": runs}


def page(call: Call) -> dict[str, object]:
    """What a kept page is."""
    found = evidence.described(call.session, call.values["sha256"])
    if found is None:
        raise missing("evidence", call.values["sha256"])
    return EVIDENCE.data(Kept(call, found))


SHAPES = (SOURCE, RUN, WHOLE_SOURCE, EVIDENCE)
OPERATIONS = (
    Operation(
        "/sources", "Official places that are read, broken ones first.", SOURCE, listed, PAGING, is_list=True
    ),
    Operation("/sources/{key}", "One source.", WHOLE_SOURCE, one, (key_in_path("Its key."),)),
    Operation("/evidence/{sha256}", "What a kept page is.", EVIDENCE, page, (SHA256,)),
)
