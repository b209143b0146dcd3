"""Dates are read strictly: a real day as written, or unknown, and never another day."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.dates import PRECISIONS, days_in_text, read_moment
from scrapers.model import WrittenDate
from tracker.domain.words import Precision

REAL = {
    "Mon, 30 Mar 2026 09:00:00 GMT": "2026-03-30 day 2026-03-30T09:00:00+00:00",
    "Mon, 30 Mar 2026 09:00:00 +0100": "2026-03-30 day 2026-03-30T08:00:00+00:00",
    "Mon, 30 Mar 2026 09:00:00 BST": "2026-03-30 day 2026-03-30T08:00:00+00:00",
    "Mon, 30 Mar 2026 09:00:00 CEST": "2026-03-30 day 2026-03-30T07:00:00+00:00",
    "Mon, 30 Mar 2026 09:00:00 XYZ": "2026-03-30 day None",
    "30 Mar 26 09:00": "2026-03-30 day None",
    "2026-03-30": "2026-03-30 day None",
    "2026-03-30T09:00:00": "2026-03-30 day None",
    "2026-03-30T09:00:00Z": "2026-03-30 day 2026-03-30T09:00:00+00:00",
    "2026-03-30T09:00:00.123456789Z": "2026-03-30 day 2026-03-30T09:00:00+00:00",
    "2026-06-30T23:59:60Z": "2026-06-30 day 2026-06-30T23:59:59+00:00",
    "2038-01-19T03:14:08Z": "2038-01-19 day 2038-01-19T03:14:08+00:00",
    "Sun, 29 Mar 2026 02:30:00 CET": "2026-03-29 day 2026-03-29T01:30:00+00:00",
    "Thursday, 2 April 2026": "2026-04-02 day None",
    "2026-03": "2026-03-01 month None",
    "2026": "2026-01-01 year None",
}
UNKNOWN = [
    "2026-02-30", "Tue, 31 Feb 2026 00:00:00 GMT", "2026-03-30T24:00:00Z", "2026-03-30T09:00:00+25:00", "0000-00-00",
    "0001-01-01", "1899-12-30", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "10000-01-01", "99999-01-01", "-1",
    "1774861200", "1e309", "tomorrow", "31st of March 2026", "mar., 31 mars 2026", "Montag, 30. März 2026",
    "٢٠٢٦-٠٣-٣٠", "2026-W14-1", "2026-089", "", " ", "9" * 5000, "Mon, 30 Mar 2026 09:00:00 GMT GMT", "N/A",
    "00/00/0000", "30/03/2026", "04/05/2026", "03/30/2026", "20260330", "Tue, 30 Mar 2026 09:00:00 GMT", "2026-13-01",
    "2026-03-29T01:30:00 Europe/London", "2026-03-30T09:60:00Z",
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), REAL.items())
def test_a_date_as_feeds_write_it_is_its_day_and_its_instant(written: str, meant: str) -> None:
    moment = read_moment(written)
    instant = moment.at.isoformat() if moment.at else None
    assert f"{moment.on.value} {moment.on.precision} {instant}" == meant
    assert moment.on.as_written == written


@pytest.mark.parametrize("written", UNKNOWN)
def test_an_impossible_or_ambiguous_date_is_unknown_and_keeps_how_it_was_written(written: str) -> None:
    moment = read_moment(written)
    assert moment.on.value is None
    assert moment.at is None
    assert moment.on.as_written == written.strip()[:80]


@given(
    st.datetimes(datetime(1971, 1, 2), datetime(2100, 12, 30)).map(lambda at: at.replace(microsecond=0)),
    st.integers(-12 * 60, 14 * 60),
)
def test_what_the_standard_library_writes_is_read_back(at: datetime, minutes: int) -> None:
    here = at.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    for written in (here.isoformat(), here.strftime("%a, %d %b %Y %H:%M:%S %z")):
        moment = read_moment(written)
        assert moment.on.value == here.date()
        assert moment.at == here.astimezone(UTC)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(written: str) -> None:
    read_moment(written)
    list(days_in_text(written))


def test_days_in_running_text_are_day_first() -> None:
    text = "submitted on 28/02/2014, adopted on 3 March 2015 and on 31/02/2016; see 1/2/3456 and 12/2014"
    found = [written for _, written in days_in_text(text)]
    assert [written.as_written for written in found] == [
        "28/02/2014",
        "3 March 2015",
        "31/02/2016",
        "1/2/3456",
    ]
    assert [str(written.value) for written in found] == ["2014-02-28", "2015-03-03", "None", "None"]


def test_precisions_are_those_of_the_domain() -> None:
    assert set(PRECISIONS) == {str(precision) for precision in Precision}


def test_a_written_date_survives_the_way_through_json() -> None:
    for written in (read_moment("2026-03").on, read_moment("never").on):
        assert WrittenDate.from_dict(written.to_dict()) == written
