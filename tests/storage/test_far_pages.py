"""Pages far behind a list's beginning hold what stands there when the whole list is read."""

import pytest

from tests.web.open_site import LOOKED, Opened, site
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.storage import lines as stored
from tracker.storage.lines import ORDERS, lines, moment

__all__ = ["site"]
QUERIES = (
    ListQuery(ListName.ALL),
    ListQuery(ListName.OVERDUE),
    ListQuery(ListName.WAITING),
    ListQuery(ListName.ALL, Filters(body="ministry-of-water")),
    ListQuery(ListName.ALL, Filters(q="water")),
)


@pytest.mark.parametrize("unflagged", [False, True])
def test_a_far_page_is_the_part_of_the_whole_list(
    site: Opened, unflagged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "FAR", 0)
    at = moment(LOOKED)
    with site.database.reading() as session:
        for query in QUERIES:
            for order in ORDERS:
                whole = lines(session, query, at, order=order, unflagged=unflagged)
                for offset in range(len(whole) + 1):
                    part = lines(session, query, at, order=order, limit=2, offset=offset, unflagged=unflagged)
                    assert part == whole[offset : offset + 2], (query, order, offset)
