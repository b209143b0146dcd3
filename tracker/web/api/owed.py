"""An obligation as the API and the tables show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain.segments import EARLIEST
from tracker.domain.words import (
    AnswerState,
    Basis,
    ItemKind,
    ObligationKind,
    ProcessKind,
    Role,
    Standing,
    Trigger,
)
from tracker.rendering.reason_words import reasons_of
from tracker.storage.columns import partial_of
from tracker.storage.lines import Line
from tracker.storage.tables import Terms
from tracker.web.api.shapes import (
    ADDRESS,
    ANYTHING,
    DAY,
    PARTIAL,
    TEXT,
    TRUTH,
    WHOLE,
    Field,
    Shape,
    many,
    maybe,
    words,
)


@dataclass(frozen=True, slots=True)
class Owed:
    """A line of a list with the terms of its clock, seen on a day."""

    line: Line
    terms: Terms | None
    today: date
    base: str

    @property
    def page(self) -> str:
        """The permanent address of the obligation."""
        return f"{self.base}/items/{self.line.item_key}#{self.line.body_key}"

    @property
    def start_on(self) -> date | None:
        """The day the clock starts: for a partial trigger the last day of its period."""
        written = self.line.detail.get("start_on")
        return date.fromisoformat(str(written)) if written else self.line.start_on

    def stated(self) -> Any:
        """The stated date as far as it is known."""
        return partial_of(self.terms, "stated") if self.terms else None

    def trigger(self) -> Any:
        """The trigger's date as far as it is known."""
        return partial_of(self.terms, "trigger") if self.terms else None


def _reasons(row: Owed) -> list[Mapping[str, object]]:
    return [{"code": reason.code, "values": dict(reason.values)} for reason in reasons_of(row.line.detail)]


def _stated_on(row: Owed) -> date | None:
    stated = row.stated()
    return stated.last if stated else row.line.due_stated_on


OBLIGATION = Shape(
    "Obligation",
    "What one addressee owes about one item, and where that stands.",
    (
        Field("id", WHOLE, "Its permanent id.", lambda r: r.line.id),
        Field("item", TEXT, "Key of the item.", lambda r: r.line.item_key),
        Field("item_title", TEXT, "What the item is called.", lambda r: r.line.item_title),
        Field("item_ref", TEXT, "Its number or name in the document.", lambda r: r.line.item_ref),
        Field("item_kind", words(ItemKind), "Asked or promised.", lambda r: r.line.item_kind),
        Field("body", TEXT, "Key of the body that owes.", lambda r: r.line.body_key),
        Field("body_name", TEXT, "Its name.", lambda r: r.line.body_name),
        Field(
            "debtor",
            maybe(TEXT),
            "Key of the body that came after it and owes now; null: the same.",
            lambda r: r.line.debtor_key or None,
        ),
        Field("debtor_name", maybe(TEXT), "Its name.", lambda r: r.line.debtor_name or None),
        Field(
            "role", words(Role), "How it owes; supporting bodies are never flagged.", lambda r: r.line.role
        ),
        Field("process", TEXT, "Key of the process.", lambda r: r.line.process_key),
        Field("process_name", TEXT, "Its name.", lambda r: r.line.process_name),
        Field("process_kind", words(ProcessKind), "Its kind.", lambda r: r.line.process_kind),
        Field("document", TEXT, "Key of the document.", lambda r: r.line.document_key),
        Field("jurisdiction", TEXT, "Of the process.", lambda r: r.line.jurisdiction),
        Field("kind", words(ObligationKind), "To respond, deliver or report.", lambda r: r.line.kind),
        Field("period", WHOLE, "0, or the period of a repeating duty.", lambda r: r.line.period),
        Field("basis", words(Basis), "Why the date binds.", lambda r: r.line.basis),
        Field("rule", maybe(TEXT), "Key of the deadline rule, if one.", lambda r: r.line.rule_key or None),
        Field("legal_basis", TEXT, "Act, rule or promise it rests on.", lambda r: r.line.legal_basis),
        Field(
            "trigger",
            maybe(words(Trigger)),
            "The event the period runs from.",
            lambda r: r.terms and r.terms.trigger,
        ),
        Field("trigger_on", maybe(PARTIAL), "Its day as far as it is known.", lambda r: r.trigger()),
        Field("start_on", maybe(DAY), "The day the period is counted from.", lambda r: r.start_on),
        Field(
            "due_on",
            maybe(DAY),
            "The due day in force; overdue begins the day after.",
            lambda r: r.line.due_on,
        ),
        Field(
            "due_stated_on",
            maybe(DAY),
            "The date stated in the document (a period: its last day).",
            _stated_on,
        ),
        Field("due_stated", maybe(PARTIAL), "The stated date as far as it is known.", lambda r: r.stated()),
        Field("due_computed_on", maybe(DAY), "The date the rule gives.", lambda r: r.line.due_computed_on),
        Field(
            "due_as_written",
            TEXT,
            "The deadline in the document's own words.",
            lambda r: r.line.due_as_written,
        ),
        Field("provisional", TRUTH, "The computed date may still move.", lambda r: r.line.provisional),
        Field("standing", words(Standing), "Where it stands.", lambda r: r.line.standing),
        Field(
            "standing_since_on",
            maybe(DAY),
            "Since which day, in the debtor's zone; empty where it stood so all along.",
            lambda r: r.line.begins_on if r.line.begins_on > EARLIEST else None,
        ),
        Field(
            "answer_state",
            maybe(words(AnswerState)),
            "What came back so far, judged.",
            lambda r: r.line.detail.get("answer_state"),
        ),
        Field("flagged", TRUTH, "Whether it accuses in public.", lambda r: r.line.flagged),
        Field("stale", TRUTH, "A flag whose last look is old: counted apart.", lambda r: r.line.stale),
        Field("days_overdue", maybe(WHOLE), "Days overdue when last looked.", lambda r: r.line.days_overdue),
        Field(
            "days_since_due",
            maybe(WHOLE),
            "Days since the due day.",
            lambda r: r.line.days_since_due(r.today),
        ),
        Field(
            "late_days",
            maybe(WHOLE),
            "Days late, once answered; null: in time or not known.",
            lambda r: r.line.late_days,
        ),
        Field(
            "lateness_unknown",
            TRUTH,
            "Whether it came in time cannot be told.",
            lambda r: bool(r.line.detail.get("lateness_unknown")),
        ),
        Field(
            "checked_on",
            maybe(DAY),
            'The last look that counts: what "as of" means.',
            lambda r: r.line.checked_on,
        ),
        Field(
            "objection",
            maybe(TEXT),
            "What the body says against it, from a verified contact, while it is being looked into.",
            lambda r: r.line.objected.kind.value if r.line.objected else None,
        ),
        Field(
            "objection_said_on",
            maybe(DAY),
            "The day the body says it answered on, or until which the date was extended.",
            lambda r: r.line.objected.said_on if r.line.objected else None,
        ),
        Field(
            "outcome_researched",
            TRUTH,
            "False: nobody looked for an answer yet.",
            lambda r: r.line.outcome_researched,
        ),
        Field("url", ADDRESS, "Its permanent page.", lambda r: r.page),
        Field("api_url", ADDRESS, "Itself in the API.", lambda r: f"{r.base}/api/v1/obligations/{r.line.id}"),
        Field("reasons", many(ANYTHING), "Codes of why it stands there, with their values.", _reasons),
        Field(
            "steps",
            many(ANYTHING),
            "How the due day was computed, step by step: code, day, values.",
            lambda r: r.terms.steps if r.terms else [],
        ),
    ),
)
