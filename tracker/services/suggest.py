"""Suggests what a finding belongs to: the obligation a response answers, the item an update is about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from sqlmodel import Session

from tracker.domain.matching import (
    SUGGESTED,
    Candidate,
    Found,
    Match,
    Register,
    debtors_meant,
    spellings,
)
from tracker.storage import findings, suspense, watches
from tracker.storage.successions import links
from tracker.storage.tables import Finding, Item, Source
from tracker.storage.watches import Debt, Wanted

NEW_ITEM, RESPONSE, UPDATE = "new_item", "response", "update"
TOLD = "told"
"""The reader of what visitors and bodies send in: no page is read for it."""
MATCHED = frozenset({NEW_ITEM, RESPONSE, UPDATE})
MOST_SUGGESTIONS = 8


class Proposal(Protocol):
    """A finding, kept or about to be."""

    kind: str
    external_key: str
    content: dict[str, Any]
    suggestion: dict[str, Any]
    obligation_id: int | None


@dataclass(frozen=True, slots=True)
class Belonging:
    """What findings of a source can belong to: obligations and items on record."""

    debts: Sequence[Debt] = ()
    items: Sequence[Item] = ()
    became: Mapping[str, str] | None = None
    """Keys of the items that new items of this source became, by the source's own key."""
    register: Register = field(default_factory=lambda: Register(()))
    """The obligations, ready to be searched."""


def belonging_of(session: Session, source: Source, rows: Sequence[Proposal], now: datetime) -> Belonging:
    """Reads once what a batch of findings is compared with."""
    answers = [found_of(row.content, ()) for row in rows if row.kind in (RESPONSE, UPDATE)]
    refs = {row.external_key for row in rows if row.kind == NEW_ITEM}
    debts = _debts(session, source, answers, now) if answers else ()
    return Belonging(
        debts,
        findings.items_like(session, source.process_id, refs) if refs else (),
        findings.accepted_items(session, source.id or 0) if refs else {},
        Register(map(candidate_of, debts)),
    )


def _debts(session: Session, source: Source, answers: Sequence[Found], now: datetime) -> Sequence[Debt]:
    """Those with the references named, where each answer names one on record; else all that could be meant."""
    references = {spelt for found in answers for spelt in spellings(found.key)}
    if references and all(spellings(found.key) for found in answers):
        wanted = Wanted(source.id or 0, references, own_process_id=source.process_id)
        named = watches.debts(session, wanted, now)
        register = Register(map(candidate_of, named))
        if all(any(match.by_reference for match in register.rank(found)) for found in answers):
            return named
    names = {found.body_name for found in answers if found.body_name}
    meant = debtors_meant(names, watches.body_names(session)) if names else set()
    meant |= {link.body_id for link in links(session) if link.successor_id in meant} if meant else set()
    return watches.debts(session, Wanted(source.id or 0, references, source.process_id, meant), now)


def suggest(row: Proposal, belonging: Belonging) -> set[int]:
    """Write the suggestion into an undecided finding; the obligations whose standing that may change."""
    before = held_by(row)
    row.suggestion = _said(row, belonging)
    chosen = row.suggestion.get("obligation")
    if row.kind == RESPONSE:
        row.obligation_id = int(str(chosen)) if chosen is not None else None
    return before ^ held_by(row)


def suggest_anew(session: Session, source: Source, now: datetime) -> set[int]:
    """Compare a source's undecided responses with what is on record by now; the obligations that concerns."""
    if source.reader == TOLD:
        return (
            set()
        )  # whoever told us said what it answers; nothing of theirs moves a standing before it is decided
    waiting = findings.undecided_of(session, source.id or 0, (RESPONSE, UPDATE))
    belonging = belonging_of(session, source, waiting, now)
    return suggest_all(session, waiting, belonging)


def suggest_all(session: Session, rows: Iterable[Finding], belonging: Belonging) -> set[int]:
    """Write suggestions into kept findings, and what they hold; the obligations that concerns."""
    changed = [(row, suggest(row, belonging)) for row in rows]
    session.flush()
    suspense.hold(session, {row.fingerprint: held_by(row) for row, ids in changed if ids})
    return {id_ for _, ids in changed for id_ in ids}


def held_by(row: Proposal) -> set[int]:
    """The obligations that wait for the decision about a finding: all that it may well answer."""
    own = {row.obligation_id} if row.obligation_id is not None else set()
    also = _list(row.suggestion.get("held")) if row.kind == RESPONSE else []
    return own | {int(str(id_)) for id_ in also}


def possible_for(row: Proposal) -> set[int]:
    """The obligations an undecided response may belong to: until it is decided, its reading is no look for them."""
    return {int(str(id_)) for id_ in _list(row.suggestion.get("possible"))}


