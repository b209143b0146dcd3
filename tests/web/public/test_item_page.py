"""One item's page with everything that can hang on it: every axis by itself, and what a reader can do."""

import shutil
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.services import entered
from tests.web.open_site import BEFORE, JUDGED, LOOKED, Opened, told
from tests.web.pages import Page as Read
from tests.web.pages import Reader
from tracker.domain.partial import day
from tracker.domain.substance import Tick
from tracker.domain.words import (
    Basis,
    ClaimState,
    Position,
    ResponseKind,
    Speaker,
    Trigger,
    Verdict,
    Visibility,
)
from tracker.services.assess import Assess, assess
from tracker.services.claim_implementation import StateClaim, state_claim
from tracker.services.look import Look, look
from tracker.services.make_commitment import MakeCommitment, make_commitment
from tracker.services.reckon import Deadline
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.services.state_word import StateWord, state_word
from tracker.services.withhold import find_one, withhold
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.storage.tables import Body, Page, Response

ITEM = "/items/citizens-assembly-on-water-final-report-1"
BYTES = b"<p>We accept this and will publish the data.</p>"
HASH = sha256(BYTES).hexdigest()
ARCHIVE = "https://archive.example/web/2026/answer"
SAID_ON = day(date(2026, 5, 19))


@pytest.fixture(scope="module")
def site(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    path = tmp_path_factory.mktemp("rich") / "answerby.db"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    opened = told(database)
    opened.now = JUDGED
    with opened.write() as session:
        _evidence(session)
        response = _answered(session, opened.ids["water"])
        _spoken_of(session, opened.ids["water"], response)
        _hung_on(session)
    yield opened
    database.close()


def _evidence(session: Session) -> None:
    page = Page(
        sha256=HASH,
        address="https://water.example/answer",
        final_address="https://water.example/answer",
        status=200,
        headers={},
        content_type="text/html",
        size=len(BYTES),
        body=BYTES,
        fetched_at=JUDGED,
        last_seen_at=JUDGED,
        visibility=Visibility.LINK_ONLY,
        archive_url=ARCHIVE,
    )
    session.add(page)
    session.get_one(Body, 1).website = "javascript:alert(1)"
    session.flush()


def _answered(session: Session, owed: int) -> Response:
    line = SaidFor(
        obligation=owed,
        kind=ResponseKind.REPLY,
        position=Position.IN_PART,
        quote="We will publish the data.",
        page="3",
    )
    said = LogResponse(
        body="ministry-of-water",
        lines=(line,),
        first_seen_on=date(2026, 5, 19),
        published=day(date(2026, 5, 18)),
        url="https://water.example/answer",
        text="We accept this in part. We will publish the data.",
        page_sha256=HASH,
    )
    response = respond(session, JUDGED, said, actor=entered.GROUP)
    ticks = {"action": Tick(True, "We will publish the data.", "3"), "reasons": Tick()}
    given = Assess(
        obligation=owed,
        responses=(id_of(response),),
        verdict=Verdict.PARTLY,
        reasons="It gives no reasons and no day.",
        checklist=ticks,
    )
    assess(session, JUDGED, given, actor=entered.GROUP)
    return response


def _spoken_of(session: Session, owed: int, response: Response) -> None:
    word = StateWord(
        obligation=owed,
        response=id_of(response),
        asker="The members of the assembly",
        text="This is not what we asked.",
        mark="2 of 5",
        stated=SAID_ON,
        url="https://assembly.example/word",
    )
    state_word(session, JUDGED, word, actor=entered.GROUP)
    speakers = (
        (Speaker.BODY, ClaimState.COMPLETE, ""),
        (Speaker.REVIEWER, ClaimState.LIMITED, "The auditor"),
    )
    for speaker, state, name in speakers:
        said = StateClaim(
            obligations=(owed,),
            speaker=speaker,
            speaker_name=name,
            state=state,
            claimed=SAID_ON,
            url="https://claims.example/",
        )
        state_claim(session, JUDGED, said, actor=entered.GROUP)
    promise = MakeCommitment(
        response=response.key,
        obligation=owed,
        quote="We will publish the data.",
        title="Publish by the end of June",
    )
    make_commitment(session, JUDGED, promise, actor=entered.GROUP)


def _hung_on(session: Session) -> None:
    entered.item(
        session,
        "ministry-of-rivers",
        document="citizens-assembly-on-water-final-report",
        title="Gauges in place",
        parent="citizens-assembly-on-water-final-report-1",
        now=JUDGED,
    )


@pytest.fixture
def page(site: Opened) -> Read:
    return Reader(site.client).open(ITEM)


def card(page: Read, body: str) -> str:
    [found] = [one for one in page.all("section") if one.get("id") == body]
    return " ".join(" ".join(found.itertext()).split())


def test_every_axis_of_an_answer_stands_by_itself(page: Read) -> None:
    said = card(page, "ministry-of-water")
    assert "Partly answered 14 days late" in said
    assert "Reply , position: accepted in part" in said
    assert "Judged" not in said.partition("Is it an answer?")[0]
    assert "An answer in part" in said.partition("Is it an answer?")[2]
    assert "It gives no reasons and no day." in said
    assert "Names what was or will be done: “We will publish the data.” (page 3)" in said
    assert "The members of the assembly" in said and "their mark: 2 of 5" in said


def test_speakers_stand_side_by_side_and_are_never_merged(page: Read) -> None:
    [table] = [one for one in page.all("table") if "Implementation" in "".join(one.itertext())]
    rows = [" ".join(" ".join(row.itertext()).split()) for row in table.iter("tr")][1:]
    assert len(rows) == 2 and "complete" in rows[0] and "The auditor" in rows[1] and "limited" in rows[1]


def test_what_is_missing_stands_at_the_top_by_the_questions_of_the_checklist(page: Read) -> None:
    said = card(page, "ministry-of-water")
    missing = said.partition("What is missing, by the verdict below:")[2].partition("What came back")[0]
    assert "Gives reasons" in missing and "Gives a date" in missing
    assert "Names what was or will be done" not in missing
    assert "What is missing" not in card(page, "ministry-of-rivers")


def test_evidence_shows_its_hash_and_its_copy_in_an_archive(page: Read) -> None:
    assert f"SHA-256 {HASH[:16]}" in card(page, "ministry-of-water")
    assert f"/evidence/{HASH}" in page.links() and ARCHIVE in page.links()


def test_what_arose_and_what_it_is_made_of_stand_with_their_own_standing(page: Read) -> None:
    assert "What arose from the answers" in page.said("h2") and "Milestones" in page.said("h2")
    assert "Gauges in place Ministry of Rivers" in page.text
    assert "Publish by the end of June Ministry of Water" in page.text


def test_verdicts_claims_and_statements_stand_on_the_timeline(page: Read) -> None:
    [line] = [one for one in page.all("ol") if one.get("class") == "timeline"]
    said = " ".join(" ".join(line.itertext()).split())
    assert "Judged: An answer in part" in said
    assert "The members of the assembly on the response" in said
    assert "The auditor says of the implementation: limited" in said


def test_what_can_be_done_depends_on_the_standing(page: Read) -> None:
    assert "Ask Ministry of Rivers when the answer will come" in card(page, "ministry-of-rivers")
    water = card(page, "ministry-of-water")
    assert "Ask Ministry of Water for what is missing, point by point" in water
    assert "when the answer will come" not in water
    assert not [link for link in page.links() if link.lower().startswith("javascript")]


def test_reviewed_advice_names_its_law_its_source_and_its_review(site: Opened) -> None:
    rule = Deadline(
        basis=Basis.STATUTE,
        rule="gb-eaw-coroner-pfd",
        trigger=Trigger.DATED,
        trigger_on=day(date(2026, 1, 9)),
    )
    with site.write() as session:
        item = entered.item(
            session,
            "ministry-of-water",
            document="citizens-assembly-on-water-final-report",
            key="a-report",
            deadline=rule,
            now=BEFORE,
        )
        [owed] = entered.owing(session, item)
        seen = Look(obligations=(owed,), looked_on=LOOKED.date(), places=("https://coroners.example/",))
        look(session, LOOKED, seen, actor=entered.GROUP)
    general = "Be told when anything changes here."
    early = Reader(site.client).open("/items/a-report")
    assert "Chief Coroner, who publishes" not in early.text and general in early.text
    site.now = site.now.replace(year=2027)
    try:
        late = Reader(site.client).open("/items/a-report")
        assert "publishes most replies but not all" in late.text and general in late.text
        assert "Held against its source on 21 November 2026" in late.text
        assert "no lawyer has read it. Not legal advice." in late.text
        assert any("judiciary.uk" in link for link in late.links())
        spanish = Reader(site.client).open("/es/items/a-report")
        assert "Pregunte al organismo" in spanish.text
    finally:
        site.now = JUDGED


def test_what_is_cited_can_be_seen_again_as_it_stood(page: Read, site: Opened) -> None:
    [said] = [one for one in page.said("p") if one.startswith("Ministry of Rivers: “Publish the river data”")]
    assert "in “Final report” (9 March 2026)" in said and "Looked at: https://water.example/answers" in said
    address = f"https://answers.example.org{ITEM}?as_of=2026-05-20#ministry-of-rivers"
    assert said.endswith(f"{address}, 20 May 2026.")
    then = Reader(site.client).open(f"{ITEM}?as_of=2026-05-20")
    assert [one for one in then.said("p") if one == said]


def test_a_page_of_the_past_gives_no_advice(site: Opened) -> None:
    past = Reader(site.client).open(f"{ITEM}?as_of=2026-05-12")
    assert "What can I do now?" not in past.text and "What is missing" not in past.text
    assert "Gauges in place" not in past.text and "Publish by the end" not in past.text


def test_what_a_withheld_answer_said_is_nowhere_on_the_page(site: Opened) -> None:
    with site.database.writing() as session:
        key = session.get_one(Response, 1).key
        withhold(session, site.now, find_one(session, key, "response"), "of no concern", actor=entered.GROUP)
    page = Reader(site.client).open(ITEM)
    for word in (
        "We will publish the data",
        ARCHIVE,
        HASH,
        "not what we asked",
        "Publish by the end of June",
    ):
        assert word not in page.text and word not in " ".join(page.links()), word
