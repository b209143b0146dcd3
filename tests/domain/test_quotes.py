"""A quote is held against the text on record."""

import pytest

from tracker.domain.substance import Tick, checklist_data, quote_complaints, stands_in
from tracker.domain.words import ObligationKind

TEXT = "We accept this “in principle”.\nThe Minister will publish   the data by June 2027."


@pytest.mark.parametrize(
    "quote",
    [
        "We accept this in principle.",
        "will publish the data",
        '"in principle"',
        "‘We accept’ […] the data by June 2027",
        "we ACCEPT ... publish",
    ],
)
def test_spaces_marks_and_gaps_do_not_make_another_quote(quote: str) -> None:
    assert stands_in(quote, TEXT)


@pytest.mark.parametrize("quote", ["We reject this", "the data […] We accept", "by June 2028"])
def test_words_that_are_not_there_are_no_quote(quote: str) -> None:
    assert not stands_in(quote, TEXT)


PRINTED = "The com-\nmittee's long-\nterm plan was re\u00ad\nviewed in 2025-\n26."


@pytest.mark.parametrize(
    "quote",
    [
        "The committee's long-term plan",
        "The com- mittee's long- term plan",
        "com-\nmittee's long\u2011term plan was reviewed",
        "reviewed in 2025-26",
    ],
)
def test_a_hyphen_at_the_end_of_a_printed_line_does_not_make_another_quote(quote: str) -> None:
    assert stands_in(quote, PRINTED)


def test_a_hyphen_between_figures_stays_one() -> None:
    assert not stands_in("reviewed in 202526", PRINTED)


def test_a_quote_that_is_not_in_the_text_is_refused_at_its_field() -> None:
    ticks = {"position": Tick(True, "We reject this"), "reasons": Tick(True, "in principle")}
    assert [one.field for one in quote_complaints(ticks, [TEXT])] == ["quote-position"]
    assert list(quote_complaints(ticks, [])) == list(quote_complaints(ticks, [TEXT, ""])) == []


def test_what_is_kept_says_whether_a_text_bears_the_quote_out() -> None:
    ticks = {"position": Tick(True, "in principle"), "reasons": Tick(True, "elsewhere")}
    kept = checklist_data(ObligationKind.RESPOND, ticks, [TEXT, ""])
    assert kept["position"] == {"ticked": True, "quote": "in principle", "page": "", "quote_checked": True}
    assert kept["reasons"] == {"ticked": True, "quote": "elsewhere", "page": "", "quote_checked": False}
    assert kept["date"] == {"ticked": False, "quote": "", "page": ""}
