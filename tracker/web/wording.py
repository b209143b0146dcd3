"""The words of the law for the templates, in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from flask import Flask
from markupsafe import Markup

from tracker.domain import catalogue
from tracker.domain.kinds import Words, kinds, topics
from tracker.domain.rules import Rule
from tracker.domain.steps import Step
from tracker.domain.words import (
    Basis,
    DueSource,
    EventKind,
    ItemKind,
    ObligationKind,
    ProcessKind,
    Standing,
)
from tracker.rendering.doubt import NOT_RELIED_ON, doubtful_day, undone_words
from tracker.rendering.event_words import event_days, event_words
from tracker.rendering.named_bodies import NAMED
from tracker.rendering.objection_words import says_words
from tracker.rendering.places import place_name
from tracker.rendering.reason_words import reason_words, reasons_of
from tracker.rendering.source_links import linked
from tracker.rendering.standing_words import Shown, standing_words
from tracker.rendering.step_words import period_words, steps_from, steps_words
from tracker.rendering.tongue import N_, NN_
from tracker.rendering.unseen import unseen_words
from tracker.rendering.words import BASIS_MEANS, STANDING_MEANS, stamp, word
from tracker.storage.lines import Line
from tracker.storage.objections import objected
from tracker.storage.tables import Event, Objection
from tracker.web.locale import language, tongue
from tracker.web.site import Site
from tracker.web.spoken import lang
from tracker.web.verdicts import point_said, verdict_note


def stamp_word(line: Shown) -> str:
    """The short word of a line's standing."""
    return stamp(line.standing, line.basis, line.kind, tongue(), has_date=line.due_on is not None)


def standing_word(standing: Standing, asked: bool = False) -> str:
    """The short word of a standing by itself; `asked`: where somebody only named the date."""
    basis = Basis.REQUEST if asked else Basis.STATUTE
    return stamp(standing, basis, ObligationKind.RESPOND, tongue())


def standing_means(standing: Standing) -> str:
    """What a standing means."""
    return tongue().say(STANDING_MEANS[standing])


def sentence(line: Shown, today: date) -> str:
    """A line's standing in its public sentence."""
    return standing_words(line, getattr(line, "day", None) or today, tongue())


def basis_means(basis: Basis) -> str:
    """Why a date of this basis binds."""
    return tongue().say(BASIS_MEANS[basis])


def why_binding(line: Line) -> str:
    """Why the date of a line binds; where there is none, that."""
    if line.due_on is not None or line.standing not in (Standing.WAITING, Standing.UNKNOWN):
        return basis_means(line.basis)
    unset = line.standing is Standing.WAITING or any(
        one.code == "no_due_date" for one in reasons_of(line.detail)
    )
    return tongue().say(N_("No date was set.") if unset else N_("The date is not known."))


OVERDUE_BY: Mapping[Basis, tuple[str, str]] = {
    Basis.STATUTE: NN_("answer overdue by law", "answers overdue by law"),
    Basis.CONVENTION: NN_("answer overdue by convention", "answers overdue by convention"),
    Basis.PROMISE: NN_("answer overdue by their own promise", "answers overdue by their own promise"),
}


def overdue_by(basis: Basis, n: int) -> str:
    """What the big figures count: each basis by itself, because bases are never added up."""
    return tongue().count(OVERDUE_BY[basis], n)


def named(member: StrEnum) -> str:
    """A word of the product."""
    return word(member, tongue())


def event_said(event: Any) -> str:
    """An event of the log."""
    basis = {"basis": event.basis.value} if getattr(event, "basis", None) else {}
    detail = {**basis, **event.detail, NAMED: getattr(event, "named", {})}
    return event_words(EventKind(event.kind), detail, tongue())


def event_when(event: Any) -> str:
    """When an event happened; for a flag, when it was due and when it was found."""
    return event_days(EventKind(event.kind), event.happened_on, event.detail, tongue())


def reasons_said(detail: Mapping[str, Any]) -> list[str]:
    """The reasons of a standing."""
    return [reason_words(reason, tongue()) for reason in reasons_of(detail)]


