"""Entering by the API: processes, documents, bodies, and items with their addressees and clocks."""

from typing import Any

from tracker.domain.kinds import topics
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import (
    Basis,
    BodyKind,
    ItemKind,
    ObligationKind,
    ProcessKind,
    Role,
    Trigger,
)
from tracker.services.enter import EnterItem, OwedBy, enter_item
from tracker.services.enter_process import (
    EnterBody,
    EnterDocument,
    EnterProcess,
    enter_body,
    enter_document,
    enter_process,
)
from tracker.services.reckon import Deadline
from tracker.storage.entries import id_of, owed_for_item
from tracker.storage.lines import lines
from tracker.web.api.operations import Call, Operation
from tracker.web.api.owed import OBLIGATION
from tracker.web.api.parameters import Refusal
from tracker.web.api.resources.obligations import shown
from tracker.web.api.shapes import ADDRESS, TEXT, TRUTH, WHOLE, Field, Shape, many
from tracker.web.api.taking import (
    Form,
    Taken,
    date_field,
    several,
    some,
    text_field,
    texts_field,
    truth_field,
    whole_field,
    word_field,
)

KEY = text_field("key", "Its permanent key; made from the name where left out.", 80)
PROCESS = Form(
    "NewProcess",
    "A process to enter.",
    (
        text_field("name", "Its name.", 300, required=True),
        word_field("kind", "Its kind.", ProcessKind, required=True),
        KEY,
        text_field("organiser", "Who ran it.", 500),
        text_field("jurisdiction", "Code of the place, such as GB.", 20),
        text_field("language", "The language it works in.", 12),
        text_field("url", "Its official page.", 2000),
        date_field("started", "When it began."),
        date_field("ended", "When it ended."),
    ),
)
DOCUMENT = Form(
    "NewDocument",
    "A document to enter.",
    (
        text_field("process", "Key of its process.", 80, required=True),
        text_field("title", "Its title.", 300, required=True),
        KEY,
        date_field("published", "When it was published."),
        text_field("url", "Where it was published.", 2000),
    ),
)
BODY = Form(
    "NewBody",
    "A body to enter.",
    (
        text_field("name", "Its name.", 300, required=True),
        word_field("kind", "What it is.", BodyKind),
        text_field("jurisdiction", "Code of the place, such as GB.", 20),
        KEY,
        text_field("website", "Its own pages.", 2000),
        text_field(
            "zone", "Its own time zone (IANA), such as Pacific/Honolulu; else the jurisdiction's.", 60
        ),
    ),
)
DEADLINE = (
    word_field("basis", "Why the date binds; else as the rule says.", Basis),
    text_field("rule", "Key of a deadline rule.", 80),
    text_field("second_rule", "Key of a second official rule; the later of the two dates binds.", 80),
    whole_field("amount", "How many units, where the rule leaves it open.", 1, 20_000),
    text_field("calendar", "Whose working days; else the rule's own.", 40),
    word_field("trigger", "The event the period runs from; else as the rule says.", Trigger),
    date_field("trigger_on", "Its day, as far as it is known; left out: it happened on an unknown day."),
    truth_field("trigger_ahead", "It has not happened yet."),
    date_field("due_stated", "The date stated in the document."),
    text_field("due_as_written", "The deadline in the document's own words.", 1000),
    text_field("legal_basis", "What it rests on; else as the rule says.", 1000),
    text_field("source_url", "Where that can be read.", 2000),
    whole_field("every_months", "Between two reports.", 1, 120),
)
ADDRESSEE = Form(
    "NewAddressee",
    "A body that owes; its deadline where it differs from the item's.",
    (
        text_field("body", "Key, name or alias of a body that is here.", 300),
        Taken("new", "A body that is not here yet.", BODY.ref, BODY.read),
        word_field("role", "How it owes; lead unless said.", Role),
        word_field("kind", "What it owes; to respond unless said.", ObligationKind),
        whole_field("periods", "How many reports, where the duty repeats.", 0, 60),
        *DEADLINE,
    ),
)
_TOPIC_KEYS = sorted(topics())


def _topic(given: Any) -> str:
    if given not in _TOPIC_KEYS:
        raise ValueError(f"is no topic: use some of {', '.join(_TOPIC_KEYS)}")
    return str(given)


