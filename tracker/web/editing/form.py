"""What somebody typed: read strictly, field by field; kept as typed, with the complaints beside it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from tracker.domain.dates import FIRST_YEAR, LAST_YEAR, read_date
from tracker.domain.partial import PartialDate
from tracker.domain.refusals import Refused, refuse
from tracker.domain.words import Precision
from tracker.rendering.reader_faults import reader_fault
from tracker.web.locale import tongue

W = TypeVar("W", bound=StrEnum)
LONGEST_LINE, LONGEST_TEXT = 2000, 200_000
_NUMBER_DIGITS = 9
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])", re.ASCII)


class Form:
    """The fields of one page: values as typed, and complaints by field."""

    def __init__(self, typed: Mapping[str, str] | MultiDict[str, str] | None = None) -> None:
        """What was typed, or what the page begins with."""
        self.typed: MultiDict[str, str] = typed if isinstance(typed, MultiDict) else MultiDict(typed or {})
        self.errors: dict[str, list[str]] = {}
        self.understood: dict[str, PartialDate] = {}
        """What was read out of words, by field: shown beside it, so that nobody has to trust the reading."""
        self.differences: Sequence[object] = ()
        """The fields that somebody else changed since the form was made (see `versions`)."""

    @classmethod
    def sent(cls) -> "Form":
        """What came with the request."""
        return cls(request.form.copy())

    def value(self, name: str) -> str:
        """A field as typed."""
        return self.typed.get(name, "")

    def ticked(self, name: str, value: str = "1") -> bool:
        """Whether a box is ticked."""
        return value in self.typed.getlist(name)

    def refuse(self, refusals: Iterable[Refused]) -> None:
        """Put complaints beside their fields, in the reader's language."""
        for refused in refusals:
            said = _(refused.sentence)
            # Why a page could not be had comes in English from those who fetch.
            why = (
                {"why": reader_fault(str(refused.values["why"]), tongue())} if "why" in refused.values else {}
            )
            worded = said % {**refused.values, **why} if refused.values else said
            self.errors.setdefault(refused.field, []).append(worded)

    def text(self, name: str, *, lines: bool = False) -> str:
        """Text; control characters are refused, line ends made one kind."""
        typed = self.value(name).replace("\r\n", "\n").replace("\r", "\n").strip()
        longest = LONGEST_TEXT if lines else LONGEST_LINE
        if len(typed) > longest:
            self.refuse([refuse(name, "Shorten this to %(most)s characters.", most=longest)])
            return ""
        allowed = "\n\t" if lines else ""
        if any((c < " " and c not in allowed) or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in typed):
            self.refuse([refuse(name, "There is a control character in this text: type it again.")])
            return ""
        return typed

    def needed(self, name: str) -> str:
        """Text that must be there."""
        typed = self.text(name)
        if not typed and name not in self.errors:
            self.refuse([refuse(name, "This is needed.")])
        return typed

    def listed(self, name: str) -> tuple[str, ...]:
        """One thing on each line."""
        return tuple(line.strip() for line in self.text(name, lines=True).split("\n") if line.strip())

    def partial(self, name: str) -> PartialDate | None:
        """A date as far as it is known: 4 May 2026, 2026-05-04, May 2026, 2026."""
        typed = self.text(name)
        if not typed:
            return None
        found = read_date(typed)
        year = _YEAR.search(typed)
        if found is None and year and not FIRST_YEAR <= int(year[0]) <= LAST_YEAR:
            self.refuse(
                [
                    refuse(
                        name, "%(typed)s: the year %(year)s cannot be right.", typed=typed[:40], year=year[0]
                    )
                ]
            )
        elif found is None:
            self.refuse(
                [
                    refuse(
                        name,
                        "“%(typed)s” is no date that can be read for certain: write 4 May 2026, 2026-05-04, "
                        "May 2026 or 2026.",
                        typed=typed[:40],
                    )
                ]
            )
        return found

    def day(self, name: str) -> date | None:
        """A whole day."""
        found = self.partial(name)
        if found is not None and found.precision is not Precision.DAY:
            self.refuse([refuse(name, "Give the day too, such as 4 May 2026.")])
            return None
        return found.value if found else None

    def needed_day(self, name: str) -> date:
        """A whole day that must be there; a complaint and a day nobody will see where it is not."""
        found = self.day(name)
        if found is None and name not in self.errors:
            self.refuse([refuse(name, "This is needed.")])
        return found or date.min

    def number(self, name: str) -> int | None:
        """A whole number without sign."""
        typed = self.text(name)
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()) or len(typed) > _NUMBER_DIGITS:
            self.refuse([refuse(name, "“%(typed)s” is not a whole number.", typed=typed[:20])])
            return None
        return int(typed)

    def ids(self, name: str) -> tuple[int, ...]:
        """The ticked ones of a list, each once; what is no id is left out."""
        found = (typed for typed in self.typed.getlist(name) if typed.isascii() and typed.isdigit())
        return tuple(dict.fromkeys(int(typed) for typed in found if len(typed) <= _NUMBER_DIGITS))

    def one_of(self, name: str, kind: type[W]) -> W | None:
        """A word of the product, or none."""
        typed = self.text(name)
        if not typed:
            return None
        try:
            return kind(typed)
        except ValueError:
            self.refuse([refuse(name, "Choose one of the list.")])
            return None

    def needed_of(self, name: str, kind: type[W], otherwise: W | None = None) -> W:
        """A word of the product that must be there."""
        found = self.one_of(name, kind)
        if found is None and otherwise is None and name not in self.errors:
            self.refuse([refuse(name, "Choose one of the list.")])
        return found or otherwise or next(iter(kind))
