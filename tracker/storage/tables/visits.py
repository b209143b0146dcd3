"""Every reading of a page: what an address returned when, also where it returned nothing."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from tracker.storage.columns import flag, instant


class PageVisit(SQLModel, table=True):
    """One reading of an address: the page it returned, or why it returned none."""

    __tablename__ = "page_visit"
    __table_args__ = (Index("ix_page_visit_address_fetched_at", "address", "fetched_at"),)

    id: int | None = Field(default=None, primary_key=True)
    address: str = Field(max_length=2000)
    final_address: str = Field(default="", max_length=2000)
    fetched_at: datetime = instant()
    source_id: int | None = Field(default=None, foreign_key="source.id")
    run_id: int | None = Field(default=None, foreign_key="run.id", index=True)
    page_sha256: str | None = Field(default=None, max_length=64, foreign_key="page.sha256", index=True)
    status: int = 0
    """Of the answer; 0 where there was none."""
    unchanged: bool = flag()
    """The site said so itself, without sending the page again."""
    headers: list[list[str]] = Field(default_factory=list, sa_type=JSON, nullable=False)
    """Name and value of each, as they came; none where the site sent no page."""
    failure: str = Field(default="", max_length=1000)
    said_sha256: str | None = Field(default=None, max_length=64, index=True)
    """What a site that has no page there any more sent instead: evidence of that, and never compared with a page."""
    peer: str | None = Field(default=None, max_length=45)
    """The IP address that was dialled; none where nobody was, and of readings older than this column."""
