"""The first pages of an official document: its title, its number, when it was published and received."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scrapers.dates import EARLIEST_YEAR, LATEST_YEAR, MONTH_NAMES, day_in, days_in_text, month_number
from scrapers.model import WrittenDate
from scrapers.pdf.document import Document, Paragraph
from scrapers.plain import one_line

FRONT_PAGES = 6
_NUMBERS = (
    re.compile(r"\bISBN\s+(?P<number>97[\d-]{11,16})"),
    re.compile(r"\b(?P<number>(?:CP|Cm|Cmnd|HC|HL Paper)\s?\d{1,5}(?:[-–][IVX]+)?)\b"),
)
_PUBLISHED = re.compile(r"\b(?:was|is) published (?:on )?$|^Published:? (?:on )?$", re.I)
_RECEIVED = re.compile(r"\bresponse was received (?:on|by the Committee on) $", re.I)
_DAY_ALONE = re.compile(rf"(?:{MONTH_NAMES}|\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTH_NAMES})) \d{{4}}", re.I)
LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document says of itself."""

    title: str
    key: str
    """Its ISBN or paper number, else its title: the same in every copy of it."""
    dates: Mapping[str, WrittenDate]


def front_matter_of(document: Document) -> FrontMatter:
    """Title, number and dates, as the first pages give them."""
    front = [one for one in document.paragraphs() if one.page <= FRONT_PAGES]
    title = _title(front)
    return FrontMatter(title, _number(document) or one_line(title, LONGEST_KEY), _dates(document, front))


def _title(front: list[Paragraph]) -> str:
    """The words of the first page up to where the title ends, without its numbers."""
    first = [one.text for one in front if one.page == (front[0].page if front else 1)]
    return one_line(" ".join(first), 200)


def _number(document: Document) -> str:
    text = "\n".join(line.text for line in document.lines if line.page <= FRONT_PAGES)
    found = (form.search(text) for form in _NUMBERS)
    return next((" ".join(match["number"].split()) for match in found if match), "")


def _dates(document: Document, front: list[Paragraph]) -> dict[str, WrittenDate]:
    published, received = _first(front, _PUBLISHED), _first(front, _RECEIVED)
    alone = (
        line.text for line in document.lines if line.page <= FRONT_PAGES and _DAY_ALONE.fullmatch(line.text)
    )
    printed = next(alone, "")
    found = {"published_on": published or _printed(printed), "received_on": received}
    return {name: written for name, written in found.items() if written}


def _first(front: list[Paragraph], before: re.Pattern[str]) -> WrittenDate | None:
    return next(
        (written for one in front for at, written in days_in_text(one.text) if before.search(one.text[:at])),
        None,
    )


def _printed(text: str) -> WrittenDate | None:
    """A date that stands alone on a title page: a day, or a month."""
    return (day_in(text) or _month(text)) if text else None


def _month(text: str) -> WrittenDate | None:
    name, _, year = text.partition(" ")
    month = month_number(name)
    if month is None or not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
        return None
    return WrittenDate(date(int(year), month, 1), "month", text)
