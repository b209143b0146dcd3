"""Bodies, processes, documents and so many obligations with terms, stretches, looks, answers and news."""
# ruff: noqa: E501 - statements of several lines read worse

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, text

from bench.filled.hurry import hurried, without_indexes
from bench.filled.shapes import NOW, SHAPES, TODAY, Shape, shapes
from bench.filled.words import fill_words
from tracker.domain.kinds import topics
from tracker.domain.words import BodyKind, Precision, ProcessKind, Trigger
from tracker.storage.count_triggers import count_anew
from tracker.storage.engine import Database
from tracker.storage.tables import Body, Check, Document, Process

PER_DOCUMENT = 40
WORDS = (
    "housing water rail schools air clinics courts energy forests data ports farming pensions libraries roads"
)

PLACES = ("GB", "GB-SCT", "FR", "ES", "EU", "DE", "IE", "CA", "NZ", "US")
LOOKS = 400


def fill(database: Database, size: int) -> None:
    """So many obligations; the larger, the more bodies and processes owe and ask."""
    bodies, processes = min(2000, max(200, size // 500)), min(300, max(20, size // 100))
    documents = max(processes, size // PER_DOCUMENT)
    with hurried(database) as connection:
        _places(connection, bodies, processes, documents)
        _shapes(connection)
        numbers = {"size": size, "bodies": bodies, "processes": processes, "documents": documents}
        with without_indexes(connection):
            for statement in _STATEMENTS:
                connection.execute(
                    text(_in_dialect(connection, statement)), {"now": _now(connection), **numbers}
                )
            fill_words(connection)
        _afterwards(connection)
        count_anew(connection)
    if database.engine.dialect.name != "sqlite":
        # As its own worker would have done; on SQLite nobody analyses.
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _now(connection: Connection) -> Any:
    return (
        NOW
        if connection.dialect.name == "postgresql"
        else NOW.replace(tzinfo=None).isoformat(" ") + ".000000"
    )


def _in_dialect(connection: Connection, statement: str) -> str:
    sqlite = connection.dialect.name == "sqlite"
    for name, (here, there) in _SPOKEN.items():
        statement = statement.replace(name, here if sqlite else there)
    return statement


_SPOKEN = {
    "%JSON%": ("'[]'", "'[]'::json"),
    "%MAP%": ("'{}'", "'{}'::json"),
    "%YES%": ("1", "true"),
    "%NO%": ("0", "false"),
    "%DAY%": ("date(:now)", "CAST(:now AS date)"),
    "%NOW%": (":now", "CAST(:now AS timestamptz)"),
    "%NUMBERS%": (
        "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < :size)",
        "WITH number(n) AS (SELECT generate_series(1, :size))",
    ),
    # Few bodies owe most of it: the first one a tenth.
    "%BODY%": (
        "(CASE WHEN n % 10 = 0 THEN 1 ELSE 1 + (n * 7919 % :bodies) * (n * 104729 % :bodies) / :bodies END)",
        "(CASE WHEN n % 10 = 0 THEN 1 ELSE 1 + (n * 7919::bigint % :bodies) * (n * 104729::bigint % :bodies) / :bodies END)",
    ),
}


def _places(connection: Connection, bodies: int, processes: int, documents: int) -> None:
    _insert(connection, Body, map(_body, range(1, bodies + 1)))
    _insert(connection, Process, map(_process, range(1, processes + 1)))
    _insert(connection, Document, (_document(n, processes) for n in range(1, documents + 1)))
    _insert(connection, Check, map(_look, range(1, LOOKS)))


def _body(n: int) -> dict[str, Any]:
    return {
        "id": n,
        "key": f"body-{n}",
        "name": f"Ministry {n} of {WORDS.split()[n % 15]}",
        "kind": BodyKind.GOVERNMENT,
        "jurisdiction": PLACES[n % 10],
    }


def _process(n: int) -> dict[str, Any]:
    kinds = list(ProcessKind)
    return {
        "id": n,
        "key": f"process-{n}",
        "name": f"Process {n} on {WORDS.split()[n % 15]}",
        "organiser": "Citizens",
        "kind": kinds[n % len(kinds)],
        "jurisdiction": PLACES[n % 10],
    }


def _document(n: int, processes: int) -> dict[str, Any]:
    return {
        "id": n,
        "key": f"document-{n}",
        "title": f"Report {n}",
        "process_id": 1 + n % processes,
        "published_on": TODAY - timedelta(days=n % 2000),
        "published_precision": Precision.DAY,
    }


def _look(n: int) -> dict[str, Any]:
    return {"id": n, "looked_on": TODAY - timedelta(days=n), "places": ["https://example.org"]}


def _insert(connection: Connection, table: Any, rows: Iterator[Mapping[str, Any]]) -> None:
    # The model's own defaults are those of a row made by the product.
    made = [table(**row, recorded_at=NOW).model_dump() for row in rows]
    connection.execute(insert(table), made)


def _shapes(connection: Connection) -> None:
    made = list(shapes())
    _keep_clocks(connection, made)
    _keep_stretches(
        connection,
        [
            _plain(connection, {**stretch, "number": one.number, "basis": one.basis})
            for one in made
            for stretch in one.stretches
        ],
    )


def _keep_clocks(connection: Connection, made: Sequence[Shape]) -> None:
    columns = (
        "number integer, basis text, start_on date, due_on date, start_precision text, start_trigger text"
    )
    connection.execute(text(f"CREATE TEMPORARY TABLE shape ({columns})"))
    kept = "INSERT INTO shape VALUES (:number, :basis, CAST(:start_on AS {0}), CAST(:due_on AS {0}), :day, :trigger)"
    clocks = [
        {
            "number": one.number,
            "basis": one.basis.value,
            "start_on": one.start_on.isoformat(),
            "due_on": one.due_on and one.due_on.isoformat(),
            "day": Precision.DAY.value,
            "trigger": Trigger.PUBLISHED.value,
        }
        for one in made
    ]
    connection.execute(text(kept.format(_dates(connection))), clocks)
    connection.execute(text("CREATE INDEX shape_number ON shape (number)"))


def _keep_stretches(connection: Connection, stretches: Sequence[Mapping[str, Any]]) -> None:
    connection.execute(
        text("CREATE TEMPORARY TABLE stretch AS SELECT 0 AS number, segment.* FROM segment WHERE 1 = 0")
    )
    names = list(stretches[0])
    spoken = ", ".join(
        f"CAST(:{name} AS json)" if name == "detail" and connection.dialect.name != "sqlite" else f":{name}"
        for name in names
    )
    connection.execute(text(f"INSERT INTO stretch ({', '.join(names)}) VALUES ({spoken})"), stretches)
    connection.execute(text("CREATE INDEX stretch_number ON stretch (number)"))


def _dates(connection: Connection) -> str:
    return "text" if connection.dialect.name == "sqlite" else "date"


def _plain(connection: Connection, values: Mapping[str, Any]) -> dict[str, Any]:
    sqlite = connection.dialect.name == "sqlite"
    plain: dict[str, Any] = {}
    for name, value in values.items():
        if name in ("from_at", "until_at") and value is not None and sqlite:
            value = value.replace(tzinfo=None).isoformat(" ") + ".000000"
        elif hasattr(value, "value"):
            value = value.value
        elif name == "detail":
            value = "{}"
        elif hasattr(value, "isoformat") and sqlite:
            value = value.isoformat()
        plain[name] = value
    return plain


def _afterwards(connection: Connection) -> None:
    """Where numbers were given by us, the database goes on behind them."""
    if connection.dialect.name == "sqlite":
        return
    for table in _NUMBERED:
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        )


_NUMBERED: Sequence[str] = (
    "body process document check_made item addressee obligation terms response response_line".split()
)
_TOPICS = " ".join(f"WHEN {n} THEN '{key}'" for n, key in enumerate(topics()))
_SHAPE = f"JOIN shape ON shape.number = n % {SHAPES}"
_WORD = " ".join(f"WHEN {n} THEN '{word}'" for n, word in enumerate(WORDS.split()))
_STATEMENTS = (
    f"""INSERT INTO item (id, recorded_at, recorded_by, key, process_id, document_id, number, kind, ref, title, text,
        language, parent_id, repeats_id, tags, facts_source, unseen_fields, outcome_researched, visibility)
    %NUMBERS% SELECT n, %NOW%, '', 'item-' || n, 1 + (1 + n % :documents) % :processes, 1 + n % :documents, n,
        CASE n % 2 WHEN 0 THEN 'recommendation' ELSE 'commitment' END, 'R' || n,
        'Recommendation ' || n || ' on ' || CASE n % 15 {_WORD} END,
        'The government should publish by the end of the year what became of measure ' || n, 'en',
        CASE WHEN n % 50 = 7 THEN n - 1 END, CASE WHEN n % 70 = 9 THEN n - 3 END, %JSON%, '', %JSON%,
        %YES%, 'public' FROM number""",
    f"INSERT INTO item_topic (item_id, topic) %NUMBERS% SELECT n, CASE n % {len(topics())} {_TOPICS} END FROM number",
    """INSERT INTO addressee (id, recorded_at, recorded_by, item_id, body_id, role)
    %NUMBERS% SELECT n, %NOW%, '', n, %BODY%, CASE n % 20 WHEN 3 THEN 'supporting' ELSE 'lead' END FROM number""",
    """INSERT INTO obligation (id, recorded_at, recorded_by, item_id, body_id, addressee_id, kind, period,
        announced_standing, announced_from_at)
    SELECT id, recorded_at, '', item_id, body_id, id, 'respond', 0, 'running', recorded_at FROM addressee""",
    f"""INSERT INTO terms (id, recorded_at, recorded_by, obligation_id, basis, rule_key, rule_snapshot, calendar,
        legal_basis, as_written, trigger, trigger_on, trigger_precision, trigger_as_written, trigger_ahead, stated_on,
        stated_as_written, rival_rule_key, no_date, rule_checked, problem, steps, provisional, calendar_version,
        lag_days, source_url)
    %NUMBERS% SELECT n, %NOW%, '', n, shape.basis, '', %MAP%, '', '', '', shape.start_trigger, shape.start_on,
        shape.start_precision, '', %NO%, shape.due_on, '', '', %NO%, %YES%, '', %JSON%, %NO%, '', 0, ''
    FROM number {_SHAPE}""",
    f"""INSERT INTO segment (obligation_id, standing, from_at, until_at, recorded_at, begins_on, basis, flagged, stale,
        due_on, due_source, checked_on, days_overdue, late_days, detail)
    SELECT o.id, s.standing, s.from_at, s.until_at, %NOW%, s.begins_on, s.basis, s.flagged AND a.role <> 'supporting', s.stale, s.due_on,
        s.due_source, s.checked_on, s.days_overdue, s.late_days, s.detail
    FROM obligation o JOIN addressee a ON a.id = o.addressee_id JOIN stretch s ON s.number = o.id % {SHAPES} ORDER BY o.id""",
    """INSERT INTO check_obligation (check_id, obligation_id)
    %NUMBERS% SELECT 1 + n % 399, n FROM number WHERE n % 3 = 0""",
    """INSERT INTO response (id, recorded_at, recorded_by, key, body_id, title, text, note, url, url_seen, received_on,
        received_precision, received_as_written, published_as_written, first_seen_on, struck_reason, facts_source,
        visibility)
    SELECT o.id, o.recorded_at, '', 'response-' || o.id, o.body_id, 'Answer ' || o.id, '', '', '', %NO%, s.begins_on, 'day', '',
        '', s.begins_on, '', '', 'public'
    FROM obligation o JOIN segment s ON s.obligation_id = o.id
    WHERE s.until_at IS NULL AND s.standing IN ('answered', 'answered_late', 'partly_answered', 'awaiting_assessment')""",
    """INSERT INTO response_line (recorded_at, recorded_by, response_id, obligation_id, kind, position_as_written, on_behalf, page, quote)
    SELECT recorded_at, '', id, id, 'reply', '', %NO%, '', '' FROM response""",
    "UPDATE item SET arises_from_id = id - 1 WHERE id % 90 = 11 AND id - 1 IN (SELECT id FROM response)",
    """INSERT INTO event (key, kind, happened_on, recorded_at, announced_at, backfill, obligation_id, item_id, body_id,
        process_id, actor, detail)
    SELECT 'e-' || s.id, CASE s.standing WHEN 'overdue' THEN 'became_overdue' WHEN 'due_soon' THEN 'due_soon' ELSE 'answered' END,
        s.begins_on, s.from_at, s.from_at, s.from_at < %RECENT%, o.id, o.item_id, o.body_id, i.process_id, 'clock', %MAP%
    FROM segment s JOIN obligation o ON o.id = s.obligation_id JOIN item i ON i.id = o.item_id
    WHERE s.standing IN ('overdue', 'due_soon', 'answered', 'answered_late') AND s.from_at < %NOW% ORDER BY s.from_at""",
)
_SPOKEN["%RECENT%"] = ("'2026-06-01'", "'2026-06-01'::timestamptz")
