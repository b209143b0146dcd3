"""Every act that writes a public fact leaves an entry in the log, in its own transaction; both are there or neither."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, func, select

from tests.services.entered import GROUP, NOW, item, owing, people
from tests.services.test_assess import verdict
from tests.services.test_respond import reply
from tracker.domain.link_tokens import Seal
from tracker.domain.partial import day
from tracker.domain.words import (
    Basis,
    BodyKind,
    ClaimState,
    ClockEntryKind,
    EndCause,
    ObjectionKind,
    ObjectionState,
    ProcessKind,
    ResponseKind,
    Role,
    Speaker,
    Verdict,
)
from tracker.services.assess import assess, countersign, withdraw_verdict
from tracker.services.claim_implementation import StateClaim, state_claim, withdraw_claim
from tracker.services.correct import correct_line, correct_role, correct_terms, deadline_of
from tracker.services.correct_body import BodyFacts, correct_body
from tracker.services.correct_response import correct_response, facts_of_response
from tracker.services.end_many import EndMany, end_many, undo_act
from tracker.services.enter_process import (
    EnterBody,
    EnterDocument,
    EnterProcess,
    enter_body,
    enter_document,
    enter_process,
)
from tracker.services.look import Look, look
from tracker.services.merge_bodies import Merge, SameAs, merge_bodies, same_body
from tracker.services.move_clock import MoveClock, move_clock, undo_entry
from tracker.services.note_body_change import Happened
from tracker.services.note_correction import note_correction
from tracker.services.object_end import end_objection
from tracker.services.object_to import Objecting, object_to
from tracker.services.rename_body import Rekey, Rename, rekey_body, rename_body
from tracker.services.respond import SaidFor, respond
from tracker.services.revise import file_under, revise
from tracker.services.split_body import Split, split_body
from tracker.services.state_word import StateWord, state_word, withdraw_word
from tracker.services.take_back import retract, strike, withdraw_look
from tracker.services.take_out import remove_addressee, withdraw_item
from tracker.services.tie_body import Members, PartOf, part_of, set_members
from tracker.services.withhold import find_one, let_out, withhold
from tracker.storage import bodies
from tracker.storage.engine import Database
from tracker.storage.entries import id_of, owed
from tracker.storage.history import looks_for
from tracker.storage.tables import Body, BodyContact, Document, Event, Item, Process, Response

HAPPENED = Happened(works_from_on=date(2026, 5, 1), reason="The order of 1 May")
WATER, RIVERS = "ministry-of-water", "ministry-of-rivers"


@dataclass
class Scene:
    """An item that two ministries owe an answer about; one has replied."""

    session: Session
    item: Item
    owed: list[int]
    response: Response
    readers: tuple[int, int]

    @property
    def now(self) -> tuple[Session, Any]:
        """What every service wants first."""
        return self.session, NOW

    def body(self, key: str = WATER) -> Body:
        """One of the ministries."""
        found = bodies.by_key(self.session, key)
        assert found is not None
        return found

    def judged(self, said: Verdict = Verdict.NOT) -> Any:
        """A verdict on the reply."""
        wanted = verdict(self.owed[0], id_of(self.response), said)
        return assess(*self.now, wanted, actor=GROUP, user_id=self.readers[0])

    def objected(self) -> str:
        """What the ministry objects; its number."""
        contact = BodyContact(
            body_id=id_of(self.body()), address="a@b.example", address_hash="x", asked_at=NOW, verified_at=NOW
        )
        self.session.add(contact)
        self.session.flush()
        said = Objecting(
            kind=ObjectionKind.WE_ANSWERED,
            obligations=(self.owed[0],),
            url="https://water.gov.example/answer",
            said_on=date(2026, 5, 6),
            text="here",
        )
        return object_to(*self.now, contact, said, Seal("a secret of the tests, long enough for any check"))

    def claimed(self) -> Any:
        """What the watchdog says of the implementation."""
        said = StateClaim(
            obligations=(self.owed[0],),
            speaker=Speaker.WATCHDOG,
            state=ClaimState.PLANNED,
            claimed=day(date(2026, 5, 10)),
            url="https://a.example/",
        )
        return state_claim(*self.now, said, actor=GROUP)[0]

    def stated(self) -> Any:
        """The asker's word on the reply."""
        said = StateWord(
            obligation=self.owed[0],
            response=id_of(self.response),
            asker="The assembly",
            text="No.",
            stated=day(date(2026, 5, 10)),
            url="https://a.example/",
        )
        return state_word(*self.now, said, actor=GROUP)

    def looked(self, *ids: int) -> Any:
        """A look that changes no standing: the day it was due is not over."""
        said = Look(
            obligations=ids or (self.owed[1],), looked_on=date(2026, 5, 3), places=("https://a.example/",)
        )
        return look(*self.now, said, actor=GROUP)

    def moved(self, kind: ClockEntryKind, **more: Any) -> Any:
        """An entry about a clock."""
        wanted: dict[str, Any] = {
            "obligation": self.owed[1],
            "works_from_on": date(2026, 4, 20),
            "reason": "They wrote so.",
        }
        return move_clock(*self.now, MoveClock(kind=kind, **(wanted | more)), actor=GROUP)

    def ended(self) -> Any:
        """One act that ends all that a document asks for."""
        document = self.session.get_one(Document, self.item.document_id)
        said = EndMany(
            cause=EndCause.REVOKED,
            works_from_on=date(2026, 5, 2),
            reason="Revoked.",
            source_url="https://orders.example/9",
            document=document.key,
        )
        return end_many(*self.now, said, actor=GROUP)

    def withheld(self) -> Any:
        """The reply out of sight."""
        thing = find_one(self.session, self.response.key, "response")
        withhold(*self.now, thing, "a court order", actor=GROUP)
        return thing

    def process(self) -> str:
        """The key of the process."""
        return self.session.get_one(Process, self.item.process_id).key


