"""Pages of GOV.UK as its Content API has them: www.gov.uk/api/content/<path>.

A consultation is a new item once it has closed, its outcome a response; publications, speeches and news are what the
source was said to carry. Withdrawn, gone and moved are states, not errors. OPTIONS says what may be set.
"""

from collections.abc import Callable, Iterator, Mapping

from scrapers.feeds.decoding import Unreadable
from scrapers.govuk.consultation import STAGES, read_consultation
from scrapers.govuk.item import Item, item_of
from scrapers.govuk.others import (
    NOTHING,
    PUBLISHED,
    read_gone,
    read_moved,
    read_published,
    read_withdrawn,
)
from scrapers.model import FindingKind, Json, Page, Problem, Result, Seen, Source
from scrapers.records import unknown_word
from scrapers.rows.plan import KINDS, one_of
from scrapers.strict_json import data_of, said_as_problem

OPTIONS: Mapping[str, str] = {
    "kind": "what a publication or piece of news is: new_item, response or update (without it)",
}
VOCABULARY: dict[str, dict[str, str]] = {
    "trigger": {"closed_consultation": "received", "publication": "published"},
    "response_kind": {"final_outcome_detail": "reply"},
}
_STATES: Mapping[str, Callable[[Item, Page], Iterator[Result]]] = {
    "gone": lambda item, _page: iter(list(read_gone(item))),
    "vanish": lambda item, _page: iter(list(read_gone(item))),
    "redirect": read_moved,
}


def complaints(options: Mapping[str, Json]) -> Iterator[str]:
    """What is wrong with the options, each as a sentence."""
    wrong = one_of(*KINDS)(options.get("kind", "update"))
    if wrong:
        yield f"Option kind {wrong}"


@said_as_problem
def read(page: Page, source: Source) -> Iterator[Result]:
    """What a content item says; one that answers nobody is counted and no more."""
    item = item_of(
        data_of(page, "a content item of GOV.UK; its address begins with www.gov.uk/api/content/"), page
    )
    if item is None:
        raise Unreadable("not_recognised", "This page is no content item of GOV.UK.")
    wrong = next(complaints(source.options), "")
    if wrong:
        raise Unreadable("bad_option", wrong)
    told = list(_told(item, page, source))
    if not told or all(isinstance(result, Problem) for result in told):
        yield Seen(1)
    yield from told


def _told(item: Item, page: Page, source: Source) -> Iterator[Result]:
    state = _STATES.get(item.schema) or _STATES.get(item.word)
    if state:
        yield from state(item, page)
        return
    if item.word in STAGES:
        yield from read_consultation(item)
    elif item.schema in PUBLISHED:
        kind: FindingKind = source.options.get("kind", "update")
        yield from read_published(item, kind)
    elif item.schema not in NOTHING:
        yield unknown_word("document type", f"{item.schema}: {item.word}")
    yield from read_withdrawn(item)
