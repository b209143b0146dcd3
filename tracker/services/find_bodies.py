"""Find bodies while somebody types, over names, aliases and initials; one that another followed says so."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.domain.name_search import folded, ranked
from tracker.domain.words import BodyKind
from tracker.storage import document_entry

MOST, MOST_LOOKED_AT = 12, 60


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


def find_bodies(
    session: Session, typed: str, today: date, most: int = MOST, jurisdiction: str = ""
) -> list[FoundBody]:
    """The bodies that fit best what was typed, the best first; of `jurisdiction`, where given, before others."""
    hits = ranked(typed[:200], document_entry.names_of_bodies(session), MOST_LOOKED_AT)
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
    wanted = folded(typed)
    found.sort(
        key=lambda one: (
            wanted not in (folded(one.name), folded(one.matched)),
            not _is_of(one.jurisdiction, jurisdiction),
        )
    )
    return found[:most]


def _is_of(place: str, jurisdiction: str) -> bool:
    """Whether a body is of that place: the nation of a region, and a region of the nation, count."""
    return bool(jurisdiction) and place.split("-")[0] == jurisdiction.split("-")[0]