Act = Callable[[Scene], Any]


def _terms(one: Scene) -> None:
    [held] = owed(one.session, [one.owed[1]])
    said = replace(deadline_of(held), stated=day(date(2026, 6, 4)), basis=Basis.REQUEST)
    correct_terms(*one.now, one.owed[1], said, "misread", actor=GROUP)


def _facts(one: Scene) -> None:
    facts = replace(facts_of_response(one.session, one.response), title="Another title")
    correct_response(*one.now, one.response, facts, "misread", actor=GROUP)


ACTS: Mapping[str, Act] = {
    "a process": lambda one: enter_process(
        *one.now, EnterProcess(name="Jury", kind=ProcessKind.CITIZENS_JURY), actor=GROUP
    ),
    "a document": lambda one: enter_document(
        *one.now, EnterDocument(process=one.process(), title="Second report"), actor=GROUP
    ),
    "a body": lambda one: enter_body(*one.now, EnterBody(name="Lakes", kind=BodyKind.COMPANY), actor=GROUP),
    "an item": lambda one: item(
        one.session, document=one.session.get_one(Document, one.item.document_id).key, title="Another"
    ),
    "a response": lambda one: respond(*one.now, reply(one.owed[0], title="Second"), actor=GROUP),
    "a look that changes nothing": lambda one: one.looked(),
    "a look for two": lambda one: one.looked(*one.owed),
    "a look taken back": lambda one: withdraw_look(*one.now, one.looked(), "another site", actor=GROUP),
    "a verdict": lambda one: one.judged(),
    "a second reader": lambda one: countersign(*one.now, one.judged(), actor=GROUP, user_id=one.readers[1]),
    "a verdict taken back": lambda one: withdraw_verdict(
        *one.now, one.judged(Verdict.SUBSTANTIVE), "misread", actor=GROUP
    ),
    "a claim": lambda one: one.claimed(),
    "a claim taken back": lambda one: withdraw_claim(*one.now, one.claimed(), "misread", actor=GROUP),
    "a statement": lambda one: one.stated(),
    "a statement taken back": lambda one: withdraw_word(*one.now, one.stated(), "misread", actor=GROUP),
    "an extension": lambda one: one.moved(ClockEntryKind.EXTENSION, new_due_on=date(2026, 6, 1)),
    "an extension taken back": lambda one: undo_entry(
        *one.now, one.moved(ClockEntryKind.EXTENSION, new_due_on=date(2026, 6, 1)), "misread", actor=GROUP
    ),
    "an order that ends all": lambda one: one.ended(),
    "such an order taken back": lambda one: undo_act(*one.now, one.ended(), "misread", actor=GROUP),
    "terms": _terms,
    "the facts of a response": _facts,
    "what a response was taken for": lambda one: correct_line(
        *one.now,
        one.response,
        SaidFor(obligation=one.owed[0], kind=ResponseKind.HOLDING),
        "misread",
        actor=GROUP,
    ),
    "a role": lambda one: correct_role(*one.now, one.owed[1], Role.SUPPORTING, "misread", actor=GROUP),
    "a text": lambda one: revise(*one.now, one.item, {"title": "Other"}, "misread", actor=GROUP),
    "topics": lambda one: file_under(*one.now, one.item, ["health"], actor=GROUP),
    "a body put right": lambda one: correct_body(
        *one.now,
        one.body(),
        BodyFacts(body=EnterBody(name="Water", jurisdiction="GB")),
        "misread",
        actor=GROUP,
    ),
    "a body renamed": lambda one: rename_body(
        *one.now, one.body(), Rename(name="Department of Water", happened=HAPPENED), actor=GROUP
    ),
    "a body's address": lambda one: rekey_body(
        *one.now, one.body(), Rekey(key="water", happened=HAPPENED), actor=GROUP
    ),
    "a body merged": lambda one: merge_bodies(
        *one.now, one.body(), Merge(into=RIVERS, happened=HAPPENED), actor=GROUP
    ),
    "a body entered twice": lambda one: same_body(
        *one.now, one.body(), SameAs(kept=RIVERS, happened=HAPPENED), actor=GROUP
    ),
    "a body divided": lambda one: split_body(
        *one.now, one.body(), Split(goes_to={one.owed[0]: RIVERS}, happened=HAPPENED), actor=GROUP
    ),
    "a part of a body": lambda one: part_of(
        *one.now, one.body(), PartOf(whole=RIVERS, happened=HAPPENED), actor=GROUP
    ),
    "members": lambda one: set_members(
        *one.now,
        enter_body(*one.now, EnterBody(name="All ministries", kind=BodyKind.GROUP), actor=GROUP),
        Members(members=(WATER, RIVERS), happened=HAPPENED),
        actor=GROUP,
    ),
    "an objection": lambda one: one.objected(),
    "an objection ended": lambda one: end_objection(
        *one.now, one.objected(), ObjectionState.NOT_UPHELD, "It is a receipt.", actor=GROUP
    ),
    "a correction in words": lambda one: note_correction(
        *one.now, "We were wrong.", one.item.key, actor=GROUP
    ),
    "a response struck": lambda one: strike(*one.now, one.response, "not theirs", actor=GROUP),
    "a response withdrawn by the body": lambda one: retract(
        *one.now, one.response, date(2026, 5, 10), actor=GROUP
    ),
    "a thing withheld": lambda one: one.withheld(),
    "a thing shown again": lambda one: let_out(*one.now, one.withheld(), "", actor=GROUP),
    "a body that was never asked": lambda one: remove_addressee(
        *one.now, one.owed[1], "misread", actor=GROUP
    ),
    "an item withdrawn": lambda one: withdraw_item(*one.now, one.item, "entered twice", actor=GROUP),
}


