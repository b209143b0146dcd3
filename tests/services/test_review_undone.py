"""What was decided is undone: the finding waits again, and what was public is taken back in public. And splitting."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.services.entered import GROUP, NOW, item, owing, people, standing
from tests.services.queued import PAGE, finding, looked, source
from tracker.domain.list_events import UNLISTED
from tracker.domain.partial import day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import (
    EventKind,
    FindingState,
    Position,
    ResponseKind,
    Standing,
    Verdict,
    Visibility,
)
from tracker.services.accept_suggested import accept_suggested, is_complete
from tracker.services.assess import Assess, assess
from tracker.services.draft_decision import draft_item, draft_response
from tracker.services.enter_process import EnterBody
from tracker.services.entry import OwedBy
from tracker.services.put_off import put_off
from tracker.services.review import accept_as_known, accept_new_item, accept_response, reject
from tracker.services.settle import settle
from tracker.services.split_finding import Part, split_finding
from tracker.services.undo_decision import UNDO_WITHIN, undo_last, undoable
from tracker.storage import entries, findings
from tracker.storage.engine import Database
from tracker.storage.tables import (
    Body,
    Document,
    Event,
    Finding,
    Happening,
    Item,
    Process,
    Response,
    ResponseLine,
    Source,
    Watch,
)

WHY = "Taken over by mistake."


class Desk:
    """An item whose date has passed, a source that was read for it, and a reviewer."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.reviewer, self.second = people(session)
        self.item = item(session, "ministry-of-water", "ministry-of-rivers")
        self.owed, self.other = owing(session, self.item)
        self.here = source(session)

    def finding(self, title: str = "an answer", **changes: Any) -> int:
        made = finding(self.session, self.here, title, **changes)
        looked(self.session, self.owed, self.here[1], date(2026, 5, 12))
        settle(self.session, [self.owed, self.other], NOW)
        return made

    def accept(self, waits: int) -> None:
        accept_suggested(self.session, NOW, waits, actor=GROUP, user_id=self.reviewer)

    def undo(self, **changes: Any) -> None:
        undo_last(self.session, NOW, changes.pop("why", WHY), actor=GROUP, user_id=self.reviewer)

    def state(self, waits: int) -> FindingState:
        row = self.session.get(Finding, waits)
        assert row is not None
        return row.state

    def events(self, kind: EventKind) -> list[Event]:
        found = self.session.exec(select(Event).where(Event.kind == kind))
        return [event for event in found if event.detail.get("what") not in UNLISTED]

    def stands(self) -> Standing:
        return standing(self.session, self.owed)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    opened = Database(database_url)
    with opened.writing() as session:
        yield Desk(session)
    opened.close()


def test_an_undone_response_is_struck_in_public_and_its_finding_waits_again(desk: Desk) -> None:
    waits = desk.finding(owed=desk.owed)
    desk.accept(waits)
    (found,) = desk.events(EventKind.RESPONSE_FOUND)
    assert found.detail["page_sha256"] == PAGE
    assert desk.stands() is Standing.AWAITING_ASSESSMENT
    desk.undo()
    (response,) = desk.session.exec(select(Response))
    assert response.struck_reason == WHY and desk.state(waits) is FindingState.OPEN
    assert [event.detail["what"] for event in desk.events(EventKind.CORRECTED)] == ["response_struck"]
    assert desk.stands() is Standing.AWAITING_ASSESSMENT
    reject(desk.session, NOW, waits, "It answers nobody.", actor=GROUP, user_id=desk.reviewer)
    assert desk.stands() is Standing.OVERDUE


def test_the_page_is_no_longer_watched_and_is_again_once_it_is_accepted_again(desk: Desk) -> None:
    waits = desk.finding(owed=desk.owed)
    for _ in range(2):
        desk.accept(waits)
        assert [one.superseded_at for one in desk.session.exec(select(Watch))] == [None]
        desk.undo()
        assert [one.superseded_at for one in desk.session.exec(select(Watch))] == [NOW]


def test_what_is_public_is_not_undone_without_a_public_reason(desk: Desk) -> None:
    desk.accept(desk.finding(owed=desk.owed))
    with pytest.raises(NotAccepted, match="Say why"):
        desk.undo(why=" ")


def test_a_response_somebody_has_judged_since_is_not_undone(desk: Desk) -> None:
    desk.accept(desk.finding(owed=desk.owed))
    (response,) = desk.session.exec(select(Response))
    said = Assess(
        obligation=desk.owed, responses=(response.id or 0,), verdict=Verdict.NOT, reasons="Nothing."
    )
    assess(desk.session, NOW, said, actor=GROUP, user_id=desk.second)
    with pytest.raises(NotAccepted, match="judged this response"):
        desk.undo()


