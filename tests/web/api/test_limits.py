"""How often the API answers: counted by network and by token, told in every answer, and refused as a problem."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.open_site import BASE, Opened
from tracker.config import Config
from tracker.web.app import create_app
from tracker.web.site import Site

V1 = "/api/v1"


def limited(site: Opened, requests: int, writes: int = 0) -> FlaskClient:
    config = Config()
    web = replace(config.web, api_requests_per_minute=requests, api_writes_per_minute=writes)
    names = replace(config.site, base_url=BASE)
    return create_app(
        Site(replace(config, site=names, web=web), site.database, lambda: site.now)
    ).test_client()


def ask(client: FlaskClient, address: str = "198.51.100.7", path: str = f"{V1}/topics") -> Any:
    return client.get(path, environ_base={"REMOTE_ADDR": address})


def test_every_answer_tells_what_is_left_a_kept_one_too(small_site: Opened) -> None:
    client = limited(small_site, 5)
    left = [ask(client).headers["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["4", "3", "2"]
    answer = ask(client)
    assert (answer.headers["RateLimit-Limit"], answer.headers["RateLimit-Reset"]) == ("5", "60")
    assert "RateLimit-Remaining" in answer.headers["Access-Control-Expose-Headers"]


def test_too_many_are_a_problem_that_says_how_long_to_wait(small_site: Opened) -> None:
    client = limited(small_site, 2)
    small_site.now = small_site.now.replace(second=20)
    assert [ask(client).status_code for _ in range(3)] == [200, 200, 429]
    answer = ask(client)
    problem = answer.get_json(force=True)
    assert (answer.mimetype, problem["status"]) == ("application/problem+json", 429)
    assert problem["type"] == f"{BASE}/api#too-many" and problem["instance"] == f"{V1}/topics"
    assert answer.headers["Retry-After"] == "40"
    small_site.now += timedelta(seconds=40)
    assert ask(client).status_code == 200


def test_another_network_and_pages_for_people_are_not_counted(small_site: Opened) -> None:
    client = limited(small_site, 1)
    assert ask(client).status_code == 200 and ask(client).status_code == 429
    assert ask(client, "198.51.100.8").status_code == 200
    assert "RateLimit-Limit" not in ask(client, path="/overdue").headers


def test_the_api_below_a_language_is_counted_with_it(small_site: Opened) -> None:
    client = limited(small_site, 2)
    paths = (f"/es{V1}/topics", f"{V1}/topics", f"/es{V1}/topics")
    assert [ask(client, path=path).status_code for path in paths] == [200, 200, 429]


@pytest.mark.parametrize(("second", "status"), [("2001:db8:1:2::9", 429), ("2001:db8:1:3::1", 200)])
def test_a_household_is_one_network(small_site: Opened, second: str, status: int) -> None:
    client = limited(small_site, 1)
    assert ask(client, "2001:db8:1:2::1").status_code == 200
    assert ask(client, second).status_code == status


def test_a_token_has_a_limit_of_its_own_and_made_up_ones_help_nobody(small_site: Opened) -> None:
    client = limited(small_site, 4, writes=2)

    def write(token: str) -> int:
        return client.post(f"{V1}/checks", json={}, headers={"Authorization": f"Bearer {token}"}).status_code

    assert [write("one") for _ in range(3)] == [401, 401, 429]
    assert [write(f"other-{n}") for n in range(2)] == [401, 429]


def test_none_is_counted_where_there_is_no_limit(small_site: Opened) -> None:
    client = limited(small_site, 0)
    assert "RateLimit-Limit" not in ask(client).headers
