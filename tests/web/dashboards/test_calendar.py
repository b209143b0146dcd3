"""The calendar: a month with what became of its days, the months ahead, one day's list."""

import pytest

from tests.web.open_site import Opened, answer_late, small_site, still_site
from tests.web.pages import Page, Reader

__all__ = ["small_site", "still_site"]


def cell(page: Page, day: str) -> str:
    """What stands on a day of the grid."""
    [found] = [
        " ".join("".join(td.itertext()).split())
        for td in page.all("td")
        if any(one.get("datetime") == day for one in td.iter("time"))
    ]
    return found


def test_a_past_month_says_what_became_of_each_day(small_site: Opened) -> None:
    answer_late(small_site)
    page = Reader(small_site.client).open("/calendar?month=2026-05")
    said = cell(page, "2026-05-04")
    assert said.startswith("4 ") and "Ministry of Water Answered late" in said
    assert "Ministry of Rivers Overdue" in said
    assert cell(page, "2026-05-05") == "5"
    assert "Due in May 2026" in page.said("h1")


def test_a_month_as_of_a_day_shows_what_was_known_then(small_site: Opened) -> None:
    answer_late(small_site)
    page = Reader(small_site.client).open("/calendar?month=2026-05&as_of=2026-05-13")
    assert "Ministry of Water Overdue" in cell(page, "2026-05-04")
    assert "/calendar?as_of=2026-05-13&month=2026-04" in page.links()
    assert any(link.startswith("/items/") and "as_of=2026-05-13" in link for link in page.links())


def test_one_day_lists_all_that_fell_due(still_site: Opened) -> None:
    page = Reader(still_site.client).open("/calendar?due=2026-05-04")
    assert page.said("h1") == ["Due on 4 May 2026"]
    assert "3 entries" in page.text
    assert "Nothing falls due on this day" in Reader(still_site.client).open("/calendar?due=2026-05-03").text


@pytest.mark.parametrize(
    "asked", ["month=2026-5", "month=nope", "due=2026-02-30", "due=2026-W18-1", "due=0001-01-01"]
)
def test_what_is_no_month_or_day_is_refused_in_a_sentence(still_site: Opened, asked: str) -> None:
    page = Reader(still_site.client).open(f"/calendar?{asked}", 400)
    assert "write it as YYYY-MM" in page.text


def test_the_months_about_are_one_link_away_and_keep_the_filters(still_site: Opened) -> None:
    page = Reader(still_site.client).open("/calendar?month=2026-01&basis=convention")
    assert "/calendar?basis=convention&month=2025-12" in page.links()
    assert "/calendar?basis=convention&month=2026-02" in page.links()


def test_weeks_start_as_they_do_where_the_language_is_spoken(still_site: Opened) -> None:
    assert Reader(still_site.client).open("/calendar?month=2026-05").said("th")[:2] == ["Mon", "Tue"]
