"""Whatever is done, in whatever order and by whichever process, no reader of a kept page sees the day before."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlmodel import Session

from tests.services.entered import GROUP
from tests.web.open_site import BASE, Opened, site
from tracker.config import Config
from tracker.domain.partial import day
from tracker.domain.words import ClaimState, ResponseKind, Speaker
from tracker.services.claim_implementation import StateClaim, state_claim
from tracker.services.look import Look, look
from tracker.services.note_body_change import Happened
from tracker.services.note_correction import note_correction
from tracker.services.rename_body import Rename, rename_body
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.services.withhold import find_one, let_out, withhold
from tracker.storage.engine import Database
from tracker.storage.tables import Item, Obligation
from tracker.web.app import create_app
from tracker.web.site import Site

__all__ = ["site"]
GZIP = {"Accept-Encoding": "gzip"}
STEPS = 4
LISTS = ("/overdue", "/obligations.csv", "/bodies", "/corrections.atom")


@dataclass
class Readers:
    """Two processes that keep pages, and one that keeps none, on the same database."""

    site: Opened
    keeping: list[FlaskClient]
    anew: FlaskClient
    asked: tuple[str, ...]

    def agree(self, after: str) -> None:
        """Asked twice, whoever keeps pages answers as whoever makes them anew."""
        for number, address in enumerate(self.asked):
            head = GZIP if number % 2 else {}
            wanted = self.anew.get(address, headers=head)
            for client in (*self.keeping, self.keeping[0]):
                found = client.get(address, headers=head)
                said = (after, address)
                assert (found.status_code, found.data) == (wanted.status_code, wanted.data), said


@pytest.fixture
def readers(site: Opened) -> Iterator[Readers]:
    with site.database.reading() as session:
        key = session.get_one(Item, session.get_one(Obligation, site.ids["water"]).item_id).key
    with ExitStack() as opened:
        clients = []
        for megabytes in (8, 8, 0):
            config = Config()
            config = replace(
                config,
                site=replace(config.site, base_url=BASE, publisher="City Watch"),
                web=replace(config.web, page_cache_mb=megabytes),
            )
            database = Database(site.database.url)
            opened.callback(database.close)
            clients.append(create_app(Site(config, database, lambda: site.now), testing=True).test_client())
        own = (f"/items/{key}", "/bodies/ministry-of-water", f"/badge/items/{key}.svg")
        yield Readers(site, clients[:2], clients[2], LISTS + own)


def _looked(session: Session, site: Opened) -> None:
    said = Look(
        obligations=(site.ids["water"],), looked_on=site.now.date(), places=("https://water.example/",)
    )
    look(session, site.now, said, actor=GROUP)


def _answered(session: Session, site: Opened) -> None:
    line = SaidFor(obligation=site.ids["rivers"], kind=ResponseKind.HOLDING)
    said = LogResponse(
        body="ministry-of-rivers",
        lines=(line,),
        first_seen_on=site.now.date(),
        published=day(site.now.date()),
        url=f"https://rivers.example/{site.now.timestamp()}",
    )
    respond(session, site.now, said, actor=GROUP)


def _claimed(session: Session, site: Opened) -> None:
    said = StateClaim(
        obligations=(site.ids["water"],),
        speaker=Speaker.BODY,
        state=ClaimState.PLANNED,
        claimed=day(site.now.date()),
        url=f"https://water.example/{site.now.timestamp()}",
    )
    state_claim(session, site.now, said, actor=GROUP)


def _hidden_or_let_out(session: Session, site: Opened) -> None:
    row = session.get_one(Item, session.get_one(Obligation, site.ids["rivers"]).item_id)
    thing = find_one(session, row.key, "item")
    act = let_out if row.visibility == "withheld" else withhold
    act(session, site.now, thing, "as was asked", actor=GROUP)


def _renamed(session: Session, site: Opened) -> None:
    body = find_one(session, "ministry-of-water", "body").row
    happened = Happened(works_from_on=date(2026, 5, 1), reason="so it is called")
    new = Rename(name=f"Ministry of {site.now.isoformat()}", happened=happened)
    rename_body(session, site.now, body, new, actor=GROUP)


def _corrected(session: Session, site: Opened) -> None:
    note_correction(session, site.now, f"Put right at {site.now.isoformat()}.", "", actor=GROUP)


ACTS: dict[str, Callable[[Session, Opened], None]] = {
    act.__name__.strip("_"): act
    for act in (_looked, _answered, _claimed, _hidden_or_let_out, _renamed, _corrected)
}
PASSING = {"a moment": timedelta(seconds=7), "a minute": timedelta(minutes=1), "a month": timedelta(days=30)}


@pytest.mark.parametrize("seed", [1, 2])
def test_kept_pages_are_as_pages_made_anew_whatever_is_done(readers: Readers, seed: int) -> None:
    chance, site = Random(seed), readers.site
    for _ in range(STEPS):
        name, passed = chance.choice([*ACTS]), chance.choice([*PASSING])
        site.now += timedelta(seconds=1)
        with site.write() as session:
            ACTS[name](session, site)
        readers.agree(name)
        site.now += PASSING[passed]
        readers.agree(f"{passed} after {name}")


def test_what_is_written_long_before_it_counts_is_seen_when_it_counts(readers: Readers) -> None:
    """A slow transaction, begun before others that end sooner, where the database lets them."""
    site = readers.site
    slow, quick = Database(site.database.url), Database(site.database.url)
    alone = site.database.engine.dialect.name == "sqlite"
    with slow.writing() as session:
        session.execute(text("UPDATE item SET title = 'Slowly'"))
        readers.agree("begun")
        if not alone:
            with quick.writing() as other:
                other.execute(text("UPDATE body SET name = 'Quickly'"))
            readers.agree("another was quicker")
    readers.agree("ended")
    assert b"Slowly" in readers.keeping[0].get("/overdue").data
    slow.close()
    quick.close()
