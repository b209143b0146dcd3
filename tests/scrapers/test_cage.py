"""Whatever a page does to its reader, the parent goes on."""

from collections.abc import Callable, Iterator

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
    ("reader", "error"), [("eats_memory", Caged), ("dies", Died), ("crashes", ReaderFailed)]
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