def steps_said(kept: Iterable[Mapping[str, object]]) -> list[str]:
    """How a due day came about, by steps as they are kept."""
    return steps_words(steps_from(kept), tongue())


def steps_to(due_on: date | None, steps: Iterable[Step], standing: Standing | None = None) -> list[str]:
    """How a due day came about; `due_on` is the day that counts, where it may be another.

    While the clock stands still, or the day is in doubt, nothing is overdue after any day.
    """
    return steps_words(steps, tongue(), due_on, standing in NOT_RELIED_ON)


def in_doubt(due_on: date, source: DueSource) -> str:
    """A day that cannot be relied on: as what it stands there."""
    return doubtful_day(due_on, source, tongue())


def kind_of_entry(undone: Event) -> str:
    """Which entry was taken back, as the log keeps it."""
    return undone_words(undone.detail, tongue())


def period(amount: int, unit: str) -> str:
    """So many of a unit."""
    return period_words(amount, unit, tongue())


def kind_name(kind: ProcessKind | str, *, many: bool = False) -> str:
    """What a kind of process is called."""
    words = kinds()[ProcessKind(kind)].in_language(language())
    return words.many if many else words.one


def kind_words(kind: ProcessKind | str) -> Words:
    """The words of a kind of process: for what it produces, who asks, who is asked and what is owed."""
    return kinds()[ProcessKind(kind)].in_language(language())


def item_word(item: ItemKind, kind: ProcessKind) -> str:
    """What an item of a process is called: a demand of a petition, a duty of a statute."""
    return kind_words(kind).item if kinds()[kind].item is item else named(item)


def items_word(kind: ProcessKind, of: Iterable[ItemKind] = ()) -> str:
    """What the items of a process are called; items, where some of them are not of the usual kind."""
    usual = all(one is kinds()[kind].item for one in of)
    return kind_words(kind).items if usual else tongue().say(N_("Items"))


def rule_name(key: str, name: str = "") -> str:
    """What a deadline rule is called; `name`: in English, as it was kept."""
    return catalogue.rule_name(key, name, language())[0]


def rule_lang(key: str, name: str = "") -> Markup:
    """The attribute `lang` of that name, where nobody has said it in the language of the page."""
    return lang(catalogue.rule_name(key, name, language())[1])


def who_owes(rule: Rule) -> tuple[str, str]:
    """Who owes to whom by a deadline rule, and the language in which that is said."""
    return catalogue.who_owes(rule, language())


def topic_name(key: str) -> str:
    """What a topic is called; its key where nobody has named it."""
    found = topics().get(key)
    return found.in_language(language()) if found else key.replace("-", " ")


def place(code: str) -> str:
    """The name of a jurisdiction."""
    return place_name(code, tongue())


def not_seen(fields: Iterable[str]) -> str:
    """The fields nobody read in the source itself, as a list in words."""
    return tongue().listed(unseen_words(fields, tongue()))


def checklist_point(question: str) -> str:
    """A point of a checklist."""
    return tongue().say(question)


def objection_said(row: Objection) -> str:
    """What a body says against an entry, as a sentence begins."""
    said = says_words(objected(row), tongue())
    return said[:1].upper() + said[1:]


GLOBALS = (
    objection_said,
    checklist_point,
    stamp_word,
    standing_word,
    standing_means,
    sentence,
    basis_means,
    named,
    event_said,
    event_when,
    verdict_note,
    point_said,
    why_binding,
    overdue_by,
    reasons_said,
    steps_said,
    steps_to,
    in_doubt,
    kind_of_entry,
    period,
    kind_name,
    kind_words,
    item_word,
    items_word,
    rule_name,
    rule_lang,
    who_owes,
    topic_name,
    place,
    not_seen,
    lang,
    linked,
)


def prepare(app: Flask, _handed: Site) -> None:
    """Hands them to the templates."""
    app.jinja_env.globals.update({one.__name__: one for one in GLOBALS})
