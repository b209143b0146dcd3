"""Roll-ups: counts and one headline."""

from tests.domain.obligations import look, on, owed
from tracker.domain.rollup import headline, rolled_counts, rollup
from tracker.domain.standing import Flag, standing
from tracker.domain.words import HEADLINE_ORDER, Basis, Standing


def test_the_headline_is_the_first_of_the_order_that_is_present() -> None:
    assert headline([Standing.ANSWERED, Standing.RUNNING, Standing.UNCHECKED]) is Standing.UNCHECKED
    assert headline([Standing.VOID, Standing.ANSWERED]) is Standing.ANSWERED
    assert all(headline(HEADLINE_ORDER[n:]) is HEADLINE_ORDER[n] for n in range(len(HEADLINE_ORDER)))


def test_every_standing_has_its_place_in_the_order() -> None:
    assert set(HEADLINE_ORDER) == set(Standing)


def test_nothing_to_roll_up_has_no_headline() -> None:
    empty = rollup([])
    assert (empty.total, empty.headline, dict(empty.counts)) == (0, None, {})


def test_counts_come_in_the_order_of_the_headline() -> None:
    counts = rolled_counts([Standing.VOID, Standing.OVERDUE, Standing.VOID])
    assert list(counts.items()) == [(Standing.OVERDUE, 1), (Standing.VOID, 2)]


def test_flags_are_counted_by_list_and_stale_ones_apart() -> None:
    facts = [
        owed(look("05-12")),
        owed(look("09-12")),
        owed(look("09-12"), basis=Basis.REQUEST),
        owed(),
    ]
    rolled = rollup(standing(each, on("09-20")) for each in facts)
    assert dict(rolled.flags) == {Flag.OVERDUE: 1, Flag.NOT_ANSWERED_BY_DATE_ASKED: 1}
    assert dict(rolled.stale_flags) == {Flag.OVERDUE: 1}
    assert (rolled.total, rolled.headline) == (4, Standing.OVERDUE)


def test_five_of_eighteen_replies_move_nobody_else() -> None:
    facts = [owed(look("05-12")) for _ in range(13)]
    assert rollup(standing(each, on("05-12")) for each in facts).counts == {Standing.OVERDUE: 13}
