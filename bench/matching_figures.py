"""How often matching is right on labelled findings, by source; and how its work grows with what is on record.

Run: make bench, or: python bench/matching_figures.py [--missed]
"""

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar

from tests.domain.matching_labels.cases import Figures, Outcome, figures, outcomes
from tracker.domain.matching import Candidate, Found, Register

Done = TypeVar("Done")
SMALL, LARGE = 2_000, 20_000
FINDINGS = 200
_WORDS = (
    "water health rail road school prison care data algorithm budget housing climate forest river police court tax "
    "energy waste food safety training record review duty national regional local annual plan audit standard"
).split()


def told(name: str, some: Iterable[Outcome]) -> str:
    """One line of figures."""
    one: Figures = figures(some)
    exact = f"{one.exact_right}/{one.exact}"
    first, three = _share(one.at_1, one.with_right), _share(one.at_3, one.with_right)
    return (
        f"{name:22} {one.cases:5} {exact:>9} {one.suggested_right:5}/{one.suggested:<5} "
        f"{first:>8} {three:>8} {one.tied:5}"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def quality(*, missed: bool) -> None:
    """The figures on all labels, those held out, and by source."""
    every = outcomes()
    print(f"{'':22} cases exact key suggested   recall@1 recall@3  tied")
    print(told("all", every))
    print(told("tuned on", (one for one in every if not one.case.held_out)))
    print(told("held out", (one for one in every if one.case.held_out)))
    by_source: dict[str, list[Outcome]] = defaultdict(list)
    for one in every:
        by_source[one.case.source.partition("/")[0]].append(one)
    for source, some in by_source.items():
        print(told(source, some))
    for one in every if missed else ():
        _tell_missed(one)


def _tell_missed(one: Outcome) -> None:
    right = one.case.right
    wrong = [key for key, _ in one.chosen if key not in right]
    lost = right and not right & set(one.first)
    if wrong or lost:
        held = " (held out)" if one.case.held_out else ""
        print(f"{one.case.id} {one.case.kind}{held}: {one.case.found}")
        print(f"  right {sorted(right)} listed {one.first} {wrong=}")


def records(size: int) -> list[Candidate]:
    """So many obligations of bodies, references and titles as they occur; 40 to a body."""
    chosen = random.Random(7)
    return [
        Candidate(
            id=at,
            names=(f"{2012 + at % 14}-{at // 14:04}",),
            title=" ".join(chosen.choices(_WORDS, k=5)) + f" {chosen.choice('abcdefgh')}{at // 3}",
            bodies=(f"{_WORDS[at % 29].title()} {_WORDS[at // 40 % 31].title()} Authority {at // 1240}",),
            started_on=date(2014, 1, 1) + timedelta(days=at % 3000),
            of_source=True,
        )
        for at in range(size)
    ]


def findings(record: list[Candidate]) -> list[Found]:
    """Some by number, some by words and day only."""
    some = random.Random(8).sample(record, FINDINGS)
    by_number = [Found(key=f"PFD {one.names[0]}", body_name=one.bodies[0]) for one in some[::2]]
    by_words = [
        Found(title=f"Reply: {one.title}", body_name=one.bodies[0], asked_on=one.started_on)
        for one in some[1::2]
    ]
    return by_number + by_words


def timed(size: int) -> tuple[float, float, float]:
    """Milliseconds of work to index so many, and to match one finding; the share found first."""
    record = records(size)
    wanted = findings(record)
    register, building = _worked(lambda: Register(record))
    ranked, matching = _worked(lambda: [register.rank(one) for one in wanted])
    return building, matching / len(wanted), sum(bool(one) for one in ranked) / len(wanted)


def _worked(work: Callable[[], Done]) -> tuple[Done, float]:
    """What was done, and the milliseconds of work."""
    start = time.process_time()
    done = work()
    return done, 1000 * (time.process_time() - start)


def growth() -> None:
    """What ten times as many obligations cost."""
    small, large = timed(SMALL), timed(LARGE)
    print(f"\nmatching one finding: {SMALL} obligations {small[1]:.2f} ms, {LARGE} {large[1]:.2f} ms", end="")
    print(f" ({large[1] / small[1]:.1f} times); found {small[2]:.0%}, {large[2]:.0%}")
    print(f"indexing: {SMALL} {small[0]:.0f} ms, {LARGE} {large[0]:.0f} ms ({large[0] / small[0]:.1f} times)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--missed", action="store_true", help="also every finding that was not matched rightly"
    )
    said = parser.parse_args()
    quality(missed=said.missed)
    growth()
