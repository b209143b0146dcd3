"""A site that has a thing of every kind: the demo's, and whatever people, readers, mails and webhooks leave behind."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from socket import create_server
from typing import Any

from flask import Flask
from sqlmodel import Session, col, select
from werkzeug.routing import Rule

from tests.services.alerted import ADMIN, REVIEWER, WORDS, add, choose
from tests.services.entered import GROUP
from tests.services.queued import finding, source
from tests.services.receiving import Hooking, Receiver
from tests.services.reminded import Reminding
from tests.services.told import ADA, BOB, SECRET, Clock, Inbox, Telling, link, relay, site
from tests.web.editing.conftest import Person
from tracker.compose import Composed, compose
from tracker.config import Reminders, Webhooks
from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.partial import day
from tracker.domain.substance import Tick
from tracker.domain.words import (
    ClaimState,
    EndCause,
    ResponseKind,
    RunState,
    Speaker,
    UserRole,
    Verdict,
)
from tracker.services.assess import Assess, assess
from tracker.services.claim_implementation import StateClaim, state_claim
from tracker.services.end_many import EndMany, end_many
from tracker.services.enter_process import EnterBody, enter_body, kept
from tracker.services.invite import invite
from tracker.services.reset import ask as ask_reset
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.services.state_word import StateWord, state_word
from tracker.services.write_links import Subject, write
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.storage.people import group_by_key
from tracker.storage.tables import (
    Assessment,
    Body,
    BodyChange,
    Item,
    Objection,
    Obligation,
    Process,
    Response,
    ResponseLine,
    Run,
)
from tracker.web.access import Access, declared

SEAL = Seal(SECRET)
HOOK = "https://hooks.example.org/news"
OFFICE = "office@water.gov.example"
DOCUMENT = "citizens-assembly-on-water-final-report"
ITEM = f"{DOCUMENT}-1"
SAID = "The Department accepts this recommendation. It will publish the gauges by 1 March 2027."
TABLE = b"No,What,Who,By\n1,Publish the plan,Ministry A,2026-12-31\n2,Open the data,Ministry B,03/04/2026\n"
NO_PAGE = re.compile(
    r"\.(csv|json|zip|svg|js|xml|txt)$|mapping\.toml|/healthz|/log/|/api/v1|/static/|/bytes$|:form>|/edit/bodies/find"
)
"""Addresses that answer with something other than a page."""


@dataclass
class FullSite:
    """The site, its application for a browser, and what each address can be filled with."""

    telling: Telling
    app: Flask
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    """By the beginning of a rule: a value for each of its arguments; the longest beginning counts."""

    def pages(self, *, within: bool) -> list[str]:
        """One address for each kind of page: those of editors, or those for everybody else."""
        rules = sorted(self.app.url_map.iter_rules(), key=lambda one: one.rule)
        return [self.filled(rule) for rule in rules if self._is_page(rule, within=within)]

    def filled(self, rule: Rule) -> str:
        """The address of a rule for things that are there; a KeyError names what is missing."""
        fitting = sorted((one for one in self.known if rule.rule.startswith(one)), key=len)
        values = {name: value for one in fitting for name, value in self.known[one].items()}
        return re.sub(r"<(?:[^<>]*:)?([a-z0-9_]+)>", lambda found: values[found[1]], rule.rule)

    def _is_page(self, rule: Rule, *, within: bool) -> bool:
        open_to_all = {Access.PUBLIC, Access.TOKEN, Access.DOOR}
        kind = declared(self.app, rule.endpoint)
        wanted = kind not in {*open_to_all, Access.OPERATOR} if within else kind in open_to_all
        return "GET" in (rule.methods or ()) and wanted and not NO_PAGE.search(rule.rule)


@contextmanager
def full_site(demo: Database, folder: Path, now: Any) -> Iterator[FullSite]:
    """A copy of the demo with everything else beside it, seen at an instant."""
    file = folder / "answerby.db"
    with closing(sqlite3.connect(demo.url.removeprefix("sqlite:///"))) as copied:
        copied.execute("VACUUM INTO ?", (str(file),))
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    clock, inbox = Clock(), Inbox()
    with relay(inbox, port):
        base = site(f"sqlite:///{file}", clock, port, folder)
        base.close()
        on = replace(
            base.config,
            reminders=Reminders(enabled=True),
            webhooks=Webhooks(allow_hosts=("hooks.example.org",)),
        )
        telling = Telling(compose(on, clock), clock, inbox)
        made = FullSite(telling, telling.composed.app)
        _entered(telling)
        clock.at = now
        made.known = _keys(telling) | _told(telling) | _worked(telling)
        seen = _over_http(telling.composed)
        made.app = seen.app
        yield made
        seen.close()
        telling.composed.close()


def _over_http(composed: Composed) -> Composed:
    """The same for a browser: its cookies need no lock on the line."""
    named = replace(composed.config.site, base_url="http://127.0.0.1", contact_email="desk@example.org")
    return compose(replace(composed.config, site=named), composed.now)


def _entered(telling: Telling) -> None:
    """Four items, an answer to three of them that is judged, and people of three roles."""
    telling.enter(4)
    for email, role in ((ADMIN, UserRole.ADMIN), (REVIEWER, UserRole.REVIEWER)):
        add(telling, email, role)
    with telling.composed.database.writing() as session:
        now = telling.clock()
        body = session.exec(select(Body).where(col(Body.key) == "ministry-of-water")).one()
        body.website = "https://www.water.gov.example/"
        enter_body(session, now, EnterBody(name="Ministry of Seas", jurisdiction="GB"), actor=GROUP)
        said = LogResponse(
            body=body.key,
            lines=tuple(SaidFor(obligation=telling.owed[n], kind=ResponseKind.REPLY) for n in (0, 2, 3)),
            first_seen_on=now.date(),
            url="https://water.gov.example/answer",
            title="Reply of the Ministry",
            text=SAID,
        )
        response = id_of(respond(session, now, said, actor=GROUP))
        _spoken(session, telling, response)


def _spoken(session: Session, telling: Telling, response: int) -> None:
    """What readers, the asker and the body say of it."""
    now, owed = telling.clock(), telling.owed[0]
    given = Assess(
        obligation=owed,
        responses=(response,),
        verdict=Verdict.PARTLY,
        reasons="It says what, not who.",
        checklist={"position": Tick(True, "The Department accepts this recommendation.")},
    )
    assess(session, now, given, actor=GROUP)
    word = StateWord(
        obligation=owed,
        response=response,
        asker="The assembly",
        text="This is no answer.",
        stated=day(date(2026, 5, 11)),
        url="https://asker.example/1",
    )
    state_word(session, now, word, actor=GROUP)
    claim = StateClaim(
        obligations=(owed,),
        speaker=Speaker.BODY,
        state=ClaimState.PLANNED,
        as_written="In preparation",
        claimed=day(date(2026, 5, 11)),
        url="https://water.gov.example/plan",
    )
    state_claim(session, now, claim, actor=GROUP)


def _told(telling: Telling) -> dict[str, dict[str, str]]:
    """Subscribed, hooked, reminded, alerted, objected: the tokens of all the links that letters bear."""
    hooking = Hooking(telling, Receiver(url="https://hooks.example.org"))
    managing = telling.subscribe(BOB, frequency="daily")
    number, owner, _ = hooking.hook()
    hooking.ask(url=f"{HOOK}/2")
    telling.happen()
    reminding = Reminding(telling.composed, telling.clock, telling.inbox)
    reminding.reach()
    choose(telling, ADMIN, finding="daily")
    client = telling.composed.app.test_client(use_cookies=False)
    client.post("/object", data={"body": "ministry-of-water", "email": OFFICE})
    client.post("/seen-an-answer", data={"link": "https://water.gov.example/2", "item": ITEM})
    telling.work()
    proved = f"/object/{link(telling.inbox.to(OFFICE)[-1], 'object')}"
    page = client.post(proved, data={"act": "confirm"}).headers["Location"]
    said = {"kind": "we_answered", "url": "https://www.water.gov.example/3", "said_on": "2026-05-06"}
    sent = client.post(page, data={"act": "object", "obligations": telling.owed[1:2], **said})
    assert sent.status_code == 303
    hooked = link(telling.inbox.to(ADA)[-1], "webhooks/confirm")
    return {
        "/subscriptions/": {"token": managing},
        "/webhooks/": {"token": owner, "number": str(number)},
        "/object/": {"token": page.rpartition("/")[2].partition("?")[0]},
        "/webhooks/confirm/": {"token": hooked},
        **_secrets(telling),
    }


def _secrets(telling: Telling) -> dict[str, dict[str, str]]:
    with telling.composed.database.writing() as session:
        now = telling.clock()
        group = group_by_key(session, "city-watch")
        assert group is not None
        invited = invite(session, now, "guest@example.org", UserRole.EDITOR, group)
        return {
            "/invite/": {"token": invited.secret},
            "/login/reset/": {"token": str(ask_reset(session, now, ADMIN))},
            "/reminders/": {"token": write(session, SEAL, Purpose.REMINDERS, Subject("reach", "1"), now)},
            "/unsubscribe/": {
                "token": write(session, SEAL, Purpose.UNSUBSCRIBE, Subject("subscription", "1"), now)
            },
            "/alerts/leave/": {"token": write(session, SEAL, Purpose.ALERTS, Subject("user", "2"), now)},
        }


def _worked(telling: Telling) -> dict[str, dict[str, str]]:
    """What waits in the queue, was read, imported, ended and changed; the numbers of each."""
    with telling.composed.database.writing() as session:
        where = source(session)
        item = session.exec(select(Item).where(col(Item.key) == ITEM)).one()
        proposed = {
            "": finding(session, where, "A new report", kind="new_item"),
            "item": finding(session, where, "Another report", kind="new_item"),
            "response": finding(session, where, "A reply", owed=telling.owed[1]),
            "update": finding(session, where, "A change", kind="update", item=item.key),
        }
        stopped = Run(source_id=where[0], state=RunState.QUARANTINED, started_at=telling.clock())
        run = id_of(kept(session, stopped))
        objection = session.exec(select(Objection)).one()
    numbers = _changed(telling)
    review = {f"/edit/review/<int:id>/{act}": {"id": str(number)} for act, number in proposed.items() if act}
    return {
        "/edit/review/": {"id": str(proposed[""])},
        "/edit/objections/": {"number": str(objection.number)},
        "/edit/sources/runs/": {"id": str(run)},
        **review,
        **{place: {"id": number} for place, number in numbers.items()},
    }


def _changed(telling: Telling) -> dict[str, str]:
    """A table uploaded and imported, a document's duties ended, a body renamed, as people do it by the pages."""
    admin = Person(telling.composed.app.test_client())
    admin.client.environ_base["wsgi.url_scheme"] = "https"
    admin.client.environ_base["HTTP_REFERER"] = "https://localhost/"
    assert admin.log_in(ADMIN, WORDS).status_code == 303
    for _ in range(2):
        admin.get("/edit/imports")
        admin.post("/edit/imports", file=(BytesIO(TABLE), "plan.csv"), preset="own")
    columns = {"column__0": "key", "column__1": "title", "column__2": "lead", "column__3": "due"}
    chosen = {"process": "A plan", "basis": "promise", "item": "commitment"}
    admin.post("/edit/imports/files/1", draft="1", **chosen, **columns)
    mapping = admin.client.get("/edit/imports/files/1/mapping.toml").get_data(as_text=True)
    assert admin.post("/edit/imports/files/1", mapping=mapping, apply="1").status_code == 303
    why = {"reason": "The order of 1 May", "works_from_on": "1 May 2026", "keep": "1"}
    assert admin.post(
        "/edit/bodies/ministry-of-seas/changes/rename", name="Seas Office", **why
    ).status_code in (303,)
    return {"/edit/imports/files/": "2", **_made(telling)}


