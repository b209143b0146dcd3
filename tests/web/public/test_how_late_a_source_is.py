"""A look at a source that publishes late says so: what had been sent by then may not have been shown yet."""

from datetime import date

from tests.services.queued import looked, source
from tests.web.open_site import Opened, small_site
from tests.web.test_nothing_false_is_said import item_page
from tracker.storage.tables import Source

__all__ = ["small_site"]


def test_a_look_says_how_late_its_source_publishes(small_site: Opened) -> None:
    with small_site.write() as session:
        where = source(session)
        looked(session, small_site.ids["water"], where[1], date(2026, 5, 12))
    assert "days late" not in item_page(small_site, "water").text
    with small_site.write() as session:
        session.get_one(Source, where[0]).publication_lag_days = 14
    assert "It publishes what was sent up to 14 days late: a look before that proves nothing." in (
        item_page(small_site, "water").text
    )
