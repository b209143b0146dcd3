"""One item's whole life on recorded pages: read, reviewed, timed, flagged, told, answered, judged."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from socket import create_server

import feedparser
import pytest
from flask.testing import FlaskClient
from sqlmodel import col, select

from tests.services.register import (
    ANSWERED,
    LISTING,
    VOICE_ANSWER,
    Register,
    running_register,
    with_recordings,
)
from tests.services.told import Clock, Inbox, relay
from tracker.compose import Composed, compose
from tracker.config import Config, Database, Fetch, Logs, Mail, Site, SourceConfig
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.substance import Tick
from tracker.domain.words import Standing, UserRole, Verdict
from tracker.jobs import collect_now, run_once
from tracker.services.assess import Assess, assess
from tracker.services.draft_decision import draft_response
from tracker.services.look import Look, look
from tracker.services.people import add_user
from tracker.services.review import accept_new_item, accept_response, open_findings
from tracker.storage import findings
from tracker.storage.lines import Line, lines, moment
from tracker.storage.tables import Response

READ_ON = datetime(2026, 1, 12, 9, tzinfo=UTC)
GROUP = "group:city-watch"
ADA = "ada@example.org"


class Life:
    """A site with its clock, the register it reads, its relay and its visitors."""

    def __init__(self, composed: Composed, clock: Clock, register: Register, inbox: Inbox) -> None:
        self.composed, self.clock, self.register, self.inbox = composed, clock, register, inbox
        self.visitor: FlaskClient = composed.app.test_client()

    def on(self, *day: int) -> None:
        self.clock.at = datetime(*day, 9, tzinfo=UTC)  # type: ignore[misc, arg-type]

    def work(self) -> None:
        collect_now(self.composed)
        for job in ("sweep", "sequence", "deliver"):
            run_once(job, self.composed)

    def line(self) -> Line:
        with self.composed.database.reading() as session:
            found = lines(session, ListQuery(ListName.ALL), moment(self.clock()))
        assert len(found) == 1
        return found[0]

    def text(self, address: str) -> str:
        answer = self.visitor.get(address)
        assert answer.status_code == 200, address
        return answer.get_data(as_text=True)

    def finding(self, kind: str, name: str) -> int:
        with self.composed.database.reading() as session:
            found = open_findings(session, kind=kind)
        return next(one.finding.id or 0 for one in found if name in str(one.finding.content))


@pytest.fixture
def life(database_url: str, tmp_path: Path) -> Iterator[Life]:
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    clock, inbox = Clock(READ_ON), Inbox()
    with running_register() as register, relay(inbox, port):
        with_recordings(register)
        composed = compose(_config(database_url, register, port, tmp_path), clock)
        with composed.database.writing() as session:
            add_user(session, READ_ON, "reader@example.org", UserRole.REVIEWER, "city-watch")
        yield Life(composed, clock, register, inbox)
        composed.cage.close()
        composed.database.close()


def _config(url: str, register: Register, port: int, folder: Path) -> Config:
    source = SourceConfig(
        key="eci", reader="eci", address=register.base + LISTING, process="european-citizens-initiative"
    )
    base = Config()
    return replace(
        base,
        site=Site(name="Answer Watch", base_url="https://answers.example.org", publisher="City Watch"),
        database=Database(url),
        web=replace(base.web, secret_key="a secret of the tests, long enough for any check"),
        mail=Mail(host="127.0.0.1", port=port, starttls=False, sender="alerts@example.org"),
        fetch=Fetch(allow_hosts=(register.host,), host_pause_seconds=0),
        logs=Logs(folder / "signing.key"),
        sources=(source,),
    )


def _subscribe(life: Life) -> None:
    life.visitor.post("/subscribe", data={"email": ADA, "list": "overdue", "frequency": "instant"})
    life.work()
    body = life.inbox.messages[-1].get_body(("plain",))
    assert body is not None
    found = re.search(r"/subscriptions/\S+", body.get_content())
    assert found
    life.text(found[0])
    assert life.visitor.post(found[0], data={"act": "confirm", "choose": "1"}).status_code == 200


def _accept_item(life: Life) -> None:
    with life.composed.database.writing() as session:
        accept_new_item(session, life.clock(), life.finding("new_item", "My Voice"), actor=GROUP)


def _found_nothing(life: Life) -> None:
    with life.composed.database.writing() as session:
        said = Look(
            obligations=(life.line().id,),
            places=("https://commission.europa.eu",),
            looked_on=life.clock().date(),
        )
        look(session, life.clock(), said, actor=GROUP)


def _accept_answer(life: Life) -> None:
    id_ = life.finding("response", "My Voice")
    with life.composed.database.writing() as session:
        found = findings.one(session, id_)
        assert found is not None
        accept_response(session, life.clock(), id_, draft_response(session, found), actor=GROUP)


def _judge(life: Life) -> None:
    with life.composed.database.writing() as session:
        reply = session.exec(select(Response).order_by(col(Response.id))).one()
        said = Assess(
            obligation=life.line().id,
            responses=(reply.id or 0,),
            verdict=Verdict.SUBSTANTIVE,
            reasons="It says no and why.",
            checklist={
                "position": Tick(True, quote="It will not propose new law"),
                "reasons": Tick(True, quote="the Treaties"),
            },
        )
        assess(session, life.clock(), said, actor=GROUP)


def test_one_items_whole_life(life: Life) -> None:
    _subscribe(life)
    life.work()
    assert "My Voice" not in life.text("/"), "a finding is no public fact"

    _accept_item(life)
    assert (life.line().standing, str(life.line().due_on)) == (Standing.RUNNING, "2026-03-02")
    item = f"/items/{life.line().item_key}"
    assert "2 March 2026" in life.text(item)

    life.on(2026, 2, 20)
    life.work()
    assert life.line().standing is Standing.DUE_SOON

    before = len(life.inbox.to(ADA))
    life.on(2026, 3, 12)
    _found_nothing(life)
    assert (life.line().standing, life.line().days_overdue) == (Standing.OVERDUE, 10)
    assert "10 days" in life.text("/overdue")
    life.work()
    entries = feedparser.parse(life.text("/overdue.atom")).entries
    assert "overdue" in entries[0].title.lower()
    told = life.inbox.to(ADA)[before:]
    assert len(told) == 1 and "overdue" in str(told[0]["Subject"]).lower()

    life.register.put(VOICE_ANSWER, ANSWERED)
    life.on(2026, 3, 20)
    life.work()
    _accept_answer(life)
    assert life.line().standing is Standing.AWAITING_ASSESSMENT
    assert not feedparser.parse(life.text("/awaiting.atom")).bozo

    _judge(life)
    assert life.line().standing is Standing.ANSWERED, "the answer is dated before the due day"
    assert life.line().item_title not in life.text("/overdue?basis=statute")
    life.work()
    assert len(life.inbox.to(ADA)) > before + 1, "the end of a flag is news too"
    assert "My Voice" in life.text(item + "?as_of=2026-03-14")
