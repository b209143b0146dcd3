"""Why a date moved when it was reckoned anew, in words."""

from typing import Any

import pytest

from tracker.assets import translations
from tracker.domain.words import EventKind
from tracker.rendering.event_words import event_words
from tracker.rendering.tongue import tongue

ENGLISH = tongue("en", translations())
MOVE = {"what": "recomputed", "old": "2026-06-03", "new": "2026-06-04"}


def said(**more: Any) -> str:
    return event_words(EventKind.DATE_MOVED, MOVE | more, ENGLISH)


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        (
            {"code": "holiday_added", "day": "2026-05-20", "name": "Funeral"},
            "20 May 2026 is a day off now (Funeral)",
        ),
        (
            {"code": "holiday_removed", "day": "2026-05-20", "name": "Fair"},
            "20 May 2026 is no day off any more (Fair)",
        ),
        (
            {"code": "rule_changed", "rule": "r", "changed": {"amount": [20, 30]}},
            "the rule r now gives 30 instead of 20",
        ),
        (
            {"code": "rule_changed", "rule": "gb-foi-s10", "changed": {"amount": [20, 25]}},
            "the rule “Freedom of Information Act 2000 request” now gives 25 working days instead of "
            "20 working days",
        ),
        (
            {"code": "rule_changed", "rule": "r", "changed": {"roll": ["none", "next"]}},
            "the rule r now reads differently",
        ),
        ({"code": "second_rule"}, "the second rule gives another day"),
        ({"code": "calendar_changed", "old": "a", "new": "b"}, "the calendar of working days was corrected"),
        ({"code": "of a later version"}, "reckoned anew"),
    ],
)
def test_each_reason_is_a_sentence(why: dict[str, Any], sentence: str) -> None:
    assert said(why=[why]) == f"Due day moved: from 3 June 2026 to 4 June 2026 – {sentence}"


def test_a_flag_that_went_with_its_date_is_no_answer() -> None:
    lifted = said(why=[], before="overdue", standing="running")
    assert lifted.endswith("reckoned anew; not overdue any more; no answer came")


def test_a_date_somebody_moved_needs_no_reason_here() -> None:
    moved = {"what": "clock", "old": "2026-06-03", "new": "2026-06-04"}
    assert (
        event_words(EventKind.DATE_MOVED, moved, ENGLISH) == "Due day moved: from 3 June 2026 to 4 June 2026"
    )
