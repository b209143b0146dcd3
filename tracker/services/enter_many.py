"""Enter many items of one document at once, all or none; see every date first; publish what was kept as a draft."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from tracker.domain.name_search import folded
from tracker.domain.refusals import NotAccepted, Refused, insist, refuse
from tracker.domain.words import Visibility
from tracker.services.enter import EnterItem, Foreseen, OwedBy, enter_item, preview
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.entry import checked
from tracker.services.revise import publish_draft
from tracker.storage import document_entry
from tracker.storage.tables import Document, Item

MOST_ROWS = 100
_ABOUT_BODIES = ("body-", "new-")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the grid as it was filled in: its place on the page, and the item it means."""

    place: int
    said: EnterItem
    owing_is_default: bool = False
    """Nobody is named in the row: the document's addressees owe."""
    deadline_is_default: bool = False


def enter_many(
    session: Session,
    now: datetime,
    document: Document,
    rows: Sequence[Row],
    *,
    actor: str,
    user_id: int | None = None,
) -> list[Item]:
    """Write all items, or none and raise every complaint with its row; a new body named twice is entered once."""
    insist(_complaints(session, document, rows))
    known = _enter_bodies(session, now, rows, actor, user_id)
    ready = [replace(row, said=_with_bodies(row.said, known)) for row in rows]
    return [enter_item(session, now, row.said, actor=actor, user_id=user_id) for row in ready]


def foresee_many(
    session: Session, now: datetime, document: Document, rows: Sequence[Row]
) -> list[tuple[Row, list[Foreseen]]]:
    """For each row what each body would owe and by when; refuses what entering would refuse."""
    insist(_complaints(session, document, rows))
    return [(row, preview(session, now, row.said)) for row in rows]


def complaints_of(session: Session, document: Document, rows: Sequence[Row]) -> list[Refused]:
    """All that is wrong with the rows, each complaint at the field of its row; empty: they can be entered."""
    return list(_complaints(session, document, rows))


def publish_drafts(
    session: Session, now: datetime, document: Document, *, actor: str, user_id: int | None = None
) -> int:
    """Let out every draft of a document in one transaction; how many it was."""
    drafts = [one for one in document_entry.items_of(session, document) if one.visibility is Visibility.DRAFT]
    for item in drafts:
        publish_draft(session, now, item, actor=actor, user_id=user_id)
    return len(drafts)


def _complaints(session: Session, document: Document, rows: Sequence[Row]) -> Iterator[Refused]:
    if not rows:
        yield refuse("rows", "Fill in at least one row: a title or a text is enough to begin with.")
    if len(rows) > MOST_ROWS:
        yield refuse("rows", "Enter at most %(most)s items at once.", most=MOST_ROWS)
    told: set[tuple[str, str, tuple[tuple[str, object], ...]]] = set()
    for row in rows:
        try:
            checked(session, row.said)
        except NotAccepted as refused:
            for one in refused.refusals:
                moved = _at_row(row, one)
                words = (moved.field, moved.sentence, tuple(moved.values.items()))
                if words not in told:  # what is wrong with the defaults is said once, not for every row
                    told.add(words)
                    yield moved
    yield from _doubles(session, document, rows)


def _at_row(row: Row, one: Refused) -> Refused:
    """A complaint at the field where it can be mended: in the row, or in the document's defaults."""
    if one.field.startswith(_ABOUT_BODIES):
        field = "owing" if row.owing_is_default else f"owing-{row.place}"
    elif one.field in ("title", "topics") or (
        one.field in ("rule", "stated") and not row.deadline_is_default
    ):
        field = f"{one.field}-{row.place}"
    else:
        field = one.field
    return refuse(field, one.sentence, **one.values)


def _doubles(session: Session, document: Document, rows: Sequence[Row]) -> Iterator[Refused]:
    """A number that stands in the document already, or twice on the page: somebody else may just have entered it."""
    there = {folded(item.ref): item for item in document_entry.items_of(session, document) if item.ref}
    seen: dict[str, int] = {}
    for row in rows:
        ref = folded(row.said.ref)
        if ref and ref in there:
            yield refuse(
                f"ref-{row.place}",
                "“%(ref)s” is in this document already: %(title)s.",
                ref=row.said.ref[:80],
                title=there[ref].title[:80],
            )
        elif ref and ref in seen:
            yield refuse(
                f"ref-{row.place}",
                "“%(ref)s” stands in row %(row)s too.",
                ref=row.said.ref[:80],
                row=seen[ref],
            )
        seen.setdefault(ref, row.place)


def _enter_bodies(
    session: Session, now: datetime, rows: Iterable[Row], actor: str, user_id: int | None
) -> dict[str, str]:
    """The new bodies of all rows, each once; keys by folded name."""
    new: dict[str, EnterBody] = {}
    for row in rows:
        for owed in row.said.addressees:
            if owed.new is not None:
                new.setdefault(folded(owed.new.name), owed.new)
    return {
        name: enter_body(session, now, body, actor=actor, user_id=user_id).key for name, body in new.items()
    }


def _with_bodies(said: EnterItem, known: dict[str, str]) -> EnterItem:
    return replace(said, addressees=tuple(_known(owed, known) for owed in said.addressees))


def _known(owed: OwedBy, known: dict[str, str]) -> OwedBy:
    return replace(owed, body=known[folded(owed.new.name)], new=None) if owed.new is not None else owed
