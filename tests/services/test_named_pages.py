"""An address that may name a private person is kept nowhere where it would be shown, whoever typed it."""

from datetime import date

import pytest

from tests.services.entered import GROUP, NOW, item, owing, people, report
from tracker.domain.partial import day
from tracker.domain.words import ResponseKind
from tracker.services.enter_process import EnterDocument, enter_document
from tracker.services.look import Look, look
from tracker.services.named_pages import spoken
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.services.revise import revise
from tracker.storage import entries
from tracker.storage.engine import Database

SITE = "https://www.judiciary.uk"
REPORT = f"{SITE}/prevention-of-future-death-reports/zaphira-quill-prevention-of-future-deaths-report/"
FILE = f"{SITE}/wp-content/uploads/2024/01/Zaphira-Quill-Prevention-of-future-deaths-report-2024-0093.pdf"
BY_NUMBER = f"{SITE}/?post_type=pfd&s=2024-0093"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (REPORT, f"{SITE}/"),
        (FILE, BY_NUMBER),
        (FILE.replace("www.", "").replace("https", "http"), BY_NUMBER),
        (f"https://web.archive.org/web/2024/{REPORT}", f"{SITE}/"),
        (f"https://web.archive.org/web/2024/{FILE}", BY_NUMBER),
        (f"https://cache.example/?url={REPORT.replace(':', '%3A').replace('/', '%2F')}", f"{SITE}/"),
        (REPORT.upper().replace("HTTPS", "https"), f"{SITE}/"),
    ],
)
def test_an_address_of_a_report_is_where_it_is_found_without_a_name(typed: str, shown: str) -> None:
    assert spoken(typed) == shown


@pytest.mark.parametrize(
    "harmless",
    [
        "",
        BY_NUMBER,
        f"{SITE}/prevention-of-future-death-reports/",
        f"{SITE}/wp-content/uploads/2024/03/2024-0093-Response-from-NHS-England.pdf",
        f"{SITE}/guidance-and-resources/revised-chief-coroners-guidance-no-5-reports-to-prevent-future-deaths/",
        "https://www.gov.uk/government/publications/answer",
        "Our own archive, shelf 7",
    ],
)
def test_every_other_address_stays_as_it_is(harmless: str) -> None:
    assert spoken(harmless) == harmless


def test_what_people_type_is_kept_without_the_name(database_url: str) -> None:
    database = Database(database_url)
    with database.writing() as session:
        people(session)
        report(session)
        said = EnterDocument(process="citizens-assembly-on-water", title="Report 2024-0093", url=REPORT)
        document = enter_document(session, NOW, said, actor=GROUP)
        assert document.url == f"{SITE}/"
        revise(session, NOW, document, {"url": FILE}, "A better address.", actor=GROUP)
        assert document.url == BY_NUMBER
        owed = owing(session, item(session, document=document.key))
        looked = Look(obligations=tuple(owed), looked_on=date(2026, 5, 12), places=(REPORT, "The archive"))
        assert look(session, NOW, looked, actor=GROUP).places == [f"{SITE}/", "The archive"]
        answer = LogResponse(
            body=entries.owed(session, owed)[0].body.key,
            lines=(SaidFor(obligation=owed[0], kind=ResponseKind.REPLY),),
            first_seen_on=date(2026, 5, 6),
            received=day(date(2026, 5, 6)),
            url=FILE,
        )
        assert respond(session, NOW, answer, actor=GROUP).url == BY_NUMBER
    database.close()
