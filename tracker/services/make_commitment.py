"""A promise in a reply becomes a commitment: an item of its own that arises from the response, with its own clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.partial import PartialDate
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.substance import stands_in
from tracker.domain.words import Basis, ItemKind, ObligationKind
from tracker.services.choose import choose_one
from tracker.services.enter import EnterItem, OwedBy, enter_item
from tracker.services.reckon import Deadline
from tracker.storage import responses
from tracker.storage.entries import Owed, id_of
from tracker.storage.tables import Body, Item, Response

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeCommitment:
    """The words of a promise, who made it, and by when it is to be kept, if they say so."""

    response: str
    """Key."""
    obligation: int
    """The one the response answers: its item's document carries the commitment."""
    quote: str
    title: str = ""
    body: str = ""
    """Who promised, by key, name or alias; empty: who speaks in the response."""
    due: PartialDate | None = None
    due_as_written: str = ""

    def complaints(self) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        if not self.quote.strip():
            yield refuse("quote", "Quote the sentence that promises something.")


def make_commitment(
    session: Session, now: datetime, said: MakeCommitment, *, actor: str, user_id: int | None = None
) -> Item:
    """Enter the promise as an item that arises from the response; it is owed by who made it, and to be delivered."""
    owed = choose_one(session, said.obligation)
    response = responses.response_by_key(session, said.response)
    insist([*said.complaints(), *_response_complaints(session, said, response)])
    assert response is not None  # noqa: S101 - insisted on above
    speaker = session.get(Body, response.body_id)
    body = said.body.strip() or (speaker.key if speaker else owed.body.key)
    return enter_item(session, now, _item(said, owed, response, body), actor=actor, user_id=user_id)


def _response_complaints(
    session: Session, said: MakeCommitment, response: Response | None
) -> Iterator[Refused]:
    if response is None or response.struck_at is not None:
        yield refuse("response", "This response is not on record, or it was struck.")
        return
    line = responses.line_of(session, id_of(response), said.obligation)
    if line is None:
        yield refuse("obligation", "This response does not answer that item.")
    elif said.quote.strip() and response.text.strip() and not stands_in(said.quote, response.text):
        yield refuse(
            "quote",
            "These words do not stand in the text on record: copy them from there, or correct the text.",
        )
    elif said.quote.strip() and any(
        one.text == said.quote.strip() for one in responses.commitments_in(session, [id_of(response)])
    ):
        yield refuse("quote", "This sentence is a commitment already.")


def _item(said: MakeCommitment, owed: Owed, response: Response, body: str) -> EnterItem:
    quote = said.quote.strip()
    first = " ".join(quote.split())
    return EnterItem(
        document=owed.document.key,
        kind=ItemKind.COMMITMENT,
        title=said.title.strip()
        or (first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1] + "…"),
        text=quote,
        language=owed.item.language,
        arises_from_id=id_of(response),
        addressees=(OwedBy(body=body, kind=ObligationKind.DELIVER),),
        deadline=Deadline(
            basis=Basis.PROMISE,
            stated=said.due,
            as_written=said.due_as_written.strip(),
            source_url=response.url,
        ),
    )
