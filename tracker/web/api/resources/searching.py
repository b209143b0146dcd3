"""`/search`: what holds the words, as the page of that name finds it."""

from tracker.domain.listing import MAX_FILTER_LENGTH
from tracker.domain.searching import search_from
from tracker.storage import search as stored
from tracker.web.api.operations import Call, Operation, Rows
from tracker.web.api.parameters import NEEDED, PAGING, Parameter, among, short_text
from tracker.web.api.shapes import ADDRESS, TEXT, Field, Shape

FOLDERS = {
    "item": "items",
    "body": "bodies",
    "process": "processes",
    "document": "documents",
    "response": "items",
}
FOUND = Shape(
    "Found",
    "Something that holds what was asked for.",
    (
        Field("key", TEXT, "Its permanent key; of a response its item's.", lambda r: r["found"].key),
        Field("name", TEXT, "Its name or title.", lambda r: r["found"].name),
        Field("about", TEXT, "What it belongs to.", lambda r: r["found"].about),
        Field("language", TEXT, "Of its words; empty: not known.", lambda r: r["found"].language),
        Field("url", ADDRESS, "Its permanent page.", lambda r: r["url"]),
    ),
)
WORDS = Parameter(
    "q",
    "Words that all stand in it.",
    {**NEEDED, "maxLength": MAX_FILTER_LENGTH},
    short_text,
    required=True,
)
KIND = among("in", "What is searched; items unless said.", *stored.KINDS)


def found(call: Call) -> Rows:
    """A page of what was found, titles that hold it first; the cursor is the place in it."""
    kind = call.values.get("in", "item")
    section = stored.search(
        call.session,
        search_from(call.values["q"]),
        kind,
        limit=call.per_page,
        offset=min(call.cursor, stored.MOST_COUNTED),
    )
    end = call.cursor + call.per_page
    data = [
        FOUND.data({"found": one, "url": call.address(f"/{FOLDERS[kind]}/{one.key}")})
        for one in section.found
    ]
    more = end < min(section.total, stored.MOST_COUNTED)
    return Rows(data, section.total, end if more else None)


SHAPES = (FOUND,)
OPERATIONS = (Operation("/search", "Search.", FOUND, found, (WORDS, KIND, *PAGING), is_list=True),)
