"""Names of a table that are no known body: how often each stands there, and the bodies that may be meant."""

from dataclasses import dataclass

from sqlmodel import Session

from tracker.domain.importing.likely import Offer, likely
from tracker.services.import_compare import Comparison
from tracker.storage import document_entry


@dataclass(frozen=True, slots=True)
class UnknownBody:
    """A name that is no known body."""

    name: str
    rows: int
    """Times it stands in the table."""
    offers: tuple[Offer, ...]
    """The nearest first."""


def unknown_bodies(session: Session, found: Comparison) -> list[UnknownBody]:
    """Those that may mean another body first, then by how often they stand in the table."""
    if not found.unknown_bodies:
        return []
    offers = likely(found.unknown_bodies, document_entry.names_of_bodies(session))
    made = [
        UnknownBody(name, rows, tuple(offers.get(name, ()))) for name, rows in found.unknown_bodies.items()
    ]
    return sorted(made, key=lambda one: (not one.offers, -one.rows, one.name))


def without_offers(found: Comparison) -> list[UnknownBody]:
    """The same after the import, when they are known."""
    return [UnknownBody(name, times, ()) for name, times in found.unknown_bodies.items()]