ITEM = Form(
    "NewItem",
    "An item to enter, with who owes what by when. Dates: a rule with its trigger, a stated date, both, or neither.",
    (
        text_field("document", "Key of the document that carries it.", 80, required=True),
        text_field("title", "What it is called.", 300, required=True),
        Taken(
            "addressees",
            "Who owes an answer.",
            some(ADDRESSEE.ref),
            several(ADDRESSEE.read),
            required=True,
        ),
        word_field("kind", "Asked or promised; a recommendation unless said.", ItemKind),
        text_field("text", "Its words.", 100_000),
        text_field("ref", "Its number or name in the document.", 200),
        KEY,
        text_field("language", "Of its words.", 12),
        Taken("topics", "Keys of top topics.", some({**TEXT, "enum": _TOPIC_KEYS}), several(_topic)),
        texts_field("tags", "Free tags.", 80),
        text_field("parent", "Key of the item it is a part of.", 80),
        text_field("repeats", "Key of the earlier item it repeats.", 80),
        truth_field("draft", "Not public yet."),
        *DEADLINE,
    ),
)
ENTERED = Shape(
    "Entered",
    "What was entered.",
    (
        Field("key", TEXT, "Its permanent key.", lambda r: r["key"]),
        Field("url", ADDRESS, "Its permanent page.", lambda r: r["url"]),
    ),
)
ENTERED_ITEM = ENTERED.extended(
    "EnteredItem",
    "An item that was entered, with what is owed about it.",
    Field("draft", TRUTH, "Not public yet: its obligations are not listed.", lambda r: r["draft"]),
    Field("ids", many(WHOLE), "Ids of its obligations.", lambda r: r["ids"]),
    Field(
        "obligations", many(OBLIGATION.ref), "The public ones, where they stand.", lambda r: r["obligations"]
    ),
)


def add_process(call: Call) -> dict[str, object]:
    """Enter a process."""
    row = enter_process(call.session, call.now, EnterProcess(**call.given), **call.by)
    return ENTERED.data({"key": row.key, "url": call.address(f"/processes/{row.key}")})


def add_document(call: Call) -> dict[str, object]:
    """Enter a document."""
    row = enter_document(call.session, call.now, EnterDocument(**call.given), **call.by)
    return ENTERED.data({"key": row.key, "url": call.address(f"/documents/{row.key}")})


def add_body(call: Call) -> dict[str, object]:
    """Enter a body."""
    row = enter_body(call.session, call.now, EnterBody(**call.given), **call.by)
    return ENTERED.data({"key": row.key, "url": call.address(f"/bodies/{row.key}")})


_DEADLINE_NAMES = {field.name for field in DEADLINE}


def deadline(given: dict[str, Any]) -> Deadline:
    """What is said about a deadline, out of an object that may say more."""
    said = {name: value for name, value in given.items() if name in _DEADLINE_NAMES}
    stated, written = said.pop("due_stated", None), said.pop("due_as_written", "")
    return Deadline(**said, stated=stated, as_written=written)


def _owed_by(given: dict[str, Any]) -> OwedBy:
    own = {name: value for name, value in given.items() if name not in _DEADLINE_NAMES}
    new = own.pop("new", None)
    if new and own.get("body"):
        raise Refusal("An addressee is a body that is here or a new one: give body or new.", "addressees")
    differs = _DEADLINE_NAMES & set(given)
    return OwedBy(**own, new=EnterBody(**new) if new else None, deadline=deadline(given) if differs else None)


def add_item(call: Call) -> dict[str, object]:
    """Enter an item; its obligations are answered as the site shows them."""
    own = {name: value for name, value in call.given.items() if name not in _DEADLINE_NAMES}
    own["addressees"] = tuple(_owed_by(one) for one in own["addressees"])
    said = EnterItem(**own, deadline=deadline(dict(call.given)))
    item = enter_item(call.session, call.now, said, **call.by)
    query = ListQuery(ListName.ALL, Filters(item=item.key))
    owed = shown(call, lines(call.session, query, call.at, order="id"))
    row = {
        "key": item.key,
        "url": call.address(f"/items/{item.key}"),
        "draft": said.draft,
        "ids": [one.id for one in owed_for_item(call.session, id_of(item))],
        "obligations": [OBLIGATION.data(one) for one in owed],
    }
    return ENTERED_ITEM.data(row)


SHAPES = (PROCESS, DOCUMENT, BODY, ADDRESSEE, ITEM, ENTERED, ENTERED_ITEM)
OPERATIONS = (
    Operation("/processes", "Enter a process.", ENTERED, add_process, method="POST", takes=PROCESS),
    Operation("/documents", "Enter a document.", ENTERED, add_document, method="POST", takes=DOCUMENT),
    Operation("/bodies", "Enter a body.", ENTERED, add_body, method="POST", takes=BODY),
    Operation("/items", "Enter an item.", ENTERED_ITEM, add_item, method="POST", takes=ITEM),
)
