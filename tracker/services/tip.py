"""Anyone may tell of an answer they have seen: reviewers look at it; who left an address hears what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.addresses import AddressError, email_address
from tracker.domain.letter import TIP
from tracker.domain.link_tokens import Seal
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import FindingState
from tracker.services.enter_process import url_complaints
from tracker.services.object_to import Vet, vetted
from tracker.services.told_finding import LONGEST_LINK, LONGEST_NOTE, VISITOR, Told, put_in_queue
from tracker.services.write_letter import write_letter
from tracker.storage import entries, tips
from tracker.storage.entries import id_of
from tracker.storage.lines import lines, moment
from tracker.storage.tables import Finding, Tip

MOST_OPEN = 2000
"""Tips that wait for a person; beyond that nothing more is taken in."""
MOST_LETTERS = 5
"""Letters that wait for one address: whoever is named by somebody else gets no more."""
KEPT = timedelta(days=90)
AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What somebody says they have seen."""

    obligations: tuple[int, ...]
    link: str
    note: str = ""
    email: str = ""
    language: str = "en"

    def complaints(self) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        if not self.link:
            yield refuse("link", "Give the address of what you saw.")
        if len(self.link) > LONGEST_LINK:
            yield refuse("link", "This address is too long.")
        yield from url_complaints("link", self.link)
        if len(self.note) > LONGEST_NOTE:
            yield refuse("note", "Use at most %(most)s letters.", most=LONGEST_NOTE)
        yield from _address_complaints(self.email)


def _address_complaints(email: str) -> Iterator[Refused]:
    try:
        if email:
            email_address(email)
    except AddressError as error:
        yield refuse("email", str(error))


def take_tip(session: Session, now: datetime, seen: Seen, vet: Vet | None = None) -> Finding | None:
    """Put it before the reviewers; the same thing told twice is kept once. None where the queue is full."""
    public = {line.id for line in lines(session, ListQuery(ListName.ALL), moment(now), ids=seen.obligations)}
    owed = [one for one in entries.owed(session, seen.obligations) if one.id in public]
    none = [] if owed else [refuse("obligations", "Say for whom it is an answer.")]
    insist([*seen.complaints(), *none, *vetted("link", seen.link, vet)])
    if tips.waiting(session) >= MOST_OPEN:
        return None
    finding = put_in_queue(session, Told(by=VISITOR, owed=owed, link=seen.link, note=seen.note.strip()), now)
    if seen.email and finding.state is FindingState.OPEN:
        _remember(session, id_of(finding), seen, now)
    return finding


def _remember(session: Session, finding_id: int, seen: Seen, now: datetime) -> None:
    address = email_address(seen.email)
    crowded = tips.of_address(session, address) >= MOST_LETTERS
    if not crowded and not tips.has(session, finding_id, address):
        tips.add(session, Tip(finding_id=finding_id, address=address, language=seen.language, told_at=now))


def answer_tips(session: Session, now: datetime, seal: Seal) -> int:
    """Tell whoever left an address what became of their tip, and erase it; also where nobody decided in time."""
    done = tips.decided(session, AT_ONCE)
    for tip, finding in done:
        said = {
            # Never the link: whoever told us may have given somebody else's address to be sent it.
            "title": str(finding.content.get("title") or ""),
            "accepted": finding.state is FindingState.ACCEPTED,
        }
        item = str(finding.suggestion.get("item") or "")
        link = f"/items/{item}" if item else ""
        about = {"item": item} if item else None
        write_letter(
            session,
            now,
            TIP,
            tip.address,
            seal=seal,
            language=tip.language,
            link=link,
            said=said,
            about=about,
        )
    old = tips.older(session, now - KEPT, AT_ONCE)
    for tip in [*(one for one, _ in done), *old]:
        tip.address, tip.ended_at = "", now
    session.flush()
    return len(done) + len(old)
