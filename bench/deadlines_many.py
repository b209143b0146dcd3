"""So many due dates of mixed rules of the catalogue, in one process, beside the barest count of the same periods.

Run: make bench, or: python bench/deadlines_many.py --dates 1000000
"""

import argparse
import random
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

import holidays
from dateutil.relativedelta import relativedelta

from tracker.domain.calendars import calendar
from tracker.domain.catalogue import catalogue
from tracker.domain.deadlines import compute
from tracker.domain.rules import Rule
from tracker.domain.units import unit

DATES = 1_000_000
APART = 100_000
"""Of them once more by unit."""
YEARS = range(2012, 2032)
FIRST, SPAN = date(2014, 1, 1), 5000
OFF = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=YEARS))
Work = list[tuple[Rule, date, int]]


def work(number: int) -> Work:
    """Rules that count something, each from a random day; those without a number of their own count 20."""
    chosen = random.Random(20_260_504)
    rules = [rule for rule in catalogue().values() if unit(rule.unit).NEEDS == "amount" and _counts(rule)]
    return [_one(chosen, rules) for _ in range(number)]


def _counts(rule: Rule) -> bool:
    return compute(rule, FIRST, amount=rule.amount or 20).due_on is not None


def _one(chosen: random.Random, rules: list[Rule]) -> tuple[Rule, date, int]:
    rule = chosen.choice(rules)
    return rule, FIRST + timedelta(days=chosen.randrange(SPAN)), rule.amount or 20


def explained(wanted: Work) -> int:
    """The product's way: with every step."""
    return sum(compute(rule, start, amount=amount).due_on is not None for rule, start, amount in wanted)


def walked(start: date, amount: int) -> date:
    """Working days one by one, by one country's list."""
    while amount:
        start += timedelta(days=1)
        amount -= start.weekday() < 5 and start not in OFF
    return start


PLAIN: Mapping[str, Callable[[date, int], date]] = {
    "working_days": walked,
    "working_weeks": lambda start, amount: walked(start, 5 * amount),
    "weeks": lambda start, amount: start + timedelta(weeks=amount),
    "months": lambda start, amount: start + relativedelta(months=amount),
    "years": lambda start, amount: start + relativedelta(years=amount),
}


def bare(wanted: Work) -> int:
    """The same periods and nothing else: no mode, bound, roll, floor, version, calendar of the place, or step."""
    return sum(_bare(*one) is not None for one in wanted)


def _bare(rule: Rule, start: date, amount: int) -> date:
    return PLAIN.get(rule.unit, lambda day, n: day + timedelta(days=n))(start, amount)


def timed(act: Callable[[Work], int], wanted: Work) -> float:
    """Seconds of work it takes, whatever else the machine does."""
    began = time.process_time()
    act(wanted)
    return time.process_time() - began


def by_unit(wanted: Work) -> Iterable[tuple[str, Work]]:
    """The same work apart by unit, for what costs most."""
    names = sorted({rule.unit for rule, _, _ in wanted})
    return ((name, [one for one in wanted if one[0].unit == name]) for name in names)


def main() -> None:
    """Print dates in a second and what the explanation costs."""
    words = argparse.ArgumentParser()
    words.add_argument("--dates", type=int, default=DATES)
    number = words.parse_known_args()[0].dates
    wanted = work(number)
    for rule, _, _ in wanted[:2000]:
        calendar(rule.calendar)
    taken, plain = timed(explained, wanted), timed(bare, wanted)
    print(f"{number:,} due dates of {len({rule.key for rule, _, _ in wanted})} rules, each with its steps:")
    print(
        f"  {taken:.1f} s, {number / taken:,.0f} a second; {taken / plain:.1f} times a bare count of the same"
    )
    for name, part in by_unit(wanted[:APART]):
        spent = timed(explained, part)
        print(
            f"  {name}: {len(part):,}, {len(part) / spent:,.0f} a second, {spent / timed(bare, part):.1f} times bare"
        )


if __name__ == "__main__":
    main()
