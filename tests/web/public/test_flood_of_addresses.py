"""A thousand strangers' addresses from a thousand networks: the caps hold, and nobody learns anything by the answer."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from tests.services.told import Clock, Inbox, Telling, site
from tests.web.public.test_subscribe_pages import Reader
from tracker.services import ask_limits
from tracker.storage.tables import Delivery, Subscription

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


class Flood:
    """Somebody with a list of addresses and a network for each."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.sent, self.said = reader, 0, dict[int, set[str]]()

    def comes(self, number: int) -> Counter[int]:
        """So many addresses more; how often each status came."""
        seen: Counter[int] = Counter()
        for _ in range(number):
            self.sent += 1
            address = f"someone{self.sent}@example.org"
            answer = self.reader.app.test_client(use_cookies=False).post(
                "/subscribe",
                data={"email": address, "list": "overdue"},
                environ_overrides={"REMOTE_ADDR": f"10.{self.sent // 250}.{self.sent % 250}.7"},
            )
            seen[answer.status_code] += 1
            words = re.sub(r"[0-9a-f]{16,}", "", answer.get_data(as_text=True).replace(address, "…"))
            self.said.setdefault(answer.status_code, set()).add(words)
        return seen

    def letters(self) -> int:
        with self.reader.telling.composed.database.reading() as session:
            return len([row for row in session.exec(select(Delivery)).all() if row.letter])

    def waiting(self) -> int:
        with self.reader.telling.composed.database.reading() as session:
            return len(session.exec(select(Subscription)).all())


@pytest.fixture
def flood(database_url: str, tmp_path: Path) -> Iterator[Flood]:
    """On either database; no letter leaves."""
    clock = Clock()
    telling = Telling(site(database_url, clock, 1, tmp_path), clock, Inbox())
    telling.enter()
    with closing(telling.composed.database):
        yield Flood(Reader(telling))


def test_the_sites_caps_hold_for_an_hour_and_a_day_and_each_answer_is_the_same(
    flood: Flood, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask_limits, "OF_SITE", ((AN_HOUR, 12), (A_DAY, 30)))
    clock = flood.reader.telling.clock
    assert flood.comes(20) == {200: 12, 503: 8}
    assert flood.letters() == flood.waiting() == 12
    clock.forward(2 * AN_HOUR)
    assert flood.comes(20) == {200: 12, 503: 8}
    clock.forward(2 * AN_HOUR)
    assert flood.comes(20) == {200: 6, 503: 14}
    assert flood.letters() == flood.waiting() == 30
    assert {status: len(words) for status, words in flood.said.items()} == {200: 1, 503: 1}
    clock.forward(2 * A_DAY)
    assert flood.comes(1) == {200: 1}
