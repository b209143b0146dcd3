"""A database of before groups owned processes: who could do what keeps it, and nobody is locked out."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Boolean, Connection, DateTime, Integer, MetaData

from tracker.domain.permissions import Act, may
from tracker.services.second_factor import has_one
from tracker.storage.engine import Database, open_engine
from tracker.storage.migrate import migrate
from tracker.storage.ownership import owner
from tracker.storage.people import group_by_key, members, user_by_email

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)


def put(connection: Connection, tables: MetaData, into: str, **values: Any) -> None:
    """A row as an older release wrote it: what it must hold and nobody says is empty."""
    table = tables.tables[into]
    empty = {
        one.name: _empty(one)
        for one in table.columns
        if not one.nullable and one.name not in values and not one.primary_key
    }
    connection.execute(table.insert().values(**empty, **values))


def _empty(column: Any) -> Any:
    kinds = ((Boolean, False), (Integer, 0), (DateTime, NOW))
    found = next((value for kind, value in kinds if isinstance(column.type, kind)), "")
    return "[]" if "JSON" in type(column.type).__name__ else found


def filled(url: str) -> None:
    """Two groups with an administrator each, an editor, and three processes, one of nobody's."""
    migrate(url, "0006")
    engine = open_engine(url)
    with engine.execution_options(answerby_writing=True).begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for id_, key in ((1, "city-watch"), (2, "other-watch")):
            put(connection, tables, "user_group", id=id_, key=key, name=key)
        people = ((1, "admin", 1), (2, "editor", 1), (3, "admin", 2), (4, "reviewer", 2))
        for id_, role, group in people:
            put(connection, tables, "user_account", id=id_, email=f"{role}{group}@example.org")
            put(connection, tables, "membership", user_id=id_, group_id=group, role=role)
        for id_, group_id in ((1, None), (2, 2), (3, 1)):
            kind = {"kind": "action_plan", "visibility": "public", "language": "en"}
            put(connection, tables, "process", id=id_, key=f"p{id_}", group_id=group_id, **kind)
    engine.dispose()


def test_administrators_administer_the_site_and_every_process_has_a_group(empty_database_url: str) -> None:
    filled(empty_database_url)
    migrate(empty_database_url, "0007")
    migrate(empty_database_url)
    database = Database(empty_database_url)
    with database.reading() as session:
        owners = {key: owner(session, "process", key) for key in ("p1", "p2", "p3")}
        assert {key: one.group_id for key, one in owners.items() if one} == {"p1": 1, "p2": 2, "p3": 1}
        site = {}
        for email in ("admin1", "editor1", "admin2", "reviewer2"):
            user = user_by_email(session, f"{email}@example.org")
            assert user is not None and not has_one(session, user.id or 0)
            [member] = members(session, user.id)
            site[email] = may(member.acting, Act.SITE)
        assert site == {"admin1": True, "editor1": False, "admin2": True, "reviewer2": False}
        assert group_by_key(session, "city-watch") is not None
    database.close()
