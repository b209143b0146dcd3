"""What a body says against an entry, in words: beside the flag, and in the log."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tracker.domain.objected import Objected
from tracker.domain.words import ObjectionKind
from tracker.rendering.tongue import N_, Tongue

K = ObjectionKind


def beside_words(said: Objected, tongue: Tongue) -> str:
    """What the body says, as the end of the sentence of a standing."""
    return tongue.say(N_("%(says)s; being looked into"), says=says_words(said, tongue))


def says_words(said: Objected, tongue: Tongue) -> str:
    """What the body says."""
    return _SAYS[said.kind](said, tongue)


def _we_answered(said: Objected, tongue: Tongue) -> str:
    if said.said_on is None:
        return tongue.say(N_("the body says it answered"))
    return tongue.say(N_("the body says it answered on %(day)s"), day=tongue.day(said.said_on))


def _wrong_body(said: Objected, tongue: Tongue) -> str:
    if not said.said_body:
        return tongue.say(N_("the body says it is not the one that owes this"))
    return tongue.say(N_("the body says that %(other)s owes this"), other=said.said_body)


def _wrong_date(said: Objected, tongue: Tongue) -> str:
    if said.said_on is None:
        return tongue.say(N_("the body says that the date is wrong"))
    return tongue.say(
        N_("the body says that the date is wrong and should be %(day)s"), day=tongue.day(said.said_on)
    )


def _extended(said: Objected, tongue: Tongue) -> str:
    if said.said_on is None:
        return tongue.say(N_("the body says that the date was extended"))
    return tongue.say(N_("the body says that the date was extended to %(day)s"), day=tongue.day(said.said_on))


def _private_reply(said: Objected, tongue: Tongue) -> str:
    if said.said_on is None:
        return tongue.say(N_("the body says it replied privately"))
    return tongue.say(N_("the body says it replied privately on %(day)s"), day=tongue.day(said.said_on))


_SAYS: Mapping[ObjectionKind, Callable[[Objected, Tongue], str]] = {
    K.WE_ANSWERED: _we_answered,
    K.WRONG_BODY: _wrong_body,
    K.WRONG_DATE: _wrong_date,
    K.EXTENDED: _extended,
    K.PRIVATE_REPLY: _private_reply,
}


def objected_event(detail: Mapping[str, Any], tongue: Tongue) -> str:
    """What an event of the log says of an objection."""
    kind = str(detail.get("objection") or "")
    if kind not in set(ObjectionKind):
        return ""
    said = Objected(
        ObjectionKind(kind), date.min, said_on=_day(detail), said_body=str(detail.get("said_body") or "")
    )
    words = says_words(said, tongue)
    number = str(detail.get("number") or "")
    return f"{words} ({number})" if number else words


def _day(detail: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(detail.get("said_on")))
    except ValueError:
        return None
