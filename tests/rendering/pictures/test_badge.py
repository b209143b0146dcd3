"""What a badge draws where its words are long."""

from dataclasses import replace

from tracker.rendering.pictures.badge import Badge

DATED = "looked at 9 February 2026 to 23 June 2026"
LONG = "1 answer overdue by law · 1 answer overdue by their own promise"
BADGE = Badge("European Commission", LONG, "overdue", told="", language="en", dated=DATED)


def test_a_long_message_is_cut_but_the_day_it_rests_on_is_not() -> None:
    assert BADGE.short_message.endswith(f" · {DATED}")
    assert BADGE.short_message.startswith("1 answer overdue by law · ")


def test_a_short_message_stands_whole_before_its_day() -> None:
    short = replace(BADGE, message="Overdue (law): 4", dated="as of 1 February 2026")
    assert short.short_message == "Overdue (law): 4 · as of 1 February 2026"


def test_a_date_longer_than_the_room_leaves_some_of_the_message() -> None:
    assert replace(BADGE, dated="d" * 100).short_message.startswith("1 answer")
