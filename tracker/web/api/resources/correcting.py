"""Correcting by the API: terms, unconfirmed rules, verdicts, and which body follows another."""

from tracker.domain.words import DueSource, UserRole
from tracker.services.assess import withdraw_verdict
from tracker.services.correct import confirm_rule, correct_terms
from tracker.services.succeed import Succeed, succeed
from tracker.storage.directory import by_key
from tracker.storage.entries import id_of, owed_by_rule
from tracker.storage.tables import Assessment
from tracker.web.api.operations import Call, Operation, missing
from tracker.web.api.parameters import ID_IN_PATH, key_in_path
from tracker.web.api.recorded import RECORDED, recorded
from tracker.web.api.resources.entering import DEADLINE, deadline
from tracker.web.api.resources.judging import ID_IN_PATH as VERDICT_ID
from tracker.web.api.taking import Form, day_field, text_field, word_field

TERMS = Form(
    "NewTerms",
    "The terms of a clock, said anew as a whole: they take the place of the old ones, which stay on record.",
    (
        *DEADLINE,
        word_field("decided", "Which date counts where the stated and the computed one conflict.", DueSource),
        text_field("reason", "Why: public.", 1000, required=True),
    ),
)
CONFIRMED = Form(
    "ConfirmedRule",
    "Somebody has read the law: dates by this rule may flag from now on.",
    (text_field("source_url", "Where it was read.", 2000, required=True),),
)
WITHDRAWN = Form(
    "WithdrawnVerdict",
    "A verdict is taken back.",
    (text_field("reason", "Why: public.", 1000, required=True),),
)
SUCCESSION = Form(
    "NewSuccession",
    "From a day on another body owes what this one owed; the due days stay.",
    (
        text_field("successor", "Which body follows: key, name or alias.", 300, required=True),
        day_field("works_from_on", "From which day on.", required=True),
        text_field("reason", "Why: public.", 1000, required=True),
        text_field("source_url", "Where it stands.", 2000),
    ),
)


def new_terms(call: Call) -> dict[str, object]:
    """Correct the terms of one obligation."""
    given, id_ = dict(call.given), call.values["id"]
    reason, decided = given.pop("reason"), given.pop("decided", None)
    made = correct_terms(call.session, call.now, id_, deadline(given), reason, decided=decided, **call.by)
    return recorded(call, [id_], id=id_of(made))


def confirm(call: Call) -> dict[str, object]:
    """Confirm a rule nobody had checked."""
    key = call.values["key"]
    ids = [one.id for one in owed_by_rule(call.session, key) if not one.terms.rule_checked]
    confirm_rule(call.session, call.now, key, call.given["source_url"], **call.by)
    return recorded(call, ids)


def withdraw(call: Call) -> dict[str, object]:
    """Take a verdict back."""
    made = call.session.get(Assessment, call.values["id"])
    if made is None:
        raise missing("assessment", call.values["id"])
    withdraw_verdict(call.session, call.now, made, call.given["reason"], **call.by)
    return recorded(call, [made.obligation_id], id=made.id)


def add_succession(call: Call) -> dict[str, object]:
    """Note that another body follows."""
    found = by_key(call.session, "body", call.values["key"])
    if found is None:
        raise missing("body", call.values["key"])
    link = succeed(call.session, call.now, found[0], Succeed(**call.given), **call.by)
    return recorded(call, [], id=link.id)


SHAPES = (TERMS, CONFIRMED, WITHDRAWN, SUCCESSION)
OPERATIONS = (
    Operation(
        "/obligations/{id}/terms",
        "Correct what a clock rests on.",
        RECORDED,
        new_terms,
        (ID_IN_PATH,),
        method="POST",
        takes=TERMS,
    ),
    Operation(
        "/rules/{key}/confirm",
        "Confirm a rule that was not checked.",
        RECORDED,
        confirm,
        (key_in_path("Key of the rule."),),
        method="POST",
        takes=CONFIRMED,
        role=UserRole.REVIEWER,
    ),
    Operation(
        "/assessments/{id}/withdraw",
        "Take a verdict back.",
        RECORDED,
        withdraw,
        (VERDICT_ID,),
        method="POST",
        takes=WITHDRAWN,
        role=UserRole.REVIEWER,
    ),
    Operation(
        "/bodies/{key}/successions",
        "Note that another body follows.",
        RECORDED,
        add_succession,
        (key_in_path("Key of the body that was."),),
        method="POST",
        takes=SUCCESSION,
    ),
)
