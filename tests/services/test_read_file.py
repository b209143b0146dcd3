"""Files that people bring: read by the reader of a source, kept as evidence, proposed and nothing more."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from scrapers.cage import Cage
from scrapers.model import Page as Fetched
from scrapers.model import Result
from scrapers.model import Source as Place
from tests.scrapers.sources.test_pfd import _report
from tests.services.entered import GROUP, people, report
from tests.services.reviewed import rows
from tests.shared import shared
from tracker.domain.words import Basis, Position, Visibility
from tracker.services.draft_decision import draft_item, draft_response
from tracker.services.entry import OwedBy
from tracker.services.read_file import (
    Brought,
    File,
    UnreadableFile,
    keep_file,
    place_for,
    read_file,
)
from tracker.services.review import accept_new_item, open_findings
from tracker.storage import entries, sources
from tracker.storage.engine import Database
from tracker.storage.findings import Waiting
from tracker.storage.tables import (
    Body,
    Check,
    Event,
    Finding,
    ImportBatch,
    Item,
    Obligation,
    Page,
    Source,
    Watch,
)

NOW = datetime(2024, 1, 25, 12, 0, tzinfo=UTC)
SAMPLES = shared("data", "samples")
REPORT = File("jane-example-report.pdf", _report())


def _file(*parts: str, address: str = "") -> File:
    path = SAMPLES.joinpath(*parts)
    return File(path.name, path.read_bytes(), address)


def _bring(database: Database, cage: Cage, reader: str, file: File, source: str = "") -> Brought:
    with database.reading() as session:
        place = place_for(session, reader, source)
    brought = read_file(cage, place, file, NOW)
    with database.writing() as session:
        return keep_file(session, brought, file, NOW, actor="command:import")


def _waiting(database: Database, kind: str) -> list[Waiting]:
    with database.reading() as session:
        return open_findings(session, kind=kind, limit=100)


def test_a_file_is_kept_as_evidence_and_proposed_and_nothing_is_public(
    database: Database, cage: Cage
) -> None:
    brought = _bring(database, cage, "pfd", REPORT)
    assert brought.proposed == 1
    (page,) = rows(database, Page)
    assert (page.sha256, page.body) == (brought.sha256, REPORT.body)
    assert [rows(database, table) for table in (Item, Event, Check, Watch)] == [[], [], [], []]
    assert [batch.rows for batch in rows(database, ImportBatch)] == [1]


def test_the_same_file_twice_proposes_nothing_new(database: Database, cage: Cage) -> None:
    _bring(database, cage, "pfd", REPORT)
    assert _bring(database, cage, "pfd", REPORT).proposed == 0
    assert len(rows(database, Finding)) == len(rows(database, Page)) == 1


def test_a_coroners_report_is_withheld_and_its_files_name_is_kept_nowhere(
    database: Database, cage: Cage
) -> None:
    _bring(database, cage, "pfd", REPORT)
    (page,) = rows(database, Page)
    assert page.visibility is Visibility.WITHHELD
    kept = [*rows(database, Finding), *rows(database, ImportBatch), *rows(database, Source)]
    told = " ".join(str(one.model_dump()) for one in kept) + page.address
    assert "example" not in told.lower()


def test_a_reports_number_in_its_files_name_is_read(database: Database, cage: Cage) -> None:
    body = REPORT.body.replace(b"(Ref: 2024-0093)", b"(Ref:          )")
    brought = _bring(database, cage, "pfd", File("2024-0094-published.pdf", body))
    assert [finding.key for finding in brought.findings] == ["2024-0094"]


def test_a_report_becomes_an_item_with_all_its_addressees_and_the_stated_day(
    database: Database, cage: Cage
) -> None:
    with database.writing() as session:
        people(session)
    _bring(database, cage, "pfd", REPORT)
    (one,) = _waiting(database, "new_item")
    with database.reading() as session:
        draft = draft_item(session, one)
    assert [owed.new.name for owed in draft.addressees if owed.new] == [
        "Northern Lights NHS Foundation Trust",
        "Secretary of State for Health and Social Care",
    ]
    with database.writing() as session:
        item = accept_new_item(session, NOW, one.finding.id or 0, actor=GROUP)
        assert (item.ref, item.title) == ("2024-0093", "Report to prevent future deaths 2024-0093")
    with database.reading() as session:
        owed = entries.owed(session, [row.id or 0 for row in session.exec(select(Obligation))])
        assert len(owed) == 2
        for duty in owed:
            assert duty.terms.rule_key == "gb-eaw-coroner-pfd"
            assert (duty.terms.trigger_on, duty.terms.stated_on) == (date(2024, 1, 22), date(2024, 3, 18))
            assert duty.terms.basis is Basis.STATUTE
    assert rows(database, Watch) == []


def test_items_of_one_report_share_its_document(database: Database, cage: Cage) -> None:
    with database.writing() as session:
        people(session)
        report(session)
    _bring(database, cage, "response_pdf", _file("inquiries", "Summer2024-Disorder-Recomm.pdf"))
    with database.writing() as session:
        body = session.exec(select(Body)).first()
        assert body is not None
        for one in open_findings(session, kind="new_item")[:2]:
            said = replace(draft_item(session, one), addressees=(OwedBy(body=body.key),))
            assert said.ref in ("3", "5")
            accept_new_item(session, NOW, one.finding.id or 0, said, actor=GROUP)
    entered = rows(database, Item)
    assert (len(entered), len({item.document_id for item in entered})) == (2, 1)


def test_a_reply_is_drafted_with_its_position_page_and_quote(database: Database, cage: Cage) -> None:
    _bring(
        database,
        cage,
        "response_pdf",
        _file("inquiries", "Grenfell-Phase2-Response.pdf", address="https://gov.example/g.pdf"),
    )
    found = {one.finding.external_key.rpartition("/")[2]: one for one in _waiting(database, "response")}
    assert len(found) == 58
    with database.reading() as session:
        said = draft_response(session, found["28"])
    assert said.url == "https://gov.example/g.pdf#page=20"
    assert str(said.published) == "2025-02"
    content = found["28"].finding.content["extra"]
    assert isinstance(content, dict)
    assert (content["position"], content["page"]) == (Position.IN_PRINCIPLE, "20")
    assert str(content["quote"]) in said.text


def test_every_initiative_on_record_is_read_from_its_saved_page(database: Database, cage: Cage) -> None:
    for path in sorted((SAMPLES / "eci" / "responses").glob("*.html")):
        _bring(database, cage, "eci", File(path.name, path.read_bytes()))
    assert len(_waiting(database, "response")) == 6


def test_a_file_may_belong_to_a_source_of_its_reader(database: Database, cage: Cage) -> None:
    with database.writing() as session:
        session.add(
            Source(
                key="grenfell",
                reader="response_pdf",
                address="https://gov.example/",
                settings={"options": {"items": "G-{number}"}},
            )
        )
    brought = _bring(
        database, cage, "response_pdf", _file("inquiries", "Grenfell-Phase2-Response.pdf"), "grenfell"
    )
    assert brought.findings[0].extra["item"] == "G-1"
    with database.reading() as session:
        assert {one.source.key for one in open_findings(session, limit=5)} == {"grenfell"}
        assert [one.key for one in sources.every(session)] == ["grenfell"]
        for key, sentence in (
            ("nobody", "There is no source 'nobody'"),
            ("grenfell", "is read by response_pdf"),
        ):
            with pytest.raises(UnreadableFile, match=sentence):
                place_for(session, "pfd", key)


@pytest.mark.parametrize(
    ("reader", "parts", "sentence"),
    [
        ("response_pdf", ("inquiries", "PostOfficeHorizon-IT-Inquiry-Response.pdf"), "This PDF is a picture"),
        ("pfd", ("pfd", "pdf", "Template.pdf"), "blank form"),
        ("eci", ("eci", "errors", "429_too_many_requests_error.html"), "try again later"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_and_kept_nowhere(
    reader: str, parts: tuple[str, ...], sentence: str, database: Database, cage: Cage
) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        _bring(database, cage, reader, _file(*parts))
    assert rows(database, Page) == rows(database, Finding) == []


def test_an_unknown_preset_names_the_nearest() -> None:
    with Cage() as unused, pytest.raises(UnreadableFile, match=r"Did you mean pfd.*There are: .*eci"):
        read_file(unused, Place("x", "pdf", ""), REPORT, NOW)


def test_a_reader_that_dies_is_a_sentence_about_the_file() -> None:
    class Dying:
        def read(self, reader_key: str, page: Fetched, source: Place) -> list[Result]:
            from scrapers.cage import Died

            raise Died("The process that read the page ended without an answer.")

    with pytest.raises(UnreadableFile, match=r"jane-example-report\.pdf could not be read\. The process"):
        read_file(Dying(), Place("x", "pfd", ""), REPORT, NOW)
