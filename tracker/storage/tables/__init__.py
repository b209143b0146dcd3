"""Columns and constraints, no behaviour: every table of the product."""

from sqlmodel import SQLModel

from tracker.storage.tables.alerted import AlertTold, AlertWish
from tracker.storage.tables.answers import (
    Assessment,
    AssessmentResponse,
    Check,
    CheckObligation,
    Claim,
    Objection,
    Response,
    ResponseLine,
    ResponseSigner,
    Statement,
    Watch,
)
from tracker.storage.tables.asked import (
    Addressee,
    Document,
    Happening,
    Item,
    ItemTopic,
    Process,
)
from tracker.storage.tables.beats import ClockStep, EventRetimed, WorkerBeat
from tracker.storage.tables.bodies import Body, BodyAlias, BodyChange, BodyKey, BodyMember, BodySuccession
from tracker.storage.tables.counted import StandingShift
from tracker.storage.tables.defaults import DocumentDefaults
from tracker.storage.tables.imported import ImportAct, ImportChange, ImportKey, ImportOrder, ImportUpload
from tracker.storage.tables.log import Event, LogEntry, LogHead, Revision, Withheld
from tracker.storage.tables.log_kept import LogCheck, LogKey
from tracker.storage.tables.mail_safety import Deferred, MailReport, MailStop, Tally
from tracker.storage.tables.owed import ClockEntry, EndingAct, EndingQuestion, Obligation, Segment, Terms
from tracker.storage.tables.people import (
    Group,
    LoginSession,
    Membership,
    RecoveryCode,
    SecondFactor,
    Token,
    User,
)
from tracker.storage.tables.reached import BodyContact, BodyReach, Letter, Tip
from tracker.storage.tables.read import (
    Finding,
    FindingDecision,
    FindingObligation,
    ImportBatch,
    Page,
    Run,
    Source,
)
from tracker.storage.tables.recomputed import Recomputation
from tracker.storage.tables.reminded import Reminder, ReminderRound, ReminderStop
from tracker.storage.tables.searched import SearchText
from tracker.storage.tables.told import Delivery, Subscription
from tracker.storage.tables.visits import PageVisit
from tracker.storage.tables.webhooks import Webhook, WebhookAttempt

metadata = SQLModel.metadata

__all__ = [
    "Addressee",
    "AlertTold",
    "AlertWish",
    "Assessment",
    "AssessmentResponse",
    "Body",
    "BodyAlias",
    "BodyChange",
    "BodyContact",
    "BodyKey",
    "BodyMember",
    "BodyReach",
    "BodySuccession",
    "Check",
    "CheckObligation",
    "Claim",
    "ClockEntry",
    "ClockStep",
    "Deferred",
    "Delivery",
    "Document",
    "DocumentDefaults",
    "EndingAct",
    "EndingQuestion",
    "Event",
    "EventRetimed",
    "Finding",
    "FindingDecision",
    "FindingObligation",
    "Group",
    "Happening",
    "ImportAct",
    "ImportBatch",
    "ImportChange",
    "ImportKey",
    "ImportOrder",
    "ImportUpload",
    "Item",
    "ItemTopic",
    "Letter",
    "LogCheck",
    "LogEntry",
    "LogHead",
    "LogKey",
    "LoginSession",
    "MailReport",
    "MailStop",
    "Membership",
    "Objection",
    "Obligation",
    "Page",
    "PageVisit",
    "Process",
    "Recomputation",
    "RecoveryCode",
    "Reminder",
    "ReminderRound",
    "ReminderStop",
    "Response",
    "ResponseLine",
    "ResponseSigner",
    "Revision",
    "Run",
    "SearchText",
    "SecondFactor",
    "Segment",
    "Source",
    "StandingShift",
    "Statement",
    "Subscription",
    "Tally",
    "Terms",
    "Tip",
    "Token",
    "User",
    "Watch",
    "Webhook",
    "WebhookAttempt",
    "Withheld",
    "WorkerBeat",
    "metadata",
]
