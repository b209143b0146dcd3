"""A site in PostgreSQL with many events and many subscribers, filled by the server itself."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from tracker.domain.link_tokens import Seal
from tracker.domain.words import BodyKind, ItemKind, ObligationKind, ProcessKind, Role
from tracker.storage.engine import Database
from tracker.storage.list_keys import list_key
from tracker.storage.tables import Addressee, Body, Document, Item, Obligation, Process

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
SECRET = "a secret of the measurement, long enough for any check"
SEAL = Seal(SECRET)
BODIES, PROCESSES, ITEMS = 100, 100, 2000
ZONES = ("UTC", "Europe/Madrid", "Europe/London", "America/Toronto", "Pacific/Auckland", "Asia/Kolkata")
ASSEMBLY = ProcessKind.CITIZENS_ASSEMBLY
_RECORDED: dict[str, Any] = {"recorded_at": NOW - timedelta(days=900), "recorded_by": "group:bench"}

_EVENTS = """
INSERT INTO event (id, key, kind, happened_on, recorded_at, announced_at, backfill, obligation_id, item_id, body_id,
                   process_id, actor, detail)
SELECT n, md5(n::text), (ARRAY['became_overdue', 'answered_late', 'due_soon', 'answered'])[1 + n % 4],
       cast(:now as date), at, at, false, o.id, o.item_id, o.body_id, i.process_id, 'clock',
       '{"basis": "convention", "days_overdue": 8, "checked_on": "2026-05-12"}'
FROM (SELECT n, cast(:now as timestamptz) - (:events - n) * interval '60 seconds' AS at
      FROM generate_series(1, :events) n) made
JOIN obligation o ON o.id = 1 + (n * 7) % :items
JOIN item i ON i.id = o.item_id
"""
_PLACES = """
INSERT INTO log_entry (seq, event_id, entry, previous_hash, hash, sequenced_at)
SELECT n, n, '{}', md5(n::text), md5(n::text), :now FROM generate_series(1, :events) n
"""
_SUBSCRIBERS = """
INSERT INTO subscription (channel, address, address_hash, list_name, filters, list_key, frequency, weekday, zone,
                          language, tells_quiet, consent, created_at, confirmed_at, ended_reason, queued_to_seq,
                          next_due_at)
SELECT 'email', 'reader' || a || '@example.org', md5('reader' || a), l.name, l.filters, l.key, 'daily', 0,
       (cast(:zones as text[]))[1 + a % cardinality(cast(:zones as text[]))],
       'en', false, '', :began, :began, '', :seen, :now
FROM generate_series(1, :readers) a
CROSS JOIN generate_series(1, 3) again
JOIN wanted_list l ON l.place = (a * again * 31 + again * 17) % :lists
WHERE again < 3 OR a % 2 = 0
"""


def fill(database: Database, events: int, readers: int, new: int, most_lists: int = 302) -> None:
    """So many events, the last `new` of them not looked through yet by anybody; two or three lists for each reader."""
    chosen = list(_lists())[-most_lists:]
    lists = [{**one, "place": place} for place, one in enumerate(chosen)]
    with database.writing() as session:
        _frame(session)
        session.execute(text(_EVENTS), {"now": NOW, "events": events, "items": ITEMS})
        session.execute(text(_PLACES), {"now": NOW, "events": events})
        session.execute(
            text("CREATE TEMPORARY TABLE wanted_list (place int, name text, filters json, key text)")
        )
        session.execute(text("INSERT INTO wanted_list VALUES (:place, :name, :filters, :key)"), lists)
        told = {"began": NOW - timedelta(days=400), "seen": events - new, "now": NOW, "zones": list(ZONES)}
        session.execute(text(_SUBSCRIBERS), {**told, "readers": readers, "lists": len(lists)})
        for table in ("event_id_seq", "item_id_seq"):
            session.execute(text(f"SELECT setval('{table}', 2000000)"))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _lists() -> Any:
    wanted: list[tuple[str, dict[str, str]]] = [("obligations", {}), ("overdue", {})]
    wanted += [("obligations", {"body": f"body-{n}"}) for n in range(BODIES)]
    wanted += [("overdue", {"process": f"process-{n}"}) for n in range(PROCESSES)]
    wanted += [("obligations", {"process": f"process-{n}", "jurisdiction": "GB"}) for n in range(PROCESSES)]
    for place, (name, filters) in enumerate(wanted):
        yield {"place": place, "name": name, "filters": json.dumps(filters), "key": list_key(name, filters)}


def _frame(session: Any) -> None:
    session.add_all(
        Body(
            id=n + 1,
            key=f"body-{n}",
            name=f"Ministry {n}",
            kind=BodyKind.GOVERNMENT,
            jurisdiction="GB",
            **_RECORDED,
        )
        for n in range(BODIES)
    )
    session.add_all(
        Process(
            id=n + 1, key=f"process-{n}", name=f"Assembly {n}", kind=ASSEMBLY, jurisdiction="GB", **_RECORDED
        )
        for n in range(PROCESSES)
    )
    session.flush()
    session.add_all(
        Document(id=n + 1, key=f"document-{n}", process_id=n + 1, title=f"Report {n}", **_RECORDED)
        for n in range(PROCESSES)
    )
    session.flush()
    session.add_all(_items())
    session.flush()
    owing = [{"id": n + 1, "item_id": n + 1, "body_id": n % BODIES + 1, **_RECORDED} for n in range(ITEMS)]
    session.add_all(Addressee(role=Role.LEAD, **one) for one in owing)
    session.flush()
    session.add_all(Obligation(addressee_id=one["id"], kind=ObligationKind.RESPOND, **one) for one in owing)
    session.flush()


def _items() -> Any:
    for n in range(ITEMS):
        place = n * 13 % PROCESSES + 1
        title = f"Recommendation {n}: publish what was asked for and say by when it will be done"
        numbers = {"id": n + 1, "document_id": place, "process_id": place, "number": n + 1}
        yield Item(key=f"item-{n}", kind=ItemKind.RECOMMENDATION, title=title, **numbers, **_RECORDED)
