"""Anyone may tell of an answer: it goes to the reviewers, and moves nothing before one of them decides."""

from datetime import datetime, timedelta
from hashlib import sha256
from threading import Event
from typing import Any

import pytest
from sqlmodel import select

from scrapers.model import Page as Fetched
from scrapers.walk import Refused, Unreachable
from tests.web.open_site import Opened, small_site
from tracker.domain.link_tokens import Seal
from tracker.domain.partial import day
from tracker.domain.words import ClaimState, FindingState, Speaker
from tracker.services.claim_implementation import StateClaim, state_claim, withdraw_claim
from tracker.services.fetch_told import fetch_told
from tracker.services.note_correction import note_correction
from tracker.services.suggest import suggest_anew
from tracker.services.take_back import correct_in_public
from tracker.services.tip import Seen, answer_tips, take_tip
from tracker.storage.tables import Claim, Finding, Letter, Page, Source, Tip

__all__ = ["small_site"]
LINK = "https://water.example/news/answer"


def told(site: Opened, **fields: Any) -> Any:
    return site.client.post("/seen-an-answer", data={"link": LINK, **fields})


def rows(site: Opened, table: Any) -> list[Any]:
    with site.database.reading() as session:
        found = list(session.exec(select(table)).all())
        session.expunge_all()
    return found


def overdue(site: Opened) -> list[int]:
    return sorted(row["id"] for row in site.json("/api/v1/obligations?standing=overdue")["data"])


def test_a_tip_goes_to_the_reviewers_and_leaves_every_flag(small_site: Opened) -> None:
    before = overdue(small_site)
    assert small_site.ids["water"] in before
    assert told(small_site, obligations=small_site.ids["water"], note="on page 3").status_code == 200
    [finding] = rows(small_site, Finding)
    assert finding.state is FindingState.OPEN and finding.obligation_id is None
    assert finding.content["link"] == LINK and finding.content["status"] == "on page 3"
    with small_site.write() as session:
        source = session.get_one(Source, finding.source_id)
        assert suggest_anew(session, source, small_site.now) == set()
    assert overdue(small_site) == before
    assert LINK not in small_site.get("/overdue").get_data(as_text=True)


def test_the_same_tip_is_kept_once_and_programs_are_thanked_too(small_site: Opened) -> None:
    fields = {"obligations": small_site.ids["water"]}
    pages = [told(small_site, **fields).get_data(as_text=True) for _ in range(2)]
    pages.append(told(small_site, **fields, homepage="https://spam.example").get_data(as_text=True))
    assert len(set(pages)) == 1
    assert len(rows(small_site, Finding)) == 1


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd", "water.example/x"])
def test_what_is_no_address_is_refused_in_a_sentence(small_site: Opened, link: str) -> None:
    answer = told(small_site, link=link, obligations=small_site.ids["water"])
    assert answer.status_code == 422
    assert rows(small_site, Finding) == []


def test_an_address_the_gate_would_not_fetch_is_refused(small_site: Opened) -> None:
    def vet(_address: str) -> None:
        raise Refused("not public")

    seen = Seen(obligations=(small_site.ids["water"],), link="http://169.254.169.254/latest")
    with pytest.raises(ValueError, match="cannot be reached"), small_site.write() as session:
        take_tip(session, small_site.now, seen, vet)


def test_whoever_left_an_address_hears_once_and_it_is_erased(small_site: Opened) -> None:
    seen = Seen(obligations=(small_site.ids["water"],), link=LINK, email="ada@example.org")
    with small_site.write() as session:
        take_tip(session, small_site.now, seen)
        assert answer_tips(session, small_site.now, Seal("secret")) == 0
        finding = session.exec(select(Finding)).one()
        finding.state = FindingState.REJECTED
    with small_site.write() as session:
        assert answer_tips(session, small_site.now, Seal("secret")) == 1
        assert answer_tips(session, small_site.now, Seal("secret")) == 0
    assert [tip.address for tip in rows(small_site, Tip)] == [""]
    assert [letter.address for letter in rows(small_site, Letter)] == ["ada@example.org"]


