"""The front page on a site that is empty, small, or holds more than anybody can read."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.web.open_site import LOOKED, Opened, answer_late, small_site, still_site
from tests.web.pages import Page, Reader
from tracker.domain.words import Basis, Standing
from tracker.storage.debts import Flags
from tracker.storage.engine import Database
from tracker.storage.standing_counts import Tally
from tracker.web.public import front as page

__all__ = ["small_site", "still_site"]

MANY = 1_234_567


@pytest.fixture
def empty_site(sqlite_url: str) -> Iterator[Opened]:
    """A site on which nobody has entered anything."""
    database = Database(sqlite_url)
    yield Opened(database)
    database.close()


def opened(site: Opened, address: str = "/") -> Page:
    """The front page, as a reader sees it."""
    return Reader(site.client).open(address)


def test_an_empty_site_says_that_nothing_is_on_record_and_accuses_nobody(empty_site: Opened) -> None:
    front = opened(empty_site)
    assert front.said("h1") == ["Nothing is on record yet"]
    assert "Nobody has entered anything so far" in front.text
    assert not {"Longest overdue when last looked", "Progress by process"} & set(front.said("h2"))
    assert "/search" in [one.get("action") for one in front.all("form")]
    assert "Look back" not in front.text
    bodies = opened(empty_site, "/bodies").text
    assert "Nothing is on record yet." in bodies and "No body is like that" not in bodies
    assert "No body is like that." in opened(empty_site, "/bodies?q=zzzz").text


def test_the_debtor_stands_before_what_it_owes_and_the_days_before_both(still_site: Opened) -> None:
    text = opened(still_site).text
    assert text.index("8 days") < text.index("Ministry of Water") < text.index("Due 4 May 2026")


def test_flags_of_one_process_and_day_are_told_once_and_each_keeps_its_link(still_site: Opened) -> None:
    front = opened(still_site)
    [group] = [said for said in front.said("h3") if "bodies" in said]
    assert group == "2 bodies"
    assert front.text.count("8 days overdue then") == 1
    assert {"#ministry-of-water", "#ministry-of-rivers"} <= {
        "#" + link.partition("#")[2] for link in front.links() if link.startswith("/items/")
    }


def test_what_is_only_asked_for_is_not_among_the_longest_overdue(still_site: Opened) -> None:
    front = opened(still_site)
    assert "date asked for, 4 May 2026" not in front.text
    assert "2 Overdue" in front.said("li") and "1 Not answered by the date asked for" in front.said("li")
    assert "Not answered by the date asked for: 8 days" not in front.text


def test_an_answer_is_said_once_with_its_own_day(small_site: Opened) -> None:
    answer_late(small_site)
    text = opened(small_site).text
    assert "Answered 14 days late 18 May 2026" in " ".join(text.split())
    assert "Answered late Answered" not in " ".join(text.split())


def test_newly_overdue_is_what_was_announced_in_the_last_seven_days(small_site: Opened) -> None:
    small_site.now = LOOKED + timedelta(days=6)
    assert "2 answers overdue by convention" in opened(small_site).said("h1")
    small_site.now = LOOKED + timedelta(days=8)
    front = opened(small_site)
    assert "Nothing in the last seven days; the last time on" in front.text
    assert "Newly overdue this week" not in front.said("h2")


def test_every_process_shows_how_far_it_has_come_in_numbers_beside_the_bar(still_site: Opened) -> None:
    front = opened(still_site)
    assert "Progress by process" in front.said("h2")
    assert "Owed Overdue Answered" in " ".join(front.text.split())


def test_millions_are_written_as_people_read_them(
    small_site: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = Tally(counts={Standing.OVERDUE: MANY, Standing.ANSWERED: MANY})
    flagged = Flags({Basis.STATUTE: MANY}, MANY, MANY, (date(2026, 5, 12), date(2026, 5, 12)))
    monkeypatch.setattr(page, "tally", lambda *_: many)
    monkeypatch.setattr(page, "flags", lambda *_: flagged)
    front = opened(small_site)
    assert front.said("h1") == ["1,234,567 answers overdue by law"]
    assert "Owed by 1,234,567 bodies." in front.text
    assert "2,469,134 answers owed, on record" in front.said("h2")
    assert "1.234.567" in opened(small_site, "/es/").text
