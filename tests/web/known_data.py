"""What on a page may stand in no language: names, texts, dates, numbers and keys, as the database and the files have them."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from functools import cached_property
from typing import Any

from babel import Locale
from sqlalchemy import inspect, text

from tests.shared import ROOT
from tests.web.pseudo_language import CODE
from tracker.config import Site
from tracker.domain import words
from tracker.domain.calendar_places import part_name, suggested
from tracker.domain.listing import Filters
from tracker.storage.engine import Database
from tracker.web.public.rhythms import ZONES, city

_MONTHS = "|".join(
    re.escape(name.rstrip("."))
    for form in ("format", "stand-alone")
    for width in ("wide", "abbreviated")
    for name in Locale.parse(CODE).months[form][width].values()
)
_DAYS = "|".join(
    re.escape(name.rstrip("."))
    for width in ("wide", "abbreviated")
    for name in Locale.parse(CODE).days["format"][width].values()
)
_QUARTERS = r"T\d|[1-4](?:er|e) trimestre"
NO_WORDS = re.compile(
    r"(?:https?|webcal)://\S+|[?&]\w+=\S*|[\w.+-]+@[\w.-]+\w|\b[\w*-]+(?:\.[a-z]{2,})+(?:/\S*)?"  # addresses
    rf"|(?i:\b(?:{_DAYS})\b\.?|\b(?:\d+(?:er)? )?(?:{_MONTHS})\b\.?)|{_QUARTERS}|\b1er\b"
    r"|\b\d{4}-\d{2}(?:-\d{2})?(?:T[\d:]+Z?)?|\b(?:UTC|CEST|CET|BST|GMT)\b|\d+ ?(?:kB|ko|MB)\b"
    r"|\b[a-z0-9]+(?:[-_][a-z0-9]+)+\b|/[\w./<>-]+|\b[0-9a-f]{8,}\b|\b[A-Z]{2,6}(?:-[A-Z0-9]{2,4})?\b|\bFed\. Reg\."
)
"""Addresses, dates as French writes them, zones, keys, hashes, codes of places."""
SAME_EVERYWHERE = {
    *(
        "CSV",
        "JSON",
        "JSONL",
        "JSON Lines",
        "JSON Feed",
        "Atom",
        "RSS",
        "ICS",
        "ZIP",
        "SVG",
        "QR",
        "iCalendar",
    ),
    *("OpenAPI", "TOML", "Python", "Answerby", "CC BY", "CC BY 4.0", "English", "Español", "Français"),
    *(
        "obligations",
        "items",
        "bodies",
        "processes",
        "documents",
        "responses",
        "assessments",
        "claims",
        "events",
    ),
}
"""Names of forms, licences and languages, and of the tables given away."""
TYPED = (
    *("20 working days", "within 56 days", "nonsense", "zzzz", "safety", "No", "What", "Who"),
    *("Spring Bank Holiday", "holding", "1 March 2027", "The Department accepts", "t accepts"),
    *(one.name for one in fields(Filters)),
    *("hindsight", "as_of", "sort", "page", "before", "canada", "decidim", "ogp", "upr", "Atom", "et"),
    *("atom", "rss", "json", "csv", "jsonl", "ics"),
    "statute, convention, promise, request, benchmark",
)
"""What the addresses, examples and tables of these tests bring along, names in addresses, and what joins a list."""
ENUMS = {
    member.value
    for kind in vars(words).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum)
    for member in kind
}
"""Words of the code: on a page each has to be said in the reader's language."""


class Known:
    """Everything that is data."""

    def __init__(self, database: Database, names: Site) -> None:
        self._seen: dict[str, str] = {}
        own = {str(getattr(names, one.name)) for one in fields(names)}
        self.whole = (
            {one for one in self._all(database) if one and one not in ENUMS}
            | own
            | SAME_EVERYWHERE
            | set(TYPED)
        )

    @cached_property
    def long(self) -> list[str]:
        """What may stand within a sentence, longest first."""
        return sorted((one for one in self.whole if len(one) > 5), key=len, reverse=True)

    @cached_property
    def everything(self) -> str:
        """For excerpts."""
        return "\n".join(self.long)

    def rest(self, piece: str) -> str:
        """What of a piece is neither data nor the same in every language."""
        return " ".join(one for one in map(self._rest_of_line, piece.splitlines()) if one)

    def _rest_of_line(self, line: str) -> str:
        if line not in self._seen:
            self._seen[line] = self._read_line(flat(line))
        return self._seen[line]

    def _read_line(self, piece: str) -> str:
        if not _worded(piece) or self._is_data(piece):
            return ""
        piece = " ".join(one for one in re.split(r"(?<=[.!?…]) ", piece) if not self._is_data(one))
        for one in self.long:
            if one in piece:
                piece = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", "\n", piece)
        parts = re.split(r"[\n·|→←–—()\[\]“”«»\"…;:,•/×=?]+", NO_WORDS.sub("\n", piece))
        return " ".join(
            part.strip() for part in parts if _worded(part) and not self._is_data(part.strip(" .’'"))
        )

    def _is_data(self, piece: str) -> bool:
        return piece in self.whole or (len(piece) > 14 and piece.rstrip("…. ") in self.everything)

    @staticmethod
    def _all(database: Database) -> Iterator[str]:
        yield from _stored(database)
        for file in (ROOT / "tracker").glob("*/*.toml"):
            yield from _leaves(tomllib.loads(file.read_text("utf-8")))
        yield from (flat(part_name(code)) for code in suggested())
        yield from (city(zone, CODE) for zone in ZONES)
        for names in (Locale.parse(CODE).territories, Locale.parse(CODE).languages):
            yield from (flat(str(one)) for one in names.values())


def flat(said: str) -> str:
    """On one line, with plain blanks."""
    return " ".join(said.split())


def _worded(piece: str) -> bool:
    return re.search(r"[^\W\d_]{2}", piece) is not None


def _leaves(value: Any, languages: frozenset[str] = frozenset(("en", "es"))) -> Iterator[str]:
    """Every string, of what is given in several languages only the reader's."""
    if isinstance(value, str):
        yield flat(value)
        yield from (flat(line) for line in value.splitlines())
    elif isinstance(value, dict):
        several = CODE in value
        for key, one in value.items():
            if not (several and key in languages):
                yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)


def _stored(database: Database) -> Iterator[str]:
    with database.reading() as session:
        connection = session.connection()
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                for value in row:
                    if isinstance(value, str):
                        yield from _leaves(_read(value))


def _read(value: str) -> Any:
    if value[:1] in "{[":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
