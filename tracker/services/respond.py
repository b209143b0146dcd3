"""Log what came back, for many obligations at once."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.partial import PartialDate
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import EventKind, Position, ResponseKind
from tracker.services.choose import choose, not_ahead
from tracker.services.enter_process import kept, new_key, url_complaints
from tracker.services.record_event import record_event
from tracker.services.settle import settle
from tracker.storage import entries
from tracker.storage.columns import partial_fields, partial_of
from tracker.storage.entries import Owed, id_of
from tracker.storage.signers import sign
from tracker.storage.tables import Body, Response, ResponseLine
from tracker.storage.turns import turn_to_enter


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidFor:
    """What a communication is for one obligation."""

    obligation: int
    kind: ResponseKind
    position: Position | None = None
    position_as_written: str = ""
    on_behalf: bool = False
    page: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogResponse:
    """A communication from a body; its days are dates in the debtor's zone."""

    body: str
    """Who speaks: key, name or alias."""
    lines: tuple[SaidFor, ...]
    first_seen_on: date
    received: PartialDate | None = None
    published: PartialDate | None = None
    url: str = ""
    title: str = ""
    text: str = ""
    page_sha256: str | None = None
    signers: tuple[str, ...] = ()
    """Who signed it too, each for itself: keys, names or aliases."""
    late_entry: bool = False
    """Found in old papers: into the log, alerting nobody."""
    came_before_start: bool = False
    """A person has confirmed that it came before the clock started."""

    def complaints(self) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        yield from url_complaints("url", self.url)
        if not (self.url or self.text.strip() or self.page_sha256):
            yield refuse("url", "Give the address of the response, or its text.")
        ids = [line.obligation for line in self.lines]
        if len(ids) != len(set(ids)):
            yield refuse("obligations", "One obligation is ticked twice.")
        yield from seen_complaints(self.first_seen_on, self.received, self.published)


def seen_complaints(
    first_seen_on: date, received: PartialDate | None, published: PartialDate | None
) -> Iterator[Refused]:
    """Nothing can be seen on a day before it was there."""
    if published is not None and published.first > first_seen_on:
        yield refuse(
            "published",
            "It was seen on %(seen)s, so it was published by then.",
            seen=first_seen_on.isoformat(),
        )
    if received is not None and received.first > first_seen_on:
        yield refuse(
            "received", "It was seen on %(seen)s, so it had come by then.", seen=first_seen_on.isoformat()
        )


def respond(
    session: Session, now: datetime, said: LogResponse, *, actor: str, user_id: int | None = None
) -> Response:
    """Write a response and what it is for each obligation; each gets its event in the log."""
    complaints = list(said.complaints())
    speaker, unknown = speaker_of(session, said.body)
    signers, unnamed = signers_named(session, said.signers, speaker)
    also = [*complaints, *unknown, *unnamed]
    found = choose(session, [line.obligation for line in said.lines], also=also)
    early = [] if said.came_before_start else before_start(found, said.received, said.published)
    assert speaker is not None  # noqa: S101 - insisted on above
    insist(
        [
            *behalf_complaints(
                speaker, found, {one.obligation for one in said.lines if one.on_behalf}, signers
            ),
            *not_ahead("first_seen_on", said.first_seen_on, found, now),
            *early,
        ]
    )
    response = _response(session, now, said, speaker, actor)
    sign(session, id_of(response), signers, now, actor)
    own = {body.id for body in (speaker, *signers)}
    by_id = {one.id: one for one in found}
    for line in said.lines:
        one = by_id[line.obligation]
        true = replace(line, on_behalf=line.on_behalf and one.body.id not in own)
        session.add(line_row(true, id_of(response), now, actor))
        _tell(session, now, response, one, true, said.late_entry, actor, signers)
    settle(session, by_id, now, backfill=said.late_entry, actor=actor)
    return response


