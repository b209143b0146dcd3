"""Pages kept as evidence, as far as they may be shown."""

from sqlmodel import Session

from tracker.domain.words import Visibility
from tracker.storage.tables import Page


def page(session: Session, sha256: str) -> Page | None:
    """A page by the hash of its bytes; None where there is none or it is still a draft."""
    found = session.get(Page, sha256)
    return found if found is not None and found.visibility is not Visibility.DRAFT else None
