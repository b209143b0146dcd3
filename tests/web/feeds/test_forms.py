"""Every list in every form: valid, harmless, and the same rows as the list."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import icalendar
import pytest

from tests.services import entered
from tests.web.open_site import BASE, BEFORE, HOSTILE, SECRET, Opened, answer_late
from tracker.domain.words import ClockEntryKind, Visibility
from tracker.rendering.clean_text import one_line
from tracker.rendering.table import restored
from tracker.services.move_clock import MoveClock, move_clock
from tracker.storage.engine import Database
from tracker.storage.tables import Item, Obligation

INDEXES = (
    "/overdue",
    "/not-answered-by-date-asked",
    "/waiting",
    "/awaiting",
    "/calendar",
    "/events",
    "/bodies",
    "/processes",
    "/sources",
    "/search",
)
PAGES = (
    "/bodies/ministry-of-water",
    "/processes/citizens-assembly-on-water",
    "/documents/citizens-assembly-on-water-final-report",
    "/topics/artificial-intelligence",
    "/jurisdictions/GB",
    "/kinds/citizens-assembly",
)


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


def days(body: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


READERS: Mapping[str, Callable[[bytes], object]] = {
    "atom": ElementTree.fromstring,
    "rss": ElementTree.fromstring,
    "json": json.loads,
    "csv": rows,
    "ics": days,
}


@pytest.mark.parametrize("form", READERS)
def test_every_list_is_valid_in_every_form_and_holds_no_draft(still_site: Opened, form: str) -> None:
    for path in (*INDEXES, *PAGES):
        answer = still_site.get(f"{path}.{form}" + ("?q=river" if path == "/search" else ""))
        READERS[form](answer.data)
        assert SECRET.encode() not in answer.data
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Content-Type"].endswith("charset=utf-8")


def test_the_table_of_a_list_has_its_rows_and_restores_every_text(site: Opened) -> None:
    found = rows(site.get("/not-answered-by-date-asked.csv").data)
    assert [row["id"] for row in found] == [str(site.ids["asked"])]
    assert found[0]["item_title"].startswith("'=cmd")
    kept = HOSTILE.replace("\x07", "").strip()
    assert restored(found[0]["item_title"]) == kept
    assert (found[0]["days_overdue"], found[0]["checked_on"]) == ("8", "2026-05-12")


def test_no_cell_of_any_table_begins_a_formula(still_site: Opened) -> None:
    for path in ("/events", "/bodies", "/processes", "/jurisdictions/GB", "/waiting"):
        cells = [cell for row in rows(still_site.get(f"{path}.csv").data) for cell in row.values()]
        assert cells
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_a_table_counts_the_obligations_of_each_body(still_site: Opened) -> None:
    by_key = {row["key"]: row for row in rows(still_site.get("/bodies.csv").data)}
    assert by_key["ministry-of-water"]["overdue"] == "2"
    assert by_key["ministry-of-water"]["waiting"] == "1"
    assert by_key["ministry-of-rivers"]["overdue"] == "1"


def test_a_table_as_of_a_day_shows_what_was_known_then(site: Opened) -> None:
    assert len(rows(site.get("/overdue.csv").data)) == 2
    assert rows(site.get("/overdue.csv?as_of=2026-05-11").data) == []
    answer_late(site)
    assert len(rows(site.get("/overdue.csv").data)) == 1
    assert len(rows(site.get("/overdue.csv?as_of=2026-05-12").data)) == 2


def test_a_due_day_is_a_whole_day_with_a_uid_that_stays(site: Opened) -> None:
    (event,) = days(site.get("/overdue.ics?body=ministry-of-rivers").data)
    assert event.decoded("dtstart") == date(2026, 5, 4)
    assert str(event["uid"]) == f"obligation-{site.ids['rivers']}@answers.example.org"
    assert str(event["url"]).startswith(f"{BASE}/items/")
    assert "8 days overdue then" in str(event["description"])


def test_a_hostile_title_is_one_line_of_the_calendar(still_site: Opened) -> None:
    (event,) = days(still_site.get("/not-answered-by-date-asked.ics").data)
    assert str(event["summary"]).endswith(f"Ministry of Water — {one_line(HOSTILE)}")


def _moved(site: Opened, kind: ClockEntryKind, now: datetime, **more: date) -> None:
    site.now = now
    with site.write() as session:
        said = MoveClock(
            obligation=site.ids["rivers"], kind=kind, works_from_on=now.date(), reason="Order 7", **more
        )
        move_clock(session, now, said, actor=entered.GROUP)


def test_a_moved_date_raises_the_sequence_and_a_lapsed_one_is_called_off(sqlite_url: str) -> None:
    site = Opened(Database(sqlite_url))
    with site.write() as session:
        item = entered.item(session, "ministry-of-rivers", now=BEFORE)
        [site.ids["rivers"]] = entered.owing(session, item)
    (before,) = days(site.get("/calendar.ics").data)
    _moved(site, ClockEntryKind.EXTENSION, BEFORE + timedelta(hours=1), new_due_on=date(2026, 6, 4))
    (after,) = days(site.get("/calendar.ics").data)
    assert (before["uid"], after.decoded("dtstart")) == (after["uid"], date(2026, 6, 4))
    assert after["sequence"] > before["sequence"]
    assert str(after["status"]) == "CONFIRMED"
    _moved(site, ClockEntryKind.VOID, BEFORE + timedelta(hours=2))
    (gone,) = days(site.get("/calendar.ics").data)
    assert str(gone["status"]) == "CANCELLED"
    assert gone["sequence"] > after["sequence"]
    site.database.close()


def test_what_has_no_date_is_in_no_calendar(still_site: Opened) -> None:
    assert days(still_site.get("/waiting.ics").data) == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/bodies/nobody.atom", 404),
        ("/topics/nothing.csv", 404),
        ("/kinds/none.ics", 404),
        ("/jurisdictions/ZZ.rss", 404),
        ("/overdue.exe", 404),
        ("/overdue.atom?basis=whim", 400),
        ("/overdue.csv?as_of=2026-02-30", 400),
        ("/overdue.ics?as_of=9999-01-01", 400),
        ("/search.atom", 400),
        ("/overdue.atom?body=" + "x" * 300, 400),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(still_site: Opened, address: str, status: int) -> None:
    still_site.get(address, status)


def test_what_is_withheld_leaves_every_form(small_site: Opened) -> None:
    with small_site.write() as session:
        owed = session.get(Obligation, small_site.ids["water"])
        item = session.get(Item, owed.item_id) if owed else None
        assert item is not None
        item.visibility = Visibility.WITHHELD
        title = item.title
    for path in ("/overdue", "/events", "/bodies/ministry-of-water", "/calendar"):
        for form in READERS:
            assert title.encode() not in small_site.get(f"{path}.{form}").data
    small_site.get(f"/items/{item.key}.atom", 404)
