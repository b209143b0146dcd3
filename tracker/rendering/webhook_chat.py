"""What a webhook posts into a chat: a template of `tracker/webhook_templates` filled with the news.

Nothing in a title can mention anybody, make a link with another face or break out of the message: each system's
signs are escaped as its file says, and the body is data until it is written as JSON.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tracker.domain.telling import last_of_each
from tracker.domain.webhook import Body, Change, Posting
from tracker.rendering.clean_text import one_line, shortened
from tracker.rendering.event_words import event_days
from tracker.rendering.headlines import headline, heaviest_first
from tracker.rendering.list_words import list_words
from tracker.rendering.mail import Publication
from tracker.rendering.news import path as news_path
from tracker.rendering.news import title
from tracker.rendering.tongue import N_, NN_, Tongue
from tracker.rendering.webhook_payload import list_path

NO_WIDTH = "\u200b"
EVENTS = "{events}"
HEADLINE = "{headline}"
_PLACE = re.compile(r"\{(\w+)\}")
_IN_A_URL = "/:?&=#%+,;@!$*~-._"
_WORKS = N_("A test: this webhook works.")


@dataclass(frozen=True)
class Template:
    """A chat system: its body, its limits (in UTF-16 units, as they count) and its signs."""

    key: str
    name: str
    most_events: int
    longest_title: int
    longest: int
    """Of the longest text of the body."""
    body: Mapping[str, Any]
    event: str | Mapping[str, Any]
    more: str
    entities: Mapping[str, str]
    escape_before: str = ""
    hide_after: str = ""
    content_type: str = "application/json"

    def escaped(self, text: str) -> str:
        """Words that came from elsewhere, so that the system shows them and does nothing with them."""
        return "".join(self._sign(sign) for sign in one_line(text))

    def _sign(self, sign: str) -> str:
        before = "\\" if sign in self.escape_before else ""
        after = NO_WIDTH if sign in self.hide_after else ""
        return before + self.entities.get(sign, sign) + after

    def address(self, url: str) -> str:
        """An address of ours as the system's links hold it."""
        safe = quote(url, safe=_IN_A_URL)
        return "".join(self.entities.get(sign, sign) for sign in safe)

    def fitting(self, text: str, longest: int) -> str:
        """Escaped words that are not longer than so many units even so."""
        cut = shortened(text, longest)
        while units(self.escaped(cut)) > longest:
            cut = shortened(cut, max(1, len(cut) - max(1, units(self.escaped(cut)) - longest)))
        return self.escaped(cut)


def units(text: str) -> int:
    """How long a text is as chat systems count: in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def read_templates(folder: Path) -> dict[str, Template]:
    """The chat systems that are shipped, by the names of their files."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}


def _read(path: Path) -> Template:
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    return Template(
        key=path.stem,
        entities={one["from"]: one["to"] for one in given.pop("escape", [])},
        **given,
    )


@dataclass(frozen=True)
class Said:
    """What a message is made of."""

    template: Template
    posting: Posting
    publication: Publication
    tongue: Tongue

    def body(self) -> Body:
        """The message with as many events as fit; the others are counted, with a link to the list."""
        news = heaviest_first(last_of_each(self.posting.news, self.posting.lifted))
        number = min(len(news), self.template.most_events)
        filled = self._filled(news, number)
        while number > 1 and _longest(filled) > self.template.longest:
            number -= 1
            filled = self._filled(news, number)
        return Body(self.template.content_type, json.dumps(filled, ensure_ascii=False).encode())

    def _filled(self, news: Sequence[Change], number: int) -> Any:
        shown = [self._event(one) for one in news[:number]]
        lines = "\n".join(one for one in shown if isinstance(one, str))
        said = headline(news, self.tongue) if news else self.tongue.say(_WORKS)
        more = self._more(len(news) - number)
        values = {
            "headline": self.template.fitting(said, self.template.longest_title),
            "events": lines,
            "more": _replaced(self.template.more, more.get),
            "list_url": more["list_url"],
            "site": self.template.fitting(self.publication.name, 100),
        }
        # The headline over one change would say the change itself once more.
        body = _without(self.template.body, HEADLINE) if number == len(news) == 1 else self.template.body
        return _walked(body, values, shown)

    def _more(self, rest: int) -> dict[str, str]:
        """The link to the list, with how many changes are not shown here."""
        counted = self.tongue.count(NN_("and %(n)d more change", "and %(n)d more changes"), rest)
        words = counted if rest else list_words(self.posting.hook.query, self.tongue, self.posting.names)
        url = self.publication.address(list_path(self.posting), self.tongue.code)
        return {"more": self.template.fitting(words, 200), "list_url": self.template.address(url)}

    def _event(self, one: Change) -> Any:
        url = self.publication.address(news_path(one), self.tongue.code)
        values = {
            "title": self.template.fitting(title(one, self.tongue), self.template.longest_title),
            "url": self.template.address(url),
            "day": self.template.escaped(event_days(one.kind, one.happened_on, one.detail, self.tongue)),
        }
        return _walked(self.template.event, values, [])


def _without(shape: Any, place: str) -> Any:
    """The shape without the lines that hold a place, and without what holds nothing else; None where all is gone."""
    if isinstance(shape, str):
        return "\n".join(line for line in shape.split("\n") if place not in line) or (None if shape else "")
    if isinstance(shape, Mapping):
        kept = {name: _without(one, place) for name, one in shape.items()}
        return None if None in kept.values() else kept
    if isinstance(shape, list):
        return [one for one in (_without(each, place) for each in shape) if one is not None] or (
            shape and None
        )
    return shape


def _walked(shape: Any, values: Mapping[str, str], events: Sequence[Any]) -> Any:
    """The shape with its places filled; a text that is nothing but `{events}` becomes a list of tables."""
    if isinstance(shape, Mapping):
        return {name: _walked(one, values, events) for name, one in shape.items()}
    if isinstance(shape, list):
        return [_walked(one, values, events) for one in shape]
    if shape == EVENTS and not all(isinstance(one, str) for one in events):
        return list(events)
    if shape == EVENTS and not events:
        return []
    return _lines(_replaced(shape, values.get)) if isinstance(shape, str) else shape


def _replaced(shape: str, value: Callable[[str], str | None]) -> str:
    return _PLACE.sub(lambda place: value(place[1]) or "", shape)


def _lines(text: str) -> str:
    """Without the lines that stayed empty at the ends, and never two empty ones in a row."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _longest(filled: Any) -> int:
    if isinstance(filled, Mapping):
        return max((_longest(one) for one in filled.values()), default=0)
    if isinstance(filled, list):
        return max((_longest(one) for one in filled), default=0)
    return units(filled) if isinstance(filled, str) else 0