def _said(row: Proposal, belonging: Belonging) -> dict[str, object]:
    kept: dict[str, object] = {"pages": row.suggestion.get("pages", [])}
    if row.kind not in MATCHED:
        # A question is about a word or a date; that it stands on a watched page says nothing of whom it concerns.
        return kept
    pages = tuple(str(page) for page in _list(kept["pages"]))
    found = found_of(row.content, pages)
    became = (belonging.became or {}).get(row.external_key)
    if row.kind == NEW_ITEM and became:
        row.kind = UPDATE
    if row.content.get("kind") == NEW_ITEM:
        return kept | ({"item": became} if became else {"duplicates": _doubles(found, belonging.items)})
    return kept | _matched(found, belonging)


def _matched(found: Found, belonging: Belonging) -> dict[str, object]:
    """The likely obligations with their reasons, which of them to suggest, and which are tied."""
    if not belonging.debts:
        return {**_NOTHING_OWED}
    ranked = belonging.register.rank(found)
    choice = belonging.register.choose(found, ranked)
    items = {debt.id: debt.item_key for debt in belonging.debts}
    chosen = [match.id for match in choice.chosen]
    first = chosen[0] if chosen else ranked[0].id if ranked else None
    return {
        "matches": [_plain(one) | {"obligation": one.id} for one in ranked[:MOST_SUGGESTIONS]],
        "possible": sorted(belonging.register.possible(found)),
        "held": sorted({*chosen, *(one.id for one in (*choice.tied, *_likely(ranked)))}),
        "obligation": chosen[0] if chosen else None,
        "obligations": chosen,
        "tied": [match.id for match in choice.tied],
        "item": items[first] if first is not None else None,
    }


_NOTHING_OWED: Mapping[str, object] = {
    "matches": [],
    "possible": [],
    "held": [],
    "obligation": None,
    "obligations": [],
    "tied": [],
    "item": None,
}
"""Of a finding where no obligation is on record that it could belong to."""


def _likely(ranked: Iterable[Match]) -> list[Match]:
    """Those good enough to be suggested, were no other one better."""
    return [one for one in ranked if one.confidence >= SUGGESTED]


def _doubles(found: Found, items: Iterable[Item]) -> list[dict[str, object]]:
    by_id = {item.id or 0: item for item in items}
    doubles = Register(map(_item_candidate, by_id.values())).duplicates(found)
    return [_plain(one) | {"item": by_id[one.id].key} for one in doubles[:MOST_SUGGESTIONS]]


def found_of(content: Mapping[str, Any], pages: tuple[str, ...]) -> Found:
    """A finding's content as matching reads it."""
    extra = content.get("extra") or {}
    own = content["key"] if content.get("kind") == NEW_ITEM else ""
    speakers = extra.get("speakers")
    named = [str(content.get("body_name") or ""), *(speakers if isinstance(speakers, list) else [])]
    return Found(
        key=str(extra.get("item") or own),
        title=str(content.get("title") or ""),
        text=str(extra.get("recommendation") or ""),
        document=str(extra.get("document") or ""),
        body_name="; ".join(dict.fromkeys(str(name) for name in named if name)),
        link=str(content.get("link") or ""),
        pages=pages,
        asked_on=_day(content, "submitted_on"),
        answered_on=_day(content, "answered_on") or _day(content, "published_on"),
    )


def _day(content: Mapping[str, Any], name: str) -> date | None:
    written = (content.get("dates") or {}).get(name) or {}
    value = written.get("value")
    return date.fromisoformat(value) if value and written.get("precision") == "day" else None


def candidate_of(debt: Debt) -> Candidate:
    """An obligation as matching reads it."""
    return Candidate(
        id=debt.id,
        names=tuple(filter(None, (debt.item_ref, debt.item_key))),
        title=debt.item_title,
        text=debt.item_text,
        document=debt.document_title,
        bodies=(debt.body_name, debt.body_key, *debt.aliases),
        successors=debt.successors,
        watched=debt.watched,
        addresses=_pages(debt.item_source, debt.terms_source, debt.document_url),
        started_on=debt.trigger_on,
        settled=debt.settled,
        of_source=debt.of_source,
    )


def _item_candidate(item: Item) -> Candidate:
    names = tuple(filter(None, (item.ref, item.key)))
    return Candidate(id=item.id or 0, names=names, title=item.title, addresses=_pages(item.facts_source))


def _pages(*addresses: str | None) -> tuple[str, ...]:
    """Those that lead to a page: the address of a whole site is that of everything on it."""
    return tuple(one for one in addresses if one and one.partition("://")[2].partition("/")[2])


def _plain(match: Match) -> dict[str, object]:
    reasons = [[reason.code, reason.detail] for reason in match.reasons]
    return {"confidence": match.confidence, "reasons": reasons}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
