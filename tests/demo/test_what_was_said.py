"""The demo's claims and statements: each by who made it, none of our own making."""

import re
from collections import Counter

from sqlmodel import Session, select

from tests.demo.showing import shown
from tracker.demo.rows import claimed, rows, stated
from tracker.domain.words import ClaimState, Speaker, Standing
from tracker.storage.tables import Claim, Response, Statement


def test_claims_stand_by_who_made_them(loaded: Session) -> None:
    found = Counter((one.speaker, one.speaker_name) for one in loaded.exec(select(Claim)))
    assert found == {
        (Speaker.REVIEWER, "METR"): 9,
        (Speaker.BODY, "The White House"): 8,
        (Speaker.BODY, ""): 3,
    }


def test_a_milestone_said_to_be_under_way_is_not_called_done(loaded: Session) -> None:
    found = shown(loaded, "nz-ogp-c8m3", "nz-stats")
    [claim] = loaded.exec(select(Claim).where(Claim.obligation_id == found.id))
    assert claim.state is ClaimState.IN_PROGRESS
    assert found.standing not in (Standing.ANSWERED, Standing.ANSWERED_LATE)


def test_every_claim_has_a_day_and_a_place_to_check(loaded: Session) -> None:
    assert all(one.claimed_on and one.url and one.facts_source for one in loaded.exec(select(Claim)))


def test_the_citizens_marks_are_those_of_the_rows(loaded: Session) -> None:
    for one, reply in loaded.exec(
        select(Statement, Response).join(Response, Statement.response_id == Response.id)  # type: ignore[arg-type]
    ):
        told = [row["substantive_reason"] for row in rows("responses") if row["id"] == reply.key]
        marks = re.findall(r"\d\.\d", one.text + told[0])
        assert set(marks) == ({one.mark.partition("/")[0]} if one.mark else set()), reply.key
        assert one.asker and one.stated_on and one.url


def test_claims_and_statements_name_only_rows_that_were_read() -> None:
    read = {row["id"] for name in ("responses", "events") for row in rows(name) if row["verified"] == "yes"}
    assert {said["response"] for said in [*claimed(), *stated()]} <= read
    assert {said["event"] for said in stated() if said["event"]} <= read
