"""Reminders in words: what is due when, how the day came about, and where to answer, object or have it stopped."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain.catalogue import rule_name
from tracker.domain.words import ItemKind, ObligationKind, Standing
from tracker.rendering.clean_text import one_line, shortened
from tracker.rendering.short_steps import short_steps
from tracker.rendering.standing_words import standing_words
from tracker.rendering.step_words import steps_from
from tracker.rendering.tongue import N_, NN_, Forms, Tongue
from tracker.rendering.words import BASIS_MEANS, word

LONGEST_TITLE = 120
Said = Mapping[str, Any]
_KINDS: Mapping[ObligationKind, str] = {
    ObligationKind.RESPOND: N_("an answer"),
    ObligationKind.DELIVER: N_("delivery of what was promised"),
    ObligationKind.REPORT: N_("a report"),
}
_AHEAD: Forms = NN_("Due on %(weekday)s, in %(n)d day.", "Due on %(weekday)s, in %(n)d days.")
_TODAY = N_("Due today, %(weekday)s.")
_PAST: Forms = NN_("Was due on %(weekday)s, %(n)d day ago.", "Was due on %(weekday)s, %(n)d days ago.")
_ASKED_AHEAD: Forms = NN_(
    "Asked for by %(weekday)s, in %(n)d day.", "Asked for by %(weekday)s, in %(n)d days."
)
_ASKED_TODAY = N_("Asked for by today, %(weekday)s.")
_ASKED_PAST: Forms = NN_(
    "Asked for by %(weekday)s, %(n)d day ago.", "Asked for by %(weekday)s, %(n)d days ago."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a letter speaks of: its title, what is said of it, and links (words, path)."""

    title: str
    lines: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def subject(said: Said, tongue: Tongue) -> str:
    """The one thing that is due, or how many there are and the one whose day comes first."""
    owed = said["owed"]
    first = min((one["line"] for one in owed), key=lambda line: line.due_on)
    title = shortened(one_line(first.item_title), LONGEST_TITLE)
    if len(owed) == 1:
        return tongue.say(_subject_of(first, said["today"]), day=tongue.day(first.due_on), title=title)
    return tongue.count(
        NN_(
            "%(n)d date of %(body)s: %(day)s, %(title)s",
            "%(n)d dates of %(body)s, the first %(day)s: %(title)s",
        ),
        len(owed),
        body=one_line(said["body"]),
        day=tongue.day(first.due_on),
        title=title,
    )


def _subject_of(line: Any, today: date) -> str:
    due = line.due_on
    if not line.basis.flags_overdue:
        return N_("Asked for by %(day)s: %(title)s")
    if due == today:
        return N_("Due today, %(day)s: %(title)s")
    return N_("Due on %(day)s: %(title)s") if due > today else N_("Was due on %(day)s: %(title)s")


def before(said: Said, tongue: Tongue) -> tuple[str, ...]:
    """What this letter is."""
    several = NN_(
        "This is a reminder of one date that is on public record for %(body)s.",
        "This is a reminder of %(n)d dates that are on public record for %(body)s.",
    )
    return (
        tongue.count(several, len(said["owed"]), body=said["body"]),
        tongue.say(
            N_(
                "We keep a public record of who was asked for what, and by when. We do not write for those who asked."
            )
        ),
        tongue.say(
            N_(
                "If you have answered, send its address by the link beneath the item; an editor looks into it."
            )
        ),
    )


def after(tongue: Tongue) -> tuple[str, ...]:
    """What stands before the link that stops reminders."""
    return (
        tongue.say(N_("That this reminder was sent is public on each item’s page; this address is not.")),
        tongue.say(
            N_("If this is the wrong mailbox, or you want no reminders, open this page and press its button:")
        ),
    )


