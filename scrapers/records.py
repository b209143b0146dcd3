"""A record of an official API, read strictly: texts plain, days real and where the source is, links safe."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from zoneinfo import ZoneInfo

from scrapers.days import day_read
from scrapers.model import Json, Problem, WrittenDate
from scrapers.paths import records_at, text_at, values_at
from scrapers.plain import LONGEST_TEXT, one_line, safe_link, text_of_html

LONGEST_TOLD = 8000


@dataclass(frozen=True, slots=True)
class Record:
    """One record; what is not there, or of another kind than expected, is empty."""

    data: Json
    base: str = ""
    """The address that links are relative to."""
    zone: ZoneInfo | None = None
    """Where the source's instants are days."""

    def text(self, path: str) -> str:
        """A text on one line; some sources escape what is no HTML, so that `&amp;` is undone."""
        return one_line(unescape(text_at(self.data, path)))

    def word(self, path: str) -> str:
        """A text as the source wrote it, short."""
        return one_line(text_at(self.data, path), 200)

    def told(self, path: str) -> str:
        """A longer text, or HTML, as plain paragraphs."""
        return text_of_html(text_at(self.data, path)[: 10 * LONGEST_TEXT], LONGEST_TOLD)

    def link(self, path: str) -> str:
        """A complete address that is safe to click."""
        return safe_link(text_at(self.data, path), self.base)

    def day(self, path: str) -> WrittenDate | None:
        """A day as written, without a value where it is no real one; None where nothing is written."""
        written = text_at(self.data, path)
        return day_read(written, zone=self.zone) if written else None

    def days(self, **paths: str) -> dict[str, WrittenDate]:
        """The days that are written, by name."""
        read = {name: self.day(path) for name, path in paths.items()}
        return {name: on for name, on in read.items() if on is not None}

    def records(self, path: str) -> "list[Record]":
        """The records below this one at a path."""
        return [Record(one, self.base, self.zone) for one in records_at(self.data, path)]

    def texts(self, path: str) -> list[str]:
        """Each text at a path, on one line."""
        found = (one_line(one) for one in values_at(self.data, path) if isinstance(one, str))
        return [text for text in found if text]

    def says(self, path: str) -> bool:
        """Whether the source says `true` there."""
        return values_at(self.data, path) == [True]

    def lacks(self, path: str) -> bool:
        """Whether the source no longer has such a field at all; one that is empty, or null, is there."""
        here = self.data
        for name in path.split("."):
            if not isinstance(here, dict) or name not in here:
                return True
            here = here[name]
        return False

    def holds(self, path: str) -> bool:
        """Whether anything stands there, `false` and 0 included."""
        return bool(values_at(self.data, path))


def date_questions(dates: dict[str, WrittenDate], key: str) -> Iterator[Problem]:
    """The question each date raises that is no real day, or a year no deadline is set in."""
    for name, written in dates.items():
        if written.value is None:
            sentence = "A date of the source is not a real or likely day; it stays unknown."
            yield Problem("unreadable_date", sentence, "question", f"{key}, {name}", written.as_written)


def unknown_word(what: str, word: str) -> Problem:
    """The question a word raises that the source's vocabulary does not hold."""
    sentence = f"The source uses a {what} that this reader does not know; a person has to say what it means."
    return Problem(f"unknown_{what.replace(' ', '_')}", sentence, "question", f"{what} “{word[:60]}”", word)


def sure(dates: dict[str, WrittenDate], confidence: float) -> float:
    """A confidence, less where a date could not be read."""
    return confidence if all(on.value for on in dates.values()) else min(confidence, 0.4)


def strangers(entries: Json, found: int) -> Iterator[Problem]:
    """The question that entries of a list raise which are no records at all, so that none is lost unseen."""
    lost = len(entries) - found if isinstance(entries, list) else 0
    if lost > 0:
        sentence = "Entries of the list are empty or no records; they were left out."
        yield Problem("not_a_record", sentence, "question", "list", str(lost))


def said_instead(data: Json) -> str:
    """What an API says where it answers with an error instead of records."""
    paths = "error.message | error.code | errors[0].detail | errors[0].title | errors[0] | error | message | title"
    return one_line(text_at(data, paths), 200)
