"""What somebody types into the calculator: read strictly, every complaint at its field."""

from datetime import date

import pytest

from tracker.domain.calendars import calendar
from tracker.domain.deadlines import Extension
from tracker.domain.question import MOST_PAUSES, Question, meant
from tracker.domain.refusals import NotAccepted

START = "2026-05-04"


def complaints(**typed: object) -> dict[str, str]:
    asked = Question(**{"rule": "20 working days", "start": START, **typed})  # type: ignore[arg-type]
    with pytest.raises(NotAccepted) as refused:
        meant(asked, calendar)
    return {one.field: str(one) for one in refused.value.refusals}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("rule", "gb-foi-s1O", "gb-foi-s10"),
        ("rule", "21 werking days", "working"),
        ("rule", "", "20 working days"),
        ("calendar", "GB-EWA", "GB-EAW"),
        ("start", "2026-02-30", "ends on 2026-02-28"),
        ("start", "30/02/2026", "ends on 2026-02-28"),
        ("start", "2026-13-01", "Did you mean 2026-01-13"),
        ("start", "2026-13-13", "from 01 to 12"),
        ("start", "2024-02-00", "ends on 2024-02-29"),
        ("start", "03/04/2026", "2026-04-03 or 2026-03-04"),
        ("start", "0001-01-01", "too far away"),
        ("start", "9999-12-31", "too far away"),
        ("start", "31/12/9999", "too far away"),
        ("start", "soon", "YYYY-MM-DD"),
        ("start", "", "missing"),
        ("amount", "0", "from 1 to 20000"),
        ("amount", "-3", "from 1 to 20000"),
        ("amount", "1e3", "from 1 to 20000"),
        ("amount", "99999999999999999999", "from 1 to 20000"),
        ("amount", "²", "from 1 to 20000"),
        ("extend", "0", "from 1 to 20000"),
        ("extended_to", "2026-06", "one day is needed"),
        ("given", "2026-05-05", "how long it is"),
        ("extend_unit", "days", "how many"),
        ("restart", "2026-05-03", "2026-05-04 cannot start afresh on 2026-05-03"),
        ("stated", "31/04/2026", "ends on 2026-04-30"),
        ("sittings", "2026-05-05, 2026-05-06x", "2026-05-06x"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_mend(field: str, typed: str, sentence: str) -> None:
    found = complaints(**{field: typed})
    assert sentence in found.get(field, found.get("extend" if field == "extend_unit" else field, ""))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-05-10", "FROM..TO"),
        ("..2026-05-10", "FROM..TO"),
        ("2026-05-20..2026-05-10", "earlier day first"),
        ("2026-05-10..2026-02-30", "ends on 2026-02-28"),
    ],
)
def test_a_pause_is_two_days_in_order(typed: str, sentence: str) -> None:
    assert sentence in complaints(pause=(typed,))["pause"]


def test_three_hundred_pauses_are_a_sentence() -> None:
    assert f"at most {MOST_PAUSES}" in complaints(pause=("2026-05-10..2026-05-11",) * 300)["pause"]


def test_an_open_stop_and_a_fresh_start_contradict_each_other() -> None:
    assert "last day" in complaints(pause=("2026-05-10..",), restart="2026-05-12")["pause"]


def test_every_complaint_is_told_at_once() -> None:
    found = complaints(
        rule="x", start="y", calendar="GB-EWA", amount="z", pause=("a", "b"), extend_unit="werking"
    )
    assert set(found) == {"rule", "start", "calendar", "amount", "pause", "extend_unit", "extend"}


def test_an_unknown_unit_names_the_nearest() -> None:
    assert "working days" in complaints(extend="3", extend_unit="werking days")["extend_unit"]


def test_what_can_be_read_is_read_as_meant() -> None:
    found = meant(
        Question(
            rule="gb-foi-s10",
            start="4 May 2026",
            pause=("2026-05-10..2026-05-12", "2026-05-20.."),
            extend="5",
            extend_unit="Working-Days",
            given="2026-05-06",
            sittings="2026-06-02, 2026-06-01\n2026-06-03 # Wednesday",
            stated="June 2026",
        ),
        calendar,
    )
    assert found.start and found.start.last == date(2026, 5, 4)
    assert found.pauses == ((date(2026, 5, 10), date(2026, 5, 12)), (date(2026, 5, 20), None))
    assert found.extensions == (Extension(5, unit="working_days", given_on=date(2026, 5, 6)),)
    assert found.sittings == (date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 3))
    assert found.stated and found.stated.last == date(2026, 6, 30)
    assert found.calendar and found.calendar.code == "GB"


def test_a_rule_with_a_date_of_its_own_needs_no_start() -> None:
    assert meant(Question(rule="eu-aia-art113", amount="3"), calendar).start is None
