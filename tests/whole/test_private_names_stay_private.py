"""A coroner's report names a person in its address, title, text and reply; nothing that the site gives out does."""

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from socket import create_server

import pytest
from sqlmodel import col, select

from scrapers.walk import Gate
from tests.scrapers.pdf.written import pdf_of
from tests.services.entered import GROUP
from tests.services.register import Register, running_register
from tests.services.told import Clock, Inbox, Telling, relay, site
from tests.whole.outputs import addresses, fetch
from tracker.config import SourceConfig
from tracker.domain.words import ResponseKind
from tracker.jobs import run_once
from tracker.services.collect import collect_one
from tracker.services.draft_decision import draft_item, draft_response
from tracker.services.enter_process import EnterBody
from tracker.services.entry import OwedBy
from tracker.services.export_warc import export_warc
from tracker.services.keep_sources import keep_sources
from tracker.services.respond import SaidFor
from tracker.services.review import accept_new_item, accept_response, open_findings
from tracker.storage.archive import Chosen
from tracker.storage.tables import Check, Item, Obligation, Watch

MARKER = b"zaphira"
"""The name of the person, in small letters; no other word holds it."""
READ_ON = datetime(2024, 1, 25, 9, tzinfo=UTC)
LIST = "/prevention-of-future-death-reports/"
REPORT = "/prevention-of-future-death-reports/zaphira-quill-prevention-of-future-deaths-report/"
FILE = "/wp-content/uploads/2024/01/Zaphira-Quill-Prevention-of-future-deaths-report-2024-0093.pdf"
REPLY = "/wp-content/uploads/2024/03/2024-0093-Response-from-Zaphira-Quill-NHS-England.pdf"
WEB = """<html><head><title>Zaphira Quill: Prevention of future deaths report</title></head>
<body><h1>Zaphira Quill: Prevention of future deaths report</h1>
<p>Date of report: 22/01/2024</p><p>Ref: 2024-0093</p><p>Deceased name: Zaphira Quill</p>
<p>Coroner name: Zaphira Coroner</p><p>This report is being sent to: Zaphira Chief NHS England | Anytown Council</p>
<p><a href="%s">2024-0093</a></p>%s</body></html>"""
REPLIED = f'<p><a href="{REPLY}">Response from Zaphira Quill NHS England</a></p>'
PDF = pdf_of(
    [
        "*REGULATION 28 REPORT TO PREVENT FUTURE DEATHS",
        "Ref: 2024-0093",
        "*THIS REPORT IS BEING SENT TO:",
        "1. Zaphira Chief NHS England",
        "2. Anytown Council",
        "*1 CORONER",
        "I am Zaphira Coroner, senior coroner",
        "*3 INVESTIGATION and INQUEST",
        "I commenced an investigation into the death of Zaphira Quill, aged 34.",
        "*7 YOUR RESPONSE",
        "You are under a duty to respond to this report within 56 days of the date of this",
        "report, namely by 18 March 2024. I, Zaphira Coroner, may extend the period.",
        "*8 COPIES and PUBLICATION",
        "9 22 January 2024 Zaphira Coroner",
    ]
)


class Place:
    """A site that reads coroners' reports, in the steps its people and workers take."""

    def __init__(self, telling: Telling, register: Register) -> None:
        self.telling, self.register = telling, register
        self.composed, self.database = telling.composed, telling.composed.database

    def configure(self, reader: str = "pfd", **options: object) -> None:
        wanted = SourceConfig(
            key="coroners", reader=reader, address=self.register.base + LIST, options=options, min_entries=0
        )
        with self.database.writing() as session:
            keep_sources(session, [wanted])

    def serve(self, reply: str = "") -> None:
        self.register.put(
            LIST, f'<html><body><h1>Reports</h1><a href="{REPORT}">Zaphira Quill</a></body></html>'
        )
        self.register.put(REPORT, WEB % (FILE, reply))
        self.register.put(FILE, PDF, Content_Type="application/pdf")

    def collect(self, *day: int) -> None:
        self.telling.clock.at = datetime(*day, 9, tzinfo=UTC)  # type: ignore[misc, arg-type]
        gate = Gate(
            user_agent="Answerby-Test/1",
            clock=self.telling.clock,
            allow_hosts=[self.register.host],
            pause_seconds=0,
        )
        collect_one(self.database, gate, self.composed.cage, self.telling.clock, only="coroners")
        gate.close()

    def accept_item(self) -> None:
        now = self.telling.clock()
        with self.database.writing() as session:
            [waiting] = open_findings(session, kind="new_item")
            accept_new_item(session, now, waiting.finding.id or 0, actor=GROUP)

    def accept_reply(self) -> None:
        with self.database.writing() as session:
            [waiting] = open_findings(session, kind="response")
            said = draft_response(session, waiting)
            owed = session.exec(select(Obligation).order_by(col(Obligation.id))).all()
            lines = (SaidFor(obligation=owed[0].id or 0, kind=ResponseKind.REPLY),)
            accept_response(
                session,
                self.telling.clock(),
                waiting.finding.id or 0,
                replace(said, lines=lines),
                actor=GROUP,
            )

    def tell(self) -> None:
        for job in ("sweep", "sequence", "deliver"):
            run_once(job, self.composed)

    def leaks(self, folder: Path) -> list[str]:
        """Where anything that is given out holds the marker: addresses, letters, the archive."""
        client = self.composed.app.test_client()
        with self.database.reading() as session:
            asked = list(addresses(self.composed.app, session, 50))
            file = folder / "out.warc"
            export_warc(
                session,
                file,
                Chosen(),
                self.telling.clock(),
                publisher="City Watch",
                user_agent="Answerby-Test/1",
            )
        found = [address for address in asked if MARKER in fetch(client, address)[1].lower()]
        letters = [f"letter {n}" for n, raw in enumerate(self.telling.inbox.raw) if MARKER in raw.lower()]
        return found + letters + (["archive"] if MARKER in file.read_bytes().lower() else [])


