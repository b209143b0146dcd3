"""Dates in text: the exact date, or nothing."""

import csv
import re
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import shared
from tracker.domain.dates import read_date
from tracker.domain.words import Precision


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-09-04", "2026-09-04"),
        ("2026-9-4", "2026-09-04"),
        ("2026/09/04", "2026-09-04"),
        ("2026-09-04 00:00:00", "2026-09-04"),
        ("2026-09", "2026-09"),
        ("2026", "2026"),
        ("2026-Q3", "2026-Q3"),
        ("Q3 2026", "2026-Q3"),
        ("third quarter of 2026", "2026-Q3"),
        ("T3 2026", "2026-Q3"),
        ("4 May 2026", "2026-05-04"),
        ("4th of May 2026", "2026-05-04"),
        ("May 4, 2026", "2026-05-04"),
        ("Monday, 4 May 2026", "2026-05-04"),
        ("4 mai 2026", "2026-05-04"),
        ("le 1er mai 2026", "2026-05-01"),
        ("mar., 31 mars 2026", "2026-03-31"),
        ("4 de mayo de 2026", "2026-05-04"),
        ("lunes 4 de mayo de 2026", "2026-05-04"),
        ("May 2026", "2026-05"),
        ("août 2026", "2026-08"),
        ("mayo de 2026", "2026-05"),
        ("By May 2026", "2026-05"),
        ("end of 2026", "2026"),
        ("Before the end of 2026", "2026"),
        ("by the end of May 2026", "2026-05"),
        ("fin mai 2026", "2026-05"),
        ("finales de 2026", "2026"),
        ("30/03/2026", "2026-03-30"),
        ("03/30/2026", "2026-03-30"),
        ("04/04/2026", "2026-04-04"),
        ("31.12.2026", "2026-12-31"),
    ],
)
def test_a_date_is_read_as_far_as_it_is_written(text: str, found: str) -> None:
    read = read_date(text)
    assert str(read) == found
    assert read and read.as_written == text


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "31 April 2026",
        "Feb 30, 2026",
        "29/02/2025",
        "03/04/2025",
        "04.05.2026",
        "Tuesday 4 May 2026",
        "summer 2022",
        "mid-2026",
        "early 2026",
        "first half of 2026",
        "end of 4 May 2026",
        "before 4 May 2026",
        "1/1/00",
        "30 march 26",
        "20260330",
        "2026-W14-1",
        "2026-089",
        "2026-03-30T23:30:00-05:00",
        "Mon, 30 Mar 2026 09:00:00 GMT",
        "٢٠٢٦-٠٣-٣٠",
        "0000-00-00",
        "9999-12-31",
        "10000-01-01",
        "45382",
        "tbc",
        "",
        " ",
        "9" * 5000,
    ],
)
def test_what_is_impossible_ambiguous_or_vague_is_no_date(text: str) -> None:
    assert read_date(text) is None


def test_an_order_settles_an_ambiguous_date_and_never_swaps_an_impossible_one() -> None:
    assert str(read_date("03/04/2025", order="dmy")) == "2025-04-03"
    assert str(read_date("03/04/2025", order="mdy")) == "2025-03-04"
    assert read_date("03/30/2026", order="dmy") is None


def test_the_end_of_a_year_is_due_on_its_last_day() -> None:
    read = read_date("end of 2026")
    assert read and (read.precision, read.last) == (Precision.YEAR, date(2026, 12, 31))


def test_the_date_zoo_of_a_spreadsheet_gives_the_exact_date_or_none() -> None:
    with shared("data", "badinputs", "csv", "045_dates_zoo.csv").open(encoding="utf-8", newline="") as file:
        found = {row["due_date"]: read_date(row["due_date"]) for row in csv.DictReader(file)}
    told = {text.strip(): str(read) for text, read in found.items() if read}
    assert told == {
        "30/03/2026": "2026-03-30",
        "03/30/2026": "2026-03-30",
        "2026-3-3": "2026-03-03",
        "Q2 2026": "2026-Q2",
        "30 Mar 2026": "2026-03-30",
        "2026-03-30": "2026-03-30",
    }


def test_the_date_zoo_of_a_feed_gives_the_exact_date_or_none() -> None:
    text = shared("data", "badinputs", "feeds", "145_date_zoo.xml").read_text(encoding="utf-8")
    found = {
        unescape(words): read_date(unescape(words))
        for words in re.findall(r"<pubDate>([^<]*)</pubDate>", text)
    }
    told = {str(read) for read in found.values() if read}
    assert told <= {"2026-03-30", "2026-03-31", "2026-03", "2026", "1899-12-30"}


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = read_date(text)
    assert read is None or read.first <= read.last


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_every_way_to_write_a_day_reads_back_to_it(day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day.day} {day:%B} {day.year:04d}",
        f"{day:%A} {day.day} {day:%b} {day.year:04d}",
    ):
        read = read_date(text)
        assert read and (read.value, read.precision) == (day, Precision.DAY), text
