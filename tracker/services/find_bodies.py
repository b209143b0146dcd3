"""Find bodies while somebody types, over names, aliases and initials; one that another followed says so."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.domain.name_search import ranked
from tracker.domain.words import BodyKind
from tracker.storage import document_entry

MOST = 12


@dataclass(frozen=True, slots=True)
class FoundBody:
    """A body as the list under a field shows it."""

    key: str
    name: str
    matched: str
    """The other name that fits, where it is not its own."""
    kind: BodyKind
    jurisdiction: str
    now_key: str = ""
    now_name: str = ""
    """The body that came after it, where one did."""


def find_bodies(session: Session, typed: str, today: date, most: int = MOST) -> list[FoundBody]:
    """The bodies that fit best what was typed, the best first."""
    hits = ranked(typed[:200], document_entry.names_of_bodies(session), most)
    rows = document_entry.bodies_by_key(session, [hit.key for hit in hits], today)
    found = []
    for hit in hits:
        body, after = rows[hit.key]
        found.append(
            FoundBody(
                body.key,
                body.name,
                hit.name if hit.name != body.name else "",
                body.kind,
                body.jurisdiction,
                after.key if after else "",
                after.name if after else "",
            )
        )
    return found
