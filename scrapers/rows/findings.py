"""From rows to findings: keys that last, words the source was said to use, days read strictly, plain text only."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from scrapers.days import day_read
from scrapers.model import Finding, FindingKind, Page, Problem, Result, Seen, WrittenDate
from scrapers.plain import LONGEST_TEXT, one_line, safe_link, text_of_html
from scrapers.rows.plan import IGNORE, KINDS, RESPONSE_KINDS, Plan

MOST_ROWS = 10_000
MOST_NAMED = 5
_LONGEST_KEY = 200
_OWN_FIELDS = ("title", "body_name", "summary", "link", "status")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the page has it: each field's text still as sent."""

    locator: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Meaning:
    kind: FindingKind | None
    response_kind: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class _Read:
    """A row as plain text, with what its status means and what it is called."""

    locator: str
    values: Mapping[str, str]
    link: str
    meaning: _Meaning
    key: str
    fingerprint: str

    @property
    def has_title(self) -> bool:
        """Whether the row says anything of itself."""
        return bool(self.values.get("title") or self.values.get("summary"))

    def is_named_by(self, plan: Plan) -> bool:
        """Whether it has what rows of this source are known again by, where that was said."""
        return not plan.key or any(self.values.get(name) for name in plan.key)

    @property
    def is_told(self) -> bool:
        """Whether the row becomes a finding."""
        return self.meaning.kind is not None and self.has_title


def results_of(rows: Iterable[Row], plan: Plan, page: Page) -> Iterator[Result]:
    """One finding for each different row, and the questions they raise; rows that are none are counted."""
    read = [_read(row, plan, page) for row in islice(rows, MOST_ROWS + 1)]
    if len(read) > MOST_ROWS:
        sentence = f"The page has more than {MOST_ROWS} rows; the rest was not read."
        yield Problem("too_many_rows", sentence, "question", read.pop().locator)
    told = {(one.key, one.fingerprint): one for one in read if one.is_told}
    uses = Counter(key for key, _ in told)
    shared = next((key for key, times in uses.items() if times > 1), "")
    if shared:
        sentence = (
            "Different rows carry the same key; each was kept. The source's option key can tell them apart."
        )
        yield Problem("shared_key", sentence, "question", "option key", shared)
    yield from _unknown_words(read)
    for one in read:
        yield from _questions(one)
    for one in told.values():
        yield from _told(one, plan, is_shared=uses[one.key] > 1)
    others = [one for one in read if one.values and not one.is_told]
    if others:
        # A word nobody explained may mean anything: only what is to be left is seen for certain.
        # A row that lost its name is no entry: were all of them left, nothing else would tell that columns moved.
        counted = sum(one.has_title and one.is_named_by(plan) for one in others)
        yield Seen(counted, tuple(dict.fromkeys(one.key for one in others if one.meaning.known)))


def _read(row: Row, plan: Plan, page: Page) -> _Read:
    values = {name: text for name, raw in row.values.items() if (text := _cleaned(name, raw))}
    link = safe_link(values.get("link", ""), page.final_address)
    meaning = _meaning(values.get("status", ""), plan)
    if not all(values.get(name) for name in plan.needs):
        meaning = _Meaning(None, known=meaning.known)
    return _Read(
        row.locator, values, link, meaning, _key(values, link, plan), _digest(repr(sorted(values.items())))
    )


def _unknown_words(read: Iterable[_Read]) -> Iterator[Problem]:
    """One question for each row of an unknown word; all of a word say the same, with what bears it.

    Another row of the word makes it another question: that somebody set the first aside says nothing of that row.
    """
    bearing: dict[str, dict[str, str]] = {}
    for one in read:
        if one.values and not one.meaning.known:
            named = one_line(one.values.get("title") or one.key, 100)
            bearing.setdefault(one.values.get("status", ""), {})[one.key] = named
    for one in read:
        if one.values and not one.meaning.known:
            status = one.values.get("status", "")
            sentence = (
                f"The source uses the status word “{status[:60]}” (for {_named(bearing[status])}), "
                "which it was not said to use. "
                "Say what it means under statuses in the source's configuration."
            )
            # By the word and not by the row: the same question is asked once, wherever the row moves to.
            yield Problem("unknown_status", sentence, "question", f"status “{status[:60]}”", status)


