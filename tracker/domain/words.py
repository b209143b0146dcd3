"""The enumerations of the product: each member documented, the glossary of code, pages, database and API."""

from enum import StrEnum


class ProcessKind(StrEnum):
    """What produces items."""

    CITIZENS_ASSEMBLY = "citizens-assembly"
    CITIZENS_JURY = "citizens-jury"
    DELIBERATIVE_POLL = "deliberative-poll"
    PARTICIPATORY_BUDGET = "participatory-budget"
    DIGITAL_CONSULTATION = "digital-consultation"
    MUNICIPAL_OVERSIGHT_PANEL = "municipal-oversight-panel"
    COMMUNITY_REVIEW_BOARD = "community-review-board"
    COMPANY_COUNCIL = "company-council"
    ACTION_PLAN = "action-plan"
    MULTISTAKEHOLDER_CALL = "multistakeholder-call"
    STATUTE = "statute"
    NOTICE_AND_COMMENT = "notice-and-comment"
    PUBLIC_INQUIRY = "public-inquiry"
    PARLIAMENTARY_COMMITTEE = "parliamentary-committee"
    CORONER = "coroner"
    EUROPEAN_CITIZENS_INITIATIVE = "european-citizens-initiative"
    PETITION = "petition"
    AUDIT = "audit"
    PARTNERSHIP_BOARD = "partnership-board"
    UN_REVIEW = "un-review"


class ItemKind(StrEnum):
    """Who speaks in an item."""

    RECOMMENDATION = "recommendation"
    """Somebody asks."""
    COMMITMENT = "commitment"
    """Somebody promises."""


class BodyKind(StrEnum):
    """What a body is."""

    GOVERNMENT = "government"
    REGULATOR = "regulator"
    PARLIAMENT = "parliament"
    COMPANY = "company"
    ASSOCIATION = "association"
    INTERNATIONAL = "international"
    GROUP = "group"
    """A group of bodies with members."""


class Role(StrEnum):
    """How an addressee owes."""

    LEAD = "lead"
    JOINT = "joint"
    SUPPORTING = "supporting"
    """Shown, never flagged."""


class ObligationKind(StrEnum):
    """What one addressee owes about one item."""

    RESPOND = "respond"
    DELIVER = "deliver"
    REPORT = "report"
    """Repeats: one obligation per period, counted from the anchor."""


class Basis(StrEnum):
    """Why a date binds; bases are never added up or ranked together."""

    STATUTE = "statute"
    CONVENTION = "convention"
    PROMISE = "promise"
    """The debtor's own word."""
    REQUEST = "request"
    """The asker named the date."""
    BENCHMARK = "benchmark"
    """The watchdog named the date."""

    @property
    def flags_overdue(self) -> bool:
        """Whether a missed date of this basis is called overdue in public."""
        return self in (Basis.STATUTE, Basis.CONVENTION, Basis.PROMISE)


class Trigger(StrEnum):
    """The event a period runs from."""

    PUBLISHED = "published"
    LAID = "laid"
    RECEIVED = "received"
    ADOPTED = "adopted"
    THRESHOLD = "threshold"
    SUBMITTED = "submitted"
    DATED = "dated"
    """The date on the face of the document."""


class ClockEntryKind(StrEnum):
    """What moved or stopped a clock."""

    EXTENSION = "extension"
    PAUSE = "pause"
    RESTART = "restart"
    TRANSFER = "transfer"
    VOID = "void"
    NEXT_STAGE = "next_stage"
    """An event began the next stage of a chain: a further obligation, by the rule that follows."""


class EndCause(StrEnum):
    """What ended many duties at once."""

    REVOKED = "revoked"
    """The instrument they rest on."""
    PROROGUED = "prorogued"
    """The session of the House."""
    DISSOLVED = "dissolved"
    """The House itself."""


class ResponseKind(StrEnum):
    """What a communication is, for one obligation."""

    ACKNOWLEDGEMENT = "acknowledgement"
    HOLDING = "holding"
    TRANSFER = "transfer"
    INTERIM = "interim"
    REPLY = "reply"
    SUPPLEMENT = "supplement"
    COMPLETION_REPORT = "completion_report"

    @property
    def may_answer(self) -> bool:
        """Whether such a communication can be an answer once somebody has judged it."""
        return self in _MAY_ANSWER


_MAY_ANSWER = frozenset(
    {ResponseKind.INTERIM, ResponseKind.REPLY, ResponseKind.SUPPLEMENT, ResponseKind.COMPLETION_REPORT}
)


class Position(StrEnum):
    """What a response says about the recommendation."""

    ACCEPTED = "accepted"
    IN_PRINCIPLE = "in_principle"
    IN_PART = "in_part"
    ALTERNATIVE = "alternative"
    NOTED = "noted"
    REJECTED = "rejected"
    NOT_ADDRESSED = "not_addressed"
    UNCLEAR = "unclear"


