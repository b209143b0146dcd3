"""Clocks counted in sitting days: from a list the operator supplies, and honestly without a date where it ends."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.services.entered import standing
from tests.services.moved import EARLY, by_rule, clock_of, codes, due, move
from tracker.domain.catalogue import catalogue
from tracker.domain.habits import Habits
from tracker.domain.words import ClockEntryKind, Standing
from tracker.storage.engine import Database

RULE = next(key for key, rule in sorted(catalogue().items()) if rule.unit == "sitting_days" and rule.amount)
START = date(2026, 3, 30)


def sitting(first: date, count: int) -> tuple[date, ...]:
    """Every third day from a first one on."""
    return tuple(first + timedelta(days=3 * n) for n in range(count))


@pytest.fixture
def house(database_url: str) -> Iterator[type[Database]]:
    """Opens the database with a list of sittings."""
    opened: list[Database] = []

    class Opened(Database):
        def __init__(self, days: tuple[date, ...], name: str = "") -> None:
            names = name or catalogue()[RULE].calendar
            super().__init__(database_url, Habits(sittings=((names, days),)))
            opened.append(self)

    yield Opened
    for one in opened:
        one.close()


def test_the_days_of_the_list_are_counted(house: type[Database]) -> None:
    days = sitting(START, 60)
    with house(days).writing() as session:  # type: ignore[arg-type]
        assert due(session, clock_of(session, by_rule(RULE, START))) == days[catalogue()[RULE].amount]


def test_a_list_may_be_given_for_one_rule_by_its_key(house: type[Database]) -> None:
    days = sitting(START, 60)
    with house(days, RULE).writing() as session:  # type: ignore[arg-type]
        assert due(session, clock_of(session, by_rule(RULE, START))) == days[catalogue()[RULE].amount]


@pytest.mark.parametrize(
    "days",
    [(), sitting(START, 3), sitting(START + timedelta(days=10), 60)],
    ids=["no list", "a list that ends too soon", "a list that begins after the start"],
)
def test_without_the_days_the_date_is_missing_and_nothing_is_guessed(
    house: type[Database], days: tuple[date, ...]
) -> None:
    with house(days).writing() as session:  # type: ignore[arg-type]
        id_ = clock_of(session, by_rule(RULE, START))
        assert due(session, id_) is None
        assert standing(session, id_, EARLY) is Standing.UNKNOWN
        assert codes(session, id_) == ["rule_problem"]


def test_a_stop_moves_it_by_the_sittings_inside(house: type[Database]) -> None:
    days = sitting(START, 60)
    with house(days).writing() as session:  # type: ignore[arg-type]
        id_ = clock_of(session, by_rule(RULE, START))
        move(session, id_, ClockEntryKind.PAUSE, days[2], ends_on=days[4])
        assert due(session, id_) == days[catalogue()[RULE].amount + 3]
