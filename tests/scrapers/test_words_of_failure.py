"""What is said of a reading that failed: one sentence for one thing, in numbers as people write them."""

from scrapers.guards import Counts, judge
from scrapers.impostors import empty_page
from scrapers.model import Source

LIST = Source("l", "listing", "https://gov.example.org/list")


def sentences(now: Counts, before: Counts) -> list[str]:
    return [reason.sentence for reason in judge(now, [before], (), LIST).reasons]


def test_fields_that_were_lost_together_are_told_together() -> None:
    before = Counts(8, {"title": 8, "status": 8, "published_on": 8})
    assert sentences(Counts(8, {"title": 1, "status": 0, "published_on": 8}), before) == [
        "Our reader found less in the entries: status in none of them (8 before), title in 1 of them (8 before)."
    ]


def test_one_entry_is_one_entry() -> None:
    assert sentences(Counts(1), Counts(8)) == ["Our reader found one entry where it found 8 before."]


def test_an_empty_file_is_not_said_to_stand_at_an_address() -> None:
    problem = empty_page(b" \n")
    assert problem is not None and problem.weight == "fatal"
    assert "empty" in problem.sentence and "address" not in problem.sentence
