"""A page asks the database no more often for a long list than for a short one."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.services import entered
from tests.web.open_site import LOOKED, Opened, _looked
from tracker.storage.engine import Database

FEW, MANY = 10, 200
PAGES = (
    "/",
    "/overdue",
    "/overdue?body=ministry-of-water",
    "/obligations",
    "/obligations?sort=newest",
    "/obligations?q=river",
    "/calendar",
    "/waiting",
    "/events",
    "/bodies",
    "/bodies/ministry-of-water",
    "/processes",
    "/processes/citizens-assembly-on-water",
    "/documents/{document}",
    "/items/{item}",
    "/jurisdictions/GB",
    "/search?q=river",
    "/overdue.atom",
    "/overdue.json",
    "/overdue.csv",
    "/api/v1/obligations",
)


def owing(path: Path, n: int) -> Opened:
    """Two ministries owe so many answers each; all were looked for."""
    site = Opened(Database(f"sqlite:///{path}"), LOOKED)
    with site.write() as session:
        document = entered.report(session)
        both = ("ministry-of-water", "ministry-of-rivers")
        items = [entered.item(session, *both, document=document, now=LOOKED) for _ in range(n)]
        _looked(session, [id_ for one in items for id_ in entered.owing(session, one)])
        KEYS.update(document=document, item=items[0].key)
    return site


KEYS: dict[str, str] = {}


@pytest.fixture(scope="module")
def sites(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Opened, Opened]]:
    """A site with few entries, and one with many."""
    made = []
    for n in (FEW, MANY):
        path = tmp_path_factory.mktemp(f"owing-{n}") / "answerby.db"
        shutil.copyfile(migrated_sqlite, path)
        made.append(owing(path, n))
    yield made[0], made[1]
    for site in made:
        site.database.close()


@contextmanager
def said(site: Opened) -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile, without those that open a connection."""
    found: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(site.database.engine, "before_cursor_execute", listen)
    try:
        yield found
    finally:
        event.remove(site.database.engine, "before_cursor_execute", listen)


@pytest.mark.parametrize("page", PAGES)
def test_a_long_list_costs_no_more_statements_than_a_short_one(
    sites: tuple[Opened, Opened], page: str
) -> None:
    asked = []
    for site in sites:
        with said(site) as statements:
            site.get(page.format(**KEYS))
        asked.append(statements)
    few, many = asked
    assert few, page
    # A feed that holds all there is says so, and looks up where the log stands.
    assert len(many) <= len(few), (page, sorted(set(many) - set(few)))


MOST = {"/": 30, "/overdue": 30, "/bodies/ministry-of-water": 40, "/items/{item}": 40}


@pytest.mark.parametrize("page", MOST)
def test_the_pages_most_read_ask_little(sites: tuple[Opened, Opened], page: str) -> None:
    with said(sites[1]) as statements:
        sites[1].get(f"{page.format(**KEYS)}?utm_source=anew")
    assert 0 < len(statements) <= MOST[page], statements
