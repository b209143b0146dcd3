"""A public page is sent again as it is while nothing changed, and never a moment longer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, text
from werkzeug.test import TestResponse

from tests.web.open_site import BEFORE, Opened, site, small_site
from tests.web.test_public_pages import PAGES
from tracker.storage.engine import Database
from tracker.web.app import create_app
from tracker.web.page_cache import PageCache
from tracker.web.site import Site

__all__ = ["site", "small_site"]
GZIP = {"Accept-Encoding": "gzip, br"}
FORMS = (
    "/overdue.atom",
    "/overdue.csv",
    "/overdue.json",
    "/overdue.ics",
    "/api/v1/items",
    "/static/answerby.css",
)


def headers(answer: TestResponse) -> tuple[tuple[str, str], ...]:
    """All but the date, which the server puts on each answer itself."""
    return tuple((name, value) for name, value in answer.headers if name != "Date")


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    said: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(database.engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        event.remove(database.engine, "before_cursor_execute", listen)


def retitle(database: Database, title: str) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE item SET title = :title WHERE title = 'No date'"), {"title": title})


def test_a_repeated_page_asks_the_database_nothing_more(site: Opened) -> None:
    first = site.get("/overdue")
    with counted(site.database) as said:
        again = site.get("/overdue")
    assert said == []
    assert again.data == first.data
    assert headers(again) == headers(first)


def test_a_change_is_on_the_page_at_once(site: Opened) -> None:
    assert b"No date" in site.get("/waiting").data
    retitle(site.database, "A new name")
    assert b"A new name" in site.get("/waiting").data


def test_a_change_of_another_process_is_on_the_page_at_once(site: Opened) -> None:
    assert b"No date" in site.get("/waiting").data
    another = Database(site.database.url)
    retitle(another, "A new name")
    another.close()
    assert b"A new name" in site.get("/waiting").data


def test_what_changes_while_a_page_is_made_makes_it_old_at_once(site: Opened) -> None:
    client = site.app.test_client()
    done: list[bool] = []

    @site.app.after_request
    def meanwhile(response):  # type: ignore[no-untyped-def]
        if not done:
            done.append(True)
            retitle(site.database, "A new name")
        return response

    assert b"No date" in client.get("/waiting").data
    assert b"A new name" in client.get("/waiting").data


def test_what_begins_by_itself_is_on_the_page_when_it_begins(site: Opened) -> None:
    before = site.get("/obligations").data
    site.now += timedelta(days=400)
    assert site.get("/obligations").data != before


def test_a_page_withheld_is_gone_at_once(site: Opened) -> None:
    with site.database.reading() as session:
        key = session.execute(text("SELECT key FROM item WHERE title = 'No date'")).scalar_one()
    site.get(f"/items/{key}")
    with site.write() as session:
        session.execute(text("UPDATE item SET visibility = 'withheld' WHERE key = :key"), {"key": key})
    assert site.client.get(f"/items/{key}").status_code in (404, 410)


@pytest.mark.parametrize("address", ["/overdue", "/overdue.atom", "/static/answerby.css"])
def test_whoever_has_it_is_told_so_packed_or_not(small_site: Opened, address: str) -> None:
    for encoding in ({}, GZIP):
        first = small_site.client.get(address, headers=encoding)
        for _ in range(2):
            tag = {"If-None-Match": first.headers["ETag"]}
            unchanged = small_site.client.get(address, headers=encoding | tag)
            assert (unchanged.status_code, unchanged.data) == (304, b"")
            assert unchanged.headers["ETag"] == first.headers["ETag"]
            assert "Content-Length" not in unchanged.headers
            other = small_site.client.get(address, headers=encoding | {"If-None-Match": '"another"'})
            assert other.data == first.data


@pytest.mark.parametrize(
    "address", ["/overdue", "/overdue.atom", "/overdue.rss", "/overdue.json", "/overdue.ics"]
)
def test_conditions_that_contradict_each_other_empty_no_page_for_others(
    small_site: Opened, address: str
) -> None:
    first = small_site.client.get(address)
    small_site.now += timedelta(minutes=1)
    tag = first.headers["ETag"]
    for both in ({"If-None-Match": tag, "If-Match": tag}, {"If-None-Match": "*", "If-Match": "*"}):
        small_site.client.get(address, headers=both)
        answer = small_site.client.get(address)
        assert (answer.status_code, answer.data) == (200, first.data)


def test_each_form_has_a_strong_tag_of_its_own(small_site: Opened) -> None:
    plain, packed = (small_site.client.get("/overdue", headers=head) for head in ({}, GZIP))
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["ETag"] != packed.headers["ETag"]
    assert not packed.headers["ETag"].startswith("W/")
    assert {one.headers["Vary"] for one in (plain, packed)} == {"Accept-Encoding"}


@pytest.mark.parametrize(
    "refused", ["", "br", "gzip;q=0", "gzip; q=0.0", "gzip;Q=0", "gzip;q=0;x", "identity"]
)
def test_nobody_gets_packed_what_they_cannot_read(small_site: Opened, refused: str) -> None:
    small_site.client.get("/overdue", headers=GZIP)
    answer = small_site.client.get("/overdue", headers={"Accept-Encoding": refused})
    assert "Content-Encoding" not in answer.headers
    assert answer.data.lstrip().startswith(b"<!doctype html>")


def test_a_question_for_the_head_alone_has_no_body(small_site: Opened) -> None:
    whole = small_site.client.get("/overdue")
    head = small_site.client.head("/overdue")
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(whole.data))
    assert headers(head) == headers(whole)


def test_languages_and_questions_are_kept_apart(small_site: Opened) -> None:
    addresses = ("/overdue", "/es/overdue", "/overdue?sort=due", "/overdue?basis=request")
    pages = {address: small_site.get(address).data for address in addresses}
    assert len(set(pages.values())) == 4
    assert {address: small_site.get(address).data for address in addresses} == pages


def test_another_host_name_changes_no_page(small_site: Opened) -> None:
    answers = [
        small_site.client.get("/overdue.atom", headers={"Host": host}).data
        for host in ("evil.example", "x.org")
    ]
    assert b"evil.example" not in answers[0]
    assert answers[0] == answers[1]


def test_pages_are_the_same_with_and_without_memory(demo_site: Site) -> None:
    without = replace(demo_site.config, web=replace(demo_site.config.web, page_cache_mb=0))
    kept = create_app(demo_site, testing=True).test_client()
    anew = create_app(replace(demo_site, config=without), testing=True).test_client()
    for address in (*PAGES, *FORMS):
        for head in ({}, GZIP):
            answers = [client.get(address, headers=head) for client in (anew, kept, kept)]
            assert len({one.data for one in answers}) == 1, address
            assert len({headers(one) for one in answers}) == 1, address


def test_no_public_page_reads_the_session_or_sets_a_cookie(demo_site: Site) -> None:
    client: FlaskClient = create_app(demo_site, testing=True).test_client()
    client.set_cookie("answerby", "whatever-a-browser-kept")
    for address in (*PAGES, *FORMS, "/subscribe", "/object", "/seen-an-answer"):
        answer = client.get(address)
        assert "Set-Cookie" not in answer.headers, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address


def test_public_pages_are_small_on_the_wire(demo_site: Site) -> None:
    client = create_app(demo_site, testing=True).test_client()
    for address in PAGES:
        assert len(client.get(address, headers=GZIP).data) < 60_000, address


def test_what_is_kept_stays_within_its_memory() -> None:
    def app(environ, start_response):  # type: ignore[no-untyped-def]
        environ["answerby.keepable"] = True
        start_response("200 OK", [("ETag", '"x"')])
        return [b"x" * 3000]

    cache = PageCache(app, lambda: "same", lambda: BEFORE, 50_000)
    for number in range(100):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": f"/{number}", "QUERY_STRING": ""}
        assert b"".join(cache(environ, lambda *_: lambda _b: None)) == b"x" * 3000
    assert 0 < cache._bytes <= 50_000
    assert len(cache._pages) == 10


def test_answers_that_are_not_for_everybody_are_not_kept(small_site: Opened) -> None:
    for address in ("/login", "/healthz", "/no-such-page", "/overdue?page=none"):
        before = small_site.client.get(address)
        with counted(small_site.database):
            again = small_site.client.get(
                address, headers={"If-None-Match": before.headers.get("ETag", '"x"')}
            )
        assert again.status_code == before.status_code, address
        assert "Content-Encoding" not in small_site.client.get(address, headers=GZIP).headers, address
