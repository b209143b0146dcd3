"""What is owed: obligations, the terms of their clocks, what moved them, and their standings ahead."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel, UniqueConstraint

from tracker.domain.words import (
    Basis,
    ClockEntryKind,
    DueSource,
    EndCause,
    ObligationKind,
    Precision,
    Standing,
    Trigger,
)
from tracker.storage.columns import data, data_list, flag, instant, word
from tracker.storage.tables.fact import Fact


class Obligation(Fact, table=True):
    """What one addressee owes about one item: the unit of everything."""

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("item_id", "body_id", "kind", "period"),
        Index("ix_obligation_of_item", "item_id", "superseded_at", "body_id", "id"),
    )

    item_id: int = Field(foreign_key="item.id", index=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    addressee_id: int = Field(foreign_key="addressee.id", index=True)
    kind: ObligationKind = word(ObligationKind, default=ObligationKind.RESPOND)
    period: int = 0
    """0 unless the duty repeats: then the period counted from the anchor."""
    announced_standing: Standing | None = word(Standing, nullable=True)
    """What the log last said; the sweep compares the segments with it."""
    announced_from_at: datetime | None = instant(nullable=True)


class Terms(Fact, table=True):
    """Why and when an obligation is due: rule snapshot, trigger, stated and computed date."""

    __tablename__ = "terms"

    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    basis: Basis = word(Basis)
    rule_key: str = Field(default="", max_length=80, index=True)
    """Empty where a fixed date or no date was set without a rule."""
    rule_snapshot: dict[str, object] = data()
    """The rule's own text at the time, so that a later change cannot rewrite history."""
    amount: int | None = None
    """Overrides the rule's amount where the instrument names one for each task."""
    calendar: str = Field(default="", max_length=40)
    legal_basis: str = Field(default="", max_length=1000)
    as_written: str = Field(default="", max_length=1000)
    """The deadline in the document's own words."""
    trigger: Trigger | None = word(Trigger, nullable=True)
    trigger_on: date | None = None
    trigger_precision: Precision | None = word(Precision, nullable=True)
    trigger_as_written: str = Field(default="", max_length=100)
    trigger_ahead: bool = flag()
    """The trigger has not happened yet; no day and not ahead means: happened on an unknown day."""
    stated_on: date | None = None
    stated_precision: Precision | None = word(Precision, nullable=True)
    stated_as_written: str = Field(default="", max_length=100)
    computed_on: date | None = None
    rival_on: date | None = None
    """What a second official rule gives."""
    rival_rule_key: str = Field(default="", max_length=80)
    no_date: bool = flag()
    decided: DueSource | None = word(DueSource, nullable=True)
    """Which date an editor let win where stated and computed are in conflict."""
    rule_checked: bool = Field(default=True)
    problem: str = Field(default="", max_length=300)
    steps: list[dict[str, object]] = data_list()
    provisional: bool = flag()
    calendar_version: str = Field(default="", max_length=60)
    lag_days: int = 0
    source_url: str = Field(default="", max_length=2000)


class ClockEntry(Fact, table=True):
    """An extension, pause, restart, transfer or void, with reason, source and author."""

    __tablename__ = "clock_entry"

    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    kind: ClockEntryKind = word(ClockEntryKind)
    works_from_on: date
    ends_on: date | None = None
    given_on: date | None = None
    amount: int | None = None
    """For an extension by so many units: how many."""
    unit: str | None = Field(default=None, max_length=40)
    """None where a date was given."""
    counts_from: str | None = Field(default=None, max_length=20)
    """`start` or `previous`, where the entry says otherwise than the rule."""
    new_due_on: date | None = None
    """For an extension: the date given or counted; for a pause and a fresh start: the due day after it, by the rule."""
    limit_on: date | None = None
    """For an extension: the most the rule allows, where it goes beyond that."""
    afresh: bool | None = None
    """For a restart: the period began anew on that day; else it only ended a pause."""
    act_id: int | None = Field(default=None, index=True)
    """The act that ended many at once, where this is part of one (`ending_act`)."""
    begins_id: int | None = None
    """The obligation that this entry began: the next stage of a chain, or what another body owes since."""
    cures: bool = flag()
    """Counts although it was given late, or although the rule does not know of it."""
    to_body_id: int | None = Field(default=None, foreign_key="body.id")
    reason: str = Field(max_length=1000)
    source_url: str = Field(default="", max_length=2000)


class EndingAct(Fact, table=True):
    """One happening that ended many duties: an instrument revoked, a House prorogued or dissolved."""

    __tablename__ = "ending_act"

    cause: EndCause = word(EndCause)
    process_id: int = Field(foreign_key="process.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="document.id")
    """None: the whole process."""
    works_from_on: date
    reason: str = Field(max_length=1000)
    source_url: str = Field(default="", max_length=2000)


class EndingQuestion(SQLModel, table=True):
    """An obligation of which no rule says what becomes of it: nothing changes until an editor decides."""

    __tablename__ = "ending_question"
    __table_args__ = (UniqueConstraint("act_id", "obligation_id"),)

    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="ending_act.id", index=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    ends: bool | None = None
    """None: not decided."""
    decided_at: datetime | None = instant(nullable=True)
    decided_by: str = Field(default="", max_length=120)


class Segment(SQLModel, table=True):
    """A stretch of time in which an obligation's standing stays the same."""

    __tablename__ = "segment"
    __table_args__ = (
        # Where each of many obligations stands is read from here, not from the rows.
        Index(
            "ix_segment_held",
            *("obligation_id", "superseded_at", "from_at", "until_at"),
            *("standing", "basis", "flagged", "stale"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    standing: Standing = word(Standing)
    from_at: datetime = instant(index=True)
    until_at: datetime | None = instant(nullable=True)
    recorded_at: datetime = instant()
    superseded_at: datetime | None = instant(nullable=True)
    begins_on: date
    """The day in the debtor's zone on which it begins."""
    basis: Basis = word(Basis)
    flagged: bool = flag()
    """In the accusing lists: lead or joint, and standing overdue or overdue_unsubstantive."""
    stale: bool = flag()
    due_on: date | None = Field(default=None, index=True)
    due_source: DueSource = word(DueSource, default=DueSource.NONE)
    checked_on: date | None = None
    days_overdue: int | None = None
    late_days: int | None = None
    detail: dict[str, object] = data()
    """The rest of the stand: answer state, reasons, what stands beside."""
