"""Letters in words: a subject and paragraphs for each kind, in the reader's language."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain import letter as kinds
from tracker.domain.words import ObjectionState
from tracker.rendering import reminder_words, webhook_letters
from tracker.rendering.reminder_words import Part
from tracker.rendering.tongue import N_, NN_, Tongue
from tracker.rendering.words import word

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Worded:
    """What a letter says; its parts follow `before`, the link stands between `lead` and `after`."""

    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    """Several things, each with links of its own."""
    lead: tuple[str, ...] = ()
    """What leads from the parts to the link."""


def worded(kind: str, said: Said, tongue: Tongue) -> Worded:
    """A letter's words."""
    return {**_KINDS, **_KINDS_OF_WEBHOOKS}[kind](said, tongue)


def _contact(said: Said, tongue: Tongue) -> Worded:
    body = str(said.get("body", ""))
    return Worded(
        tongue.say(N_("Please confirm that you write for %(body)s"), body=body),
        (
            tongue.say(
                N_("Somebody, probably you, asked to object or to send an answer on behalf of %(body)s."),
                body=body,
            ),
            tongue.say(N_("To confirm that this address takes mail, open this page and press its button:")),
        ),
        (
            tongue.say(
                N_(
                    "The link works for seven days. If it was not you, do nothing: the address is then forgotten."
                )
            ),
        ),
    )


def _objected(said: Said, tongue: Tongue) -> Worded:
    number, count = str(said.get("number", "")), int(said.get("count", 1))
    return Worded(
        tongue.say(N_("Receipt %(number)s: we have your objection"), number=number),
        (
            tongue.count(
                NN_(
                    "We have your objection %(number)s on %(n)d entry.",
                    "We have your objection %(number)s on %(n)d entries.",
                ),
                count,
                number=number,
            ),
            tongue.say(
                N_("It stands beside what it is about, in public, until an editor has looked into it.")
            ),
            tongue.say(N_("Your page, with everything that is on record about you:")),
        ),
        (tongue.say(N_("This address is used for this objection only.")),),
    )


def _ended(said: Said, tongue: Tongue) -> Worded:
    number = str(said.get("number", ""))
    state = word(ObjectionState(str(said.get("state"))), tongue)
    return Worded(
        tongue.say(N_("Your objection %(number)s: %(state)s"), number=number, state=state),
        (
            tongue.say(N_("Your objection %(number)s has ended: %(state)s."), number=number, state=state),
            str(said.get("outcome", "")),
        ),
    )


def _tip(said: Said, tongue: Tongue) -> Worded:
    first = N_("You told us of an answer to “%(title)s”.")
    became = N_("It is on record now; whether it is an answer is judged by people.")
    kept_out = N_("We looked at it, and it is not the answer to what is asked here.")
    return Worded(
        tongue.say(N_("What became of the answer you told us of")),
        (
            tongue.say(first, title=str(said.get("title", ""))),
            tongue.say(became if said.get("accepted") else kept_out),
        ),
        (tongue.say(N_("Thank you. Your address is erased with this letter.")),),
    )


def _notice(said: Said, tongue: Tongue) -> Worded:
    until, body = date.fromisoformat(str(said.get("until"))), str(said.get("body", ""))
    title = str(said.get("title", ""))
    return Worded(
        tongue.say(N_("Before a verdict on your reply takes effect: %(title)s"), title=title),
        (
            tongue.say(
                N_("Two readers found that what %(body)s sent about “%(title)s” is no substantive answer."),
                body=body,
                title=title,
            ),
            str(said.get("reasons", "")),
            tongue.say(
                N_("This becomes public after %(day)s. Until then you can send an answer, or object, here:"),
                day=tongue.weekday(until),
            ),
        ),
    )


def _reminder(said: Said, tongue: Tongue) -> Worded:
    return Worded(
        reminder_words.subject(said, tongue),
        reminder_words.before(said, tongue),
        parts=reminder_words.parts(said, tongue),
        lead=reminder_words.after(tongue),
    )


def _invite(said: Said, tongue: Tongue) -> Worded:
    group = str(said.get("group", ""))
    return Worded(
        tongue.say(N_("You are invited to %(group)s"), group=group),
        (
            tongue.say(N_("An administrator of %(group)s invites you to work on this site."), group=group),
            tongue.say(N_("To choose your password and begin, open this page:")),
        ),
        (tongue.say(N_("The link works once, for seven days. If you expected no such letter, do nothing.")),),
    )


def _reset(_said: Said, tongue: Tongue) -> Worded:
    return Worded(
        tongue.say(N_("Another password")),
        (
            tongue.say(N_("Somebody, probably you, asked for another password for this address.")),
            tongue.say(N_("To choose one, open this page:")),
        ),
        (
            tongue.say(
                N_("The link works once, for one hour. If it was not you, do nothing: nothing has changed.")
            ),
        ),
    )


_KINDS: Mapping[str, Callable[[Said, Tongue], Worded]] = {
    kinds.CONTACT: _contact,
    kinds.OBJECTED: _objected,
    kinds.ENDED: _ended,
    kinds.TIP: _tip,
    kinds.NOTICE: _notice,
    kinds.REMINDER: _reminder,
    kinds.INVITE: _invite,
    kinds.RESET: _reset,
}


def _webhook(words: Callable[[Said, Tongue], webhook_letters.Words]) -> Callable[[Said, Tongue], Worded]:
    return lambda said, tongue: Worded(*words(said, tongue))


_KINDS_OF_WEBHOOKS: Mapping[str, Callable[[Said, Tongue], Worded]] = {
    kinds.WEBHOOK: _webhook(webhook_letters.asked),
    kinds.WEBHOOKS: _webhook(webhook_letters.yours),
    kinds.WEBHOOK_OFF: _webhook(webhook_letters.switched_off),
}


def plain(words: Worded, url: str, tongue: Tongue, address: Callable[[str], str] = str) -> Iterator[str]:
    """The paragraphs of a plain letter, its link among them; `address` makes full addresses of paths."""
    yield from (one for one in words.before if one)
    for part in words.parts:
        links = (f"{tongue.colon(said)}\n{address(path)}" for said, path in part.links)
        yield "\n".join((f"* {part.title}", *part.lines))
        yield "\n".join(links)
    yield from words.lead
    if url:
        yield url
    yield from (one for one in words.after if one)
