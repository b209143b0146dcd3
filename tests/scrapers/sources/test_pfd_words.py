"""The reader of coroners’ reports, on other words for the day of the answer and other lists."""

import pytest

from scrapers.pfd.days import stated_days
from scrapers.pfd.organisations import addressees_of

OTHER_WORDS = "6 ACTION 7 YOUR RESPONSE {} 8 COPIES and PUBLICATION I sent it by 1 May 2031."


@pytest.mark.parametrize(
    "words",
    [
        "You are required to respond no later than 12 March 2031.",
        "You must answer within 56 days of receipt, by Wednesday the 12th of March 2031.",
        "Please reply on or before 2031-03-12.",
        "You are under a duty to respond to this report within 56 days of the date of this report, namely by 2031-03-12.",
    ],
)
def test_the_day_for_the_answer_is_found_in_other_words(words: str) -> None:
    assert [str(day.value) for day, _ in stated_days(OTHER_WORDS.format(words))] == ["2031-03-12"]


def test_a_day_that_no_section_on_the_answer_sets_is_none() -> None:
    text = "4 CIRCUMSTANCES The ward asked for a review by 12 March 2031. 7 YOUR RESPONSE You must respond. 8 COPIES"
    assert list(stated_days(text)) == []


def test_the_words_kept_begin_with_the_duty_as_what_stands_before_may_hold_a_name() -> None:
    text = "5 CONCERNS Nobody Example fell on the stairs. Your response is due by 12 March 2031."
    assert [sentence for _, sentence in stated_days(text)] == ["Your response is due by 12 March 2031"]


def test_two_organisations_in_one_entry_are_for_a_person() -> None:
    (both,) = addressees_of(["NHS England and the Care Quality Commission"])
    (one,) = addressees_of(["Department of Health and Social Care"])
    assert (both.names_others, one.names_others) == (True, False)
