"""From the marks of a reply a proposal: kind, position, points of the checklist, verdict. A person decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.marking.forms import Code
from tracker.domain.marking.marks import Mark, Marked
from tracker.domain.words import ObligationKind, Position, ResponseKind, Verdict


class Why(StrEnum):
    """A reason for what is proposed."""

    STATES_POSITION = "states_position"
    STATES_BOTH = "states_both"
    WEAK_POSITION = "weak_position"
    ONLY_NOTED = "only_noted"
    NAMES_ACTION = "names_action"
    GIVES_REASONS = "gives_reasons"
    PROMISES_REPLY = "promises_reply"
    REPLY_AND_LATER = "reply_and_later"
    THANKS_ONLY = "thanks_only"
    SENDS_ELSEWHERE = "sends_elsewhere"
    SPEAKS_OF_OTHERS = "speaks_of_others"
    NOTHING_FOUND = "nothing_found"
    NO_TEXT = "no_text"


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence that may show a point of the checklist."""

    point: str
    number: int
    quote: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a reply seems to be for one obligation; None where the words do not say."""

    kind: ResponseKind | None
    position: Position | None
    verdict: Verdict | None
    why: tuple[Why, ...]
    shown: tuple[Shown, ...] = ()
    sure: float | None = None
    """Of the mark that decided."""

    def for_point(self, key: str) -> tuple[Shown, ...]:
        """The sentences that may show this point, the plainest first."""
        return tuple(one for one in self.shown if one.point == key)


_POINTS: dict[ObligationKind, dict[str, Code]] = {
    ObligationKind.RESPOND: {
        "position": Code.POSITION,
        "reasons": Code.REASON,
        "action": Code.ACTION,
        "owner": Code.OWNER,
        "date": Code.DATE,
    },
    ObligationKind.DELIVER: {"evidence": Code.ACTION, "when": Code.DATE, "confirmed": Code.OWNER},
}
MOST_SHOWN = 6


def propose(sentences: Sequence[Marked], kind: ObligationKind = ObligationKind.RESPOND) -> Proposal:
    """The proposal for an obligation of that kind; only the body's own words on this item count."""
    if not sentences:
        return Proposal(None, None, None, (Why.NO_TEXT,))
    own = [one for one in sentences if one.is_own]
    if not own:
        return Proposal(None, None, None, (Why.SPEAKS_OF_OTHERS,))
    position, why_position = position_of(own)
    shown = tuple(_shown(own, kind, position))
    found = {code for one in own for code in (mark.code for mark in one.marks)}
    proposed, why = _kind(found, position, own, kind)
    sure = _sure(own, proposed, position)
    return Proposal(
        proposed, position, _verdict(proposed, position, found, kind), (*why_position, *why), shown, sure
    )


def position_of(own: Sequence[Marked]) -> tuple[Position | None, tuple[Why, ...]]:
    """The position the sentences state together; plain statements go before hints."""
    marks = [mark for one in own if (mark := one.mark(Code.POSITION))]
    plain = [mark.position for mark in marks if not mark.is_weak and mark.position]
    hints = [mark.position for mark in marks if mark.is_weak and mark.position]
    if not plain:
        return (_of_hints(hints), (Why.WEAK_POSITION,)) if hints else (None, ())
    stated = set(plain)
    if stated == {Position.NOTED}:
        if Position.REJECTED in hints:
            return Position.REJECTED, (Why.WEAK_POSITION,)
        return Position.NOTED, (Why.ONLY_NOTED,)
    stated.discard(Position.NOTED)
    other_ways = {Position.REJECTED, Position.IN_PRINCIPLE, Position.ALTERNATIVE}
    if Position.ALTERNATIVE in stated.union(hints) and stated <= other_ways:
        return Position.ALTERNATIVE, (Why.STATES_POSITION,)
    if {Position.ACCEPTED, Position.REJECTED} <= stated or {
        Position.REJECTED,
        Position.IN_PRINCIPLE,
    } <= stated:
        return Position.IN_PART, (Why.STATES_BOTH,)
    if stated == {Position.ACCEPTED, Position.IN_PRINCIPLE}:
        return Position.IN_PRINCIPLE, (Why.STATES_POSITION,)
    return next(one for one in plain if one is not Position.NOTED), (Why.STATES_POSITION,)