@pytest.fixture
def place(sqlite_url: str, tmp_path: Path) -> Iterator[Place]:
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    clock, inbox = Clock(READ_ON), Inbox()
    with running_register() as register, relay(inbox, port):
        composed = site(sqlite_url, clock, port, tmp_path)
        yield Place(Telling(composed, clock, inbox), register)
        composed.cage.close()
        composed.database.close()


def test_no_output_names_the_person_of_a_report(
    place: Place, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    place.telling.subscribe()
    place.configure()
    place.serve()
    place.collect(2024, 1, 25)
    place.accept_item()
    place.collect(2024, 3, 20)
    place.tell()
    with place.database.reading() as session:
        [check] = session.exec(select(Check)).all()
        assert check.places == [_root(place)]
        assert {one.address for one in session.exec(select(Watch))} == {place.register.base + REPORT}
        item = session.exec(select(Item)).one()
        assert item.facts_source == "https://www.judiciary.uk/?post_type=pfd&s=2024-0093"
    assert place.leaks(tmp_path) == []
    assert len(place.telling.inbox.raw) > 1
    place.serve(REPLIED)
    place.collect(2024, 3, 22)
    place.accept_reply()
    place.tell()
    assert place.leaks(tmp_path) == []
    del place.register.pages[REPORT]
    place.collect(2024, 3, 29)
    del place.register.pages[LIST]
    place.collect(2024, 4, 2)
    place.tell()
    assert place.leaks(tmp_path) == []
    said = "\n".join(one.getMessage() + str(one.exc_info or "") for one in caplog.records)
    assert MARKER.decode() not in said.lower()


def _root(place: Place) -> str:
    return "http://127.0.0.1/"


def test_a_source_that_is_a_report_itself_is_shown_by_its_site(place: Place, tmp_path: Path) -> None:
    place.serve()
    place.register.put(REPORT, "", 302, Location="/elsewhere/zaphira/")
    wanted = SourceConfig(key="coroners", reader="pfd", address=place.register.base + REPORT)
    with place.database.writing() as session:
        keep_sources(session, [wanted])
    for path in ("/elsewhere/zaphira/", REPORT):
        place.collect(2024, 1, 25)
        place.register.put("/robots.txt", f"User-agent: *\nDisallow: {path}")
        place.tell()
        assert place.leaks(tmp_path) == []


def test_a_list_that_the_operator_calls_private_is_no_exception(place: Place, tmp_path: Path) -> None:
    row = f'<tr><td>2024-0093</td><td><a href="{REPORT}">Report</a></td></tr>'
    place.register.put(LIST, f"<table><tr><th>Ref</th><th>Report</th></tr>{row}</table>")
    fields = {"ref": "column:Ref", "title": "column:Ref", "link": "column:Report > a@href"}
    place.configure(
        "listing",
        private_names=True,
        kind="new_item",
        key="ref",
        fields=fields,
        process_kind="coroner",
        jurisdiction="GB",
    )
    place.collect(2024, 1, 25)
    with place.database.writing() as session:
        [waiting] = open_findings(session, kind="new_item")
        said = draft_item(session, waiting)
        body = OwedBy(new=EnterBody(name="Anytown Council", jurisdiction="GB"))
        accept_new_item(
            session,
            place.telling.clock(),
            waiting.finding.id or 0,
            replace(said, addressees=(body,)),
            actor=GROUP,
        )
    place.collect(2024, 3, 20)
    place.tell()
    assert place.leaks(tmp_path) == []
