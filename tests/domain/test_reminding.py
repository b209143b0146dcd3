"""Which reminder is due: each stage at most once, only the latest, and nothing of what is not certain."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.reminding import AHEAD, BEHIND, LAPSES, Plan, Watched, stage_due
from tracker.domain.words import Role, Standing

DUE = date(2026, 5, 4)
PLAN = Plan()
NONE = Plan((), False, ())
DAYS = st.integers(-60, 160)
PLANS = st.builds(
    Plan,
    st.lists(st.integers(1, 60), unique=True, max_size=4).map(tuple),
    st.booleans(),
    st.lists(st.integers(1, 90), unique=True, max_size=4).map(tuple),
)


def watched(today: date, **changes: Any) -> Watched:
    """Open, looked for since, in no doubt."""
    standing = Standing.RUNNING if today <= DUE else Standing.OVERDUE
    plain: dict[str, Any] = {
        "due_on": DUE,
        "standing": standing,
        "role": Role.LEAD,
        "entered_on": date(2026, 1, 1),
    }
    return Watched(**plain | changes)


def on(days: int, plan: Plan = PLAN, sent: tuple[int, ...] = (), **changes: Any) -> int | None:
    today = DUE + timedelta(days=days)
    return stage_due(plan, watched(today, **changes), sent, today)


@given(PLANS, st.lists(DAYS, max_size=80))
def test_each_stage_goes_at_most_once_whatever_the_order_of_the_days(plan: Plan, days: list[int]) -> None:
    sent: list[int] = []
    for day in days:
        stage = on(day, plan, tuple(sent))
        if stage is not None:
            assert stage in plan.stages and not any(stage <= earlier for earlier in sent)
            assert day >= stage
            sent.append(stage)


@given(PLANS, st.lists(DAYS, min_size=1, max_size=40, unique=True))
def test_however_many_days_nobody_worked_only_the_latest_goes(plan: Plan, days: list[int]) -> None:
    day = max(days)
    stage = on(day, plan)
    come = [one for one in plan.stages if one <= day]
    assert stage is None or stage == come[-1]


@given(PLANS)
def test_worked_on_every_day_every_stage_goes_on_its_day(plan: Plan) -> None:
    sent: list[int] = []
    went = {}
    for day in range(-70, 170):
        stage = on(day, plan, tuple(sent))
        if stage is not None:
            sent.append(stage)
            went[stage] = day
    assert went == {stage: stage for stage in plan.stages}


@given(PLANS, DAYS, st.sampled_from(sorted(set(Standing) - AHEAD - BEHIND)))
def test_what_is_settled_stands_still_or_is_in_doubt_gets_none(
    plan: Plan, day: int, standing: Standing
) -> None:
    assert on(day, plan, standing=standing) is None


@given(PLANS, DAYS)
def test_a_supporting_body_a_dispute_a_doubt_and_no_date_get_none(plan: Plan, day: int) -> None:
    assert on(day, plan, role=Role.SUPPORTING) is None
    assert on(day, plan, disputed=True) is None
    assert on(day, plan, relied_on=False) is None
    assert on(day, plan, due_on=None) is None
    assert on(day, NONE) is None


@given(st.integers(1, 160))
def test_after_the_day_an_old_look_and_a_late_entry_get_none(day: int) -> None:
    assert on(day, stale=True) is None
    assert on(day, entered_on=DUE + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("day", "stage"),
    [(-29, None), (-28, -28), (-8, -28), (-7, -7), (0, 0), (1, None), (6, None), (7, 7), (35, 35), (63, 63)],
)
def test_the_stages_as_the_site_ships_them(day: int, stage: int | None) -> None:
    assert on(day) == stage


def test_the_last_stage_lapses() -> None:
    assert on(63 + LAPSES.days) == 63
    assert on(64 + LAPSES.days) is None


def test_what_was_entered_a_few_days_before_is_still_reminded_of() -> None:
    assert on(-3, entered_on=DUE - timedelta(days=3)) == -7
