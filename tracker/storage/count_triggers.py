"""The database itself keeps count: whatever changes a stretch, or who may see it, shifts the stored counts with it.

Each trigger takes away what counted before a row changed and adds what counts afterwards; what counts is said once,
in `_COUNTING`. So no writer can forget it, and a count that is taken back with its transaction was never there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

_COLUMNS = "scope, scope_id, topic, at, standing, basis, flagged, stale, dated, n, folded"
_ON_A_CARD = "duty, certain, late_days"
"""What only a scorecard tells apart; null in every other scope."""
_FROM = """
FROM segment s
JOIN obligation o ON o.id = s.obligation_id
JOIN addressee a ON a.id = o.addressee_id
JOIN item i ON i.id = o.item_id
JOIN document d ON d.id = i.document_id
JOIN process p ON p.id = i.process_id
JOIN body b ON b.id = o.body_id
"""
_COUNTING = """s.superseded_at IS NULL AND o.superseded_at IS NULL AND i.visibility = 'public'
AND d.visibility = 'public' AND p.visibility = 'public' AND b.visibility = 'public'
AND (e.n = 1 OR s.until_at IS NOT NULL)"""
_SCOPES = ("all", "process", "body", "due", "card")
_EDGES = " UNION ALL ".join(f"SELECT '{scope}' AS scope, {n} AS n" for scope in _SCOPES for n in (1, -1))
_EDGE = "CASE e.n WHEN 1 THEN s.from_at ELSE s.until_at END"
_WHERE_IT_STANDS = "s.standing, s.basis, s.flagged, s.stale"
_SHIFT = f"""{{{{latest}}}}({_EDGE}, {{{{long_past}}}}) AS shift_at, {_WHERE_IT_STANDS}, {{dated}} AS dated,
SUM({{{{sign}}}} * e.n), {_EDGE} <= {{{{long_past}}}} AS long_past"""
_DATED = "s.due_on IS NOT NULL"
_DAYS_LATE = "CASE s.standing WHEN 'answered_late' THEN s.late_days END"
_DATED_BUT_ON_A_CARD = f"e.scope <> 'card' AND {_DATED}"
_ALIKE = f"shift_at, {_WHERE_IT_STANDS}, dated, long_past HAVING SUM(e.n) <> 0"
_PLAIN = f"""
INSERT INTO standing_shift ({_COLUMNS}, {_ON_A_CARD})
SELECT e.scope, CASE e.scope WHEN 'process' THEN i.process_id WHEN 'body' THEN o.body_id WHEN 'card' THEN o.body_id
WHEN 'due' THEN {{due_day}} ELSE 0 END AS scope_of, '',
{_SHIFT.format(dated=_DATED_BUT_ON_A_CARD)},
CASE e.scope WHEN 'card' THEN o.kind END AS of_duty, CASE e.scope WHEN 'card' THEN {{certain}} END AS is_certain,
CASE e.scope WHEN 'card' THEN {_DAYS_LATE} END AS days_late
{_FROM} CROSS JOIN ({_EDGES}) e
WHERE {{of}} AND {_COUNTING} AND (e.scope <> 'due' OR s.due_on IS NOT NULL)
AND (e.scope <> 'card' OR a.role <> 'supporting')
GROUP BY e.scope, scope_of, of_duty, is_certain, days_late, {_ALIKE}
"""
_BY_TOPIC = f"""
INSERT INTO standing_shift ({_COLUMNS})
SELECT 'topic', 0, t.topic, {_SHIFT.format(dated=_DATED)}
{_FROM} JOIN item_topic t ON t.item_id = i.id CROSS JOIN (SELECT 1 AS n UNION ALL SELECT -1) e
WHERE {{of}} AND {_COUNTING}
GROUP BY t.topic, {_ALIKE}
"""
_CERTAIN = "(s.standing <> 'answered' OR (s.due_on IS NOT NULL AND NOT COALESCE({unknown}, false)))"
"""It is known whether an answer came in time."""
_SPOKEN = {
    "sqlite": {
        "latest": "MAX",
        "no": "0",
        "certain": _CERTAIN.format(unknown="json_extract(s.detail, '$.lateness_unknown')"),
        "due_day": "CAST(strftime('%Y%m%d', s.due_on) AS INTEGER)",
        "long_past": "strftime('%Y-%m-%d 00:00:00.000000', s.recorded_at, '-2 days')",
    },
    "postgresql": {
        "latest": "GREATEST",
        "no": "false",
        "certain": _CERTAIN.format(unknown="CAST(s.detail ->> 'lateness_unknown' AS boolean)"),
        "due_day": "CAST(to_char(s.due_on, 'YYYYMMDD') AS integer)",
        "long_past": "(date_trunc('day', s.recorded_at AT TIME ZONE 'UTC' - interval '2 days') AT TIME ZONE 'UTC')",
    },
}
"""What was over two days before it was recorded stands at that day: what came and went before leaves no row."""


_STANDS = "standing, basis, flagged, stale"
_SHIFTED = f"shift_at, {_STANDS}, dated"
_INTO = f"INSERT INTO standing_shift ({_COLUMNS})"
_OF_EDGES = f"""SUM(n), long_past FROM shifting {{joined}}
WHERE {{key}} IS NOT NULL GROUP BY {{key}}, {_SHIFTED}, long_past HAVING SUM(n) <> 0"""
_ANEW = (
    "DELETE FROM standing_shift",
    # Every stretch is looked at once; one that came and went long ago begins and ends at the same instant.
    f"""CREATE TEMPORARY TABLE shifting AS
