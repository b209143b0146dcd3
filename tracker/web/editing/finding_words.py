"""Why a finding is proposed and what it may belong to, in the reviewer's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlmodel import Session

from tracker.services.draft_decision import date_of
from tracker.storage import decisions, review_queue
from tracker.storage.findings import Waiting

KINDS: Mapping[str, Callable[[], str]] = {
    "new_item": lambda: _("New item"),
    "response": lambda: _("Response"),
    "update": lambda: _("Update"),
    "question": lambda: _("Question of the reader"),
}
TO_DISMISS: Mapping[str, Callable[[], str]] = {
    "not_ours": lambda: _("Not about anything we follow"),
    "on_record": lambda: _("On record already"),
    "no_answer": lambda: _("No answer: it says nothing about what was asked"),
    "misread": lambda: _("The reader misread the page"),
    "repeated": lambda: _("Another finding says the same"),
    "no_news": lambda: _("The page changed, what it says did not"),
}
"""The common reasons, by the codes of the service."""
DECIDED: Mapping[str, Callable[[], str]] = {
    "item": lambda: _("Entered as an item"),
    "known": lambda: _("Taken for an item we have"),
    "response": lambda: _("Put on record as a response"),
    "update": lambda: _("Put on a timeline"),
    "dismissed": lambda: _("Dismissed"),
    "split": lambda: _("Split"),
    "later": lambda: _("Put off"),
}
"""What was done with a finding, by the codes of the trail."""
RANKS: Mapping[int, Callable[[], str]] = {
    review_queue.FLAG: lambda: _("A flag hangs on it"),
    review_queue.ITS_ITEM: lambda: _("About an item whose date has passed"),
}
"""Why it stands so high in the queue."""
DATES: Mapping[str, Callable[[], str]] = {
    "submitted_on": lambda: _("Submitted"),
    "registered_on": lambda: _("Registered"),
    "answered_on": lambda: _("Answered"),
    "published_on": lambda: _("Published"),
    "received_on": lambda: _("Received"),
    "updated_on": lambda: _("Changed"),
    "withdrawn_on": lambda: _("Withdrawn"),
    "dated_on": lambda: _("Dated"),
    "due_stated_on": lambda: _("Due day as stated"),
}
REASONS: Mapping[str, Callable[[], str]] = {
    "same_reference": lambda: _("The item carries the number the source uses"),
    "watched_page": lambda: _("It stands on, or was reached from, a page watched for this answer"),
    "same_link": lambda: _("It links to where the item is published"),
    "same_document": lambda: _("The item stands in the document the source names"),
    "same_number": lambda: _("The item carries this number in the same document or process"),
    "same_body": lambda: _("The source names the body that owes"),
    "short_name": lambda: _("The source’s short name is that of the body that owes"),
    "like_body": lambda: _("The name is much like that of the body that owes"),
    "successor": lambda: _("The source names the body that came after the one that owed"),
    "same_title": lambda: _("The titles are the same"),
    "like_title": lambda: _("The titles share most of their words"),
    "same_text": lambda: _("It quotes the item’s words"),
    "like_text": lambda: _("What it quotes shares most of the item’s words"),
    "same_process": lambda: _("The item belongs to the process whose source this is"),
    "same_start": lambda: _("The source gives the day from which the clock runs"),
    "other_reference": lambda: _("But the source gives another reference"),
    "other_number": lambda: _("But the source gives another number"),
    "other_year": lambda: _("But the titles name different years or numbers"),
    "other_body": lambda: _("But the source names another body"),
    "before_start": lambda: _("But it is dated before the clock began"),
    "settled": lambda: _("But this was answered already, or lapsed"),
    "said_when_split": lambda: _("Said by whoever split it"),
    "registered": lambda: _("The page carries a registration number"),
    "submitted": lambda: _("The page gives the day of submission"),
    "answer_page": lambda: _("It is the page of the answer"),
    "answered_step": lambda: _("The timeline says that it was answered"),
    "dated": lambda: _("The answer is dated"),
    "coroners_report": lambda: _("It is a coroner’s report of this number"),
    "due_stated": lambda: _("The report states the day by which it asks for an answer"),
    "reply_file": lambda: _("The report’s page lists this file as a reply"),
    "numbered_recommendation": lambda: _("The report gives the recommendation this number"),
    "numbered_reply": lambda: _("The document replies to the recommendation of this number"),
    "position_stated": lambda: _("The reply states its position"),
    "listed": lambda: _("It stands in the source’s list"),
    "status": lambda: _("The source’s own word for it"),
    "listed_in_feed": lambda: _("It is an entry of this feed"),
    "no_id": lambda: _("The entry carries neither id nor link"),
    "no_date": lambda: _("The entry carries no date that can be read"),
    "no_title": lambda: _("The entry carries no title"),
}
"""By the codes of the readers and of matching."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the queue shows it."""

    waiting: Waiting
    kind: str
    reasons: list[tuple[str, str]]
    """Words and what they rest on."""
    dates: list[tuple[str, Any]]
    confidence: int
    """Per cent."""
    suggested: list[tuple[int, int, list[tuple[str, str]]]]
    """Obligation, per cent, reasons."""
    doubles: list[tuple[str, int]]
    """Keys of items it may repeat, per cent."""
    chosen: frozenset[int] = frozenset()
    """Obligations it is suggested for."""
    tied: frozenset[int] = frozenset()
    """Obligations that fit alike, so that none of them is suggested: a person chooses."""

    @property
    def id(self) -> int:
        """The finding's id."""
        return self.waiting.finding.id or 0

    @property
    def likely(self) -> list[int]:
        """The obligations that the queue names: all it is suggested for or torn between, else the first."""
        named = [id_ for id_, *_rest in self.suggested if id_ in self.chosen | self.tied]
        return named or [id_ for id_, *_rest in self.suggested[:1]]

    def rank_said(self, rank: int) -> str:
        """Why it stands so high in the queue; empty where it has no such reason."""
        return RANKS[rank]() if rank in RANKS else ""


