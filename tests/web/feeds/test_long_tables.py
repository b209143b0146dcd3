"""A long list is sent while it is read, a part after the other, and holds what a short one would."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.web.open_site import Opened, answer_late, site
from tracker.rendering import table
from tracker.web.feeds import tables

__all__ = ["site"]
LISTS = ("/obligations", "/overdue", "/events", "/corrections", "/bodies/ministry-of-water", "/bodies")


def _bodies(site: Opened) -> Iterator[bytes]:
    for path in LISTS:
        for form in ("csv", "jsonl"):
            yield site.get(f"{path}.{form}").data


def test_a_long_list_is_sent_part_by_part_and_is_the_same(
    site: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_late(site)
    at_once = list(_bodies(site))
    assert "ETag" in site.get("/obligations.csv").headers
    for size in (1, 2, 3):
        site.now += timedelta(minutes=1)  # so that nothing is sent again as it was kept
        monkeypatch.setattr(tables, "AT_ONCE", size)
        monkeypatch.setattr(table, "AT_ONCE", size)
        assert list(_bodies(site)) == at_once
    long = site.get("/obligations.csv")
    assert "ETag" not in long.headers  # nobody holds the whole that it would be made of
    assert "attachment" in long.headers["Content-Disposition"]
    assert site.client.head("/obligations.csv").status_code == 200
