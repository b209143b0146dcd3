"""Every code of the law has its words, in every language, and no sentence accuses without a look."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from tracker.assets import translations
from tracker.domain.reasons import REASON_CODES
from tracker.domain.steps import STEP_CODES, Step
from tracker.domain.words import Basis, EventKind, ObligationKind, Precision, Standing
from tracker.rendering import words
from tracker.rendering.event_words import EVENT, event_words
from tracker.rendering.reason_words import REASONS
from tracker.rendering.standing_words import standing_words
from tracker.rendering.step_words import STEPS, step_words, steps_words
from tracker.rendering.tongue import tongue

ENGLISH = tongue("en", translations())
TODAY = date(2026, 6, 1)
DUE, LOOKED = date(2026, 5, 4), date(2026, 5, 12)


@dataclass
class Shown:
    """What a sentence is made of."""

    standing: Standing
    basis: Basis = Basis.STATUTE
    kind: ObligationKind = ObligationKind.RESPOND
    start_on: date | None = date(2026, 3, 9)
    start_precision: Precision | None = None
    due_on: date | None = DUE
    checked_on: date | None = LOOKED
    days_overdue: int | None = 8
    late_days: int | None = None
    stale: bool = False
    detail: dict[str, Any] = field(default_factory=dict)


SENTENCES = [
    (Shown(Standing.ANSWERED), "Answered"),
    (Shown(Standing.ANSWERED_LATE, late_days=12), "Answered 12 days late"),
    (Shown(Standing.ANSWERED_LATE, late_days=1, kind=ObligationKind.DELIVER), "Delivered 1 day late"),
    (
        Shown(
            Standing.VOID, detail={"ended_on": "2025-01-20"}, days_overdue=328, checked_on=date(2025, 1, 20)
        ),
        "Lapsed on 20 January 2025, 328 days overdue then",
    ),
    (
        Shown(Standing.VOID, detail={"ended_on": "2025-01-20"}, days_overdue=328),
        "Lapsed on 20 January 2025, 328 days overdue then, by a look made on 12 May 2026",
    ),
    (
        Shown(
            Standing.AWAITING_ASSESSMENT,
            detail={"awaiting_since_on": "2026-05-23", "reasons": [{"code": "only_proposed"}]},
        ),
        "Something that may be an answer was found on 23 May 2026 and is being looked at; nothing is on record yet",
    ),
    (
        Shown(Standing.AWAITING_ASSESSMENT, detail={"awaiting_since_on": "2026-05-23"}),
        "A response is on record here since 23 May 2026, not yet judged (9 days)",
    ),
    (
        Shown(
            Standing.AWAITING_ASSESSMENT,
            detail={"awaiting_since_on": "2026-05-23", "unjudged_on": "2026-05-06"},
        ),
        "Response of 6 May 2026, on record here since 23 May 2026, not yet judged (9 days)",
    ),
    (
        Shown(
            Standing.AWAITING_ASSESSMENT,
            detail={"awaiting_since_on": "2026-05-23", "unjudged_on": "2026-05-23"},
        ),
        "Response of 23 May 2026, not yet judged (9 days)",
    ),
    (
        Shown(
            Standing.AWAITING_ASSESSMENT,
            detail={"awaiting_since_on": "2026-06-01", "unjudged_on": "2026-05-06"},
        ),
        "Response of 6 May 2026, put on record on 1 June 2026, not yet judged",
    ),
    (
        Shown(Standing.UNKNOWN, detail={"reasons": [{"code": "no_due_date", "values": []}]}),
        "Cannot be computed: neither the document nor a rule gives a due day",
    ),
    (Shown(Standing.NOT_STARTED, start_on=date(2027, 1, 4)), "The clock starts on 4 January 2027"),
    (
        Shown(Standing.WAITING, due_on=None),
        "Asked on 9 March 2026: waiting 84 days, nothing found as of 12 May 2026",
    ),
    (
        Shown(Standing.WAITING, due_on=None, start_on=date(2026, 3, 31), start_precision=Precision.MONTH),
        "Asked in March 2026: waiting 62 days since its end, nothing found as of 12 May 2026",
    ),
    (
        Shown(Standing.WAITING, due_on=None, checked_on=None),
        "Asked on 9 March 2026: waiting 84 days, no look for an answer is on record",
    ),
    (Shown(Standing.PAUSED, detail={"paused_since_on": "2026-04-01"}), "Clock stopped since 1 April 2026"),
    (Shown(Standing.DUE_SOON), "Due Monday 4 May 2026"),
    (
        Shown(Standing.RUNNING, detail={"answer_state": "partly"}),
        "Due Monday 4 May 2026; partly answered so far",
    ),
    (Shown(Standing.PARTLY_ANSWERED, late_days=2), "Partly answered 2 days late"),
    (
        Shown(Standing.UNCHECKED, detail={"last_looked_on": "2026-05-02"}),
        "Was due 4 May 2026; not looked at since 2 May 2026",
    ),
    (Shown(Standing.OVERDUE_UNSUBSTANTIVE), "Holding reply only as of 12 May 2026: 8 days overdue then"),
    (
        Shown(Standing.OVERDUE_UNSUBSTANTIVE, detail={"verdict": "not"}),
        "Answered without substance as of 12 May 2026: 8 days overdue then",
    ),
    (Shown(Standing.OVERDUE), "No published response found as of 12 May 2026: 8 days overdue then"),
    (
        Shown(Standing.OVERDUE, stale=True),
        "When last looked, on 12 May 2026: no published response found, 8 days overdue then",
    ),
    (
        Shown(Standing.OVERDUE, basis=Basis.BENCHMARK),
        "Not answered by the date asked for, 4 May 2026: no published response found as of 12 May 2026, 8 days after it",
    ),
]


@pytest.mark.parametrize(
    ("shown", "said"), SENTENCES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_standing_in_its_public_sentence(shown: Shown, said: str) -> None:
    assert standing_words(shown, TODAY, ENGLISH) == said


def test_every_standing_has_a_sentence_a_stamp_and_a_meaning() -> None:
    assert {shown.standing for shown, _ in SENTENCES} == set(Standing)
    assert set(words.STANDING) == set(words.STANDING_MEANS) == set(Standing)


def test_nothing_but_a_binding_date_is_called_overdue() -> None:
    for basis in (Basis.REQUEST, Basis.BENCHMARK):
        for standing in Standing:
            stamp = words.stamp(standing, basis, ObligationKind.RESPOND, ENGLISH)
            assert "verdue" not in stamp + standing_words(
                Shown(standing, basis, days_overdue=None), TODAY, ENGLISH
            )


def test_every_code_has_its_words() -> None:
    assert set(REASONS) == set(REASON_CODES)
    assert set(STEP_CODES) - set(STEPS) - {"first_day"} == set()
    assert set(EVENT) == set(EventKind)
    assert all(event_words(kind, {}, ENGLISH) for kind in EventKind)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (Step("start", DUE), "The period runs from 4 May 2026."),
        (Step("first_day", DUE, {"mode": "inclusive"}), "The start day counts: the first day is 4 May 2026."),
        (
            Step("holiday", date(2026, 5, 25), {"name": "Spring Bank Holiday", "until": "2026-05-25"}),
            "25 May 2026 is left out: Spring Bank Holiday.",
        ),
        (
            Step("count", date(2026, 6, 2), {"amount": 20, "unit": "working_days"}),
            "Counting 20 working days ends on Tuesday 2 June 2026.",
        ),
        (
            Step("roll", date(2026, 7, 27), {"was": "2026-07-26", "reason": "Sunday", "direction": "next"}),
            "26 July 2026 is no working day (a Sunday): it moves to Monday 27 July 2026.",
        ),
        (Step("due", DUE), "Due on Monday 4 May 2026. Overdue begins the day after."),
        (
            Step("due", DUE, {"time": "16:00"}),
            "Due on Monday 4 May 2026, by 16:00. Overdue begins the day after.",
        ),
        (Step("no_date"), "The rule sets no date."),
        (
            Step("no_date", None, {"because": "the Act asks for prompt notice"}),
            "The rule sets no date: the Act asks for prompt notice.",
        ),
        (Step("revoked", DUE), "The instrument was revoked on 4 May 2026: what was open then is void."),
        (
            Step("count", DUE, {"amount": 1, "unit": "half_months"}),
            "Counting 1 half month ends on Monday 4 May 2026.",
        ),
    ],
)
def test_a_step_in_words(step: Step, said: str) -> None:
    assert step_words(step, ENGLISH) == said


def test_the_day_of_a_rule_that_does_not_count_is_never_called_the_start_of_being_overdue() -> None:
    due, said = [Step("due", DUE)], "By the rule alone it is due on Monday 4 May 2026."
    assert steps_words(due, ENGLISH, date(2026, 5, 20)) == [said]
    assert steps_words([Step("revoked", DUE), *due], ENGLISH)[-1] == said
    assert steps_words(due, ENGLISH, DUE) == ["Due on Monday 4 May 2026. Overdue begins the day after."]


def test_a_holiday_of_a_part_names_the_part() -> None:
    boyne = Step("holiday", DUE, {"name": "Boyne", "until": DUE.isoformat(), "where": "Northern Ireland"})
    assert step_words(boyne, ENGLISH) == "4 May 2026 is left out: Boyne, in Northern Ireland."


def test_every_step_of_the_whole_catalogue_can_be_worded() -> None:
    from tracker.domain.catalogue import catalogue
    from tracker.domain.deadlines import compute

    for rule in catalogue().values():
        for step in compute(rule, date(2026, 1, 31), amount=rule.amount or 10).steps:
            assert "%(" not in step_words(step, ENGLISH)


def test_the_parts_of_a_union_are_named_in_the_readers_language() -> None:
    spanish = tongue("es", translations())
    step = Step("holiday", DUE, {"name": "New Year Holiday", "where": "Scotland, Northern Ireland"})
    assert step_words(step, spanish).endswith("New Year Holiday, en Escocia, Irlanda del Norte.")


def test_a_number_in_a_sentence_is_grouped_as_in_a_table() -> None:
    forms = ("%(n)d day late", "%(n)d days late")
    assert ENGLISH.count(forms, 999) == "999 days late"
    assert ENGLISH.count(forms, 1308) == "1,308 days late"
