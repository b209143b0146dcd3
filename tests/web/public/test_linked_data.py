"""What pages tell search engines of themselves: valid, of honest types, and never able to end its own block."""

import json
from typing import Any

import html5lib
import pytest
from sqlmodel import select

from tests.web.open_site import BASE, HOSTILE, Opened, still_site
from tracker.storage.tables import Item

__all__ = ["still_site"]


def graphs(site: Opened, address: str) -> list[dict[str, Any]]:
    root = html5lib.parse(site.get(address).data, namespaceHTMLElements=False)
    found = [one.text for one in root.iter("script") if one.get("type") == "application/ld+json"]
    assert all("<" not in text for text in found)
    return [thing for text in found for thing in json.loads(text)["@graph"]]


def test_an_item_is_a_work_in_its_report_with_the_way_to_it(still_site: Opened) -> None:
    with still_site.database.reading() as session:
        key = session.exec(select(Item.key).order_by(Item.id)).first()
    work, trail = graphs(still_site, f"/items/{key}")
    assert (work["@type"], work["url"]) == ("CreativeWork", f"{BASE}/items/{key}")
    assert work["isPartOf"]["@type"] == "Report"
    assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3]


def test_a_hostile_title_does_not_end_the_block(still_site: Opened) -> None:
    with still_site.database.reading() as session:
        key = session.exec(select(Item.key).where(Item.title.startswith("=cmd"))).first()  # type: ignore[attr-defined]
    work = graphs(still_site, f"/items/{key}")[0]
    assert "<script>alert(1)</script>" in work["name"]
    assert work["name"][:5] == HOSTILE[:5]


@pytest.mark.parametrize("address", ["/overdue", "/waiting", "/es/overdue"])
def test_a_list_is_a_dataset_under_a_licence(still_site: Opened, address: str) -> None:
    (found,) = graphs(still_site, address)
    assert found["@type"] == "Dataset"
    assert found["license"].startswith("https://creativecommons.org/")
    for one in found["distribution"]:
        still_site.get(one["contentUrl"].removeprefix(BASE))


def test_a_list_of_a_day_that_is_past_tells_nothing_to_search_engines(still_site: Opened) -> None:
    assert graphs(still_site, "/overdue?as_of=2026-05-12&hindsight=1") == []