def test_a_dismissal_is_undone_in_silence_and_holds_the_flag_back_again(desk: Desk) -> None:
    waits = desk.finding(owed=desk.owed)
    reject(desk.session, NOW, waits, "", reason="misread", actor=GROUP, user_id=desk.reviewer)
    assert desk.stands() is Standing.OVERDUE
    desk.undo(why="")
    assert desk.state(waits) is FindingState.OPEN and desk.stands() is Standing.AWAITING_ASSESSMENT
    assert desk.events(EventKind.CORRECTED) == []


def test_a_reason_that_is_none_of_the_list_is_refused(desk: Desk) -> None:
    waits = desk.finding(owed=desk.owed)
    with pytest.raises(NotAccepted, match="one of the list"):
        reject(desk.session, NOW, waits, "", reason="bored", actor=GROUP)


def test_putting_off_is_undone(desk: Desk) -> None:
    waits = desk.finding(kind="update")
    put_off(desk.session, NOW, waits, date(2026, 6, 1), actor=GROUP, user_id=desk.reviewer)
    desk.undo(why="")
    row = desk.session.get(Finding, waits)
    assert row is not None and row.later_until_at is None


def test_an_undone_item_leaves_every_list_and_is_entered_anew_when_accepted_again(desk: Desk) -> None:
    waits = desk.finding("Clean the lake", kind="new_item")
    one = findings.one(desk.session, waits)
    assert one is not None and not is_complete(desk.session, one)
    document = entries.documents(desk.session)[0][0].key
    said = replace(
        draft_item(desk.session, one), document=document, addressees=(OwedBy(body="ministry-of-water"),)
    )
    made = accept_new_item(desk.session, NOW, waits, said, actor=GROUP, user_id=desk.reviewer)
    assert desk.events(EventKind.LOGGED)[-1].detail["page_sha256"] == PAGE
    desk.undo()
    assert made.visibility is Visibility.WITHHELD and desk.state(waits) is FindingState.OPEN
    again = accept_new_item(desk.session, NOW, waits, said, actor=GROUP, user_id=desk.reviewer)
    assert again.key != made.key and again.visibility is Visibility.PUBLIC


def _frame(session: Session, made: Item) -> list[Visibility]:
    """Whether the item's document, process and body are in sight."""
    document, process = session.get_one(Document, made.document_id), session.get_one(Process, made.process_id)
    body = session.exec(select(Body).where(Body.name == "Ministry of Lakes")).one()
    return [document.visibility, process.visibility, body.visibility]


def test_what_was_made_only_for_an_undone_item_leaves_with_it_and_comes_back_with_it(desk: Desk) -> None:
    here = desk.session.get_one(Source, desk.here[0])
    here.settings = {"options": {"process_kind": "audit", "process_name": "Lake audits"}, "process": "lakes"}
    waits = desk.finding("Clean the lake", kind="new_item")
    one = findings.one(desk.session, waits)
    assert one is not None
    lakes = OwedBy(body="", new=EnterBody(name="Ministry of Lakes", jurisdiction="GB"))
    said = replace(draft_item(desk.session, one), addressees=(lakes, OwedBy(body="ministry-of-water")))
    made = accept_new_item(desk.session, NOW, waits, said, actor=GROUP, user_id=desk.reviewer)
    assert _frame(desk.session, made) == [Visibility.PUBLIC] * 3
    desk.undo()
    assert _frame(desk.session, made) == [Visibility.WITHHELD] * 3
    water = desk.session.exec(select(Body).where(Body.key == "ministry-of-water")).one()
    assert water.visibility is Visibility.PUBLIC
    known = replace(said, addressees=(OwedBy(body="ministry-of-lakes"),))
    again = accept_new_item(desk.session, NOW, waits, known, actor=GROUP, user_id=desk.reviewer)
    assert _frame(desk.session, again) == [Visibility.PUBLIC] * 3


def test_what_an_undone_item_shares_with_others_stays(desk: Desk) -> None:
    waits, also = desk.finding("Clean the lake", kind="new_item"), desk.finding("Mend it", kind="new_item")
    one = findings.one(desk.session, waits)
    assert one is not None
    here = desk.session.get_one(Source, desk.here[0])
    here.settings = {"options": {"process_kind": "audit"}, "process": "lakes"}
    lakes = OwedBy(body="", new=EnterBody(name="Ministry of Lakes", jurisdiction="GB"))
    said = replace(draft_item(desk.session, one), addressees=(lakes,))
    made = accept_new_item(desk.session, NOW, waits, said, actor=GROUP, user_id=desk.reviewer)
    document = desk.session.get_one(Document, made.document_id).key
    other = replace(said, document=document, addressees=(OwedBy(body="ministry-of-lakes"),))
    accept_new_item(desk.session, NOW, also, other, actor=GROUP, user_id=desk.second)
    desk.undo()
    assert made.visibility is Visibility.WITHHELD and _frame(desk.session, made) == [Visibility.PUBLIC] * 3


