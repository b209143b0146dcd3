"""The databases that the tests are given: fresh ones, of either kind."""

from sqlalchemy import create_engine, inspect, text


def tables(url: str) -> list[str]:
    engine = create_engine(url)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def rows_after_one_more(url: str) -> int:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE IF NOT EXISTS visits (number INTEGER)"))
            connection.execute(text("INSERT INTO visits VALUES (1)"))
            return int(connection.execute(text("SELECT count(*) FROM visits")).scalar_one())
    finally:
        engine.dispose()


def test_a_database_has_all_tables(database_url: str) -> None:
    assert {"alembic_version", "obligation", "event"} <= set(tables(database_url))


def test_a_test_leaves_a_row(database_url: str) -> None:
    assert rows_after_one_more(database_url) == 1


def test_and_the_next_one_does_not_see_it(database_url: str) -> None:
    assert rows_after_one_more(database_url) == 1


def test_an_empty_database_has_no_tables(empty_database_url: str) -> None:
    assert tables(empty_database_url) == []
