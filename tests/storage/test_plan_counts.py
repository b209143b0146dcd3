"""The figures of a plan that are counted from indexes are those of its list, whatever changes, on either database."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import Session, select

from tests.services.entered import NOW
from tests.web.dashboards import plan_site
from tests.web.open_site import Opened
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import ClaimState, Position, Speaker, Visibility
from tracker.storage import completion, plan_counts, positions
from tracker.storage.engine import Database
from tracker.storage.lines import moment
from tracker.storage.plans import count_items, plan_items
from tracker.storage.tables import Body, Claim, Document, Item, Process

PLANS = (
    Filters(process="citizens-assembly-on-water"),
    Filters(process="the-plan"),
    Filters(document="plan"),
    Filters(process="nowhere"),
)


@pytest.fixture
def site(database_url: str) -> Iterator[Opened]:
    """Two plans, with positions, and claims of several speakers."""
    database = Database(database_url)
    opened = Opened(database, NOW)
    with opened.write() as session:
        _fill(session)
    yield opened
    database.close()


def _fill(session: Session) -> None:
    owed = plan_site.plan(session)
    one, two, _ = (
        plan_site.asked(session, title, "ministry-of-water", "ministry-of-rivers")
        for title in ("One", "Two", "Three")
    )
    for id_, position, on in (
        (one[0], Position.NOTED, date(2026, 4, 1)),
        (one[0], Position.ACCEPTED, date(2026, 5, 1)),
        (two[0], Position.REJECTED, date(2026, 5, 1)),
    ):
        plan_site.answered(session, id_, position, on)
    for name, speaker, state in (
        ("meters", Speaker.BODY, ClaimState.COMPLETE),
        ("meters", Speaker.REVIEWER, ClaimState.LIMITED),
        ("maps", Speaker.WATCHDOG, ClaimState.NOT_STARTED),
    ):
        plan_site.claim(session, owed[name], speaker, state)


def figures(session: Session, about: Filters, most: int) -> list[list[object]]:
    """What the pages of a plan show, and the same counted through."""
    query, at = ListQuery(ListName.ALL, about), moment(NOW)
    documents = tuple(session.exec(select(Document.id)).all())
    assert plan_counts.is_plan_now(query, at)
    shown = plan_counts.plan_counts(session, query, at, documents, most_bodies=most)
    bodies, of_documents = plan_counts.counted_apart(session, query, at, documents, most + 1)
    taken = positions.counted_in_list(session, query, at)
    then = moment(NOW, NOW.date(), hindsight=True)
    return [
        [shown.bodies, bodies[:most]],
        [shown.more_bodies, len(bodies) > most],
        [shown.documents, dict(of_documents)],
        [positions.position_counts(session, query, at), {one: n for one, n in taken.items() if n}],
        [completion.claim_counts(session, query, at), completion.claim_counts(session, query, then)],
        [len(plan_items(session, about, at, limit=100)), count_items(session, about, at)],
    ]


def agree(site: Opened) -> int:
    """How many figures there are that say anything; none may differ."""
    said = 0
    with site.database.reading() as session:
        for about in PLANS:
            for most in (1, 30):
                for shown, counted in figures(session, about, most):
                    assert shown == counted, (about, most)
                    said += bool(shown)
    return said


def test_a_plan_is_counted_as_its_list_is(site: Opened) -> None:
    assert agree(site) >= 20


@pytest.mark.parametrize("table", [Body, Item, Document, Process])
def test_what_is_withheld_is_in_no_figure(site: Opened, table: type) -> None:
    before = agree(site)
    with site.write() as session:
        session.exec(select(table)).first().visibility = Visibility.WITHHELD  # type: ignore[union-attr]
    assert 0 < agree(site) <= before


def test_a_claim_that_is_superseded_is_no_longer_counted(site: Opened) -> None:
    with site.write() as session:
        for claim in session.exec(select(Claim).where(Claim.speaker == Speaker.BODY)):
            claim.superseded_at = NOW
    assert agree(site)
    with site.database.reading() as session:
        query = ListQuery(ListName.ALL, Filters(process="the-plan"))
        assert Speaker.BODY not in completion.claim_counts(session, query, moment(NOW))
