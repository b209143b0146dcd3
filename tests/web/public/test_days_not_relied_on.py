"""A day that will move, or that is in doubt, is shown as that; an entry that was taken back stays to be seen."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from tests.services import entered
from tests.web.open_site import BEFORE, Opened, small_site
from tests.web.pages import Reader
from tests.web.public.test_how_a_date_came_about import BY_RULE, page_of
from tracker.domain.partial import day
from tracker.domain.words import Basis, ClockEntryKind
from tracker.services.move_clock import MoveClock, undo_entry
from tracker.services.reckon import Deadline
from tracker.storage.tables import ClockEntry

__all__ = ["small_site"]

STOPPED = MoveClock(
    obligation=0, kind=ClockEntryKind.PAUSE, works_from_on=date(2026, 4, 13), reason="Fee asked for"
)
LONGER = replace(
    STOPPED, kind=ClockEntryKind.EXTENSION, works_from_on=date(2026, 4, 10), new_due_on=date(2026, 5, 20)
)
OLDER = Deadline(basis=Basis.PROMISE, stated=day(date(2026, 3, 1)))


def test_a_stopped_clock_says_that_its_day_will_move(small_site: Opened) -> None:
    text = page_of(small_site, BY_RULE, STOPPED).text
    assert "Due Thursday 16 April 2026 when the clock stopped: that day will move." in text
    assert "Overdue begins the day after" not in text
    assert "without what is still open due Thursday 16 April 2026" in text
    assert "Due day: Thursday 16 April 2026" not in text
    assert "Due 16 April 2026, computed" not in text
    [entry] = _entries(small_site, "20260416")
    assert "STATUS:TENTATIVE" in entry


@pytest.mark.parametrize("deadline", [OLDER, replace(BY_RULE, stated=day(date(2027, 4, 16)))])
def test_a_day_in_doubt_is_nowhere_the_due_day(small_site: Opened, deadline: Deadline) -> None:
    page = page_of(small_site, deadline)
    assert deadline.stated is not None
    day_said = f"{deadline.stated.value:%-d %B %Y}"
    assert "an editor has to decide." in page.text
    assert f"{day_said}, in doubt" in page.text
    assert "Due day in doubt" in page.text
    assert f"Due {day_said}, as the document states" not in page.text
    assert _entries(small_site, f"{deadline.stated.value:%Y%m%d}") == []


def test_the_day_of_the_rule_alone_is_told_from_the_one_after_later_entries(small_site: Opened) -> None:
    text = page_of(small_site, BY_RULE, LONGER).text
    assert "Thursday 16 April 2026 – by the rule alone, before later entries" in text


def test_an_entry_taken_back_stays_to_be_seen_with_its_reason(small_site: Opened) -> None:
    page = page_of(small_site, BY_RULE, LONGER)
    with small_site.write() as session:
        made = session.execute(select(ClockEntry)).scalars().one()
        undo_entry(session, BEFORE, made, "another report’s letter", actor=entered.GROUP)
    page = Reader(small_site.client).open(str(page.answer.request.path))
    assert "Taken back: Extension, 10 April 2026 – another report’s letter" in page.text
    assert "(an entry was taken back): another report’s letter" in page.text


def _entries(site: Opened, on: str) -> list[str]:
    """What the calendar of the process has on a day."""
    whole = site.get("/processes/citizens-assembly-on-water.ics").text
    return [entry for entry in whole.split("BEGIN:VEVENT") if f"DTSTART;VALUE=DATE:{on}" in entry]