def _made(telling: Telling) -> dict[str, str]:
    with telling.composed.database.writing() as session:
        ended = EndMany(
            cause=EndCause.REVOKED,
            works_from_on=date(2026, 5, 20),
            reason="Revoked by order.",
            source_url="https://orders.example/9",
            process=str(session.exec(select(col(Process.key)).where(col(Process.name) == "A plan")).one()),
        )
        act = id_of(end_many(session, telling.clock(), ended, actor=GROUP))
        change = session.exec(select(BodyChange)).one()
        return {"/edit/endings/": str(act), "/edit/bodies/changes/": str(change.id)}


def _keys(telling: Telling) -> dict[str, dict[str, str]]:
    """What pages of things can be opened for; the demo's where it has more to show."""
    with telling.composed.database.reading() as session:
        owed = session.get_one(Obligation, telling.owed[0])
        open_one = session.get_one(Obligation, telling.owed[2])
        first = session.get_one(Item, owed.item_id)
        assert first.key == ITEM
        return {
            "/": {"token": "", "code": "GB", "sha256": "ab" * 32},
            "/items/": {"key": ITEM},
            "/bodies/": {"key": "uk-dsit"},
            "/processes/": {"key": "uk-sitc-ai-2022", "number": "1"},
            "/documents/": {"key": "uk-sitc-hc1769"},
            "/topics/": {"key": "health"},
            "/kinds/": {"key": "coroner"},
            "/groups/": {"key": "city-watch"},
            "/rules/": {"key": "gb-commons-select-committee"},
            "/calendars/": {"code": "GB-EAW"},
            "/sources/": {"key": "answers"},
            "/embed/items/": {"key": ITEM},
            "/embed/bodies/": {"key": "uk-dsit"},
            "/embed/processes/": {"key": "uk-sitc-ai-2022"},
            "/edit/items/": {"key": ITEM},
            "/edit/bodies/": {"key": "ministry-of-water", "kind": "merge"},
            "/edit/documents/": {"key": DOCUMENT},
            "/edit/processes/": {"key": "citizens-assembly-on-water"},
            "/edit/visibility/": {"kind": "item", "key": ITEM},
            "/edit/obligations/": {"id": str(open_one.id)},
            "/edit/looks/": {"id": "1"},
            "/edit/imports/": {"id": "1"},
            **_answers(session, owed),
        }


def _answers(session: Session, owed: Obligation) -> dict[str, dict[str, str]]:
    """The reply to the first obligation, and the verdict on it."""
    verdict = session.exec(select(Assessment).where(Assessment.obligation_id == owed.id)).one()
    line = session.exec(select(ResponseLine).where(ResponseLine.obligation_id == owed.id)).one()
    response = session.get_one(Response, line.response_id)
    return {
        "/edit/responses/": {"key": response.key, "obligation": str(owed.id)},
        "/edit/assessments/": {"id": str(verdict.id)},
    }