def _named(rows: Mapping[str, str]) -> str:
    """The first rows by their keys, so that it is the same wherever they stand."""
    first = [f"“{rows[key]}”" for key in sorted(rows)[:MOST_NAMED]]
    more = len(rows) - len(first)
    return ", ".join(first) + (f" and {more} more" if more else "")


def _questions(one: _Read) -> Iterator[Problem]:
    if one.meaning.known and one.values and one.meaning.kind and not one.has_title:
        sentence = "A row has no title, so it was left out; the columns may have moved."
        yield Problem("no_title", sentence, "question", one.locator)


def _cleaned(name: str, text: str) -> str:
    if name == "link":
        return text.strip()
    inert = text_of_html(text[: 10 * LONGEST_TEXT])
    return inert if name == "summary" else one_line(inert)


def _meaning(status: str, plan: Plan) -> _Meaning:
    if not plan.statuses:
        return _Meaning(plan.kind)
    word = plan.statuses.get(status)
    if word is None or word == IGNORE:
        return _Meaning(None, known=word is not None)
    if word in RESPONSE_KINDS:
        return _Meaning("response", word)
    return _Meaning(next(kind for kind in KINDS if kind == word))


def _told(one: _Read, plan: Plan, is_shared: bool) -> Iterator[Result]:
    values, key = one.values, one.key
    if is_shared:
        key = f"{key}#{one.fingerprint[:12]}"
    dates = {name: day_read(text, plan.order, plan.zone) for name, text in values.items() if _is_date(name)}
    yield from _date_questions(key, dates)
    yield Finding(
        kind=one.meaning.kind or plan.kind,
        key=key,
        title=values.get("title") or one_line(values["summary"], 120),
        body_name=values.get("body_name") or plan.body_name,
        summary=values.get("summary", ""),
        dates=dates,
        link=one.link,
        status=values.get("status", ""),
        locator=one.locator,
        confidence=0.6 if all(written.value for written in dates.values()) else 0.3,
        reasons=(("listed", one.locator), *((("status", values["status"]),) if values.get("status") else ())),
        extra=_extra(values, one.meaning, plan),
    )


def _is_date(name: str) -> bool:
    return name.endswith("_on")


def _date_questions(key: str, dates: Mapping[str, WrittenDate]) -> Iterator[Problem]:
    for name, written in dates.items():
        if not written.value:
            sentence = "A date of this row cannot be read as one certain day; it stays unknown."
            yield Problem("unreadable_date", sentence, "question", f"{key}, {name}", written.as_written)


def _key(values: Mapping[str, str], link: str, plan: Plan) -> str:
    """By the fields that were said to name a row, else its own key, then link, then title and body."""
    named = [values.get(name, "") for name in plan.key] or [values.get("key", "")]
    if any(named):
        whole = " · ".join(named)
        return whole if len(whole) <= _LONGEST_KEY else f"sha256:{_digest(whole)}"
    if link and len(link) <= _LONGEST_KEY:
        return f"link:{link.partition('://')[2]}"
    return f"sha256:{_digest(link or chr(10).join((values.get('title', ''), values.get('body_name', ''))))}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _extra(values: Mapping[str, str], meaning: _Meaning, plan: Plan) -> dict[str, str]:
    others = {
        name: text
        for name, text in values.items()
        if text and name not in (*_OWN_FIELDS, "key") and not _is_date(name)
    }
    if meaning.response_kind:
        others["response_kind"] = meaning.response_kind
    if plan.trigger and meaning.kind == "new_item":
        others["trigger"] = plan.trigger
    return others
