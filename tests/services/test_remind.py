"""Bodies are reminded of their days: once, in one letter, of what is certain, and in public."""

import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.services.reminded import BOX, DUE, START, Reminding, reminding


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[Reminding]:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    with reminding(database_url, port, tmp_path) as made:
        yield made


def test_a_body_is_reminded_before_its_day_and_on_it(site: Reminding) -> None:
    site.enter()
    site.reach()
    came = site.days(DUE + timedelta(days=3))
    assert [on for on, _message in came] == [date(2026, 4, 6), date(2026, 4, 27), DUE]
    assert {message["To"] for _on, message in came} == {BOX}
    assert came[0][1]["Subject"] == "Due on 4 May 2026: Publish the river data"
    assert [(one.happened_on, one.detail["days"]) for one in site.told()] == [
        (date(2026, 4, 6), 28),
        (date(2026, 4, 27), 7),
        (DUE, 0),
    ]
    assert BOX not in str([one.detail for one in site.told()])