def before_start(
    found: Sequence[Owed], received: PartialDate | None, published: PartialDate | None
) -> Iterator[Refused]:
    """An answer older than its question is in time at once: a slip in the year must not make one."""
    days = [day for day in (received, published) if day is not None]
    for one in found:
        start = partial_of(one.terms, "trigger")
        early = next((day for day in days if start is not None and day.last < start.first), None)
        if start is not None and early is not None:
            yield refuse(
                "came_before_start",
                "%(day)s lies before %(start)s, when the clock of %(body)s started: is the year right? "
                "If it did come before, say so here.",
                day=str(early),
                start=str(start),
                body=one.body.name,
            )
            return


def speaker_of(session: Session, name: str) -> tuple[Body | None, list[Refused]]:
    """The one body of that key, name or alias, or what is wrong with it."""
    found = entries.bodies_named(session, name)
    return (found[0], []) if len(found) == 1 else (None, [_who(name, found)])


def _who(name: str, found: Sequence[Body]) -> Refused:
    if not found:
        return refuse("body", "No body is called “%(name)s”: choose one of the list.", name=name[:80])
    keys = ", ".join(body.key for body in found[:5])
    return refuse("body", "“%(name)s” could be %(keys)s: give the key.", name=name[:80], keys=keys)


def signers_named(
    session: Session, names: Sequence[str], speaker: Body | None
) -> tuple[list[Body], list[Refused]]:
    """The bodies of those keys, names or aliases without the one that stands first, or what is wrong with them."""
    found: dict[int | None, Body] = {}
    wrong: list[Refused] = []
    for name in names:
        body, complaints = speaker_of(session, name)
        wrong += [replace(one, field="signers") for one in complaints]
        if body is not None and (speaker is None or body.id != speaker.id):
            found[body.id] = body
    return list(found.values()), wrong


def behalf_complaints(
    speaker: Body, found: Sequence[Owed], allowed: Collection[int], signers: Sequence[Body] = ()
) -> Iterator[Refused]:
    """Who answers for a body that did not sign does so only where that is said: `allowed` are those obligations."""
    own = {body.id for body in (speaker, *signers)}
    for one in found:
        if one.body.id not in own and one.id not in allowed:
            yield refuse(
                f"on_behalf-{one.id}",
                "%(debtor)s owes this. If it signed too, name it among those who signed; "
                "if %(speaker)s answers for it, tick “on its behalf”.",
                debtor=one.body.name,
                speaker=speaker.name,
            )


def _response(session: Session, now: datetime, said: LogResponse, speaker: Body, actor: str) -> Response:
    answered = said.published or said.received
    name = f"{speaker.key} {answered or said.first_seen_on}"
    turn_to_enter(session)
    row = Response(
        key=new_key(session, Response, name, "response"),
        body_id=id_of(speaker),
        title=said.title.strip(),
        text=said.text.strip(),
        url=said.url,
        url_seen=bool(said.url),
        page_sha256=said.page_sha256,
        first_seen_on=said.first_seen_on,
        recorded_at=now,
        recorded_by=actor,
        **partial_fields("received", said.received),
        **partial_fields("published", said.published),
    )
    return kept(session, row)


def line_row(line: SaidFor, response_id: int, now: datetime, actor: str) -> ResponseLine:
    """The row of what a response is for one obligation."""
    return ResponseLine(
        response_id=response_id,
        obligation_id=line.obligation,
        kind=line.kind,
        position=line.position,
        position_as_written=line.position_as_written.strip(),
        on_behalf=line.on_behalf,
        page=line.page.strip(),
        quote=line.quote.strip(),
        recorded_at=now,
        recorded_by=actor,
    )


def _tell(
    session: Session,
    now: datetime,
    response: Response,
    one: Owed,
    line: SaidFor,
    late: bool,
    actor: str,
    signers: Sequence[Body],
) -> None:
    answered = partial_of(response, "received") or partial_of(response, "published")
    detail = {
        "kind": line.kind.value,
        "position": line.position.value if line.position else None,
        "answered": str(answered) if answered else None,
        "url": response.url or None,
        "page_sha256": response.page_sha256,
        "signed_too": [body.key for body in signers] or None,
    }
    record_event(
        session,
        EventKind.RESPONSE_FOUND,
        now=now,
        happened_on=response.first_seen_on,
        obligation=one.obligation,
        response=response,
        actor=actor,
        backfill=late,
        detail={name: value for name, value in detail.items() if value is not None},
    )
