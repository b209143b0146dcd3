"""`/claims` and `/statements`: implementation as each speaker states it, and the asker's own word on a response."""

from tracker.domain.words import ClaimState, Speaker
from tracker.services.claim_implementation import StateClaim, state_claim
from tracker.services.state_word import StateWord, state_word
from tracker.storage.columns import partial_of
from tracker.storage.entries import id_of
from tracker.storage.responses import response_by_key
from tracker.web.api.operations import Call, Operation
from tracker.web.api.recorded import RECORDED, recorded
from tracker.web.api.shapes import INSTANT, PARTIAL, TEXT, WHOLE, Field, Shape, maybe, words
from tracker.web.api.taking import ID, Form, Taken, an_id, date_field, ids_field, text_field, word_field

CLAIM = Shape(
    "Claim",
    "Implementation as one speaker states it; speakers are never merged.",
    (
        Field("id", WHOLE, "Its permanent id.", lambda c: c.id),
        Field("obligation", WHOLE, "What it is about.", lambda c: c.obligation_id),
        Field("speaker", words(Speaker), "Who says so.", lambda c: c.speaker),
        Field("speaker_name", TEXT, "Its name, where it needs one.", lambda c: c.speaker_name),
        Field("state", words(ClaimState), "What is said.", lambda c: c.state),
        Field("as_written", TEXT, "In the speaker's own word.", lambda c: c.as_written),
        Field(
            "claimed_on", maybe(PARTIAL), "When, as far as it is known.", lambda c: partial_of(c, "claimed")
        ),
        Field("source_url", TEXT, "Where it was stated.", lambda c: c.url),
        Field("recorded_at", INSTANT, "When it was recorded.", lambda c: c.recorded_at),
    ),
)
STATEMENT = Shape(
    "Statement",
    "The asker's own word on a response.",
    (
        Field("id", WHOLE, "Its permanent id.", lambda s: s.id),
        Field("obligation", WHOLE, "What it is about.", lambda s: s.obligation_id),
        Field("asker", TEXT, "Whose word.", lambda s: s.asker),
        Field("text", TEXT, "Their words.", lambda s: s.text),
        Field("mark", TEXT, "Their mark, if they gave one.", lambda s: s.mark),
        Field("stated_on", maybe(PARTIAL), "When, as far as it is known.", lambda s: partial_of(s, "stated")),
        Field("source_url", TEXT, "Where they say so.", lambda s: s.url),
        Field("recorded_at", INSTANT, "When it was recorded.", lambda s: s.recorded_at),
    ),
)
NEW_CLAIM = Form(
    "NewClaim",
    "Implementation as a speaker states it, for one or many obligations.",
    (
        ids_field("obligations", "Ids of the obligations it is about."),
        word_field("speaker", "Who says so.", Speaker, required=True),
        text_field("speaker_name", "Its name; needed for an independent reviewer.", 300),
        word_field("state", "What is said.", ClaimState, required=True),
        text_field("as_written", "In the speaker's own word.", 300),
        date_field("claimed", "When, as far as it is known; needed."),
        text_field("url", "Where it was stated.", 2000, required=True),
    ),
)
NEW_STATEMENT = Form(
    "NewStatement",
    "The asker's own word on a response.",
    (
        Taken("obligation", "Its id.", ID, an_id, required=True),
        text_field("response", "Key of the response.", 80, required=True),
        text_field("asker", "Whose word.", 300, required=True),
        text_field("text", "Their words.", 10_000),
        text_field("mark", "Their mark, if they gave one.", 60),
        date_field("stated", "When, as far as it is known; needed."),
        text_field("url", "Where they say so.", 2000, required=True),
    ),
)


def add_claim(call: Call) -> dict[str, object]:
    """Put a claim on record."""
    said = StateClaim(**call.given)
    made = state_claim(call.session, call.now, said, **call.by)
    return recorded(call, said.obligations, id=id_of(made[0]))


def add_statement(call: Call) -> dict[str, object]:
    """Put the asker's word on record."""
    found = response_by_key(call.session, call.given["response"])
    said = StateWord(**{"text": "", **call.given, "response": found.id if found else 0})
    made = state_word(call.session, call.now, said, **call.by)
    return recorded(call, [said.obligation], id=id_of(made))


SHAPES = (CLAIM, STATEMENT, NEW_CLAIM, NEW_STATEMENT, RECORDED)
OPERATIONS = (
    Operation("/claims", "Put a claim on record.", RECORDED, add_claim, method="POST", takes=NEW_CLAIM),
    Operation(
        "/statements",
        "Put the asker's word on record.",
        RECORDED,
        add_statement,
        method="POST",
        takes=NEW_STATEMENT,
    ),
)
