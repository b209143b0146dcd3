"""What came back and what was made of it: responses, checks, assessments, claims, statements, objections."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from tracker.domain.words import (
    ClaimState,
    ObjectionKind,
    ObjectionState,
    Position,
    Precision,
    ResponseKind,
    Speaker,
    Verdict,
    Visibility,
)
from tracker.storage.columns import data, data_list, flag, instant, long_text, word
from tracker.storage.tables.fact import Fact


class Response(Fact, table=True):
    """A communication from a body, received and published on days kept apart."""

    __tablename__ = "response"

    key: str = Field(max_length=80, unique=True, index=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    title: str = Field(default="", max_length=500)
    text: str = long_text()
    """The reply's own words, where they are at hand."""
    note: str = long_text()
    """What is said of it here, in our own words."""
    url: str = Field(default="", max_length=2000)
    url_seen: bool = False
    page_sha256: str | None = Field(default=None, max_length=64)
    received_on: date | None = None
    received_precision: Precision | None = word(Precision, nullable=True)
    received_as_written: str = Field(default="", max_length=100)
    published_on: date | None = None
    published_precision: Precision | None = word(Precision, nullable=True)
    published_as_written: str = Field(default="", max_length=100)
    first_seen_on: date
    struck_at: datetime | None = instant(nullable=True)
    struck_reason: str = Field(default="", max_length=1000)
    retracted_on: date | None = None
    retraction_recorded_at: datetime | None = instant(nullable=True)
    facts_source: str = Field(default="", max_length=2000)
    visibility: Visibility = word(Visibility, default=Visibility.PUBLIC)


class ResponseSigner(Fact, table=True):
    """A body that signed a response beside its first: it speaks for itself, not on behalf of the first."""

    __tablename__ = "response_signer"

    response_id: int = Field(foreign_key="response.id", index=True)
    body_id: int = Field(foreign_key="body.id", index=True)


_TAKEN = "position IS NOT NULL AND superseded_at IS NULL"


class ResponseLine(Fact, table=True):
    """What a response is for one obligation."""

    __tablename__ = "response_line"
    __table_args__ = (
        Index(
            "ix_response_line_position",
            *("obligation_id", "response_id"),
            sqlite_where=text(_TAKEN),
            postgresql_where=text(_TAKEN),
        ),
    )

    response_id: int = Field(foreign_key="response.id", index=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    kind: ResponseKind = word(ResponseKind)
    position: Position | None = word(Position, nullable=True)
    position_as_written: str = Field(default="", max_length=200)
    on_behalf: bool = flag()
    """The speaker answers for the addressee."""
    page: str = Field(default="", max_length=40)
    quote: str = long_text()


class Assessment(Fact, table=True):
    """A person's verdict on a set of responses for one obligation; superseded, never edited."""

    __tablename__ = "assessment"

    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    verdict: Verdict = word(Verdict)
    reasons: str = long_text()
    checklist: dict[str, object] = data()
    """Each point of the checklist: ticked, quote, page."""
    group_id: int | None = Field(default=None, foreign_key="user_group.id", index=True)
    user_id: int | None = Field(default=None, foreign_key="user_account.id")
    taken_over_from: str = Field(default="", max_length=300)
    """The data set this verdict was taken over from, where nobody here judged."""
    countersigned_at: datetime | None = instant(nullable=True)
    countersigned_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    countersigned_group_id: int | None = Field(default=None, foreign_key="user_group.id")
    withdrawn_at: datetime | None = instant(nullable=True)
    withdrawn_reason: str = Field(default="", max_length=1000)
    notice_until_on: date | None = None
    """The body was told beforehand: the verdict counts after this day, where the body is."""


class AssessmentResponse(SQLModel, table=True):
    """A response in the set an assessment judges."""

    __tablename__ = "assessment_response"

    assessment_id: int = Field(foreign_key="assessment.id", primary_key=True)
    response_id: int = Field(foreign_key="response.id", primary_key=True, index=True)


class Check(Fact, table=True):
    """A look for an answer that is on record: day, places looked at, by a person or a run."""

    __tablename__ = "check_made"

    looked_on: date
    places: list[str] = data_list()
    note: str = long_text()
    run_id: int | None = Field(default=None, foreign_key="run.id", index=True)
    user_id: int | None = Field(default=None, foreign_key="user_account.id")
    group_id: int | None = Field(default=None, foreign_key="user_group.id")
    facts_source: str = Field(default="", max_length=2000)
    news_only: bool = flag()
    """A feed of new things: no check of an old obligation."""


class CheckObligation(SQLModel, table=True):
    """An obligation a check looked for."""

    __tablename__ = "check_obligation"

    check_id: int = Field(foreign_key="check_made.id", primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id", primary_key=True, index=True)


class Watch(Fact, table=True):
    """The page of a source on which an obligation's answer would appear."""

    __tablename__ = "watch"
    __table_args__ = (UniqueConstraint("obligation_id", "source_id", "address"),)

    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    address: str = Field(max_length=2000)


class Claim(Fact, table=True):
    """Implementation as somebody states it, in the speaker's own word too."""

    __tablename__ = "claim"

    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    speaker: Speaker = word(Speaker)
    speaker_name: str = Field(default="", max_length=300)
    state: ClaimState = word(ClaimState)
    as_written: str = Field(default="", max_length=300)
    claimed_on: date | None = None
    claimed_precision: Precision | None = word(Precision, nullable=True)
    claimed_as_written: str = Field(default="", max_length=100)
    url: str = Field(default="", max_length=2000)
    facts_source: str = Field(default="", max_length=2000)


class Statement(Fact, table=True):
    """The asker's own word on a response, with a mark if they gave one."""

    __tablename__ = "statement"

    response_id: int = Field(foreign_key="response.id", index=True)
    obligation_id: int | None = Field(default=None, foreign_key="obligation.id", index=True)
    asker: str = Field(max_length=300)
    text: str = long_text()
    mark: str = Field(default="", max_length=60)
    stated_on: date | None = None
    stated_precision: Precision | None = word(Precision, nullable=True)
    stated_as_written: str = Field(default="", max_length=100)
    url: str = Field(default="", max_length=2000)


class Objection(Fact, table=True):
    """A body's objection: we answered, wrong body, wrong date, extended, private reply."""

    __tablename__ = "objection"

    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    kind: ObjectionKind = word(ObjectionKind)
    state: ObjectionState = word(ObjectionState, default=ObjectionState.UNVERIFIED)
    text: str = long_text()
    url: str = Field(default="", max_length=2000)
    contact_email: str = Field(default="", max_length=254)
    verified_at: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True)
    outcome: str = long_text()
    """Why it ended as it did, in public."""
    number: str | None = Field(default=None, max_length=40, index=True)
    """Of the receipt: objections that came in one form share it."""
    said_on: date | None = None
    """The day the body says it answered on, or until which the date was extended."""
    said_body: str | None = Field(default=None, max_length=300)
    """Who owes the answer, as the body says."""
    contact_id: int | None = None
    page_sha256: str | None = Field(default=None, max_length=64)
    """What was uploaded with it."""
    finding_id: int | None = None
    """What it put into the review queue."""
