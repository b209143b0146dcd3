"""How well stated deadlines are read: right, refused and wrong, counted by source and language."""

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.shared import shared
from tracker.domain.reading_deadlines import Reading, read_deadline
from tracker.domain.stated.mention import Language

SENTENCES = Path(__file__).with_name("deadline_sentences.csv")
_INDICATOR = re.compile(r"due_date: *(\S+)\s+deadline:\s+en: \"(.*)\"\n\s+fr: \"(.*)\"\n")
LANGUAGES: dict[str, Language] = {"en": "en", "fr": "fr", "es": "es"}
OPEN_ENDED = {"Ongoing", "Annually", "En cours", "Chaque année"}
Outcome = tuple[str, str, str]


def figures() -> dict[str, dict[str, int]]:
    """Right, refused and wrong readings by source; wrong is a date given that is not the one meant."""
    outcomes = [*coroners(), *coroners_without_context(), *action_plan(), *sentences()]
    counted: dict[str, Counter[str]] = {}
    for source, outcome, _ in outcomes:
        counted.setdefault(source, Counter())[outcome] += 1
    return {source: dict(counts) for source, counts in counted.items()}


def outcome(reading: Reading, answer: str) -> str:
    """Whether a reading says what the answer says, says nothing, or says something else."""
    said = str(reading.date) if reading.date else reading.kind
    if said == answer:
        return "right"
    return "wrong" if reading.date else "refused"


def coroners() -> Iterator[Outcome]:
    """520 sentences of coroners' reports, read as British ones of their own date."""
    for row in _coroners_rows():
        near = date.fromisoformat(row["date_of_report"])
        read = read_deadline(row["raw_snippet"], language="en", order="dmy", near=near)
        yield "coroners", outcome(read, row["stated_due_date"]), row["raw_snippet"]


def coroners_without_context() -> Iterator[Outcome]:
    """The same sentences with nothing known of them."""
    for row in _coroners_rows():
        yield (
            "coroners, no context",
            outcome(read_deadline(row["raw_snippet"]), row["stated_due_date"]),
            row["raw_snippet"],
        )


def action_plan() -> Iterator[Outcome]:
    """Fuzzy deadlines of an action plan against the official month, which is the last of the period written.

    "Ongoing" has an official month too (the end of the plan); the words alone give none.
    """
    text = shared("data", "samples", "canada-ogp-nap", "nap5.yaml").read_text(encoding="utf-8")
    for due, english, french in _INDICATOR.findall(text):
        for language, words in (("en", english), ("fr", french)):
            read = read_deadline(words, language=LANGUAGES[language], fiscal_year_ends=3)
            yield f"action plan {language}", _month_outcome(read, words, due), f"{words} ({due})"


def sentences() -> Iterator[Outcome]:
    """Sentences in the shapes official texts use, each with its answer, nothing known but the language."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            read = read_deadline(row["text"], language=LANGUAGES[row["language"]])
            yield f"sentences {row['language']}", outcome(read, row["answer"]), row["text"]


def _month_outcome(read: Reading, words: str, due: str) -> str:
    if words in OPEN_ENDED:
        return "right" if read.kind == "none" else "wrong"
    if read.date is None:
        return "refused"
    return "right" if f"{read.date.last:%Y-%m}" == due else "wrong"


def _coroners_rows() -> list[dict[str, str]]:
    with shared("data", "samples", "pfd", "due_dates.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def end_dates() -> list[str]:
    """The End Date column of 558 commitments, as written."""
    path = shared("data", "samples", "ogp", "commitments.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["End Date"] for row in csv.DictReader(file)]


def _report() -> str:
    """The figures, and every sentence that was not read right."""
    lines = [f"{name:24} {counts}" for name, counts in figures().items()]
    missed = [one for one in (*coroners(), *action_plan(), *sentences()) if one[1] != "right"]
    return "\n".join(lines + [f"{word} | {name} | {words}" for name, word, words in missed])


if __name__ == "__main__":
    sys.stdout.write(_report() + "\n")