def test_a_note_and_a_known_item_are_noted_in_the_log_with_their_page_and_undone(desk: Desk) -> None:
    note = desk.finding("A hearing was held", kind="update", item=desk.item.key)
    known = desk.finding("The same item", kind="new_item")
    desk.accept(note)
    accept_as_known(desk.session, NOW, known, desk.item.key, actor=GROUP, user_id=desk.reviewer)
    noted = desk.events(EventKind.NOTED)
    assert [event.detail["what"] for event in noted] == ["note", "watched_page"]
    assert {event.detail["page_sha256"] for event in noted} == {PAGE}
    desk.undo()
    desk.undo()
    assert [event.detail["what"] for event in desk.events(EventKind.CORRECTED)] == ["watched_page", "note"]
    assert [one.superseded_at for one in desk.session.exec(select(Happening))] == [NOW]
    assert {desk.state(note), desk.state(known)} == {FindingState.OPEN}


def test_only_ones_own_decision_of_the_day_can_be_undone(desk: Desk) -> None:
    desk.accept(desk.finding(owed=desk.owed))
    assert undoable(desk.session, NOW, desk.second) is None
    assert undoable(desk.session, NOW + UNDO_WITHIN + timedelta(minutes=1), desk.reviewer) is None
    desk.undo()
    with pytest.raises(NotAccepted, match="nothing of today"):
        desk.undo()


PARTS = (
    ("For water", ResponseKind.REPLY, Position.ACCEPTED),
    ("For rivers", ResponseKind.HOLDING, None),
)


def parts(desk: Desk) -> list[Part]:
    return [
        Part(kind="response", title=title, obligation=owed, response_kind=kind, position=position)
        for (title, kind, position), owed in zip(PARTS, (desk.owed, desk.other), strict=True)
    ]


def test_the_parts_of_a_finding_are_decided_each_for_its_own_obligation(desk: Desk) -> None:
    waits = desk.finding("Both ministries", owed=desk.owed)
    made = split_finding(desk.session, NOW, waits, parts(desk), actor=GROUP, user_id=desk.reviewer)
    assert desk.state(waits) is FindingState.SPLIT
    assert {standing(desk.session, owed) for owed in (desk.owed, desk.other)} == {
        Standing.AWAITING_ASSESSMENT
    }
    for part in made:
        desk.session.refresh(part)
        desk.accept(part.id or 0)
    lines = desk.session.exec(select(ResponseLine).order_by(col(ResponseLine.id)))
    assert [(line.obligation_id, line.kind, line.position) for line in lines] == [
        (desk.owed, ResponseKind.REPLY, Position.ACCEPTED),
        (desk.other, ResponseKind.HOLDING, None),
    ]
    assert standing(desk.session, desk.other) is Standing.OVERDUE_UNSUBSTANTIVE


def test_a_split_is_undone_until_a_part_is_decided(desk: Desk) -> None:
    waits = desk.finding("Both ministries", owed=desk.owed)
    split_finding(desk.session, NOW, waits, parts(desk), actor=GROUP, user_id=desk.reviewer)
    desk.undo(why="")
    assert desk.state(waits) is FindingState.OPEN
    first, _ = split_finding(
        desk.session, NOW + timedelta(minutes=1), waits, parts(desk), actor=GROUP, user_id=desk.reviewer
    )
    reject(desk.session, NOW, first.id or 0, "No.", actor=GROUP, user_id=desk.second)
    with pytest.raises(NotAccepted, match="One of its parts"):
        desk.undo(why="")


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"title": " "}, "needed"),
        ({"kind": "poem"}, "one of the list"),
        ({"obligation": 999}, "no obligation"),
    ],
)
def test_a_part_that_says_nothing_is_refused(desk: Desk, changes: dict[str, Any], complaint: str) -> None:
    waits = desk.finding(owed=desk.owed)
    wrong = [parts(desk)[0], replace(parts(desk)[1], **changes)]
    with pytest.raises(NotAccepted, match=complaint):
        split_finding(desk.session, NOW, waits, wrong, actor=GROUP)
    with pytest.raises(NotAccepted, match="from 2 to 12"):
        split_finding(desk.session, NOW, waits, wrong[:1], actor=GROUP)


def test_what_came_on_another_day_for_one_obligation_is_a_communication_of_its_own(desk: Desk) -> None:
    waits = desk.finding(owed=desk.owed)
    one = findings.one(desk.session, waits)
    assert one is not None
    said = draft_response(desk.session, one)
    rivers = replace(said.lines[0], obligation=desk.other, on_behalf=True, kind=ResponseKind.HOLDING)
    late = replace(said, lines=(rivers,), published=day(date(2026, 5, 9)))
    accept_response(desk.session, NOW, waits, said, also=[late], actor=GROUP, user_id=desk.reviewer)
    responses = list(desk.session.exec(select(Response).order_by(col(Response.id))))
    assert [one.published_on for one in responses] == [date(2026, 5, 6), date(2026, 5, 9)]
    desk.undo()
    assert all(one.struck_at for one in responses)
    assert desk.session.exec(select(Item)).one().visibility is Visibility.PUBLIC
