"""A sentence whose deadline is to be read, and what is said about it: one reading for pages, API and commands."""

from dataclasses import dataclass
from datetime import date
from typing import cast, get_args

from tracker.domain.day_reading import typed_day
from tracker.domain.reading_deadlines import Reading, read_deadline
from tracker.domain.refusals import NotAccepted, refuse
from tracker.domain.stated.mention import Hemisphere, Language, Order

MOST_LETTERS = 5_000


@dataclass(frozen=True, slots=True)
class SentenceQuestion:
    """As typed; the names are those of the options and of an address."""

    text: str = ""
    language: str = ""
    order: str = ""
    near: str = ""
    hemisphere: str = ""
    fiscal_year_ends: str = ""


def read_sentence(asked: SentenceQuestion) -> Reading:
    """The deadline the sentence states, or why it states none; NotAccepted for what cannot be read at all."""
    text = asked.text.strip()
    if not text:
        raise NotAccepted([refuse("text", "Write the sentence whose deadline is to be read.")])
    if len(text) > MOST_LETTERS:
        raise NotAccepted([refuse("text", "Shorten this to %(most)s characters.", most=MOST_LETTERS)])
    language = _one_of("language", asked.language, get_args(Language))
    order = _one_of("order", asked.order, get_args(Order))
    hemisphere = _one_of("hemisphere", asked.hemisphere, get_args(Hemisphere))
    month = _one_of("fiscal_year_ends", asked.fiscal_year_ends, tuple(map(str, range(1, 13))))
    return read_deadline(
        text,
        language=cast(Language, language) if language else None,
        order=cast(Order, order) if order else None,
        near=_near(asked.near),
        hemisphere=cast(Hemisphere, hemisphere) if hemisphere else None,
        fiscal_year_ends=int(month) if month else None,
    )


def _near(written: str) -> date | None:
    return typed_day("near", written) if written.strip() else None


def _one_of(field: str, written: str, allowed: tuple[str, ...]) -> str:
    wanted = written.strip().lower()
    if wanted and wanted not in allowed:
        raise NotAccepted(
            [
                refuse(
                    field,
                    "“%(written)s” is unknown: use %(near)s.",
                    written=written[:40],
                    near=", ".join(allowed),
                )
            ]
        )
    return wanted
