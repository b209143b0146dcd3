"""What is read from official places: sources, runs, pages kept as evidence, findings, import batches."""

from datetime import datetime

from sqlalchemy import Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from tracker.domain.words import FindingState, RunState, Visibility
from tracker.storage.columns import data, data_list, instant, long_text, word


class Source(SQLModel, table=True):
    """An official place we read, with its health."""

    __tablename__ = "source"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=80, unique=True, index=True)
    name: str = Field(default="", max_length=300)
    reader: str = Field(max_length=60)
    address: str = Field(max_length=2000)
    process_id: int | None = Field(default=None, foreign_key="process.id")
    every_seconds: int = 86400
    publication_lag_days: int = 0
    settings: dict[str, object] = data()
    enabled: bool = True
    next_due_at: datetime | None = instant(nullable=True, index=True)
    claimed_until_at: datetime | None = instant(nullable=True)
    claim: int = 0
    """Fencing number: grows with every claim."""
    last_checked_at: datetime | None = instant(nullable=True)
    last_success_at: datetime | None = instant(nullable=True)
    broken_since_at: datetime | None = instant(nullable=True)
    problem: str = Field(default="", max_length=1000)
    failures: int = 0
    entries_last: int | None = None
    reread_after_at: datetime | None = instant(nullable=True)
    """Before then its watched pages are left alone: the site asked for patience."""


class Run(SQLModel, table=True):
    """One reading of a source."""

    __tablename__ = "run"

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    state: RunState = word(RunState, default=RunState.RUNNING)
    started_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
    entries: int = 0
    fields: dict[str, object] = data()
    """How often each field was filled: what the guards compare."""
    problems: list[str] = data_list()
    addresses: list[str] = data_list()
    rereads: bool | None = None
    """Only pages on which answers are awaited were read, not the source's own."""


class Page(SQLModel, table=True):
    """What a reading returned, kept once by SHA-256 of its bytes."""

    __tablename__ = "page"
    __table_args__ = (Index("ix_page_dropped_at_size", "dropped_at", "size"),)

    sha256: str = Field(primary_key=True, max_length=64)
    address: str = Field(max_length=2000, index=True)
    final_address: str = Field(default="", max_length=2000)
    status: int = 200
    headers: dict[str, object] = data()
    content_type: str = Field(default="", max_length=200)
    size: int
    """Bytes."""
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    fetched_at: datetime = instant()
    last_seen_at: datetime = instant()
    run_id: int | None = Field(default=None, foreign_key="run.id")
    visibility: Visibility = word(Visibility, default=Visibility.LINK_ONLY)
    dropped_at: datetime | None = instant(nullable=True)
    """Since then the bytes are no longer kept; hash, address and times are."""
    archive_url: str | None = Field(default=None, max_length=2000)
    """A copy in a public archive."""


class Finding(SQLModel, table=True):
    """What we think a page means, waiting for a person."""

    __tablename__ = "finding"

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    run_id: int = Field(foreign_key="run.id", index=True)
    page_sha256: str | None = Field(default=None, max_length=64, foreign_key="page.sha256")
    kind: str = Field(max_length=20)
    """new_item, response or update."""
    fingerprint: str = Field(max_length=64, unique=True, index=True)
    """The same finding is proposed once, however often it is read."""
    external_key: str = Field(default="", max_length=300, index=True)
    content: dict[str, object] = data()
    state: FindingState = word(FindingState, index=True, default=FindingState.OPEN)
    obligation_id: int | None = Field(default=None, foreign_key="obligation.id", index=True)
    """The obligation it is thought to answer first of all; `FindingObligation` has all of them."""
    response_id: int | None = Field(default=None, foreign_key="response.id")
    """The response it became, once accepted."""
    suggestion: dict[str, object] = data()
    """Suggested item, addressee, response kind; reasons and confidence."""
    found_at: datetime = instant(index=True)
    decided_at: datetime | None = instant(nullable=True)
    decided_by_id: int | None = Field(default=None, foreign_key="user_account.id")
    decision_note: str = long_text()
    later_until_at: datetime | None = instant(nullable=True)
    """Out of the queue until then, by somebody's wish."""
    read_by_id: int | None = None
    """The person who has it open, since `read_since_at`: shown to others, keeping nobody from deciding."""
    read_since_at: datetime | None = instant(nullable=True)
    part_of_id: int | None = Field(default=None, index=True)
    """The finding it was split from."""


class FindingObligation(SQLModel, table=True):
    """An obligation that a finding may well answer: until a person decides the finding, it waits for that."""

    __tablename__ = "finding_obligation"

    finding_id: int = Field(foreign_key="finding.id", primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id", primary_key=True, index=True)


class FindingDecision(SQLModel, table=True):
    """What a person did with a finding, and what it made: the trail of the review, by which it is undone."""

    __tablename__ = "finding_decision"

    id: int | None = Field(default=None, primary_key=True)
    finding_id: int = Field(foreign_key="finding.id", index=True)
    kind: str = Field(max_length=20)
    """item, known, response, update, dismissed, split or later."""
    decided_at: datetime = instant(index=True)
    user_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    actor: str = Field(default="", max_length=120)
    made: dict[str, object] = data()
    """What it made, by kind: responses, item, happening, watches, parts; the reason of a dismissal."""
    undone_at: datetime | None = instant(nullable=True)


class ImportBatch(SQLModel, table=True):
    """One import: what came from which file, so that it can be traced and undone."""

    __tablename__ = "import_batch"

    id: int | None = Field(default=None, primary_key=True)
    preset: str = Field(max_length=60)
    file_name: str = Field(default="", max_length=300)
    file_sha256: str = Field(default="", max_length=64)
    started_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
    rows: int = 0
    user_id: int | None = Field(default=None, foreign_key="user_account.id")
    group_id: int | None = Field(default=None, foreign_key="user_group.id")
