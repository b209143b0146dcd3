"""Words that many readers share: put together once, with marks in place of the links that are each reader's own."""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from tracker.domain.parcel import QUIET, Parcel, Tokens
from tracker.domain.post import Message, Mould

MOST = 256
"""Wordings that are remembered."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{20,100}\Z")
"""What looks the same in plain text, in HTML and quoted, and is too long to stand anywhere by chance."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A wording, and the parts of the parcel it was made from that have no short name."""

    message: Message
    mould: Mould
    contents: tuple[Any, ...]


class Moulds:
    """The wordings of late, by what they say; nobody's address and nobody's secret is kept with them."""

    def __init__(self) -> None:
        """Nothing is worded yet."""
        self._known: dict[Hashable, _Known] = {}
        self._marks: dict[tuple[str, int], str] = {}

    def word(self, parcel: Parcel, now: datetime, write: Callable[[Parcel], Message]) -> Message:
        """The message of a parcel; `write` words what is not known yet."""
        secret = {f.name: value for f in fields(Tokens) if (value := getattr(parcel.tokens, f.name))}
        if not all(_SECRET.match(value) for value in secret.values()):
            return write(parcel)
        marks = {name: self._mark(name, len(value)) for name, value in secret.items()}
        name, contents = _name(parcel, tuple(marks.values()), now), _contents(parcel)
        known = self._known.get(name)
        if known is None or known.contents != contents:
            known = _known(write(replace(parcel, tokens=Tokens(**marks))), marks, contents)
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[name] = known
        return _filled(known, parcel, secret, now)

    def _mark(self, name: str, length: int) -> str:
        """Of the same length as the secret, so that every line breaks where it would."""
        return self._marks.setdefault((name, length), secrets.token_hex(length)[:length])


def _name(parcel: Parcel, marks: tuple[str, ...], now: datetime) -> Hashable:
    """Which wording: the language, the zone, the letter, the lists as they are called, the events by number."""
    order = {one.id: place for place, one in enumerate(parcel.wanted)}
    told = {id_: tuple(sorted(order.get(one, -1) for one in ids)) for id_, ids in parcel.told_for.items()}
    return (
        parcel.language,
        parcel.zone,
        parcel.letter,
        tuple(
            (one.query, one.frequency, one.weekday, one.quiet_from_at, _called(parcel, one))
            for one in parcel.wanted
        ),
        tuple(event.id for event in parcel.news),
        tuple(sorted(told.items())),
        parcel.head,
        tuple(source.is_read(now) for source in parcel.sources),
        now if parcel.letter == QUIET else None,
        marks,
    )


def _called(parcel: Parcel, wanted: Any) -> tuple[str | None, ...]:
    return tuple(parcel.names.get(given) for given in wanted.query.filters.given().items())


def _contents(parcel: Parcel) -> tuple[Any, ...]:
    return list(parcel.news), list(parcel.sources)


def _known(message: Message, marks: Mapping[str, str], contents: tuple[Any, ...]) -> _Known:
    """Nothing of the first reader stays with what is kept."""
    mould = Mould(message.text, message.html, tuple(marks.values()))
    return _Known(replace(message, mould=mould, to="", message_id=""), mould, contents)


def _filled(known: _Known, parcel: Parcel, secret: Mapping[str, str], now: datetime) -> Message:
    message = known.message
    text, html, url = message.text, message.html, message.unsubscribe_url
    for mark, value in zip(known.mould.marks, secret.values(), strict=True):
        text, html, url = text.replace(mark, value), html.replace(mark, value), url.replace(mark, value)
    return replace(
        message,
        message_id=parcel.message_id,
        to=parcel.address,
        text=text,
        html=html,
        dated_at=now,
        unsubscribe_url=url,
        fills=tuple(secret.values()),
    )