def test_an_address_nobody_answered_is_erased_after_ninety_days(small_site: Opened) -> None:
    seen = Seen(obligations=(small_site.ids["water"],), link=LINK, email="ada@example.org")
    with small_site.write() as session:
        take_tip(session, small_site.now, seen)
        assert answer_tips(session, small_site.now + timedelta(days=91), Seal("secret")) == 1
    assert [tip.address for tip in rows(small_site, Tip)] == [""] and rows(small_site, Letter) == []


class Gate:
    """One page is there, every other address is not."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.asked: list[str] = []

    def get(self, url: str) -> Fetched:
        self.asked.append(url)
        if url != LINK:
            raise Unreachable("nobody there")
        body = b"<p>Our answer</p>"
        return Fetched(url, url, 200, (), body, sha256(body).hexdigest(), self.now)


def test_the_worker_reads_each_link_once_as_evidence(small_site: Opened) -> None:
    water, rivers = small_site.ids["water"], small_site.ids["rivers"]
    told(small_site, obligations=water)
    told(small_site, obligations=rivers, link="https://water.example/gone")
    gate, stopping = Gate(small_site.now), Event()
    for _ in range(2):
        fetch_told(small_site.database, gate, lambda: small_site.now, stopping.is_set)
    assert gate.asked == [LINK, "https://water.example/gone"]
    [page] = rows(small_site, Page)
    first, second = sorted(rows(small_site, Finding), key=lambda row: row.id)
    assert first.page_sha256 == page.sha256 and second.page_sha256 is None
    assert second.content["failure"] == "nobody there"


def test_speakers_stand_side_by_side_and_a_withdrawn_claim_leaves_the_page(small_site: Opened) -> None:
    on = day(small_site.now.date())
    owed = (small_site.ids["water"],)
    said: dict[str, Any] = {"obligations": owed, "claimed": on, "url": "https://water.example/plan"}
    with small_site.write() as session:
        for speaker, state in ((Speaker.BODY, ClaimState.COMPLETE), (Speaker.WATCHDOG, ClaimState.LIMITED)):
            claim = StateClaim(speaker=speaker, state=state, as_written=f"{state.value}!", **said)
            state_claim(session, small_site.now, claim, actor="group:city-watch")
    item = small_site.json(f"/api/v1/obligations/{owed[0]}")["item"]
    page = small_site.get(f"/items/{item}").get_data(as_text=True)
    assert "complete!" in page and "limited!" in page
    with small_site.write() as session:
        row = session.exec(select(Claim).where(Claim.speaker == Speaker.BODY)).one()
        withdraw_claim(session, small_site.now, row, "Misread.", actor="group:city-watch")
    page = small_site.get(f"/items/{item}").get_data(as_text=True)
    assert "complete!" not in page and "limited!" in page
    assert "Misread." in small_site.get("/corrections").get_data(as_text=True)


def test_an_independent_reviewer_has_a_name_and_every_claim_a_source(small_site: Opened) -> None:
    claim = StateClaim(
        obligations=(small_site.ids["water"],), speaker=Speaker.REVIEWER, state=ClaimState.UNKNOWN
    )
    assert {one.field for one in claim.complaints()} == {"speaker_name", "claimed", "url"}


def test_a_correction_in_plain_words_stands_on_the_page_and_in_its_feed(small_site: Opened) -> None:
    with small_site.write() as session:
        text = "The front page counted two bodies twice."
        note_correction(session, small_site.now, text, "", actor="group:city-watch")
    for address in ("/corrections", "/corrections.atom", "/corrections.json"):
        assert "counted two bodies twice" in small_site.get(address).get_data(as_text=True)


def test_one_correction_of_many_entries_is_told_once(small_site: Opened) -> None:
    with small_site.write() as session:
        ids = [small_site.ids["water"], small_site.ids["asked"]]
        detail = {"reason": "The look was of another page."}
        correct_in_public(session, small_site.now, ids, "check", detail, "group:city-watch")
    page = small_site.get("/corrections").get_data(as_text=True)
    assert page.count("The look was of another page.") == 1
