"""Lays a reading that was set aside beside the last good one: figures, and some of the entries that differ."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, get_args

from sqlmodel import Session

from scrapers.counting import Counts, entry_key
from scrapers.model import Finding, FindingKind
from scrapers.moving import Moved
from tracker.services.note_health import plain
from tracker.services.propose import REPLACED
from tracker.services.reading import Reading
from tracker.storage import last_findings
from tracker.storage.tables import Source

MOST_SAMPLES = 5
"""Of each way in which entries differ."""
LONGEST_SHOWN = 200
_TEXTS = ("title", "body_name", "status", "link")


def compared(
    session: Session, source: Source, reading: Reading, usual: Counts, counts: Counts, moved: Moved
) -> dict[str, Any]:
    """What an editor needs to decide whether the page changed or our reader broke, as plain data."""
    names = sorted({*usual.with_field, *counts.with_field})
    fields = {name: [usual.with_field.get(name, 0), counts.with_field.get(name, 0)] for name in names}
    return {
        "entries": [usual.entries, counts.entries],
        "fields": fields,
        "gone": len(moved.gone),
        "came": len(moved.came),
        "rewritten": len(moved.rewritten),
        "lost": {name: len(keys) for name, keys in moved.lost.items()},
        "samples": _samples(session, source, reading, moved),
    }


def _samples(session: Session, source: Source, reading: Reading, moved: Moved) -> list[dict[str, Any]]:
    chosen = dict(_chosen(moved))
    if not chosen:
        return []
    before = _before(session, source, chosen)
    now = {entry_key(one.kind, one.key): one for _, one in reading.findings()}
    return [
        {"what": what, "before": _shown(before.get(key)), "now": _shown(_content(now.get(key)))}
        for key, what in chosen.items()
    ]


def _chosen(moved: Moved) -> Iterable[tuple[str, str]]:
    """Entries by key, each once, with what happened to it: those that are gone first."""
    ways: Iterable[tuple[str, Iterable[str]]] = (
        *(("lost " + name.removeprefix("extra."), keys) for name, keys in moved.lost.items()),
        ("rewritten", moved.rewritten),
        ("gone", moved.gone),
    )
    # The last of a key wins in a dict: what is gone is worth more than what lost a field.
    return chain.from_iterable(((key, what) for key in list(keys)[:MOST_SAMPLES]) for what, keys in ways)


def _before(session: Session, source: Source, wanted: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    found: dict[str, int] = {}
    for one in last_findings.called(session, source.id or 0, REPLACED):
        # A new item that was accepted is an update by now, and was found as what it was.
        for kind in get_args(FindingKind):
            key = entry_key(kind, one.external_key)
            if key in wanted:
                found[key] = one.id
    kept = last_findings.contents(session, found.values())
    return {key: kept[id_] for key, id_ in found.items() if id_ in kept}


def _content(finding: Finding | None) -> dict[str, Any] | None:
    return finding.to_dict() if finding is not None else None


def _shown(content: Mapping[str, Any] | None) -> dict[str, str] | None:
    """The fields of an entry that people compare, short; None where there is no such entry."""
    if content is None:
        return None
    dates = {name: written.get("as_written", "") for name, written in (content.get("dates") or {}).items()}
    texts = {name: content.get(name) or "" for name in _TEXTS}
    whole = {**texts, **dates, **(content.get("extra") or {})}
    return {name: plain(str(value))[:LONGEST_SHOWN] for name, value in whole.items() if value}
