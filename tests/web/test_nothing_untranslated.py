"""On no page stands a word that bypasses the catalogues: every page in a language that is none, read to the last attribute."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import html5lib
import icalendar
import pytest
from flask.testing import FlaskClient

from tests.browser.full_site import FullSite, full_site
from tests.services.alerted import ADMIN
from tests.services.told import SECRET, link
from tests.web.conftest import NOW
from tests.web.editing.conftest import Person
from tests.web.known_data import Known, flat
from tests.web.pseudo_language import CODE, unmarked, write_catalogue
from tracker.domain.link_tokens import Seal
from tracker.services.subscribe import confirm
from tracker.storage.engine import Database

SILENT = {"script", "style", "code", "pre", "textarea", "samp", "kbd", "q"}
"""Code, and what is quoted."""
SAID = ("title", "alt", "aria-label", "aria-description", "placeholder", "data-label", "label", "summary")
BREAKING = re.compile(
    r"^(?:p|li|td|th|dt|dd|div|h\d|option|a|span|button|label|caption|summary|q|strong|title|text)$"
)
MORE = (
    "/overdue?as_of=2026-05-16",
    "/overdue?basis=statute&q=safety",
    "/bodies?basis=statute&duty=respond",
    "/calendar?month=2026-05",
    "/calendar?due=2026-05-04",
    "/search?q=safety",
    "/search?q=zzzz",
    "/due?rule=20+working+days&start=2026-05-04&calendar=GB",
    "/due?text=within+56+days",
    "/processes/uk-sitc-ai-2022/sheet?codes=1",
    "/items/uk-pfd-2025-0558-i",
    "/items/eci-2018-000004-c",
    "/items/citizens-assembly-on-water-final-report-1",
    "/bodies/ministry-of-water",
    "/nowhere",
    "/overdue?basis=nonsense",
    "/overdue?nonsense=1",
    "/calendar?month=13",
    "/items/nothing-of-that-key",
)
READER = "reader@example.org"
WORDED = (
    "overdue",
    "events",
    "calendar",
    "bodies/uk-dsit",
    "items/eci-2018-000004-c",
    "corrections",
    "sources",
)


@pytest.fixture(scope="module")
def place(
    demo_database: Database, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[FullSite, Known]]:
    """A thing of every kind, in the pseudo-language."""
    folder = tmp_path_factory.mktemp("pseudo")
    languages = write_catalogue(folder / "languages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracker.compose.translations", lambda: languages)
        patch.setattr("tracker.web.locale.translations", lambda: languages)
        with full_site(demo_database, folder, NOW) as made:
            _subscribed(made)
            composed = made.telling.composed
            yield made, Known(composed.database, composed.config.site)
    shutil.rmtree(languages)


def _subscribed(made: FullSite) -> None:
    """Somebody who asked on a page in this language, and has been told of something."""
    telling = made.telling
    asked = telling.composed.app.test_client().post(f"/{CODE}/subscribe", data={"email": READER})
    assert asked.status_code < 400
    telling.work()
    token = link(telling.inbox.to(READER)[-1], f"{CODE}/subscriptions")
    chosen = [row.id or 0 for row in telling.subscriptions()]
    with telling.composed.database.writing() as session:
        assert confirm(session, token, chosen, Seal(SECRET), telling.clock())
    telling.clock.forward(timedelta(hours=2))
    telling.happen()
    telling.work()


def test_the_marks_arrive(place: tuple[FullSite, Known]) -> None:
    said = place[0].app.test_client().get(f"/{CODE}/overdue").get_data(as_text=True)
    assert "⟦Overdue⟧" in said and f'<html lang="{CODE}">' in said


def test_no_public_page_has_a_word_of_its_own(place: tuple[FullSite, Known]) -> None:
    made, known = place
    client = made.app.test_client(use_cookies=False)
    assert found_on(client, known, [*made.pages(within=False), *MORE]) == {}


def test_no_editing_page_has_a_word_of_its_own(place: tuple[FullSite, Known]) -> None:
    made, known = place
    person = Person(made.app.test_client())
    assert person.log_in(ADMIN).status_code == 303
    assert found_on(person.client, known, made.pages(within=True)) == {}


def test_no_feed_calendar_or_badge_has_a_word_of_its_own(place: tuple[FullSite, Known]) -> None:
    made, known = place
    client = made.app.test_client(use_cookies=False)
    forms = ("atom", "rss", "json", "ics")
    asked = [f"/{name}.{form}" for name in WORDED for form in forms]
    badges = [
        f"/badge/{one}.svg"
        for one in ("items/eci-2018-000004-c", "bodies/uk-dsit", "processes/uk-sitc-ai-2022")
    ]
    assert found_on(client, known, [*asked, *badges]) == {}


def test_no_mail_has_a_word_of_its_own(place: tuple[FullSite, Known]) -> None:
    made, known = place
    letters = made.telling.inbox.to(READER)
    assert len(letters) > 1
    for letter in letters:
        said = [str(letter["Subject"])]
        for kind, read in (("plain", _lines), ("html", _html)):
            part = letter.get_body((kind,))
            said += read(part.get_content()) if part else []
        assert {known.rest(piece) for one in said for piece in unmarked(one)} - {""} == set()


def found_on(client: FlaskClient, known: Known, addresses: list[str]) -> dict[str, list[str]]:
    """The words of each address that neither bear a mark nor are data."""
    found = {}
    for address in addresses:
        answer = client.get(f"/{CODE}{address}")
        assert answer.status_code < 500, address
        read = READERS.get(answer.mimetype)
        if read is None:
            continue
        rests = {
            known.rest(piece) for said in read(answer.get_data(as_text=True)) for piece in unmarked(said)
        }
        if rests - {""}:
            found[address] = sorted(rests - {""})
    return found


def _lines(said: str) -> Iterator[str]:
    yield said


def _html(said: str) -> Iterator[str]:
    yield from _element(html5lib.parse(said, namespaceHTMLElements=False))


def _element(root: Any) -> Iterator[str]:
    """All that is read out: the texts in their order as one, and each attribute that is said."""
    texts: list[str] = []
    yield from _walked(root, texts)
    yield "".join(texts)


def _walked(one: Any, texts: list[str]) -> Iterator[str]:
    tag = str(one.tag).rpartition("}")[2]
    foreign = one.get("lang", CODE) != CODE
    if isinstance(one.tag, str) and tag not in SILENT and not foreign:
        yield from _attributes(one, tag)
        texts.append(f"\n{one.text or ''}" if BREAKING.match(tag) else one.text or "")
        for child in one:
            yield from _walked(child, texts)
        texts.append("\n" if BREAKING.match(tag) else "")
    texts.append(one.tail or "")


def _attributes(one: Any, tag: str) -> Iterator[str]:
    yield from (one.get(name, "") for name in SAID)
    if tag == "input" and one.get("type") in ("submit", "button", "reset"):
        yield one.get("value", "")
    if tag == "meta" and (
        one.get("name") == "description" or one.get("property") in ("og:title", "og:description")
    ):
        yield one.get("content", "")


def _xml(said: str) -> Iterator[str]:
    for one in ElementTree.fromstring(said.encode()).iter():
        tag = one.tag.rpartition("}")[2]
        if one.get("type") == "html" or tag in ("description", "encoded"):
            yield from _html(one.text or "")
        elif tag in ("title", "subtitle", "summary", "content"):
            yield one.text or ""
        yield one.get("label", "")


def _svg(said: str) -> Iterator[str]:
    yield from _element(ElementTree.fromstring(said.encode()))


def _feed(said: str) -> Iterator[str]:
    whole = json.loads(said)
    for one in (whole, *whole.get("items", [])):
        yield from (one.get(name, "") for name in ("title", "description", "summary", "content_text"))
        yield from _html(one.get("content_html", ""))


def _calendar(said: str) -> Iterator[str]:
    for one in icalendar.Calendar.from_ical(said).walk():
        yield from (
            flat(str(one.get(name, "")).replace("\\,", ","))
            for name in ("SUMMARY", "DESCRIPTION", "X-WR-CALNAME", "NAME")
        )


READERS = {
    "text/html": _html,
    "image/svg+xml": _svg,
    "application/atom+xml": _xml,
    "application/rss+xml": _xml,
    "application/feed+json": _feed,
    "text/calendar": _calendar,
}
