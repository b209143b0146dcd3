"""What all content items share: their name, their days, their bodies, where they lie."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from scrapers.blocks import blocks_of, parsed
from scrapers.model import Finding, FindingKind, Json, Page, WrittenDate
from scrapers.paths import plain, values_at
from scrapers.plain import safe_link
from scrapers.records import Record, sure

HOME = "https://www.gov.uk"
API = "/api/content"
LONDON = ZoneInfo("Europe/London")
MOST_DOCUMENTS = 100
_OUTCOME = re.compile(
    r"\b(?:outcome|decision|conclusion)s?\b|\b(?:government|consultation|our|final)(?:[’']s)? response\b"
    r"|\bresponse to\b",
    re.IGNORECASE,
)
_RESPONSE = re.compile(r"\b(?:response|result)s?\b", re.IGNORECASE)
_HOW_TO_RESPOND = re.compile(
    r"\b(?:response|reply)s? (?:form|period|template|deadline|date|time)"
    r"|\b(?:deadline|closing date|extend|online|survey)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One content item; `key` is its own id, else its path."""

    record: Record
    key: str
    title: str
    word: str
    """The publisher's own word for what it is."""

    @property
    def schema(self) -> str:
        """The form it is written in."""
        return self.record.word("schema_name")

    @property
    def link(self) -> str:
        """Its page for people."""
        path = self.record.word("base_path")
        return safe_link(path, HOME) if path.startswith("/") else ""

    @property
    def body_name(self) -> str:
        """The organisations it is of, as they are named."""
        return self.record.text("links.organisations[*].title")


def item_of(data: Json, page: Page) -> Item | None:
    """The content item that a page holds; None where it is none."""
    record = Record(data, page.final_address, LONDON)
    word, path = record.word("document_type | schema_name"), record.word("base_path")
    if not isinstance(data, dict) or not word or not path.startswith("/"):
        return None
    return Item(record, record.word("content_id") or path, record.text("title"), word)


def told(
    item: Item,
    kind: FindingKind,
    suffix: str = "",
    *,
    summary: str = "",
    dates: Mapping[str, WrittenDate] | None = None,
    link: str = "",
    confidence: float = 0.8,
    reasons: tuple[tuple[str, str], ...] = (),
    extra: Mapping[str, Json] | None = None,
) -> Finding:
    """A finding about the item, or about what belongs to it."""
    dates = dict(dates or {})
    belongs: dict[str, Json] = {"item": item.key} if suffix else {}
    locale = item.record.word("locale")
    belongs |= {"locale": locale} if locale not in ("", "en") else {}
    return Finding(
        kind=kind,
        key=f"{item.key}/{suffix}" if suffix else item.key,
        title=item.title or item.record.word("base_path"),
        body_name=item.body_name,
        summary=summary,
        dates=dates,
        link=link or item.link,
        status=item.word,
        locator=suffix or item.word,
        confidence=sure(dates, confidence),
        reasons=reasons or (("document_type", item.word),),
        extra={**belongs, **(extra or {})},
    )


def documents(item: Item, named: str = "") -> list[Json]:
    """The attachments, or those of them that a list names, with their addresses."""
    wanted = values_at(item.record.data, named) if named else None
    found = [
        {"text": one.text("title") or one.word("filename"), "address": one.link("url")}
        for one in item.record.records("details.attachments[*]")
        if wanted is None or one.word("id") in wanted
    ]
    kept = [one for one in found if one["address"]]
    return kept[:MOST_DOCUMENTS] if kept or named else old_documents(item, "details.documents[*]")


def old_documents(item: Item, path: str) -> list[Json]:
    """Attachments as older items have them: pieces of HTML."""
    html = "".join(map(plain, values_at(item.record.data, path)))
    links = [link for block in blocks_of(parsed(html[:500_000])) for link in block.links]
    found = {safe_link(link.href, urljoin(HOME, "/")): link.text for link in links if link.text}
    return [{"text": text, "address": address} for address, text in found.items() if address][:MOST_DOCUMENTS]


def change_of(item: Item, since: date | None = None) -> tuple[str, WrittenDate] | None:
    """The first note since a day that names an outcome, else a response, and its day; how to respond is neither."""
    notes = [
        (note, on)
        for change in reversed(sorted_changes(item))
        if (note := change.text("note")) and (on := change.day("public_timestamp"))
        if not _HOW_TO_RESPOND.search(note) and not (since and on.value and on.value < since)
    ]
    return next((one for form in (_OUTCOME, _RESPONSE) for one in notes if form.search(one[0])), None)


def sorted_changes(item: Item) -> list[Record]:
    """The item's history, newest first."""
    changes = item.record.records("details.change_history[*]")
    return sorted(
        changes, key=lambda one: str((day := one.day("public_timestamp")) and day.value), reverse=True
    )