def _of_hints(hints: Sequence[Position]) -> Position:
    if {Position.REJECTED, Position.ALTERNATIVE} <= set(hints):
        return Position.ALTERNATIVE
    return Position.REJECTED if Position.REJECTED in hints else hints[0]


def _kind(
    found: set[Code], position: Position | None, own: Sequence[Marked], owed: ObligationKind
) -> tuple[ResponseKind | None, tuple[Why, ...]]:
    """A later answer announced is a holding reply only where nothing is said on the substance."""
    reply = ResponseKind.REPLY if owed is ObligationKind.RESPOND else ResponseKind.COMPLETION_REPORT
    acts = _acts(own)
    later = Code.HOLDING in found
    if later and position in (None, Position.NOTED):
        return (
            (ResponseKind.HOLDING, (Why.PROMISES_REPLY,))
            if not acts
            else (
                ResponseKind.INTERIM,
                (Why.NAMES_ACTION, Why.REPLY_AND_LATER),
            )
        )
    if Code.REFERRAL in found and position is None and not acts:
        return ResponseKind.TRANSFER, (Why.SENDS_ELSEWHERE,)
    if position is not None:
        return reply, (Why.NAMES_ACTION,) if acts else ()
    if acts:
        return reply, (Why.NAMES_ACTION,)
    if Code.ACKNOWLEDGEMENT in found and Code.REASON not in found:
        return ResponseKind.ACKNOWLEDGEMENT, (Why.THANKS_ONLY,)
    if Code.REASON in found:
        return reply, (Why.GIVES_REASONS,)
    return (
        (ResponseKind.ACKNOWLEDGEMENT, (Why.THANKS_ONLY,))
        if Code.ACKNOWLEDGEMENT in found
        else (None, (Why.NOTHING_FOUND,))
    )


def _acts(own: Sequence[Marked]) -> int:
    """Sentences that name what was or will be done, besides answering, thanking and passing on."""
    aside = (Code.HOLDING, Code.ACKNOWLEDGEMENT, Code.REFERRAL)
    return sum(bool(one.mark(Code.ACTION)) and not any(one.mark(code) for code in aside) for one in own)


def _verdict(
    kind: ResponseKind | None, position: Position | None, found: set[Code], owed: ObligationKind
) -> Verdict | None:
    """Only what is plain either way; whether an answer is partly one is for a person to say."""
    if kind is None:
        return None
    if not kind.may_answer:
        return Verdict.NOT
    if owed is not ObligationKind.RESPOND or position in (None, Position.NOTED):
        return None
    says_more = {Code.ACTION, Code.DATE} <= found or Code.REASON in found
    return Verdict.SUBSTANTIVE if says_more else None


def _shown(own: Sequence[Marked], kind: ObligationKind, position: Position | None) -> list[Shown]:
    points = _POINTS.get(kind, _POINTS[ObligationKind.DELIVER])
    found: list[Shown] = []
    for point, code in points.items():
        these = [Shown(point, one.number, one.sentence.text, mark) for one in own if (mark := one.mark(code))]
        fits = [
            one
            for one in these
            if code is not Code.POSITION or not one.mark.is_weak or one.mark.position is position
        ]
        found += sorted(fits, key=lambda one: (one.mark.is_weak, one.number))[:MOST_SHOWN]
    return found


_DECIDES: dict[ResponseKind, Code] = {
    ResponseKind.HOLDING: Code.HOLDING,
    ResponseKind.TRANSFER: Code.REFERRAL,
    ResponseKind.ACKNOWLEDGEMENT: Code.ACKNOWLEDGEMENT,
}


def _sure(own: Sequence[Marked], kind: ResponseKind | None, position: Position | None) -> float | None:
    if kind is None:
        return None
    code = _DECIDES.get(kind, Code.POSITION if position else Code.ACTION)
    return next((mark.sure for one in own if (mark := one.mark(code))), None)
