"""A program that copies every obligation and follows the log holds at every moment what the site shows."""

from dataclasses import dataclass, field
from typing import Any

from tests.services import entered
from tests.web.open_site import Opened, answer_late
from tracker.domain.words import Visibility
from tracker.storage.tables import Body

V1 = "/api/v1"


def lasting(row: dict[str, Any]) -> dict[str, Any]:
    """All that only an event can change: the days since the due day grow by themselves."""
    return {name: value for name, value in row.items() if name != "days_since_due"}


@dataclass
class Mirror:
    """It knows the API and nothing else."""

    site: Opened
    rows: dict[int, Any] = field(default_factory=dict)
    last: int = 0

    def everything(self, noun: str) -> list[Any]:
        found, address = [], f"{V1}/{noun}?per_page=2"
        while address:
            page = self.site.json(address)
            found += page["data"]
            address = page["meta"]["next"]
        return found

    def begin(self) -> None:
        self.last = max(event["cursor"] for event in self.everything("events"))
        self.rows = {row["id"]: row for row in self.everything("obligations")}

    def follow(self) -> None:
        """Looks up whatever an event names."""
        for event in self.site.json(f"{V1}/events?cursor={self.last}&per_page=200")["data"]:
            self.last = event["cursor"]
            for row in self._named(event):
                self.rows[row["id"]] = row

    def _named(self, event: Any) -> list[Any]:
        query = f"item={event['item']}" if event["item"] else ""
        return self.site.json(f"{V1}/obligations?{query}")["data"] if query else []


def test_a_mirror_stays_equal_by_following_the_log(small_site: Opened) -> None:
    mirror = Mirror(small_site)
    mirror.begin()
    answer_late(small_site)
    [document] = {row["document"] for row in mirror.rows.values()}
    with small_site.write() as session:
        entered.item(session, "ministry-of-water", document=document, now=small_site.now, title="Another")
    mirror.follow()
    shown = {row["id"]: row for row in mirror.everything("obligations")}
    assert {id_: lasting(row) for id_, row in mirror.rows.items()} == {
        id_: lasting(row) for id_, row in shown.items()
    }


def test_rows_that_come_while_a_list_is_paged_lose_and_double_nothing(small_site: Opened) -> None:
    before = {row["id"] for row in small_site.json(f"{V1}/obligations")["data"]}
    page = small_site.json(f"{V1}/obligations?per_page=1")
    answer_late(small_site)
    found = [row["id"] for row in page["data"]]
    while page["meta"]["next"]:
        page = small_site.json(page["meta"]["next"])
        found += [row["id"] for row in page["data"]]
    assert len(found) == len(set(found)) and before <= set(found)


def test_what_is_withheld_is_gone_for_whoever_looks_it_up(small_site: Opened) -> None:
    mirror = Mirror(small_site)
    mirror.begin()
    with small_site.write() as session:
        body = session.get(Body, 1)
        assert body is not None
        body.visibility = Visibility.WITHHELD
    hidden = [id_ for id_, row in mirror.rows.items() if row["body"] == body.key]
    assert hidden
    for id_ in hidden:
        small_site.json(f"{V1}/obligations/{id_}", 404)
        small_site.json(f"{V1}/obligations/{id_}/history", 404)
