"""A mail to somebody who edits in words: the subject says the news, each part its number and its first ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.alerting import FIRST_SHOWN, Often, Topic
from tracker.rendering.letter_kinds import letter_kind
from tracker.rendering.reader_faults import reader_fault
from tracker.rendering.tongue import N_, NN_, Forms, Tongue

Said = Mapping[str, Any]

COUNT: Mapping[Topic, Forms] = {
    Topic.FINDINGS: NN_("%(n)d finding", "%(n)d findings"),
    Topic.OBJECTIONS: NN_("%(n)d objection", "%(n)d objections"),
    Topic.TIPS: NN_("%(n)d tip", "%(n)d tips"),
    Topic.SECOND_READER: NN_("%(n)d verdict for a second reader", "%(n)d verdicts for a second reader"),
    Topic.LOOKS: NN_("%(n)d look due", "%(n)d looks due"),
    Topic.SOURCES: NN_("%(n)d source", "%(n)d sources"),
    Topic.LETTERS: NN_("%(n)d letter not delivered", "%(n)d letters not delivered"),
    Topic.IMPORTS: NN_("%(n)d import finished", "%(n)d imports finished"),
    Topic.LOG: NN_("The public log is broken", "The public log is broken"),
}
"""How a subject counts each topic."""

TOPIC: Mapping[Topic, str] = {
    Topic.FINDINGS: N_("New findings to review"),
    Topic.OBJECTIONS: N_("Objections of bodies"),
    Topic.TIPS: N_("Tips of visitors"),
    Topic.SECOND_READER: N_("Verdicts that wait for a second reader"),
    Topic.LOOKS: N_("Looks that are due"),
    Topic.SOURCES: N_("Sources broken, set aside or mended"),
    Topic.LETTERS: N_("Letters that could not be delivered"),
    Topic.IMPORTS: N_("Your imports, when the worker has done them"),
    Topic.LOG: N_("The public log is not what was written"),
}
"""What each topic is called on the page where it is chosen, and above its part of a mail."""

OFTEN: Mapping[Often, str] = {
    Often.OFF: N_("not at all"),
    Often.AT_ONCE: N_("at once, gathered over 15 minutes"),
    Often.DAILY: N_("once a day"),
    Often.WEEKLY: N_("once a week"),
}

PLACE: Mapping[Topic, str] = {
    Topic.FINDINGS: "/edit/review",
    Topic.OBJECTIONS: "/edit/objections",
    Topic.TIPS: "/edit/review?source=told-by-visitor",
    Topic.SECOND_READER: "/edit/second-readers",
    Topic.LOOKS: "/edit/looks",
    Topic.SOURCES: "/edit/sources",
    Topic.LETTERS: "/edit/letters",
    Topic.IMPORTS: "/edit/imports",
    Topic.LOG: "/edit/",
}
"""Where all of a topic is acted on."""

_FINDING = {
    "response": N_("a reply"),
    "new_item": N_("a new item"),
    "update": N_("an update"),
    "question": N_("a question of our reader"),
}
_SOURCE = {
    "broken": N_("cannot be read"),
    "aside": N_("its reading was set aside"),
    "still": N_("still cannot be read, a week on"),
    "mended": N_("is read again"),
}
_IMPORT = {"done": N_("the file was imported"), "refused": N_("nothing was imported; the page says why")}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: in words, since when, and where it is."""

    words: str
    since: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """One topic of a mail."""

    heading: str
    counted: Sequence[str]
    """How many each source brought; empty where it is not counted so."""
    lines: Sequence[Line]
    more: str
    """How many more there are; empty where all are named."""
    url: str


def subject(said: Said, tongue: Tongue) -> str:
    """4 findings, 1 objection (since 3 May 2026)."""
    return ", ".join(_counted(part, tongue) for part in _by_weight(said))


def _by_weight(said: Said) -> list[Said]:
    return sorted(said["parts"], key=lambda part: part["topic"] != Topic.LOG)


def _counted(part: Said, tongue: Tongue) -> str:
    topic = Topic(part["topic"])
    if topic is Topic.SOURCES and part["count"] == 1:
        line = part["lines"][0]
        return f"{tongue.colon(line['name'])} {tongue.say(_SOURCE[line['what']])}"
    words = tongue.count(COUNT[topic], part["count"])
    if topic is not Topic.OBJECTIONS:
        return words
    return tongue.say(N_("%(counted)s (since %(day)s)"), counted=words, day=tongue.day(part["since"]))


def parts(said: Said, tongue: Tongue, at: Callable[[str], str]) -> list[Part]:
    """The parts of a mail, a broken log first; `at` gives a path's full address."""
    return [_part(part, tongue, at) for part in _by_weight(said)]


def _part(part: Said, tongue: Tongue, at: Callable[[str], str]) -> Part:
    topic = Topic(part["topic"])
    left = part["count"] - len(part["lines"])
    more = NN_("and %(n)d more", "and %(n)d more")
    return Part(
        heading=tongue.say(TOPIC[topic]),
        counted=[f"{tongue.colon(name)} {number}" for name, number in part["by"]]
        if part["count"] > FIRST_SHOWN
        else [],
        lines=[
            Line(_LINE[topic](line, tongue), tongue.day(line["since"]), at(line["path"]))
            for line in part["lines"]
        ],
        more=tongue.count(more, left) if left else "",
        url=at(PLACE[topic]),
    )


def _joined(*words: object) -> str:
    return " – ".join(str(one) for one in words if one)


def _finding(line: Said, tongue: Tongue) -> str:
    kind = _FINDING.get(line["what"])
    return _joined(line["name"], tongue.say(kind) if kind else line["what"], line["title"])


def _objection(line: Said, tongue: Tongue) -> str:
    number = tongue.say(N_("Receipt %(number)s"), number=line["name"]) if line["name"] else ""
    return _joined(number, line["title"]) or tongue.say(N_("An objection"))


def _about_item(line: Said, tongue: Tongue) -> str:
    return line["title"] or tongue.say(N_("An item that is not public"))


def _source(line: Said, tongue: Tongue) -> str:
    return _joined(
        line["name"], tongue.say(_SOURCE[line["what"]]), reader_fault(line.get("problem") or "", tongue)
    )


def _letter(line: Said, tongue: Tongue) -> str:
    return tongue.say(N_("A letter (%(kind)s)"), kind=letter_kind(line["what"], tongue))


def _import(line: Said, tongue: Tongue) -> str:
    return tongue.say(_IMPORT[line["what"]])


def _log(line: Said, tongue: Tongue) -> str:
    return tongue.say(
        N_("Entry %(place)d is not what was written. Nothing is signed until the log is whole again."),
        place=line["place"],
    )


_LINE: Mapping[Topic, Callable[[Said, Tongue], str]] = {
    Topic.FINDINGS: _finding,
    Topic.OBJECTIONS: _objection,
    Topic.TIPS: _finding,
    Topic.SECOND_READER: _about_item,
    Topic.LOOKS: _about_item,
    Topic.SOURCES: _source,
    Topic.LETTERS: _letter,
    Topic.IMPORTS: _import,
    Topic.LOG: _log,
}
