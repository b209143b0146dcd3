"""A body hears of a first verdict against it before it takes effect."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from tests.services import entered
from tests.services.entered import GROUP, NOW
from tracker.domain.habits import Habits
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import ResponseKind, Standing, Verdict
from tracker.services.assess import Assess, assess, countersign
from tracker.services.look import Look, look
from tracker.services.reach_body import reach_body
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.storage.tables import Assessment, Body, BodyReach, Letter

LATER = NOW + timedelta(days=8)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url, Habits(notice_days=7))
    yield opened
    opened.close()


def judged(session: Session, obligation: int) -> Assessment:
    """A reply that one reader found to be no answer."""
    line = SaidFor(obligation=obligation, kind=ResponseKind.REPLY)
    said = LogResponse(
        body="ministry-of-water",
        lines=(line,),
        first_seen_on=date(2026, 5, 11),
        text="In due course.",
    )
    came = respond(session, NOW, said, actor=GROUP)
    verdict = Assess(
        obligation=obligation,
        responses=(id_of(came),),
        verdict=Verdict.NOT,
        reasons="It says nothing of the data.",
    )
    return assess(session, NOW, verdict, actor=GROUP)


def reached(session: Session, mailbox: str = "office@water.gov.example") -> None:
    body = session.exec(select(Body).where(Body.key == "ministry-of-water")).one()
    reach_body(session, NOW, body, (), mailbox, actor=GROUP)


def seen(session: Session, obligation: int) -> None:
    places = ("https://water.example/answers",)
    found = Look(obligations=(obligation,), looked_on=date(2026, 5, 12), places=places)
    look(session, NOW, found, actor=GROUP)


def test_a_first_verdict_waits_for_its_days_of_notice(database: Database) -> None:
    with database.writing() as session:
        [owed] = entered.owing(session, entered.item(session))
        reached(session)
        seen(session, owed)
        made = judged(session, owed)
        countersign(session, NOW, made, actor=GROUP, user_id=entered.people(session)[1])
        assert made.notice_until_on == date(2026, 5, 19)
        assert entered.standing(session, owed) is Standing.AWAITING_ASSESSMENT
        assert entered.standing(session, owed, LATER) is Standing.OVERDUE_UNSUBSTANTIVE
        [letter] = session.exec(select(Letter)).all()
        assert letter.address == "office@water.gov.example" and letter.said["until"] == "2026-05-19"
        assert letter.subject == "/object?body=ministry-of-water"


def test_without_a_mailbox_it_counts_at_once(database: Database) -> None:
    with database.writing() as session:
        [owed] = entered.owing(session, entered.item(session))
        seen(session, owed)
        made = judged(session, owed)
        countersign(session, NOW, made, actor=GROUP, user_id=entered.people(session)[1])
        assert made.notice_until_on is None
        assert entered.standing(session, owed) is Standing.OVERDUE_UNSUBSTANTIVE
        assert session.exec(select(Letter)).all() == []


def test_only_the_first_verdict_against_a_body_is_held_back(database: Database) -> None:
    with database.writing() as session:
        document = entered.report(session)
        [first] = entered.owing(session, entered.item(session, document=document))
        [second] = entered.owing(session, entered.item(session, document=document, title="Mend the banks"))
        reached(session)
        reader = entered.people(session)[1]
        countersign(session, NOW, judged(session, first), actor=GROUP, user_id=reader)
        again = judged(session, second)
        countersign(session, NOW, again, actor=GROUP, user_id=reader)
        assert again.notice_until_on is None


def test_a_persons_mailbox_is_asked_about(database: Database) -> None:
    with database.writing() as session:
        entered.report(session)
        body = session.exec(select(Body).where(Body.key == "ministry-of-water")).one()
        with pytest.raises(NotAccepted, match="looks like one person"):
            reach_body(session, NOW, body, (), "jane.doe@water.gov.example", actor=GROUP)
        with pytest.raises(NotAccepted, match="shared by many"):
            reach_body(session, NOW, body, ("gov.uk",), "", actor=GROUP)
        reach_body(
            session, NOW, body, ("@Defra.gov.uk ",), "jane.doe@x.example", actor=GROUP, surely_an_office=True
        )
        rows = session.exec(select(BodyReach)).all()
        assert sorted(row.value for row in rows) == ["defra.gov.uk", "jane.doe@x.example"]
        reach_body(session, NOW, body, (), "", actor=GROUP)
        assert all(row.superseded_at == NOW for row in session.exec(select(BodyReach)).all())