SELECT i.id AS item_id, i.process_id, o.body_id, {{latest}}({_EDGE}, {{long_past}}) AS shift_at, {_WHERE_IT_STANDS},
s.due_on IS NOT NULL AS dated, e.n, {_EDGE} <= {{long_past}} AS long_past, {{due_day}} AS due_id,
CASE WHEN a.role <> 'supporting' THEN o.body_id END AS card_id,
o.kind AS duty, {{certain}} AS certain, {_DAYS_LATE} AS late_days
{_FROM} CROSS JOIN (SELECT 1 AS n UNION ALL SELECT -1) e
WHERE {_COUNTING} AND (s.until_at IS NULL OR s.until_at > {{long_past}})""",
    *(
        f"{_INTO} SELECT '{scope}', {scope}_id, '', {_SHIFTED}, {_OF_EDGES.format(joined='', key=f'{scope}_id')}"
        for scope in ("process", "body", "due")
    ),
    f"""INSERT INTO standing_shift ({_COLUMNS}, {_ON_A_CARD})
SELECT 'card', card_id, '', shift_at, {_STANDS}, {{no}}, SUM(n), long_past, {_ON_A_CARD}
FROM shifting WHERE card_id IS NOT NULL
GROUP BY card_id, shift_at, {_STANDS}, long_past, {_ON_A_CARD} HAVING SUM(n) <> 0 ORDER BY card_id""",  # noqa: S608 - of words in this file only
    f"""{_INTO} SELECT 'topic', 0, t.topic, {_SHIFTED},
{_OF_EDGES.format(joined="JOIN item_topic t ON t.item_id = shifting.item_id", key="t.topic")}""",
    f"""{_INTO} SELECT 'all', 0, '', at, {_STANDS}, dated, SUM(n), folded
