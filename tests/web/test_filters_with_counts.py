"""Every choice of a filter says how many entries it would leave, and that is how many it leaves."""

import re
from html import unescape

import pytest
from sqlalchemy import select

from tests.services import entered
from tests.web.open_site import Opened, site, small_site, still_site
from tracker.domain.words import Visibility
from tracker.services.enter_process import EnterBody, enter_body
from tracker.storage import facets
from tracker.storage.tables import Body, BodyMember, BodySuccession

__all__ = ["site", "small_site", "still_site"]
LISTS = ("/overdue", "/not-answered-by-date-asked", "/waiting", "/obligations", "/jurisdictions/GB")


def offered(page: str) -> dict[tuple[str, str], int]:
    """By filter and choice, the number beside it."""
    found = {}
    for name, options in re.findall(r'<select id="filter-(\w+)"[^>]*>(.*?)</select>', page, re.S):
        for value, text in re.findall(r'<option value="([^"]+)"[^>]*>([^<]*)', options):
            number = re.search(r"\((\d+)\)$", unescape(text).strip())
            if number:
                found[(name, unescape(value))] = int(number[1])
    return found


def entries(page: str) -> int:
    found = re.search(r"(\d+) entr(?:y|ies)", page)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("already", ["", "body=ministry-of-water", "q=river", "basis=convention"])
def test_each_number_is_what_the_choice_leaves(site: Opened, path: str, already: str) -> None:
    page = site.get(f"{path}?{already}").text
    for (name, value), n in offered(page).items():
        others = "" if already.startswith(f"{name}=") else already
        answer = site.get(f"{path}?{others}&{name}={value}" if others else f"{path}?{name}={value}").text
        assert entries(answer) == n, (path, already, name, value)


def test_a_body_counts_with_its_parts_members_and_those_it_came_after(small_site: Opened) -> None:
    with small_site.write() as session:
        for name in ("Whole of Government", "Group of Ministries", "Ministry of Both"):
            enter_body(session, entered.NOW, EnterBody(name=name, jurisdiction="GB"), actor=entered.GROUP)
        session.flush()
        keys = {body.key: body for body in session.execute(select(Body)).scalars()}
        keys["ministry-of-water"].part_of_id = keys["whole-of-government"].id
        session.add(
            BodyMember(
                group_id=keys["group-of-ministries"].id or 0, member_id=keys["whole-of-government"].id or 0
            )
        )
        session.add(
            BodySuccession(
                recorded_at=entered.NOW,
                body_id=keys["ministry-of-rivers"].id or 0,
                successor_id=keys["ministry-of-both"].id or 0,
                works_from_on=entered.NOW.date(),
            )
        )
    found = offered(small_site.get("/obligations").text)
    for key in ("whole-of-government", "group-of-ministries", "ministry-of-both", "ministry-of-water"):
        assert found[("body", key)] == entries(small_site.get(f"/obligations?body={key}").text) > 0, key


def test_what_is_set_can_be_taken_off_one_by_one(still_site: Opened) -> None:
    page = still_site.get("/overdue?basis=convention&body=ministry-of-water&sort=due").text
    chips = unescape(page.partition('class="chips"')[2].partition("</ul>")[0])
    assert "Ministry of Water" in chips
    assert 'href="/overdue?basis=convention&sort=due"' in chips
    assert 'href="/overdue?body=ministry-of-water&sort=due"' in chips


def test_what_was_left_empty_in_a_form_is_not_in_the_address(still_site: Opened) -> None:
    answer = still_site.get("/overdue?sort=due&q=&kind=&body=ministry-of-water&as_of=", 302)
    assert answer.headers["Location"] == "/overdue?body=ministry-of-water&sort=due"
    assert still_site.get("/es/overdue?q=", 302).headers["Location"] == "/es/overdue"


def test_a_list_too_long_is_not_counted_by_choice_and_says_so(
    still_site: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST_ENTRIES", 1)
    page = still_site.get("/obligations?q=river").text
    assert offered(page) == {} and "narrow it and the numbers appear" in page
    assert 'value="ministry-of-water"' in page


def test_withheld_things_are_no_choice(small_site: Opened) -> None:

    with small_site.write() as session:
        session.get_one(Body, 1).visibility = Visibility.WITHHELD
    assert "ministry-of-water" not in small_site.get("/obligations").text
