"""How well stated deadlines are read: precision, recall and wrong dates, by source and language."""

import csv
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypedDict

from tests.shared import shared
from tracker.domain.reading_deadlines import Reading, read_deadline
from tracker.domain.stated.mention import Hemisphere, Language, Order

SENTENCES = Path(__file__).with_name("deadline_sentences.csv")
_INDICATOR = re.compile(r"due_date: *(\S+)\s+deadline:\s+en: \"(.*)\"\n\s+fr: \"(.*)\"\n")
LANGUAGES: dict[str, Language] = {"en": "en", "fr": "fr", "es": "es"}
OPEN_ENDED = {"Ongoing", "Annually", "En cours", "Chaque année"}
TRIALS = {
    "trial": "deadline_trial.csv",
    "second trial": "deadline_second_trial.csv",
    "third trial": "deadline_third_trial.csv",
}


class Told(TypedDict, total=False):
    """What is known of a text beside its language."""

    near: date
    order: Order
    hemisphere: Hemisphere
    fiscal_year_ends: int


class Outcome(NamedTuple):
    """One reading: where the text is from, whether it states a date, whether one was read, whether that is it."""

    source: str
    stated: bool
    read: bool
    right: bool
    words: str

    @property
    def wrong(self) -> bool:
        """A date given that is not the one meant; a refusal is never wrong."""
        return self.read and not self.right


class Figure(NamedTuple):
    """Of one source: texts that state a date, dates read, right ones and wrong ones."""

    stated: int
    read: int
    right: int
    wrong: int

    def __str__(self) -> str:
        """Precision and recall as shares, and the wrong ones counted."""
        precision, recall = self.right / max(1, self.read), self.right / max(1, self.stated)
        return f"precision {precision:.3f}  recall {recall:.3f}  wrong {self.wrong}  of {self.stated} stated"


def figures() -> dict[str, Figure]:
    """Stated, read, right and wrong by source and language."""
    by_source: dict[str, list[Outcome]] = {}
    for one in outcomes():
        by_source.setdefault(one.source, []).append(one)
    return {
        source: Figure(
            sum(one.stated for one in all_of),
            sum(one.read for one in all_of),
            sum(one.right and one.read for one in all_of),
            sum(one.wrong for one in all_of),
        )
        for source, all_of in by_source.items()
    }


def outcomes() -> Iterator[Outcome]:
    """Every labelled text, read."""
    yield from coroners()
    yield from coroners_without_context()
    yield from action_plan()
    yield from sentences()
    for name, file in TRIALS.items():
        yield from trial(name, Path(__file__).with_name(file))


def judged(source: str, reading: Reading, answer: str, words: str) -> Outcome:
    """Whether a reading says what the answer says: a period as kept, or "..DAY" for any that ends that day."""
    stated = answer not in ("none", "unclear")
    said = (
        f"..{reading.date.last}"
        if reading.date and answer.startswith("..")
        else str(reading.date or reading.kind)
    )
    return Outcome(source, stated, reading.date is not None, said == answer, words)


def coroners() -> Iterator[Outcome]:
    """520 sentences of coroners' reports, read as British ones of their own date."""
    for row in _coroners_rows():
        near = date.fromisoformat(row["date_of_report"])
        read = read_deadline(row["raw_snippet"], language="en", order="dmy", near=near)
        yield judged("coroners", read, row["stated_due_date"], row["raw_snippet"])


def coroners_without_context() -> Iterator[Outcome]:
    """The same sentences with nothing known of them."""
    for row in _coroners_rows():
        read = read_deadline(row["raw_snippet"])
        yield judged("coroners, no context", read, row["stated_due_date"], row["raw_snippet"])


def action_plan() -> Iterator[Outcome]:
    """Fuzzy deadlines of an action plan against the official month, which is the last of the period written.

    "Ongoing" has an official month too (the end of the plan); the words alone give none.
    """
    text = shared("data", "samples", "canada-ogp-nap", "nap5.yaml").read_text(encoding="utf-8")
    for due, english, french in _INDICATOR.findall(text):
        for language, words in (("en", english), ("fr", french)):
            read = read_deadline(words, language=LANGUAGES[language], fiscal_year_ends=3)
            month = f"{read.date.last:%Y-%m}" if read.date else read.kind
            stated = words not in OPEN_ENDED
            right = month == (due if stated else "none")
            yield Outcome(f"action plan {language}", stated, read.date is not None, right, f"{words} ({due})")


def sentences() -> Iterator[Outcome]:
    """Sentences in the shapes official texts use, each with its answer, nothing known but the language."""
    for row in _rows(SENTENCES):
        read = read_deadline(row["text"], language=LANGUAGES[row["language"]])
        yield judged(f"sentences {row['language']}", read, row["answer"], row["text"])


def trial(name: str, path: Path) -> Iterator[Outcome]:
    """Sentences labelled before the reader was tried on them: written in official shapes, or drawn from such texts.

    The first trial was mended after: its figures no longer tell how strange texts are read (see deadline_trial.md).
    """
    for row in _rows(path):
        read = read_deadline(
            _unescaped(row["text"]), language=LANGUAGES[row["language"]], **_told(row["told"])
        )
        kind = "written" if row["source"] == "written" else "drawn"
        yield judged(f"{name} {kind} {row['language']}", read, row["answer"], row["text"])


def _told(written: str) -> Told:
    """What is told of a text in the data: n= its date, o= order of figures, h= hemisphere, f= fiscal year's end."""
    told: Told = {}
    for part in filter(None, written.split(";")):
        key, value = part.split("=")
        if key == "n":
            told["near"] = date.fromisoformat(value)
        elif key == "f":
            told["fiscal_year_ends"] = int(value)
        elif key == "o":
            told["order"] = "dmy" if value == "dmy" else "mdy"
        else:
            told["hemisphere"] = "north" if value == "north" else "south"
    return told


def _unescaped(text: str) -> str:
    """Line breaks and invisible characters, which the data writes out."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text).replace("\\n", "\n")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _coroners_rows() -> list[dict[str, str]]:
    return _rows(shared("data", "samples", "pfd", "due_dates.csv"))


def end_dates() -> list[str]:
    """The End Date column of 558 commitments, as written."""
    path = shared("data", "samples", "ogp", "commitments.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["End Date"] for row in csv.DictReader(file)]


def _report() -> str:
    """The figures, and every text that was not read right."""
    lines = [f"{name:28} {figure}" for name, figure in figures().items()]
    missed = [("wrong" if one.wrong else "refused", one) for one in outcomes() if not one.right]
    return "\n".join(lines + [f"{word} | {one.source} | {one.words}" for word, one in sorted(missed)])


if __name__ == "__main__":
    sys.stdout.write(_report() + "\n")
