"""Every public page, in every language, held to one standard."""

import pytest
from sqlalchemy import text

from tests.web.pages import Reader
from tracker.storage.engine import Database

PAGES = (
    "/",
    "/overdue",
    "/overdue?basis=statute&sort=body",
    "/not-answered-by-date-asked",
    "/waiting",
    "/waiting?page=2",
    "/awaiting",
    "/obligations",
    "/obligations?standing=unchecked&jurisdiction=GB&topic=artificial-intelligence",
    "/calendar",
    "/bodies",
    "/bodies?basis=statute",
    "/bodies?basis=promise",
    "/bodies/uk-dsit",
    "/processes",
    "/processes/uk-sitc-ai-2022",
    "/documents/uk-sitc-hc38",
    "/items/uk-sitc-legis",
    "/items/eci-2018-000004-c",
    "/items/uk-pfd-2025-0558-i",
    "/items/eu-aia-70",
    "/events",
    "/sources",
    "/method",
    "/rules",
    "/rules/gb-eaw-coroner-pfd",
    "/due",
    "/due?rule=20+working+days&start=2026-05-04&calendar=GB",
    "/topics/artificial-intelligence",
    "/jurisdictions/GB",
    "/kinds/coroner",
    "/groups/demo-data-set",
    "/about",
    "/privacy",
    "/accessibility",
    "/corrections",
    "/search",
    "/search?q=safety",
    "/search?q=nothing+holds+these+words",
    "/overdue?as_of=2025-06-01&hindsight=1",
    "/overdue?as_of=2025-06-01&hindsight=1",
)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("prefix", ["", "/es"])
def test_a_page_is_whole(demo: Reader, prefix: str, address: str) -> None:
    page = demo.open(prefix + address)
    assert page.all("html")[0].get("lang") == (prefix.strip("/") or "en")
    assert page.answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "noindex, nofollow" in [one.get("content") for one in page.all("meta")]


def test_links_keep_the_language_and_lead_somewhere(demo: Reader) -> None:
    own = {link.partition("#")[0] for link in demo.open("/es/overdue").links() if link.startswith("/")}
    assert {link for link in own if not link.startswith(("/es", "/fr", "/overdue"))} == set()
    for link in sorted(own):
        if "." not in link and "/subscribe" not in link:
            assert demo.client.get(link).status_code == 200, link


def test_every_item_of_the_demo_has_a_whole_page(demo: Reader, demo_database: Database) -> None:
    with demo_database.reading() as session:
        keys = session.execute(text("SELECT key FROM item")).scalars().all()
    assert len(keys) == 288
    for key in keys[::6]:
        demo.open(f"/items/{key}")


def test_reading_changes_nothing(demo: Reader, demo_database: Database) -> None:
    def everything() -> list[object]:
        with demo_database.reading() as session:
            tables = (
                session.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
            )
            return [session.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one() for table in tables]

    before = everything()
    for address in PAGES[::4]:
        demo.open(address)
    assert everything() == before


def test_a_page_unchanged_is_not_sent_again(demo: Reader) -> None:
    etag = demo.open("/overdue").answer.headers["ETag"]
    again = demo.client.get("/overdue", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/overdue?as_of=yesterday", "is not a day: write it as YYYY-MM-DD"),
        ("/overdue?as_of=2026-02-30", "is not a day"),
        ("/overdue?as_of=2027-01-01", "choose a day up to today"),
        ("/overdue?basis=whim", "use one of statute"),
        ("/overdue?standing=late", "use one of answered"),
        ("/overdue?sort=shame", "use one of days"),
        ("/overdue?page=0", "write a number from 1"),
        ("/overdue?q=%00", "zero byte"),
        ("/bodies?basis=x", "use one of"),
        ("/events?before=x", "write a number"),
        ("/due?rule=soonish&start=2026-05-04", "neither a rule nor a period"),
        ("/due?rule=20+working+days&start=2026-02-30", "that month ends on 2026-02-28"),
        ("/due?rule=20+working+days&start=2026-05-04&calendar=ZZ", "ZZ"),
        ("/due?rule=20+working+days&start=2026-05-04&amount=-1", "whole number"),
    ],
)
def test_a_bad_question_gets_a_sentence(demo: Reader, address: str, sentence: str) -> None:
    assert sentence in demo.open(address, 400).text


@pytest.mark.parametrize(
    "address", ["/items/nope", "/bodies/nope", "/nope", "/es/nope", "/evidence/" + "0" * 64]
)
def test_what_is_not_there_is_said_so(demo: Reader, address: str) -> None:
    demo.open(address, 404)


def test_a_page_that_is_only_read_refuses_to_be_written(demo: Reader) -> None:
    answer = demo.client.post("/overdue")
    assert answer.status_code == 405 and "GET" in answer.headers["Allow"]


def test_a_short_address_leads_to_the_item(demo: Reader) -> None:
    answer = demo.client.get("/es/processes/uk-sitc-ai-2022/1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/es/items/uk-sitc-legis")


def test_the_operator_sees_that_the_database_answers(demo: Reader) -> None:
    answer = demo.client.get("/healthz")
    assert answer.status_code == 200 and answer.text.startswith("ok ")
    assert "Disallow: /" in demo.client.get("/robots.txt").text
