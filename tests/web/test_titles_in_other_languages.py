"""A title on a page in another language says which language it is in (WCAG 3.1.2), on every page that shows it."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.services import entered
from tests.web.open_site import LOOKED, Opened, _looked
from tracker.domain.partial import day
from tracker.domain.words import ProcessKind
from tracker.services.enter_process import (
    EnterBody,
    EnterDocument,
    EnterProcess,
    enter_body,
    enter_document,
    enter_process,
)
from tracker.storage.engine import Database

PROCESS, DOCUMENT, ITEM = (
    "Convention citoyenne pour l’eau",
    "Rapport de la convention",
    "Rendre les rivières propres",
)
ENGLISH = "Publish the river data"
PLAIN = {"title", "option", "script", "style", "textarea", "code", "pre"}
"""Elements that hold no others, or no words; what is to be copied as one text holds none either."""
PAGES = (
    "/",
    "/overdue",
    "/overdue?sort=body",
    "/obligations?sort=days",
    "/obligations?q=rivières",
    "/calendar?due=2026-05-04",
    "/bodies/ministry-of-water",
    "/processes",
    "/processes/{process}",
    "/processes/{process}?sort=due",
    "/processes/{process}/matrix",
    "/processes/{process}/sheet",
    "/documents/{document}",
    "/documents/{document}/sheet",
    "/items/{item}",
    "/items/{item}/history",
    "/jurisdictions/GB",
    "/search?q=rivières",
    "/search?q=convention",
    "/search?q=rapport",
    "/events",
    "/embed/items/{item}",
    "/embed/bodies/ministry-of-water",
    "/embed/processes/{process}",
    "/seen-an-answer?item={item}",
)


@pytest.fixture(scope="module")
def french(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Opened, dict[str, str]]]:
    """A site with a French process, whose second item is on record in English."""
    path = tmp_path_factory.mktemp("french") / "site.db"
    shutil.copy(migrated_sqlite, path)
    site = Opened(Database(f"sqlite:///{path}"), LOOKED)
    keys: dict[str, str] = {}
    with site.write() as session:
        said = EnterProcess(
            name=PROCESS, kind=ProcessKind.CITIZENS_ASSEMBLY, jurisdiction="GB", language="fr"
        )
        keys["process"] = enter_process(session, LOOKED, said, actor=entered.GROUP).key
        report = EnterDocument(process=keys["process"], title=DOCUMENT, published=day(date(2026, 3, 9)))
        enter_body(
            session, LOOKED, EnterBody(name="Ministry of Water", jurisdiction="GB"), actor=entered.GROUP
        )
        keys["document"] = enter_document(session, LOOKED, report, actor=entered.GROUP).key
        asked = {"document": keys["document"], "now": LOOKED}
        items = [
            entered.item(session, title=ITEM, **asked),
            entered.item(session, title=ENGLISH, language="en", **asked),
        ]
        _looked(session, [id_ for one in items for id_ in entered.owing(session, one)])
        keys["item"] = items[0].key
    yield site, keys
    site.database.close()


def spoken(root: Element, words: str) -> list[tuple[str, str]]:
    """Where some words stand on a page: the element, and the language it is said to be in."""
    found = []

    def read(node: Element, language: str) -> None:
        language = node.get("lang") or language
        own = "".join([node.text or "", *(child.tail or "" for child in node)])
        if words in own and node.tag not in PLAIN and node.get("class") != "cite":
            found.append((node.tag, language))
        for child in node:
            if isinstance(child.tag, str):
                read(child, language)

    read(root, "")
    return found


def page(site: Opened, address: str) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(site.get(address).get_data())
    return root


@pytest.mark.parametrize("address", PAGES)
def test_a_french_title_on_an_english_page_is_read_out_in_french(
    french: tuple[Opened, dict[str, str]], address: str
) -> None:
    site, keys = french
    root = page(site, address.format(**keys))
    found = [one for words in (PROCESS, DOCUMENT, ITEM) for one in spoken(root, words)]
    assert found, address
    assert {language for _tag, language in found} == {"fr"}, (address, found)
    assert {language for _tag, language in spoken(root, ENGLISH)} <= {"en"}, address


def test_on_a_page_in_their_own_language_titles_say_nothing(french: tuple[Opened, dict[str, str]]) -> None:
    site, keys = french
    for address in ("/fr/overdue", "/fr/processes/{process}", "/fr/items/{item}"):
        answer = site.get(address.format(**keys)).get_data(as_text=True)
        assert f'lang="fr">{ITEM}' not in answer
    root = page(site, "/fr/overdue")
    assert {language for _tag, language in spoken(root, ENGLISH)} == {"en"}


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_within_an_entry_of_a_feed_a_title_says_its_language(
    french: tuple[Opened, dict[str, str]], form: str
) -> None:
    site, _keys = french
    said = site.get(f"/overdue.{form}").get_data(as_text=True)
    if form == "json":
        said = " ".join(one["content_html"] for one in json.loads(said)["items"])
    said = said.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert f'Item: <span lang="fr">{ITEM}</span>' in said
    assert f'From: <span lang="fr">{PROCESS}</span>' in said
    assert f"Item: {ENGLISH}" in said
