"""What the items of a document have in common, as an editor typed it: what its next items begin with."""

from typing import Any

from sqlmodel import Field

from tracker.storage.columns import data
from tracker.storage.tables.fact import Fact


class DocumentDefaults(Fact, table=True):
    """Addressees, deadline and topics of a document's items before any item says otherwise."""

    __tablename__ = "document_defaults"

    document_id: int = Field(foreign_key="document.id", index=True)
    typed: dict[str, Any] = data()
    """Each field as typed: text, or a list of texts where several are ticked."""