def shown(waiting: Waiting) -> Shown:
    """A finding with its words."""
    content: Mapping[str, Any] = waiting.finding.content
    suggestion: Mapping[str, Any] = waiting.finding.suggestion
    matches = suggestion.get("matches") or []
    return Shown(
        waiting,
        KINDS[waiting.finding.kind]() if waiting.finding.kind in KINDS else waiting.finding.kind,
        reasons_said(content.get("reasons") or []),
        [
            (_date_word(name), date_of(content, name) or written.get("as_written", ""))
            for name, written in (content.get("dates") or {}).items()
        ],
        _per_cent(content.get("confidence")),
        [
            (int(one["obligation"]), _per_cent(one["confidence"]), reasons_said(one["reasons"]))
            for one in matches
        ],
        [(str(one["item"]), _per_cent(one["confidence"])) for one in suggestion.get("duplicates") or []],
        frozenset(suggestion.get("obligations") or ()),
        frozenset(suggestion.get("tied") or ()),
    )


def reasons_said(reasons: list[list[str]]) -> list[tuple[str, str]]:
    """Reasons in words; a code nobody has worded stands for itself."""
    return [(REASONS[code]() if code in REASONS else code, detail) for code, detail in reasons]


def _date_word(name: str) -> str:
    return DATES[name]() if name in DATES else name.removesuffix("_on").replace("_", " ")


def _per_cent(value: Any) -> int:
    return round(100 * float(value or 0))


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done with a finding, for colleagues' eyes."""

    said: str
    at: datetime
    who: str
    undone_at: datetime | None
    item: str
    """Key of the item it became or was about."""
    why: str


def trail(session: Session, finding_id: int) -> list[Step]:
    """All that was done with a finding, the oldest first."""
    made = decisions.of_finding(session, finding_id)
    return [
        Step(
            DECIDED[one.kind](),
            one.decided_at,
            decisions.name_of(session, one.user_id) or one.actor,
            one.undone_at,
            str(one.made.get("item") or ""),
            TO_DISMISS[str(one.made["reason"])]() if one.made.get("reason") in TO_DISMISS else "",
        )
        for one in made
    ]
