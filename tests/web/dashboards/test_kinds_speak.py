"""Twenty kinds of process, each in its own words, in three languages, on one set of templates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from tests.services.entered import GROUP, NOW
from tests.web.open_site import Opened
from tests.web.pages import Reader
from tracker.domain.kinds import kinds
from tracker.domain.partial import day
from tracker.domain.words import Basis, ItemKind, ProcessKind
from tracker.services.enter import EnterItem, OwedBy, enter_item
from tracker.services.enter_process import (
    EnterBody,
    EnterDocument,
    EnterProcess,
    enter_body,
    enter_document,
    enter_process,
)
from tracker.services.reckon import Deadline
from tracker.storage.engine import Database

LANGUAGES = ("en", "es", "fr")
GENERIC = {"Recommendation", "Recomendación", "Recommandation", "Commitment", "Compromiso", "Engagement"}
NAMED_OTHERWISE = (
    ProcessKind.PETITION,
    ProcessKind.STATUTE,
    ProcessKind.CORONER,
    ProcessKind.PARTICIPATORY_BUDGET,
    ProcessKind.NOTICE_AND_COMMENT,
    ProcessKind.EUROPEAN_CITIZENS_INITIATIVE,
)


@dataclass(frozen=True)
class Twenty:
    """A site with one process of each kind, each with a document and an item."""

    reader: Reader

    def page(self, kind: ProcessKind, language: str, rest: str = "") -> str:
        """All that a process's page says."""
        prefix = "" if language == "en" else f"/{language}"
        return self.reader.open(f"{prefix}/processes/one-{kind.value}{rest}").text


def _enter(site: Opened) -> None:
    with site.write() as session:
        enter_body(session, NOW, EnterBody(name="Xbody", jurisdiction="GB"), actor=GROUP)
        for kind in ProcessKind:
            said = EnterProcess(
                key=f"one-{kind.value}",
                name=f"X{kind.value}",
                kind=kind,
                organiser="Xasker",
                jurisdiction="GB",
            )
            process = enter_process(session, NOW, said, actor=GROUP)
            report = EnterDocument(process=process.key, title="Xreport", published=day(date(2026, 3, 9)))
            document = enter_document(session, NOW, report, actor=GROUP)
            item = EnterItem(
                document=document.key,
                title="Xtitle",
                kind=kinds()[kind].item,
                addressees=(OwedBy(body="xbody"),),
                deadline=Deadline(basis=Basis.REQUEST),
            )
            enter_item(session, NOW, item, actor=GROUP)


@pytest.fixture(scope="module")
def twenty(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twenty]:
    """The site, entered once."""
    path = tmp_path_factory.mktemp("kinds") / "answerby.db"
    path.write_bytes(migrated_sqlite.read_bytes())
    database = Database(f"sqlite:///{path}")
    site = Opened(database, NOW)
    _enter(site)
    yield Twenty(Reader(site.client))
    database.close()


@pytest.mark.parametrize("kind", list(ProcessKind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_process_speaks_of_itself_in_the_words_of_its_kind(
    twenty: Twenty, kind: ProcessKind, language: str
) -> None:
    words, said = kinds()[kind].in_language(language), twenty.page(kind, language)
    colon = " :" if language == "fr" else ":"
    assert f"{words.asker}{colon} Xasker" in said
    for word in (words.one, words.items, words.addressee):
        assert word in said, (kind, language, word)


@pytest.mark.parametrize("kind", list(ProcessKind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_and_the_sheet_of_a_process_speak_the_same_words(
    twenty: Twenty, kind: ProcessKind, language: str
) -> None:
    words = kinds()[kind].in_language(language)
    assert words.item in twenty.page(kind, language, "/matrix")
    sheet = twenty.page(kind, language, "/sheet")
    assert words.item in sheet and words.addressee in sheet and words.one in sheet


@pytest.mark.parametrize("kind", NAMED_OTHERWISE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_recommendation_is_nowhere_called_one(
    twenty: Twenty, kind: ProcessKind, language: str
) -> None:
    for rest in ("", "/matrix", "/sheet"):
        assert not GENERIC & set(twenty.page(kind, language, rest).split()), (kind, language, rest)


@pytest.mark.parametrize("kind", list(ProcessKind))
def test_no_two_languages_of_a_kind_are_copies_of_each_other(kind: ProcessKind) -> None:
    words = [kinds()[kind].in_language(language) for language in LANGUAGES]
    assert len({one.about for one in words}) == 3
    assert len({(one.one, one.items, one.addressee, one.asker, one.response) for one in words}) == 3


@pytest.mark.parametrize("kind", list(ProcessKind))
def test_plans_that_promise_ask_for_claims_and_those_that_ask_for_positions(kind: ProcessKind) -> None:
    columns = kinds()[kind].columns
    promises = kinds()[kind].item is ItemKind.COMMITMENT
    assert ("claim" in columns) is promises and ("position" in columns) is not promises
