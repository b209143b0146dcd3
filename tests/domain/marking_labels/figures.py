"""The labelled replies and what the marking makes of them: right, missed and wrong, by language, origin and half."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from tracker.domain.marking.forms import Code
from tracker.domain.marking.marks import Marked, marked
from tracker.domain.marking.proposal import Proposal, propose

HERE = Path(__file__).parent
LANGUAGES = ("en", "fr", "es")
SETS = ("", "third_", "fourth_", "fifth_")
KEPT = "kept"
"""The fifth set: its positions stay at least as well found as at its first look."""
LATER_REPLIES = ("supplement", "completion_report")
"""Kinds that follow from what came before: in their words they are replies."""
UNSTATED = ("not_addressed", "unclear")
"""Positions a person gives where the words state none: there is nothing to mark."""
HELD_BACK = ("holding", "acknowledgement", "transfer")
KINDS = {
    Code.HOLDING: ("holding", "interim"),
    Code.ACKNOWLEDGEMENT: ("acknowledgement",),
    Code.REFERRAL: ("transfer",),
}


@dataclass(frozen=True)
class Labelled:
    """A reply as a person read it."""

    id: str
    language: str
    half: str
    origin: str
    number: str
    kind: str
    position: str
    flags: dict[str, str]
    text: str


@dataclass(frozen=True)
class Read:
    """The same reply, read by the marking."""

    label: Labelled
    sentences: list[Marked]
    proposal: Proposal


@dataclass(frozen=True)
class Figure:
    """How often something was found, and rightly."""

    labelled: int
    marked: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the marked that are right."""
        return self.right / self.marked if self.marked else 1.0

    @property
    def recall(self) -> float:
        """Share of the labelled that were found."""
        return self.right / self.labelled if self.labelled else 1.0


@cache
def readings() -> tuple[Read, ...]:
    """Every labelled reply with its marks and its proposal."""
    return tuple(_read(one) for one in _labels())


def _labels() -> Iterable[Labelled]:
    for language, name in product(LANGUAGES, SETS):
        with (HERE / f"{name}{language}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                flags = {name: row[name] for name in ("action", "date", "reason", "owner")}
                yield Labelled(
                    row["id"],
                    language,
                    row["half"],
                    row["origin"],
                    row["number"],
                    row["kind"],
                    row["position"],
                    flags,
                    row["text"],
                )


def _read(label: Labelled) -> Read:
    sentences = marked(label.text, language=label.language, number=label.number)
    return Read(label, sentences, propose(sentences))


def said(one: Read, what: str) -> tuple[str, str]:
    """What a person found and what the marking found; empty: not labelled, or nothing there."""
    label, proposal = one.label, one.proposal
    if what == "position":
        stated = "" if label.position in UNSTATED else label.position
        return stated, proposal.position.value if proposal.position else ""
    if what == "holding":
        found = proposal.kind.value if proposal.kind else ""
        return ("yes" if label.kind == "holding" else ""), ("yes" if found == "holding" else "")
    if what == "kind":
        kind = "reply" if label.kind in LATER_REPLIES else label.kind
        return kind, proposal.kind.value if proposal.kind else ""
    has = any(sentence.is_own and sentence.mark(Code(what)) for sentence in one.sentences)
    return ("yes" if label.flags[what] == "yes" else ""), ("yes" if has else "")


def is_labelled(one: Read, what: str) -> bool:
    """Whether a person said something on this at all."""
    return what not in one.label.flags or bool(one.label.flags[what])


def figure(read: Iterable[Read], what: str) -> Figure:
    """How well one thing is found in these replies."""
    pairs = [said(one, what) for one in read if is_labelled(one, what)]
    right = sum(bool(truth) and truth == found for truth, found in pairs)
    return Figure(sum(bool(truth) for truth, _ in pairs), sum(bool(found) for _, found in pairs), right)


def chosen(language: str, half: str = "", origin: str = "") -> list[Read]:
    """The replies of a language, of one half or origin where that is said."""
    return [
        one
        for one in readings()
        if one.label.language == language
        and half in ("", one.label.half)
        and origin in ("", one.label.origin)
    ]


def opened(language: str) -> list[Read]:
    """The replies of a language that the forms were mended by."""
    return [one for one in chosen(language) if one.label.half != KEPT]


def right_by_code(language: str) -> dict[Code, tuple[int, int]]:
    """Right among the replies marked, by code, as the rules are today."""
    right: Counter[Code] = Counter()
    all_: Counter[Code] = Counter()
    for one in chosen(language):
        for code, is_right in _codes(one):
            all_[code] += 1
            right[code] += is_right
    return {code: (right[code], all_[code]) for code in Code if all_[code]}


def first_look(language: str) -> dict[Code, tuple[int, int]]:
    """Found at first looks: positions at the fifth set, the rest at the third to fifth; `sureness.RIGHT` has to say this."""
    with (HERE / "first_look.csv").open(encoding="utf-8", newline="") as file:
        return {
            Code(row["code"]): (int(row["right"]), int(row["marked"]))
            for row in csv.DictReader(file)
            if row["language"] == language
        }


def _codes(one: Read) -> Iterable[tuple[Code, bool]]:
    marks = {mark.code for sentence in one.sentences if sentence.is_own for mark in sentence.marks}
    for code in marks:
        if code is Code.POSITION:
            truth, found = said(one, "position")
            yield code, bool(truth) and truth == found
        elif code in KINDS:
            yield code, one.label.kind in KINDS[code]
        elif one.label.flags.get(code.value):
            yield code, one.label.flags[code.value] == "yes"
