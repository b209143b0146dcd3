"""Correct what a response is: its days, title, address, words and who speaks; the old ones are kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.partial import PartialDate
from tracker.domain.refusals import Refused, insist, refuse
from tracker.services.choose import not_ahead
from tracker.services.enter_process import url_complaints
from tracker.services.named_pages import spoken
from tracker.services.respond import (
    before_start,
    behalf_complaints,
    seen_complaints,
    signers_named,
    speaker_of,
)
from tracker.services.revise import remember
from tracker.services.take_back import correct_in_public, reason_needed
from tracker.storage import entries, responses
from tracker.storage.columns import partial_fields, partial_of
from tracker.storage.entries import id_of
from tracker.storage.signers import sign, signers_of
from tracker.storage.tables import Body, Response

LONGEST_TOLD = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFacts:
    """A response as it should have been entered; its days are dates in the debtor's zone."""

    body: str
    """Who speaks: key, name or alias."""
    first_seen_on: date
    received: PartialDate | None = None
    published: PartialDate | None = None
    url: str = ""
    title: str = ""
    text: str = ""
    signers: tuple[str, ...] = ()
    """Who signed it too, each for itself: keys, names or aliases."""
    came_before_start: bool = False
    """A person has confirmed that it came before the clock started."""

    def complaints(self, held: Response) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        yield from url_complaints("url", self.url)
        if not (self.url or self.text.strip() or held.page_sha256):
            yield refuse("url", "Give the address of the response, or its text.")
        yield from seen_complaints(self.first_seen_on, self.received, self.published)
        if held.struck_at is not None:
            yield refuse("facts_reason", "This response is struck: nothing rests on it any more.")


def facts_of_response(session: Session, response: Response) -> ResponseFacts:
    """The facts as they stand: what a form begins with."""
    speaker = session.get(Body, response.body_id)
    return ResponseFacts(
        body=speaker.key if speaker else "",
        first_seen_on=response.first_seen_on,
        received=partial_of(response, "received"),
        published=partial_of(response, "published"),
        url=response.url,
        title=response.title,
        text=response.text,
        signers=tuple(body.key for body in signers_of(session, id_of(response))),
    )


def correct_response(
    session: Session,
    now: datetime,
    response: Response,
    said: ResponseFacts,
    reason: str,
    *,
    actor: str,
    user_id: int | None = None,
) -> bool:
    """Put right what was entered wrongly, with a correction in the log. False: nothing differs."""
    speaker, unknown = speaker_of(session, said.body)
    signers, unnamed = signers_named(session, said.signers, speaker)
    lines = responses.lines_of(session, id_of(response))
    found = entries.owed(session, [line.obligation_id for line in lines])
    allowed = {line.obligation_id for line in lines if line.on_behalf}
    before = facts_of_response(session, response)
    days = (said.received, said.published)
    moved = days != (before.received, before.published)
    insist(
        [
            *said.complaints(response),
            *unknown,
            *unnamed,
            *reason_needed(reason),
            *(behalf_complaints(speaker, found, allowed, signers) if speaker else []),
            *not_ahead("first_seen_on", said.first_seen_on, found, now),
            *(before_start(found, *days) if moved and not said.came_before_start else []),
        ]
    )
    changed = _changed(before, said, speaker, signers)
    if speaker is None or not changed:
        return False
    remember(session, now, response, reason, user_id)
    _write(response, said, speaker)
    sign(session, id_of(response), signers, now, actor)
    detail = {"changed": changed, "reason": reason.strip()}
    ids = [one.id for one in found]
    correct_in_public(session, now, ids, "response_facts", detail, actor, response)
    return True


def _write(response: Response, said: ResponseFacts, speaker: Body) -> None:
    values = {
        "body_id": id_of(speaker),
        "first_seen_on": said.first_seen_on,
        "url": spoken(said.url),
        "title": said.title.strip(),
        "text": said.text.strip(),
        **partial_fields("received", said.received),
        **partial_fields("published", said.published),
    }
    for name, value in values.items():
        setattr(response, name, value)


_COMPARED = ("first_seen_on", "received", "published", "url", "title", "text")


def _changed(
    before: ResponseFacts, said: ResponseFacts, speaker: Body | None, signers: Sequence[Body]
) -> dict[str, object]:
    """What differs, old and new, in a form the log can keep."""
    pairs = {name: (_told(getattr(before, name)), _told(getattr(said, name))) for name in _COMPARED}
    cut = {name: (old[:LONGEST_TOLD], new[:LONGEST_TOLD]) for name, (old, new) in pairs.items() if old != new}
    # Keys are never cut: what is no key is nobody's, and would be left out where bodies are withheld.
    cut["signers"] = ("; ".join(before.signers), "; ".join(body.key for body in signers))
    if speaker is not None:
        cut["body"] = (before.body, speaker.key)
    return {name: [old, new] for name, (old, new) in cut.items() if old != new}


def _told(value: object) -> str:
    return str(value).strip() if value else ""