def _count(session: Session) -> int:
    session.flush()
    return session.exec(select(func.count()).select_from(Event)).one()


def _scene(session: Session) -> Scene:
    entered = item(session, WATER, RIVERS)
    ids = owing(session, entered)
    readers = people(session)
    return Scene(session, entered, ids, respond(session, NOW, reply(ids[0]), actor=GROUP), readers)


class Stop(Exception):  # noqa: N818
    """Something goes wrong after the act."""


@pytest.mark.parametrize("name", ACTS)
def test_an_act_and_its_entry_are_both_there_or_neither(database: Database, name: str) -> None:
    with pytest.raises(Stop), database.writing() as session:
        scene = _scene(session)
        before = _count(session)
        with pytest.raises(Stop), session.begin_nested():
            ACTS[name](scene)
            assert _count(session) > before
            raise Stop
        session.expire_all()
        assert _count(session) == before
        raise Stop
    with database.reading() as session:
        assert _count(session) == 0


def test_a_look_is_one_entry_however_much_was_looked_for_and_is_in_each_items_history(
    database: Database,
) -> None:
    with database.writing() as session:
        scene = _scene(session)
        key = session.get_one(Document, scene.item.document_id).key
        other = item(session, document=key, title="Another")
        third = item(session, document=key, title="A third")
        before = _count(session)
        scene.looked(scene.owed[1], *owing(session, other))
        assert _count(session) == before + 1
        [event] = [session.get_one(Event, id_) for id_ in looks_for(session, other)]
        assert looks_for(session, scene.item) == [event.id] and looks_for(session, third) == []
        assert "https://" not in str(event.detail), "places may be withheld one day: bound by their hash"
