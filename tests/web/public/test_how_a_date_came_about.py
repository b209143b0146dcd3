"""The item page tells the official who disputes a date how it came about, which date won, and how it moved."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import col, select

from tests.services import entered
from tests.web.open_site import BEFORE, Opened, small_site
from tests.web.pages import Page, Reader
from tracker.domain.catalogue import catalogue
from tracker.domain.partial import PartialDate, day
from tracker.domain.words import ClockEntryKind, Trigger
from tracker.services.correct import confirm_rule
from tracker.services.move_clock import MoveClock, move_clock
from tracker.services.reckon import Deadline
from tracker.storage.tables import Document

__all__ = ["small_site"]

BY_RULE = Deadline(rule="gb-foi-s10", trigger=Trigger.RECEIVED, trigger_on=day(date(2026, 3, 16)))


def page_of(site: Opened, deadline: Deadline, *moves: MoveClock) -> Page:
    """The page of an item entered with that deadline and moved so."""
    with site.write() as session:
        document = session.execute(select(col(Document.key))).scalars().first()
        item = entered.item(session, "ministry-of-water", document=document, deadline=deadline, now=BEFORE)
        key, [owed] = item.key, entered.owing(session, item)
        for move in moves:
            move_clock(session, BEFORE, replace(move, obligation=owed), actor=entered.GROUP)
    return Reader(site.client).open(f"/items/{key}")


def test_the_steps_stand_in_one_line_and_in_full(small_site: Opened) -> None:
    page = page_of(small_site, BY_RULE)
    assert (
        "Received 16 March 2026 · day 1 is 18 March 2026 · left out: 17 March 2026 (Saint Patrick's Day, "
        "Northern Ireland), 3 April 2026 (Good Friday), 6 April 2026 (Easter Monday, England and Wales, "
        "Northern Ireland) · 20 working days · due Thursday 16 April 2026"
    ) in page.text
    assert "3 April 2026 is left out: Good Friday." in page.said("li")
    assert {"/rules/gb-foi-s10", "/calendars/GB?year=2026"} <= set(page.links())
    assert any(link.startswith("/due?rule=gb-foi-s10&start=2026-03-16") for link in page.links())


def test_a_stated_date_says_that_it_won_and_what_the_rule_gives(small_site: Opened) -> None:
    text = page_of(small_site, replace(BY_RULE, stated=day(date(2026, 4, 20)))).text
    assert "20 April 2026 – a stated date counts first" in text
    assert "Computed Thursday 16 April 2026" in text
    assert "the rule gives 16 April 2026" in text
    assert "by the rule alone due Thursday 16 April 2026" in text
    assert "Overdue begins the day after" not in text


def test_a_date_an_editor_has_to_decide_is_not_shown_as_the_due_day(small_site: Opened) -> None:
    text = page_of(small_site, replace(BY_RULE, stated=day(date(2027, 4, 16)))).text
    assert "lie about a year or more apart; an editor has to decide." in text
    assert "Due day: Friday 16 April 2027." not in text


def test_the_date_until_a_move_stays_with_its_reason(small_site: Opened) -> None:
    longer = MoveClock(
        obligation=0,
        kind=ClockEntryKind.EXTENSION,
        works_from_on=date(2026, 4, 10),
        new_due_on=date(2026, 5, 20),
        reason="Public interest test",
        source_url="https://water.example/notice",
    )
    page = page_of(small_site, BY_RULE, longer)
    assert "How the date moved" in page.text
    [moved] = [said for said in page.said("li") if said.startswith("Due day moved")]
    assert "from 16 April 2026 to 20 May 2026" in moved
    assert "Extended to Wednesday 20 May 2026." in page.said("li")
    assert "Due on Wednesday 20 May 2026. Overdue begins the day after." in page.said("li")
    assert "Public interest test" in moved
    assert "https://water.example/notice" in page.links()


def test_more_working_days_are_explained_with_every_holiday_they_cross(small_site: Opened) -> None:
    longer = MoveClock(
        obligation=0,
        kind=ClockEntryKind.EXTENSION,
        works_from_on=date(2026, 4, 10),
        amount=20,
        unit="working_days",
        reason="Public interest test",
    )
    stopped = MoveClock(
        obligation=0,
        kind=ClockEntryKind.PAUSE,
        works_from_on=date(2026, 4, 13),
        ends_on=date(2026, 4, 14),
        reason="Fee",
    )
    said = page_of(small_site, BY_RULE, longer, stopped).said("li")
    # 40 working days from 16 March leave out the early May holiday too: 15 May; two days stopped: 19 May.
    assert "4 May 2026 is left out: May Day." in said
    assert "The clock stood still from 13 April 2026 to 14 April 2026: 2 working days put back." in said
    assert "Due on Tuesday 19 May 2026. Overdue begins the day after." in said


def test_a_rule_nobody_had_read_names_the_group_that_confirmed_it(small_site: Opened) -> None:
    unread = next(rule for rule in catalogue().values() if not rule.checked and rule.unit == "months")
    page_of(small_site, replace(BY_RULE, rule=unread.key))
    reader = Reader(small_site.client)
    assert "flag nobody" in reader.open(f"/rules/{unread.key}").text
    with small_site.write() as session:
        entered.people(session)
        confirm_rule(session, BEFORE, unread.key, "https://law.example/1", actor=entered.GROUP)
    page = reader.open(f"/rules/{unread.key}")
    assert "It was confirmed on 2 May 2026" in page.text
    assert "/groups/city-watch" in page.links()


EXTENDED = MoveClock(
    obligation=0,
    kind=ClockEntryKind.EXTENSION,
    works_from_on=date(2026, 4, 10),
    new_due_on=date(2026, 5, 20),
    reason="Public interest test",
)
STOPPED = replace(
    EXTENDED,
    kind=ClockEntryKind.PAUSE,
    works_from_on=date(2026, 3, 20),
    new_due_on=None,
    ends_on=date(2026, 3, 27),
)
AFRESH = replace(STOPPED, kind=ClockEntryKind.RESTART, ends_on=None, afresh=True)


@pytest.mark.parametrize(
    "moves", [(EXTENDED,), (STOPPED,), (AFRESH,), (STOPPED, EXTENDED)], ids=lambda moves: moves[0].kind.value
)
@pytest.mark.parametrize("stated", [None, day(date(2026, 4, 20))])
def test_computed_by_oneself_the_day_is_the_one_shown(
    small_site: Opened, moves: tuple[MoveClock, ...], stated: PartialDate | None
) -> None:
    page = page_of(small_site, replace(BY_RULE, stated=stated), *moves)
    [link] = [one for one in page.links() if one.startswith("/due?rule=")]
    [shown] = re.findall(r"Due day (\w+ \d+ \w+ \d+)", page.text)[:1]
    again = Reader(small_site.client).open(link).text
    if stated and moves == (STOPPED,):
        # No rule gives a stated day that a stop moved: the page says what the link computes.
        assert "Compute it yourself – by the rule alone, before later entries" in page.text
    else:
        assert f"Due {shown}" in again
