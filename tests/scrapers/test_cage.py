"""Whatever a page does to its reader, the parent goes on."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from scrapers.cage import Cage, Caged, Died, ReaderFailed, TookTooLong
from scrapers.model import Finding, Page, Problem, Source

SOURCE = Source("test", "test", "https://gov.example.org/")
MISBEHAVING = "tests.scrapers.misbehaving"
Pages = Callable[..., Page]


@pytest.fixture
def rough() -> Iterator[Cage]:
    """A cage with readers that misbehave, little time and little memory."""
    with Cage(readers=MISBEHAVING, seconds_per_page=1.0, memory_bytes=1 << 29, pages_per_child=2) as one:
        yield one


def _child(cage: Cage, page: Page) -> str:
    first = cage.read("counts", page, SOURCE)[0]
    assert isinstance(first, Problem)
    return first.sentence


def test_a_reader_that_hangs_is_stopped_by_the_clock(rough: Cage, page: Pages) -> None:
    with pytest.raises(TookTooLong, match="longer than 1 seconds"):
        rough.read("hangs", page(""), SOURCE)
    assert _child(rough, page(""))


@pytest.mark.parametrize(
    ("reader", "error"),
    [
        ("eats_memory", Caged),
        ("dies", Died),
        ("leaves", Died),
        ("is_killed", Died),
        ("crashes", ReaderFailed),
    ],
)
def test_a_reader_that_breaks_loses_only_its_page(
    reader: str, error: type[Caged], rough: Cage, page: Pages
) -> None:
    with pytest.raises(error):
        rough.read(reader, page(""), SOURCE)
    assert _child(rough, page(""))


def test_what_a_reader_prints_does_not_get_between_the_messages(rough: Cage, page: Pages) -> None:
    assert [result.to_dict()["code"] for result in rough.read("prints", page(""), SOURCE)] == ["printed"]


def test_a_child_is_replaced_after_its_pages(rough: Cage, page: Pages) -> None:
    children = [_child(rough, page("")) for _ in range(5)]
    assert children[0] == children[1] != children[2] == children[3] != children[4]


def test_a_child_that_needed_much_memory_is_replaced(page: Pages) -> None:
    with Cage(readers=MISBEHAVING, memory_bytes=1 << 28) as cage:
        children = {_child(cage, page("")) for _ in range(3)}
        assert len(children) == 1
        large = cage.read("needs_much", page(b"x" * (70 << 20)), SOURCE)[0]
        assert isinstance(large, Problem)
        assert {large.sentence} == children
        assert {_child(cage, page("")) for _ in range(3)} != children


def test_a_child_that_died_while_it_waited_costs_nobody_a_page(page: Pages) -> None:
    with Cage(readers=MISBEHAVING) as cage:
        first = _child(cage, page(""))
        os.kill(int(first), signal.SIGKILL)
        os.waitid(os.P_PID, int(first), os.WEXITED | os.WNOWAIT)
        assert _child(cage, page("")) != first


def test_there_are_never_more_children_than_allowed(page: Pages) -> None:
    with Cage(readers=MISBEHAVING, children=2) as cage, ThreadPoolExecutor(8) as crowd:
        seen = set(crowd.map(lambda _: _child(cage, page("")), range(40)))
    assert len(seen) <= 2


def test_one_page_that_hangs_does_not_hold_up_another(page: Pages) -> None:
    with (
        Cage(readers=MISBEHAVING, children=2, seconds_per_page=3.0) as cage,
        ThreadPoolExecutor(1) as beside,
    ):
        _child(cage, page(""))
        hanging = beside.submit(cage.read, "hangs", page(""), SOURCE)
        assert _child(cage, page(""))
        assert not hanging.done()
        with pytest.raises(TookTooLong):
            hanging.result()


def test_a_pages_bytes_arrive_as_they_are(cage: Cage, page: Pages) -> None:
    odd = bytes(range(256)) * 5000
    results = cage.read("feed", page(odd), SOURCE)
    assert any(isinstance(one, Problem) and one.weight == "fatal" for one in results)


def test_a_child_knows_nothing_of_the_parents_surroundings(
    rough: Cage, page: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSWERBY_SECRET", "x")
    second = rough.read("counts", page(""), SOURCE)[1]
    assert isinstance(second, Problem)
    assert "SECRET" not in second.sentence


def test_an_unknown_reader_is_named_with_those_there_are(rough: Cage, page: Pages) -> None:
    with pytest.raises(ReaderFailed, match="there are: counts, crashes"):
        rough.read("nobody", page(""), SOURCE)


def test_a_large_page_goes_through_whole(cage: Cage, page: Pages) -> None:
    description = "x" * 4_000_000
    feed = f"<rss version='2.0'><channel><item><guid>1</guid><title>T</title>\n<description>{description}</description></item></channel></rss>"
    (finding,) = cage.read("feed", page(feed), SOURCE)
    assert isinstance(finding, Finding)
    assert finding.title == "T"


def test_a_child_is_not_replaced_because_its_parent_is_large(page: Pages) -> None:
    """A system may count the parent's memory as the child's; a large worker would start a child for each page."""
    large = bytearray(b"x" * (160 << 20))
    with Cage(readers=MISBEHAVING, memory_bytes=1 << 28) as cage:
        assert len({_child(cage, page("")) for _ in range(3)}) == 1
    assert large
