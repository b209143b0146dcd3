"""What holds for any facts on any day."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.domain.obligations import MIDNIGHT, on
from tracker.domain.facts import (
    CheckFact,
    EndingFact,
    ExtensionFact,
    Facts,
    PauseFact,
    ProposalFact,
    ResponseFact,
    RestartFact,
    TriggerState,
    VerdictFact,
)
from tracker.domain.partial import PartialDate, day
from tracker.domain.segments import segments, steady
from tracker.domain.standing import standing
from tracker.domain.words import (
    FLAGGED,
    AnswerState,
    Basis,
    DueSource,
    Precision,
    ResponseKind,
    Role,
    Standing,
    Verdict,
)

EPOCH = on("01-01")
SPAN = 60
fast = settings(max_examples=200, deadline=None)

days = st.integers(0, SPAN).map(lambda n: EPOCH + timedelta(days=n))
instants = st.integers(0, SPAN).map(lambda n: MIDNIGHT + timedelta(days=n))
months = days.map(lambda value: PartialDate(value.replace(day=1), Precision.MONTH))
partial_days = st.one_of(days.map(day), days.map(day), months)
flags = st.booleans()
rarely = st.sampled_from([False, False, False, True])


def few(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    return st.lists(strategy, max_size=most).map(tuple)


checks = st.builds(
    CheckFact, recorded_at=instants, day=days, quarantined=rarely, finding_open=rarely, feed_only=rarely
)


@st.composite
def pauses(draw: st.DrawFn) -> PauseFact:
    begin, length = draw(days), draw(st.none() | st.integers(0, 30))
    end = None if length is None else begin + timedelta(days=length)
    moved = draw(days) + timedelta(days=length or 0)
    return PauseFact(
        recorded_at=MIDNIGHT, begin_on=begin, end_on=end, due_after=moved if end and draw(flags) else None
    )


@st.composite
def responses(draw: st.DrawFn, number: int) -> ResponseFact:
    seen = draw(days)
    return ResponseFact(
        recorded_at=MIDNIGHT + timedelta(days=number),
        id=number,
        kind=draw(st.none() | st.sampled_from(ResponseKind)),
        classed_by_person=not draw(rarely),
        first_seen_on=seen,
        received=draw(st.none() | partial_days),
        published=draw(st.none() | partial_days),
        struck_at=MIDNIGHT if draw(rarely) else None,
        retracted_on=draw(st.none() | days),
    )


@st.composite
def verdicts(draw: st.DrawFn, count: int) -> tuple[VerdictFact, ...]:
    """Each judges all that was on record when it was made, as a reader would."""
    made = sorted(draw(st.lists(st.integers(1, count), unique=True, max_size=3))) if count else []
    return tuple(
        VerdictFact(
            recorded_at=MIDNIGHT + timedelta(days=number - 1, hours=12),
            id=number,
            verdict=draw(st.sampled_from(Verdict)),
            response_ids=frozenset(range(number)),
            contested=draw(rarely),
            counts=not draw(rarely),
            countersigned_at=draw(st.none() | instants),
            withdrawn_at=MIDNIGHT if draw(rarely) else None,
        )
        for number in made
    )


@st.composite
def obligations(draw: st.DrawFn) -> Facts:
    count = draw(st.integers(0, 4))
    return Facts(
        basis=draw(st.sampled_from(Basis)),
        role=draw(st.sampled_from(Role)),
        trigger_state=draw(st.sampled_from([TriggerState.KNOWN, *TriggerState])),
        trigger=draw(st.none() | partial_days),
        due_stated=draw(st.none() | st.none() | partial_days),
        due_computed=draw(st.none() | days | days),
        due_computed_rival=draw(st.none() | days) if draw(rarely) else None,
        due_decided=draw(st.sampled_from([None, DueSource.STATED, DueSource.COMPUTED])),
        no_date=draw(rarely),
        rule_checked=not draw(rarely),
        extensions=draw(
            few(
                st.builds(ExtensionFact, recorded_at=instants, given_on=days, new_due_on=days, cures=rarely),
                2,
            )
        ),
        pauses=draw(few(pauses(), 2)),
        restarts=draw(
            few(st.builds(RestartFact, recorded_at=instants, begin_on=days, due_after=st.none() | days), 1)
        ),
        endings=draw(few(st.builds(EndingFact, recorded_at=instants, effective_on=days), 1)),
        responses=tuple(draw(responses(number)) for number in range(count)),
        verdicts=draw(verdicts(count)),
        checks=draw(few(checks)),
        proposals=draw(few(st.builds(ProposalFact, recorded_at=instants, found_on=days), 1))
        if draw(rarely)
        else (),
        publication_lag_days=draw(st.sampled_from([0, 0, 3, 20])),
        due_soon_days=draw(st.sampled_from([0, 7, 14])),
        recheck_days=draw(st.sampled_from([5, 30, 90])),
        countersign=draw(flags),
    )


@fast
@given(obligations(), days)
def test_there_is_always_exactly_one_standing(facts: Facts, today: object) -> None:
    assert standing(facts, today) == standing(facts, today)


@fast
@given(obligations(), days)
def test_segments_equal_the_function_on_every_day(facts: Facts, first: object) -> None:
    found = segments(facts, first)
    for number in range(2 * SPAN):
        today = first + timedelta(days=number)
        (segment,) = (segment for segment in found if segment.covers(today))
        assert steady(standing(facts, today)) == steady(segment.stand)


@fast
@given(obligations(), days, checks)
def test_adding_a_check_never_unflags_except_by_age(facts: Facts, today: object, check: CheckFact) -> None:
    before = standing(facts, today)
    after = standing(replace(facts, checks=(*facts.checks, check)), today)
    if before.standing in FLAGGED:
        assert after.standing is before.standing
        assert after.stale <= before.stale
        assert after.days_overdue >= before.days_overdue
    assert after.standing is before.standing or before.standing is Standing.UNCHECKED


@fast
@given(obligations(), days, st.data())
def test_removing_a_response_never_improves(facts: Facts, today: date, data: st.DataObject) -> None:
    """The look at which it was seen stays on record: what changes is only what came."""
    looks = tuple(
        CheckFact(recorded_at=MIDNIGHT, day=r.first_seen_on) for r in facts.responses if r.struck_at is None
    )
    facts = replace(facts, checks=facts.checks + looks)
    gone = data.draw(st.integers(0, 4))
    # A verdict on several is in force from the day the last of them had come: without that one, it is in force earlier.
    assume(all(r.present(today) for r in facts.responses if r.id == gone and r.struck_at is None))
    less = replace(facts, responses=tuple(r for r in facts.responses if r.id != gone))
    before, after = standing(facts, today), standing(less, today)
    assert list(AnswerState).index(after.answer_state) >= list(AnswerState).index(before.answer_state)
    assert rank(after.standing) >= rank(before.standing)


def rank(found: Standing) -> int:
    """From answered to overdue; what depends on the clock alone is one step."""
    ranks = {
        Standing.ANSWERED: 0,
        Standing.ANSWERED_LATE: 0,
        Standing.AWAITING_ASSESSMENT: 1,
        Standing.PARTLY_ANSWERED: 2,
        Standing.UNCHECKED: 3,
        Standing.OVERDUE_UNSUBSTANTIVE: 4,
        Standing.OVERDUE: 5,
    }
    return ranks.get(found, 1)


@fast
@given(obligations(), days)
def test_missing_input_is_never_running_and_never_overdue(facts: Facts, today: object) -> None:
    blind = replace(facts, due_stated=None, due_computed=None, due_computed_rival=None)
    unsure = replace(facts, due_stated=None, trigger_state=TriggerState.UNKNOWN_DAY)
    for each in (blind, unsure):
        assert standing(each, today).standing not in {Standing.RUNNING, Standing.DUE_SOON, *FLAGGED}


@fast
@given(obligations(), days)
def test_a_supporting_body_is_never_flagged(facts: Facts, today: object) -> None:
    stand = standing(replace(facts, role=Role.SUPPORTING), today)
    assert not stand.flagged
    assert stand.standing is not Standing.UNCHECKED


@fast
@given(obligations(), days)
def test_a_flag_rests_on_a_look_after_the_due_day(facts: Facts, today: object) -> None:
    stand = standing(facts, today)
    if stand.flagged:
        assert stand.due_on < stand.checked_on <= today
        assert 1 <= stand.days_overdue <= stand.days_since_due


@fast
@given(obligations(), days)
def test_a_rule_nobody_confirmed_flags_nobody(facts: Facts, today: object) -> None:
    stand = standing(replace(facts, due_stated=None, rule_checked=False), today)
    assert not stand.flagged
    assert stand.standing is not Standing.ANSWERED_LATE


@fast
@given(obligations(), days)
def test_another_zone_changes_no_standing_of_a_day(facts: Facts, today: object) -> None:
    assert standing(replace(facts, zone="Asia/Tokyo"), today) == standing(facts, today)
