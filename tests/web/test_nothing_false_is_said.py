"""What a page must not claim: a look nobody made, a day nobody knows, a verdict that does not count."""

from datetime import date
from typing import Any

from tests.rendering.test_words import ENGLISH
from tests.services import entered
from tests.web.open_site import BEFORE, JUDGED, Opened, answer_late, small_site
from tests.web.pages import Page, Reader
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.partial import PartialDate
from tracker.domain.reasons import Reason
from tracker.domain.substance import Tick
from tracker.domain.words import Basis, EventKind, Precision, ResponseKind, Trigger, Verdict
from tracker.rendering.event_words import event_days, event_word
from tracker.rendering.reason_words import reason_words
from tracker.services.assess import Assess, assess
from tracker.services.reckon import Deadline
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.services.take_back import strike
from tracker.storage.entries import id_of
from tracker.storage.lines import Line, lines, moment
from tracker.storage.tables import Item, Response

__all__ = ["small_site"]
HOLLOW = EventKind.BECAME_OVERDUE_UNSUBSTANTIVE


def line_of(site: Opened, name: str) -> Line:
    with site.database.reading() as session:
        [line] = lines(session, ListQuery(ListName.ALL), moment(site.now), ids=[site.ids[name]])
    return line


def item_page(site: Opened, name: str) -> Page:
    return Reader(site.client).open(f"/items/{line_of(site, name).item_key}")


def answered(site: Opened, name: str, **more: Any) -> int:
    site.now = JUDGED
    with site.write() as session:
        said = LogResponse(
            body=f"ministry-of-{name}",
            lines=(SaidFor(obligation=site.ids[name], kind=ResponseKind.REPLY),),
            first_seen_on=date(2026, 5, 19),
            url="https://water.example/answer",
            **more,
        )
        return id_of(respond(session, JUDGED, said, actor=entered.GROUP))


def unresearched(site: Opened, name: str) -> None:
    with site.write() as session:
        session.get_one(Item, line_of(site, name).item_id).outcome_researched = False


def test_nobody_looked_is_said_only_where_no_look_and_no_response_is_on_record(small_site: Opened) -> None:
    for name in ("waiting", "water"):
        unresearched(small_site, name)
    said = (
        "Nobody here has looked yet for what became of this. "
        "That nothing is listed does not mean there was no answer."
    )
    assert said in item_page(small_site, "waiting").text
    assert said not in item_page(small_site, "water").text


def test_an_undated_response_is_never_given_the_day_it_was_recorded(small_site: Opened) -> None:
    answered(small_site, "water")
    text = item_page(small_site, "water").text
    assert "on record here since 19 May 2026 , its own day is not known" in text
    assert "On record here since this day, its own day is not known: Reply" in text
    assert "the response above was on record" in text
    assert "Response seen on" not in text


def test_a_clock_that_starts_in_a_month_counts_from_its_last_day(small_site: Opened) -> None:
    month = PartialDate(date(2026, 1, 1), Precision.MONTH, "January 2026")
    deadline = Deadline(basis=Basis.REQUEST, trigger=Trigger.DATED, trigger_on=month)
    with small_site.write() as session:
        key = entered.item(
            session,
            document=line_of(small_site, "water").document_key,
            title="Asked in a month",
            deadline=deadline,
            now=BEFORE,
        )
        [small_site.ids["month"]] = entered.owing(session, key)
    assert line_of(small_site, "month").start_on == date(2026, 1, 31)
    assert "Asked in January 2026: waiting 101 days since its end" in item_page(small_site, "month").text


def test_where_no_date_was_set_no_date_is_said_to_bind(small_site: Opened) -> None:
    text = item_page(small_site, "waiting").text
    assert "No date was set." in text
    assert "The asker named the date" not in text


def test_a_verdict_on_a_struck_response_says_that_it_no_longer_counts(small_site: Opened) -> None:
    response = answer_late(small_site)
    assert "it no longer counts" not in item_page(small_site, "water").text.lower()
    with small_site.write() as session:
        strike(session, JUDGED, session.get_one(Response, response), "Wrong file.", actor=entered.GROUP)
    assert "It no longer counts: what it judged was struck." in item_page(small_site, "water").text
    corrections = Reader(small_site.client).open("/corrections").text
    assert "Corrected: a response that was struck – Wrong file." in corrections


def test_a_verdict_with_one_reader_says_that_it_does_not_count_yet(small_site: Opened) -> None:
    response = answered(small_site, "water")
    with small_site.write() as session:
        said = Assess(
            obligation=small_site.ids["water"],
            responses=(response,),
            verdict=Verdict.NOT,
            reasons="It names nothing.",
            checklist={"action": Tick(False)},
        )
        assess(session, JUDGED, said, actor=entered.GROUP)
    assert "One reader so far: does not count yet." in item_page(small_site, "water").text


def test_a_holding_reply_is_not_called_a_refusal_to_answer() -> None:
    def said(**detail: object) -> str:
        return event_word(HOLLOW, detail, ENGLISH)

    assert said(verdict="not") == "Became overdue: what came is no answer"
    assert said(verdict="none") == "Became overdue: only a holding reply"
    assert said(verdict="none", basis="request") == "Only a holding reply by the date asked for"
    assert said() == "Became overdue without a substantive answer"


def test_a_flag_did_not_happen_on_the_day_of_the_look() -> None:
    detail = {"due_on": "2026-05-04", "checked_on": "2026-05-12"}
    said = event_days(EventKind.BECAME_OVERDUE, date(2026, 5, 12), detail, ENGLISH)
    assert said == "due 4 May 2026, found on 12 May 2026"
    assert event_days(EventKind.ANSWERED, date(2026, 5, 12), detail, ENGLISH) == "12 May 2026"


def test_no_code_of_a_problem_is_ever_shown() -> None:
    for code in ("date_not_known", "a_code_of_tomorrow"):
        said = reason_words(Reason("rule_problem", (("problem", code),)), ENGLISH)
        assert said == "The rule could not give a day: the day is not known."