class Verdict(StrEnum):
    """A person's judgement on a set of responses for one obligation."""

    SUBSTANTIVE = "substantive"
    PARTLY = "partly"
    NOT = "not"


class ClaimState(StrEnum):
    """Implementation as somebody states it."""

    NOT_STARTED = "not_started"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class Speaker(StrEnum):
    """Who states a claim; speakers stand side by side and are never merged."""

    BODY = "body"
    WATCHDOG = "watchdog"
    REVIEWER = "reviewer"
    """An independent reviewer."""


class ObjectionKind(StrEnum):
    """What a body objects."""

    WE_ANSWERED = "we_answered"
    WRONG_BODY = "wrong_body"
    WRONG_DATE = "wrong_date"
    EXTENDED = "extended"
    PRIVATE_REPLY = "private_reply"


class ObjectionState(StrEnum):
    """Where an objection stands."""

    UNVERIFIED = "unverified"
    OPEN = "open"
    UPHELD = "upheld"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    NOT_UPHELD = "not_upheld"
    """What stands here stands, with the reasons."""


class Standing(StrEnum):
    """Where an obligation stands on a day (product section 4)."""

    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    VOID = "void"
    AWAITING_ASSESSMENT = "awaiting_assessment"
    UNKNOWN = "unknown"
    NOT_STARTED = "not_started"
    WAITING = "waiting"
    PAUSED = "paused"
    DUE_SOON = "due_soon"
    RUNNING = "running"
    PARTLY_ANSWERED = "partly_answered"
    UNCHECKED = "unchecked"
    OVERDUE_UNSUBSTANTIVE = "overdue_unsubstantive"
    OVERDUE = "overdue"


FLAGGED = frozenset({Standing.OVERDUE, Standing.OVERDUE_UNSUBSTANTIVE})
"""The standings that accuse: k and l of section 4."""

HEADLINE_ORDER = (
    Standing.OVERDUE,
    Standing.OVERDUE_UNSUBSTANTIVE,
    Standing.UNCHECKED,
    Standing.PARTLY_ANSWERED,
    Standing.AWAITING_ASSESSMENT,
    Standing.UNKNOWN,
    Standing.DUE_SOON,
    Standing.RUNNING,
    Standing.PAUSED,
    Standing.NOT_STARTED,
    Standing.WAITING,
    Standing.ANSWERED_LATE,
    Standing.ANSWERED,
    Standing.VOID,
)
"""The roll-up of an item or document: its headline is the first of these that is present."""


class AnswerState(StrEnum):
    """What came back so far, judged (section 4, point 9); the first that holds."""

    FULL = "full"
    UNJUDGED = "unjudged"
    PARTLY = "partly"
    HOLLOW = "hollow"
    NONE = "none"


class EventKind(StrEnum):
    """A public change; the only thing pages, feeds and alerts read."""

    DUE_SOON = "due_soon"
    BECAME_OVERDUE = "became_overdue"
    BECAME_OVERDUE_UNSUBSTANTIVE = "became_overdue_unsubstantive"
    RESPONSE_FOUND = "response_found"
    PARTLY_ANSWERED = "partly_answered"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    REOPENED = "reopened"
    DATE_MOVED = "date_moved"
    PAUSED = "paused"
    RESUMED = "resumed"
    VOID = "void"
    OBJECTED = "objected"
    CORRECTED = "corrected"
    LOGGED = "logged"
    """An item was entered in public."""
    NOTED = "noted"
    """A note on an item's timeline, or a page on which its answer would appear: moves nobody's standing."""
    SOURCE_BROKEN = "source_broken"
    SOURCE_MENDED = "source_mended"


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"


class UserRole(StrEnum):
    """What a person of a group may do."""

    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADMIN = "admin"


class Visibility(StrEnum):
    """How far an object may travel."""

    PUBLIC = "public"
    LINK_ONLY = "link_only"
    WITHHELD = "withheld"
    DRAFT = "draft"


class FindingState(StrEnum):
    """What a person has decided about a finding."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    SPLIT = "split"
    """It was several: its parts are findings of their own."""


class RunState(StrEnum):
    """How a reading of a source ended."""

    RUNNING = "running"
    HEALTHY = "healthy"
    QUARANTINED = "quarantined"
    FAILED = "failed"


class DeliveryState(StrEnum):
    """Where one ledger row stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    """Not sent on purpose: unsubscribed, bounced."""


class Frequency(StrEnum):
    """How often a subscriber is told."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"


class DueSource(StrEnum):
    """Which date won."""

    STATED = "stated"
    COMPUTED = "computed"
    NONE = "none"
