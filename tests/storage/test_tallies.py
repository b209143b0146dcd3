"""How the obligations of a page of things stand is what is found by counting through, on either database."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from tests.web.open_site import LOOKED, Opened, site, small_site
from tracker.storage import tallies
from tracker.storage.lines import Moment, moment
from tracker.storage.tables import Body, Process

__all__ = ["site", "small_site"]


@pytest.mark.parametrize("noun", ["process", "body"])
@pytest.mark.parametrize(
    "at", [moment(LOOKED), moment(LOOKED + timedelta(days=400)), moment(LOOKED, date(2026, 5, 1))]
)
def test_what_is_kept_of_processes_and_bodies_is_what_is_counted_through(
    site: Opened, noun: str, at: Moment
) -> None:
    of = {"process": col(Process.id), "body": col(Body.id)}[noun]
    with site.database.reading() as session:
        ids = list(session.execute(select(of)).scalars())
        kept = tallies.counts_by(session, at, noun, ids)
        assert kept == tallies.counted_live(session, at, noun, ids)
