"""A verdict needs its quotes; a verdict that flags needs a second person."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.services.entered import GROUP, NOW, item, owing, people, standing
from tests.services.test_respond import reply
from tracker.domain.refusals import NotAccepted
from tracker.domain.substance import CHECKLISTS, Tick
from tracker.domain.words import EventKind, ObligationKind, ResponseKind, Standing, UserRole, Verdict
from tracker.services.assess import Assess, assess, countersign, withdraw_verdict
from tracker.services.enter import OwedBy
from tracker.services.people import add_user
from tracker.services.respond import respond
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.storage.tables import Assessment, Event

POSITION = {"position": Tick(ticked=True, quote="We accept this recommendation.", page="3")}


def answered(session: Session, **changes: Any) -> tuple[int, int]:
    """An obligation and its reply of 6 May, two days late."""
    [id_] = owing(session, item(session, **changes))
    return id_, id_of(respond(session, NOW, reply(id_), actor=GROUP))


def verdict(id_: int, response: int, said: Verdict = Verdict.NOT, **changes: object) -> Assess:
    ticks = {} if said is Verdict.NOT else POSITION
    wanted = {
        "obligation": id_,
        "responses": (response,),
        "verdict": said,
        "reasons": "Because.",
        "checklist": ticks,
    }
    return Assess(**(wanted | changes))  # type: ignore[arg-type]


def test_a_substantive_reply_settles_on_its_own_day_not_on_the_day_it_is_judged(database: Database) -> None:
    with database.writing() as session:
        first, _ = people(session)
        id_, response = answered(session)
        later = NOW + timedelta(days=30)
        made = assess(session, later, verdict(id_, response, Verdict.SUBSTANTIVE), actor=GROUP, user_id=first)
        assert standing(session, id_, later) is Standing.ANSWERED_LATE
        assert made.checklist["position"] == {
            "ticked": True,
            "quote": "We accept this recommendation.",
            "page": "3",
            "quote_checked": False,
        }
        assert list(made.checklist) == [point.key for point in CHECKLISTS[ObligationKind.RESPOND]]


def test_a_not_that_would_flag_counts_only_once_a_second_person_has_signed(database: Database) -> None:
    with database.writing() as session:
        first, second = people(session)
        id_, response = answered(session)
        made = assess(session, NOW, verdict(id_, response), actor=GROUP, user_id=first)
        assert standing(session, id_) is Standing.AWAITING_ASSESSMENT
        with pytest.raises(NotAccepted) as caught:
            countersign(session, NOW, made, actor=GROUP, user_id=first)
        assert "a second person" in str(caught.value)
        countersign(session, NOW, made, actor=GROUP, user_id=second)
        assert standing(session, id_) is Standing.OVERDUE_UNSUBSTANTIVE
        with pytest.raises(NotAccepted):
            countersign(session, NOW, made, actor=GROUP, user_id=second)


def test_the_second_person_is_of_another_group_where_the_site_asks_for_it(database: Database) -> None:
    with database.writing() as session:
        first, second = people(session)
        third = id_of(add_user(session, NOW, "third@example.org", UserRole.REVIEWER, "other-watch").user)
        id_, response = answered(session)
        made = assess(session, NOW, verdict(id_, response), actor=GROUP, user_id=first)
        with pytest.raises(NotAccepted):
            countersign(session, NOW, made, actor=GROUP, user_id=second, other_group=True)
        countersign(session, NOW, made, actor="group:other-watch", user_id=third, other_group=True)
        assert made.countersigned_group_id != made.group_id


def test_judging_again_replaces_a_verdict_nobody_has_signed(database: Database) -> None:
    with database.writing() as session:
        first, second = people(session)
        id_, response = answered(session)
        old = assess(session, NOW, verdict(id_, response), actor=GROUP, user_id=first)
        assess(session, NOW, verdict(id_, response, Verdict.PARTLY), actor=GROUP, user_id=second)
        assert old.superseded_at == NOW
        assert standing(session, id_) is Standing.PARTLY_ANSWERED
        with pytest.raises(NotAccepted):
            countersign(session, NOW, old, actor=GROUP, user_id=second)
        assert len(session.exec(select(Assessment)).all()) == 2


def test_a_withdrawn_verdict_lets_the_reply_wait_again_and_is_a_correction(database: Database) -> None:
    with database.writing() as session:
        first, _ = people(session)
        id_, response = answered(session)
        made = assess(session, NOW, verdict(id_, response, Verdict.SUBSTANTIVE), actor=GROUP, user_id=first)
        with pytest.raises(NotAccepted):
            withdraw_verdict(session, NOW, made, " ", actor=GROUP, user_id=first)
        withdraw_verdict(session, NOW, made, "wrong item", actor=GROUP, user_id=first)
        assert standing(session, id_) is Standing.AWAITING_ASSESSMENT
        assert EventKind.CORRECTED in [event.kind for event in session.exec(select(Event)).all()]


def test_a_delivery_is_judged_by_the_delivery_checklist(database: Database) -> None:
    with database.writing() as session:
        first, _ = people(session)
        addressees = (OwedBy(body="ministry-of-water", kind=ObligationKind.DELIVER),)
        [id_] = owing(session, item(session, addressees=addressees))
        done = id_of(respond(session, NOW, reply(id_, kind=ResponseKind.COMPLETION_REPORT), actor=GROUP))
        with pytest.raises(NotAccepted) as caught:
            assess(session, NOW, verdict(id_, done, Verdict.SUBSTANTIVE), actor=GROUP, user_id=first)
        assert {one.field for one in caught.value.refusals} == {"checklist", "verdict"}
        ticks = {"evidence": Tick(ticked=True, quote="The gauges are in place, see the list.")}
        said = verdict(id_, done, Verdict.SUBSTANTIVE, checklist=ticks)
        assess(session, NOW, said, actor=GROUP, user_id=first)
        assert standing(session, id_) is Standing.ANSWERED_LATE


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"responses": ()}, ["responses"]),
        ({"responses": (999,)}, ["responses"]),
        ({"reasons": " "}, ["reasons"]),
        (
            {"checklist": {"owner": Tick(ticked=True, quote="the minister")}, "verdict": Verdict.PARTLY},
            ["verdict"],
        ),
        ({"checklist": {"action": Tick(ticked=True)}, "verdict": Verdict.PARTLY}, ["quote-action"]),
        ({"checklist": {"beauty": Tick()}}, ["checklist"]),
    ],
)
def test_what_one_could_not_defend_is_refused_at_its_field(
    database: Database, changes: dict[str, object], fields: list[str]
) -> None:
    with database.writing() as session:
        id_, response = answered(session)
        with pytest.raises(NotAccepted) as caught:
            assess(session, NOW, verdict(id_, response, **changes), actor=GROUP)  # type: ignore[arg-type]
        assert [one.field for one in caught.value.refusals] == fields


def test_a_verdict_of_a_group_that_does_not_own_the_process_stands_beside(database: Database) -> None:
    with database.writing() as session:
        people(session)
        id_, response = answered(session)
        third = id_of(add_user(session, NOW, "third@example.org", UserRole.REVIEWER, "other-watch").user)
        before = standing(session, id_)
        assess(
            session,
            NOW,
            verdict(id_, response, Verdict.SUBSTANTIVE),
            actor="group:other-watch",
            user_id=third,
        )
        assert standing(session, id_) is before is Standing.AWAITING_ASSESSMENT
