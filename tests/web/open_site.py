"""A site with a few facts on it, opened for a reader who asks for feeds, tables and data."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.test import TestResponse

from tests.services import entered
from tracker.config import Config
from tracker.domain.partial import day
from tracker.domain.substance import Tick
from tracker.domain.words import Basis, ResponseKind, Verdict
from tracker.services.assess import Assess, assess
from tracker.services.look import Look, look
from tracker.services.reckon import Deadline
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.web.app import create_app
from tracker.web.site import Site

BEFORE = datetime(2026, 5, 2, 9, tzinfo=UTC)
"""Two days before answers are due."""
LOOKED = datetime(2026, 5, 12, 9, tzinfo=UTC)
JUDGED = datetime(2026, 5, 20, 9, tzinfo=UTC)
BASE = "https://answers.example.org"
HOSTILE = '=cmd|"/C calc"!A0 <script>alert(1)</script> ]]> \u202e\x07;\\,\r\n'
SECRET = "Marker-of-a-draft"


@dataclass
class Opened:
    """A site, its clock, and a client without cookies."""

    database: Database
    now: datetime = BEFORE
    ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        config = Config()
        names = replace(config.site, base_url=BASE, publisher="City Watch")
        self.app = create_app(
            Site(replace(config, site=names), self.database, lambda: self.now), testing=True
        )
        self.client: FlaskClient = self.app.test_client()

    def get(self, address: str, status: int = 200, **headers: str) -> TestResponse:
        """An answer, of the status expected."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.get(address, headers=named)
        assert answer.status_code == status, (
            address,
            answer.status_code,
            answer.get_data(as_text=True)[:300],
        )
        assert "Set-Cookie" not in answer.headers
        return answer

    def json(self, address: str, status: int = 200) -> Any:
        """The object an address answers with."""
        return self.get(address, status).get_json()

    def write(self) -> Any:
        """One transaction."""
        return self.database.writing()


def told(database: Database) -> Opened:
    """Two ministries owe an answer by 4 May; one has its overdue day looked at, and answers late."""
    site = Opened(database)
    with site.write() as session:
        document = entered.report(session)
        _items(session, document, site)
    site.now = LOOKED
    with site.write() as session:
        _looked(session, [site.ids[name] for name in ("water", "rivers", "asked")])
    return site


def _items(session: Session, document: str, site: Opened) -> None:
    first = entered.item(session, "ministry-of-water", "ministry-of-rivers", document=document, now=BEFORE)
    site.ids["water"], site.ids["rivers"] = entered.owing(session, first)
    asked = replace(entered.STATED, basis=Basis.REQUEST)
    wanted: dict[str, Any] = {"document": document, "now": BEFORE}
    hostile = entered.item(session, title=HOSTILE[:290], deadline=asked, **wanted)
    [site.ids["asked"]] = entered.owing(session, hostile)
    waiting = entered.item(session, title="No date", deadline=Deadline(basis=Basis.REQUEST), **wanted)
    [site.ids["waiting"]] = entered.owing(session, waiting)
    entered.item(session, title=SECRET, draft=True, **wanted)


def _looked(session: Session, ids: list[int]) -> None:
    places = ("https://water.example/answers",)
    look(
        session,
        LOOKED,
        Look(obligations=tuple(ids), looked_on=date(2026, 5, 12), places=places),
        actor=entered.GROUP,
    )


def answer_late(site: Opened, name: str = "water") -> int:
    """The ministry answers on 18 May, and the answer is judged on the 20th."""
    site.now = JUDGED
    with site.write() as session:
        line = SaidFor(obligation=site.ids[name], kind=ResponseKind.REPLY)
        said = LogResponse(
            body=f"ministry-of-{name}",
            lines=(line,),
            first_seen_on=date(2026, 5, 19),
            published=day(date(2026, 5, 18)),
            url="https://water.example/answer",
        )
        response = id_of(respond(session, JUDGED, said, actor=entered.GROUP))
        _judge(session, site.ids[name], response)
    return response


def _judge(session: Session, obligation: int, response: int) -> None:
    ticks = {"action": Tick(True, "We will publish it.", "2")}
    said = Assess(
        obligation=obligation,
        responses=(response,),
        verdict=Verdict.SUBSTANTIVE,
        reasons="It says what will be done.",
        checklist=ticks,
    )
    assess(session, JUDGED, said, actor=entered.GROUP)


@pytest.fixture
def site(database_url: str) -> Iterator[Opened]:
    """The site after the look of 12 May, on a database of either kind."""
    database = Database(database_url)
    yield told(database)
    database.close()


@pytest.fixture
def small_site(sqlite_url: str) -> Iterator[Opened]:
    """The same on SQLite only, where the kind of database is beside the point."""
    database = Database(sqlite_url)
    yield told(database)
    database.close()


@pytest.fixture(scope="module")
def still_site(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """One site for all tests of a file that only read."""
    path = tmp_path_factory.mktemp("still") / "answerby.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    yield told(database)
    database.close()