def parts(said: Said, tongue: Tongue) -> tuple[Part, ...]:
    """Each thing that is due, the first day first."""
    owed = sorted(said["owed"], key=lambda one: (one["line"].due_on, one["line"].id))
    return tuple(_part(one, said, tongue) for one in owed)


def _part(one: Said, said: Said, tongue: Tongue) -> Part:
    line = one["line"]
    return Part(
        one_line(line.item_title),
        tuple(_lines(one, said["today"], tongue)),
        (
            (
                tongue.say(N_("The item and how its day was computed")),
                f"/items/{line.item_key}#{line.body_key}",
            ),
            (
                tongue.say(N_("Send the address of your answer")),
                f"/seen-an-answer?item={line.item_key}&obligation={line.id}",
            ),
            (tongue.say(N_("Object: wrong body, wrong day, extended")), f"/object?body={said['body_key']}"),
        ),
    )


def _lines(one: Said, today: date, tongue: Tongue) -> Iterator[str]:
    line = one["line"]
    promised = line.item_kind is ItemKind.COMMITMENT
    yield tongue.say(
        N_("Commitment of %(body)s in %(process)s; awaited is %(what)s.")
        if promised
        else N_("%(process)s asks %(body)s for %(what)s."),
        process=one_line(line.process_name),
        body=one_line(line.body_name),
        what=tongue.say(_KINDS[line.kind]),
    )
    if line.debtor_since_on:
        yield tongue.say(
            N_("Since %(day)s owed by %(successor)s, which came after %(body)s."),
            day=tongue.day(line.debtor_since_on),
            successor=one_line(line.debtor_name),
            body=one_line(line.body_name),
        )
    yield _when(line, today, tongue)
    yield from _why(one, tongue)
    yield tongue.say(
        N_("Basis: %(basis)s. %(meaning)s"),
        basis=word(line.basis, tongue),
        meaning=tongue.say(BASIS_MEANS[line.basis]),
    )
    if today > line.due_on or line.standing not in _NOT_YET or line.detail.get("beside"):
        yield tongue.say(N_("Where it stands: %(standing)s."), standing=standing_words(line, today, tongue))


_NOT_YET = frozenset({Standing.RUNNING, Standing.DUE_SOON})


def _when(line: Any, today: date, tongue: Tongue) -> str:
    due, asked = line.due_on, not line.basis.flags_overdue
    if due == today:
        return tongue.say(_ASKED_TODAY if asked else _TODAY, weekday=tongue.weekday(due))
    ahead, past = (_ASKED_AHEAD, _ASKED_PAST) if asked else (_AHEAD, _PAST)
    forms = ahead if due > today else past
    return tongue.count(forms, abs((due - today).days), weekday=tongue.weekday(due))


def _why(one: Said, tongue: Tongue) -> Iterator[str]:
    """How the day came about: as the document says it, or counted by a rule from a day."""
    line = one["line"]
    words = one_line(one["stated"] or line.due_as_written)
    if line.due_on == line.due_stated_on and words in ("", line.due_on.isoformat()):
        yield tongue.say(N_("The document itself names this day."))
    else:
        steps = short_steps(steps_from(_as_data(one["steps"])), one["trigger"], tongue, line.due_on)
        if steps and line.due_on != line.due_stated_on:
            yield tongue.say(N_("How this day came about: %(steps)s."), steps=steps)
        elif words:
            yield tongue.say(N_("The document itself says: “%(words)s”."), words=words)
    called = rule_name(line.rule_key, one["rule"], tongue.code)[0] if one["rule"] else ""
    rule = " – ".join(part for part in (called, one_line(line.legal_basis)) if part)
    if rule:
        yield tongue.say(N_("Rule: %(rule)s."), rule=rule)


def _as_data(steps: Any) -> list[Mapping[str, object]]:
    """Steps of entries come as steps, those of the rule as they are kept."""
    return [
        step if isinstance(step, Mapping) else {"code": step.code, "day": step.day, "values": step.values}
        for step in steps
    ]
