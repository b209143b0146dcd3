"""From a feed's entries to findings: keys that last, dates read strictly, plain text only."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from scrapers.dates import Moment, read_moment
from scrapers.model import Finding, FindingKind, Json, Page, Problem, Result, Source, WrittenDate
from scrapers.plain import LONGEST_TEXT, one_line, safe_link, text_of_html

MOST_ENTRIES = 2000
_PASSING = re.compile(r"utm_\w+|sid|session_?id|phpsessid|jsessionid|fbclid|gclid|mc_[ce]id", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_CLEAN_ID = re.compile(r"[\w./:#?&=+@,;%~!-]{1,300}")
_KINDS: dict[str, FindingKind] = {"new_item": "new_item", "response": "response", "update": "update"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the feed has it, whatever kind of feed: every text still as sent."""

    number: int
    id: str = ""
    title: str = ""
    link: str = ""
    summary: str = ""
    published: str = ""
    updated: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Keyed:
    entry: Entry
    key: str
    link: str
    lasting: str
    """The link without what changes between two readings."""

    @property
    def fingerprint(self) -> str:
        return _digest(f"{one_line(self.entry.title)}\n{self.lasting}")


def findings_of(entries: Iterable[Entry], page: Page, source: Source, feed_title: str) -> Iterator[Result]:
    """One finding for each different entry, and the questions they raise."""
    keyed = [_keyed(entry, page) for entry in entries]
    listed = one_line(text_of_html(feed_title), 200)
    if len(keyed) > MOST_ENTRIES:
        sentence = f"The feed has {len(keyed)} entries; the first {MOST_ENTRIES} were read."
        yield Problem("too_many_entries", sentence, "question")
    unique = {(one.key, one.fingerprint): one for one in reversed(keyed[:MOST_ENTRIES])}
    uses = Counter(key for key, _ in unique)
    for one in reversed(unique.values()):
        if uses[one.key] > 1:
            sentence = f"{uses[one.key]} different entries carry the same id; each was kept."
            yield Problem("shared_id", sentence, "question", _locator(one), one.key)
            one = replace(one, key=f"{one.key}#{one.fingerprint[:12]}")
        yield from _finding(one, page, source, listed)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _keyed(entry: Entry, page: Page) -> _Keyed:
    link = safe_link(entry.link, page.final_address)
    lasting = _lasting(link)
    return _Keyed(entry, _key(entry, lasting), link, lasting)


def _key(entry: Entry, lasting: str) -> str:
    """By id, then link, then a hash of everything: the first that is there."""
    own = entry.id.strip()
    if own:
        without_scheme = re.sub(r"^https?://", "//", own)
        return f"id:{without_scheme}" if _CLEAN_ID.fullmatch(own) else f"id:sha256:{_digest(own)}"
    if lasting:
        return f"link:{lasting}"
    return f"sha256:{_digest(chr(10).join((entry.title, entry.summary, entry.published, entry.updated)))}"


def _lasting(link: str) -> str:
    """A link without what changes between two readings: scheme, session, campaign, fragment."""
    if not link:
        return ""
    parts = urlsplit(link)
    path = _SESSION.sub("", parts.path) if ";" in parts.path else parts.path
    if not parts.query:
        return f"{parts.netloc.lower()}{path or '/'}"
    kept = [(name, value) for name, value in parse_qsl(parts.query, True) if not _PASSING.fullmatch(name)]
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{parts.netloc.lower()}{path or '/'}{query}"


def _locator(one: _Keyed) -> str:
    return f"entry {one.entry.number}"


def _finding(one: _Keyed, page: Page, source: Source, listed: str) -> Iterator[Result]:
    """`listed` is what the feed calls itself, as plain text."""
    entry = one.entry
    moments = {
        name: read_moment(text_of_html(getattr(entry, name), 300)) for name in ("published", "updated")
    }
    yield from _date_questions(one, moments, page)
    title = one_line(text_of_html(entry.title))
    inert = _why_inert(one, moments, title)
    summary = text_of_html(entry.summary)
    yield Finding(
        kind=_KINDS[str(source.options.get("kind", "update"))],
        key=one.key,
        title=title or one_line(summary, 120),
        body_name=str(source.options.get("body_name", "")),
        summary=summary,
        dates=_dates(moments),
        link=one.link,
        locator=_locator(one),
        confidence=0.2 if inert else 0.5,
        reasons=(
            ("listed_in_feed", listed),
            *((code, "") for code in inert),
        ),
        extra=_extra(entry, moments, bool(inert)),
    )


def _dates(moments: dict[str, Moment]) -> dict[str, WrittenDate]:
    written = {f"{name}_on": moment.on for name, moment in moments.items()}
    return {name: on for name, on in written.items() if on.value or on.as_written}


def _extra(entry: Entry, moments: dict[str, Moment], inert: bool) -> dict[str, Json]:
    instants = {f"{name}_at": moment.at.isoformat() for name, moment in moments.items() if moment.at}
    categories = [one_line(text_of_html(name), 100) for name in entry.categories[:50]]
    return {**instants, "categories": [name for name in categories if name], "inert": inert}


def _why_inert(one: _Keyed, moments: dict[str, Moment], title: str) -> tuple[str, ...]:
    missing = {
        "no_id": not one.entry.id.strip() and not one.link,
        "no_date": not any(moment.on.value for moment in moments.values()),
        "no_title": not title,
    }
    return tuple(code for code, is_missing in missing.items() if is_missing)


def _date_questions(one: _Keyed, moments: dict[str, Moment], page: Page) -> Iterator[Problem]:
    tomorrow = page.fetched_at.date() + timedelta(days=1)
    for moment in moments.values():
        if moment.on.as_written and not moment.on.value:
            sentence = "A date of this entry cannot be read as a real day; it stays unknown."
            yield Problem("unreadable_date", sentence, "question", _locator(one), moment.on.as_written)
        if moment.on.value and moment.on.value > tomorrow:
            sentence = "This entry is dated in the future; a person has to look at it."
            yield Problem("date_ahead", sentence, "question", _locator(one), moment.on.as_written)


def summary_of(text: str) -> str:
    """A summary cut to what a finding may hold before it is turned into plain text."""
    return text[: 10 * LONGEST_TEXT]