FROM standing_shift WHERE scope = 'process'
GROUP BY at, {_STANDS}, dated, folded HAVING SUM(n) <> 0""",  # noqa: S608 - of words in this file only
    "DROP TABLE shifting",
)


@dataclass(frozen=True)
class Watched:
    """A table whose rows decide what counts: which stretches hang on a row, and which changes matter."""

    table: str
    of: str
    columns: tuple[str, ...] = ()
    """An update matters that touches one of these."""
    comes_and_goes: bool = False
    """New rows and deleted ones matter too."""
    topics_only: bool = False


WATCHED = (
    Watched("segment", "s.id = {row}.id", comes_and_goes=True),
    Watched(
        "obligation",
        "s.obligation_id = {row}.id",
        ("item_id", "body_id", "superseded_at", "addressee_id", "kind"),
    ),
    Watched("addressee", "o.addressee_id = {row}.id", ("role",)),
    Watched("item", "o.item_id = {row}.id", ("visibility", "process_id", "document_id")),
    Watched("document", "i.document_id = {row}.id", ("visibility",)),
    Watched("process", "i.process_id = {row}.id", ("visibility",)),
    Watched("body", "o.body_id = {row}.id", ("visibility",)),
    Watched(
        "item_topic",
        "o.item_id = {row}.item_id AND t.topic = {row}.topic",
        comes_and_goes=True,
        topics_only=True,
    ),
)


def keep_counts(connection: Connection) -> None:
    """Put the triggers on the tables."""
    make = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
    for watched in WATCHED:
        for phase, verb, sign in _moments(watched):
            for statement in make(watched, phase, verb, sign):
                connection.execute(text(statement))


def stop_counting(connection: Connection) -> None:
    """Take the triggers off, for whoever fills whole tables and counts anew afterwards."""
    on = "" if connection.dialect.name == "sqlite" else " ON {table}"
    for watched in WATCHED:
        for phase, verb, _ in _moments(watched):
            name = _name(watched, phase, verb)
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{on.format(table=watched.table)}"))


def count_anew(connection: Connection) -> None:
    """Throw the stored counts away and count every stretch again; meanwhile nobody shifts them."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("LOCK TABLE standing_shift IN EXCLUSIVE MODE"))
    spoken = _SPOKEN[connection.dialect.name]
    for statement in _ANEW:
        connection.execute(text(statement.format(**spoken)))


def _moments(watched: Watched) -> Iterator[tuple[str, str, int]]:
    """(phase, verb, sign): what counted is taken away before, what counts is added after."""
    if watched.comes_and_goes:
        yield "AFTER", "INSERT", 1
        yield "BEFORE", "DELETE", -1
    yield "BEFORE", "UPDATE", -1
    yield "AFTER", "UPDATE", 1


def _shifts(watched: Watched, row: str, sign: int, dialect: str) -> list[str]:
    of = watched.of.format(row=row)
    forms = (_BY_TOPIC,) if watched.topics_only else (_PLAIN, _BY_TOPIC)
    return [form.format(sign=sign, of=of, **_SPOKEN[dialect]).strip() for form in forms]


def _name(watched: Watched, phase: str, verb: str) -> str:
    return f"count_{watched.table}_{phase}_{verb}".lower()


def _event(watched: Watched, verb: str) -> str:
    return f"UPDATE OF {', '.join(watched.columns)}" if verb == "UPDATE" and watched.columns else verb


def _on_sqlite(watched: Watched, phase: str, verb: str, sign: int) -> Iterator[str]:
    body = ";\n".join(_shifts(watched, "NEW" if sign > 0 else "OLD", sign, "sqlite"))
    yield (
        f"CREATE TRIGGER {_name(watched, phase, verb)} {phase} {_event(watched, verb)} ON {watched.table}\n"
        f"FOR EACH ROW BEGIN\n{body};\nEND"
    )


def _on_postgresql(watched: Watched, phase: str, verb: str, sign: int) -> Iterator[str]:
    name, body = (
        _name(watched, phase, verb),
        ";\n".join(_shifts(watched, "NEW" if sign > 0 else "OLD", sign, "postgresql")),
    )
    handed_on = "OLD" if verb == "DELETE" else "NEW"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$\n"
        f"BEGIN\n{body};\nRETURN {handed_on};\nEND $$ LANGUAGE plpgsql"
    )
    yield (
        f"CREATE TRIGGER {name} {phase} {_event(watched, verb)} ON {watched.table}\n"
        f"FOR EACH ROW EXECUTE FUNCTION {name}()"
    )
