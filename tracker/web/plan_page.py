"""A plan as a page: its items with what is owed, positions and claims beside, and the figures of the whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from tracker.domain.kinds import kinds
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import ClaimState, Position, ProcessKind, Speaker, Verdict
from tracker.storage.completion import claim_counts, last_words
from tracker.storage.lines import Line
from tracker.storage.matrix import Column
from tracker.storage.plan_counts import plan_counts
from tracker.storage.plans import Owing, PlanItem, count_items, owing_by_item, plan_items
from tracker.storage.positions import Taken, position_counts, positions
from tracker.storage.standing_counts import Tally, tally
from tracker.storage.tables import Claim
from tracker.web.listing import Page
from tracker.web.paging import Paging, insist_on_page

ITEMS_PER_PAGE = 100
LINES_PER_ITEM = 12
"""Of an item with more addressees the page shows so many, and where the others stand."""
MOST_BODIES = 30
NOTHING_OWED = Owing((), 0)


@dataclass(frozen=True)
class Figures:
    """What is counted over a whole plan; each axis by itself."""

    tally: Tally
    positions: Mapping[Position | None, int]
    claims: Mapping[Speaker, Mapping[ClaimState, int]]
    bodies: Sequence[tuple[Column, Tally]]
    """Those that owe most there first."""
    more_bodies: bool
    """Others owe less there."""
    documents: Mapping[int, Tally]
    """Of a process, where what is owed under each of its documents that are shown stands."""

    @property
    def any_position(self) -> bool:
        """Whether any body took a position."""
        return any(position is not None for position in self.positions)


@dataclass(frozen=True)
class Plan:
    """One page of a plan."""

    items: Sequence[PlanItem]
    owing: Mapping[int, Owing]
    positions: Mapping[int, Taken]
    claims: Mapping[int, Mapping[Speaker, list[Claim]]]
    columns: frozenset[str]
    speakers: Sequence[Speaker]
    """Who has said how far any of the whole plan is done: each has a column, the silent have none."""
    claims_missing: bool
    """The kind expects claims, and nobody has said anything yet."""
    paging: Paging

    def owed(self, item: PlanItem) -> Owing:
        """What is owed about an item; nothing where no body is named."""
        return self.owing.get(item.id, NOTHING_OWED)

    def verdict(self, line: Line) -> Verdict | None:
        """The verdict in force on a line."""
        return verdict_of(line)


def verdict_of(line: Line) -> Verdict | None:
    """The verdict in force, as the law found it for the line's standing."""
    said = line.detail.get("verdict")
    return Verdict(said) if said else None


def figures_of(session: Session, about: Filters, page: Page, documents: Iterable[int] = ()) -> Figures:
    """The figures of a plan at the moment of a page; of a process those of some documents too."""
    at, query = page.when.moment, ListQuery(ListName.ALL, about)
    counted = plan_counts(session, query, at, documents, most_bodies=MOST_BODIES)
    return Figures(
        tally(session, query, at) if page.given else page.tally,
        position_counts(session, query, at),
        claim_counts(session, query, at),
        counted.bodies,
        counted.more_bodies,
        counted.documents,
    )


def plan_of(session: Session, about: Filters, page: Page, kind: ProcessKind, figures: Figures) -> Plan:
    """The piece of a plan that a page's number asks for."""
    at = page.when.moment
    paging = Paging(count_items(session, about, at), page.number, ITEMS_PER_PAGE, page.arguments)
    insist_on_page(paging.number, paging.pages)
    items = plan_items(session, about, at, limit=ITEMS_PER_PAGE, offset=paging.offset)
    owing = owing_by_item(session, [item.id for item in items], at, most=LINES_PER_ITEM)
    ids = [line.id for owed in owing.values() for line in owed.lines]
    claims = last_words(session, ids, at)
    said = {speaker for found in claims.values() for speaker in found} | set(figures.claims)
    return Plan(
        items=items,
        owing=owing,
        positions=positions(session, ids, at),
        claims=claims,
        columns=_columns(kind, figures),
        speakers=[speaker for speaker in Speaker if speaker in said],
        claims_missing="claim" in kinds()[kind].columns and not said,
        paging=paging,
    )


def _columns(kind: ProcessKind, figures: Figures) -> frozenset[str]:
    """The columns of the kind, and positions where any was taken; claims have a column for each who speaks."""
    there = {"position"} if figures.any_position else set()
    return (frozenset(kinds()[kind].columns) - {"claim"}) | there


def whole_list_asked(page: Page) -> bool:
    """Whether the reader narrowed or sorted the list: then it is shown as entries, else as the plan."""
    return not page.given and page.order == page.orders[0]
