"""A site whose every thing bears a mark, so that each copy of it can be found wherever it is given out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sqlmodel import Session

from tests.services.entered import GROUP, NOW, STATED, item, owing
from tests.web.open_site import Opened
from tests.whole.outputs import addresses, fetch
from tracker.domain.partial import day
from tracker.domain.substance import Tick
from tracker.domain.words import ClaimState, ProcessKind, ResponseKind, Speaker, Verdict
from tracker.services.assess import Assess, assess
from tracker.services.claim_implementation import StateClaim, state_claim
from tracker.services.correct_response import correct_response, facts_of_response
from tracker.services.enter_process import (
    EnterBody,
    EnterDocument,
    EnterProcess,
    enter_body,
    enter_document,
    enter_process,
)
from tracker.services.export_tables import export_tables
from tracker.services.look import Look, look
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.services.revise import revise
from tracker.services.sequence import sequence
from tracker.services.state_word import StateWord, state_word
from tracker.services.withhold import find_one, withhold
from tracker.storage.engine import Database
from tracker.storage.entries import id_of

MARKS = {
    "process": "Zprocess",
    "document": "Zdocument",
    "body": "Zbody",
    "item": "Zitem",
    "response": "Zresponse",
}
BENEATH = {
    "process": {"process", "document", "item", "response"},
    "document": {"document", "item", "response"},
    "body": {"body"},
    "item": {"item"},
    "response": {"response"},
}
"""What goes out of sight with a thing: at the least the thing itself."""
COUNTED = (
    "/bodies?basis=convention&duty=respond",
    "/calendar?month=2026-05",
    "/calendar?due=2026-05-04",
    "/scorecards.csv?basis=convention",
    "/trend.json?list=overdue",
    "/bodies?as_of=2026-05-16",
    "/scorecards.json?as_of=2026-05-16&hindsight=1",
)
"""Pages and data whose filters make them another thing."""
LATER = NOW + timedelta(days=3)
MOST = 30


def mark(kind: str, word: str) -> str:
    return f"{MARKS[kind]}{word}"


@dataclass
class Place:
    """A site whose every thing is marked, and the keys of the things."""

    site: Opened
    keys: dict[str, str]

    def outputs(self, folder: Path) -> dict[str, bytes]:
        """All that is given out: every address of today and of a day that is past, both forms of the export."""
        with self.site.database.reading() as session:
            asked = list(addresses(self.site.app, session, MOST))
            for form in ("csv", "jsonl"):
                export_tables(session, self.site.now, folder / form, form)
        kinds = ("items", "bodies", "processes", "documents", "responses")
        own = [f"/{kind}/{key}" for kind, key in zip(kinds, self._in_order(kinds), strict=True)]
        past = [f"{one}?as_of=2026-05-16" for one in ("/overdue", "/obligations", *own) if "resp" not in one]
        more = [*past, *COUNTED, "/log/entries?from=0"]
        found = {one: fetch(self.site.client, one)[1] for one in [*asked, *more]}
        for word in ("", *(f"{one}title" for one in MARKS.values())):
            for form in ("", ".json", ".csv"):
                said = fetch(self.site.client, f"/search{form}?q={word}")[1]
                found[f"search{form} for {word}"] = re.sub(rf"(?:q=|[\"“ ]|&#34;){word}".encode(), b"", said)
        found |= {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}
        return found

    def withhold(self, kind: str) -> None:
        """Take a thing of a kind out of sight."""
        with self.site.database.writing() as session:
            thing = find_one(session, self.keys[kind], kind)
            withhold(session, self.site.now, thing, "of no concern to the public", actor=GROUP)

    def _in_order(self, kinds: tuple[str, ...]) -> list[str]:
        singular = {"items": "item", "bodies": "body", "processes": "process"}
        return [self.keys[singular.get(kind, kind.rstrip("s"))] for kind in kinds]

    def holding(self, kind: str, folder: Path) -> list[str]:
        """The outputs that hold the mark of a kind."""
        wanted = MARKS[kind].encode()
        return [name for name, said in self.outputs(folder).items() if wanted in said]


@contextmanager
def marked(url: str) -> Iterator[Place]:
    """The site with all its entries in the log, two days after the answer was judged."""
    database = Database(url)
    with database.writing() as session:
        keys = entered(session)
    with database.writing() as session:
        while sequence(session, LATER):
            pass
    yield Place(Opened(database, LATER + timedelta(days=2)), keys)
    database.close()


THE_PROCESS = EnterProcess(
    key="the-process",
    name=mark("process", "title"),
    kind=ProcessKind.PARLIAMENTARY_COMMITTEE,
    jurisdiction="GB",
)
THE_DOCUMENT = EnterDocument(
    key="the-document",
    process="the-process",
    title=mark("document", "title"),
    published=day(date(2026, 3, 9)),
)
THE_BODY = EnterBody(key="the-body", name=mark("body", "title"), jurisdiction="GB")


def entered(session: Session) -> dict[str, str]:
    process = enter_process(session, NOW, THE_PROCESS, actor=GROUP)
    document = enter_document(session, NOW, THE_DOCUMENT, actor=GROUP)
    body = enter_body(session, NOW, THE_BODY, actor=GROUP)
    entered = item(
        session,
        body.key,
        document=document.key,
        key="the-item",
        title=mark("item", "title"),
        text=mark("item", "text"),
        ref=mark("item", "ref"),
        deadline=replace(STATED, as_written=mark("item", "deadline")),
    )
    [owed] = owing(session, entered)
    revise(session, NOW, entered, {"text": mark("item", "later")}, mark("item", "reason"), actor=GROUP)
    said = Look(obligations=(owed,), looked_on=NOW.date(), places=("https://body.example/answers",))
    look(session, NOW, said, actor=GROUP)
    return {
        "process": process.key,
        "document": document.key,
        "body": body.key,
        "item": entered.key,
        "response": _answered(session, owed),
    }


def _answered(session: Session, owed: int) -> str:
    response = respond(
        session,
        LATER,
        LogResponse(
            body="the-body",
            lines=(SaidFor(obligation=owed, kind=ResponseKind.REPLY, quote=mark("response", "quote")),),
            first_seen_on=LATER.date(),
            url=f"https://body.example/{mark('response', 'url')}",
            title=mark("response", "title"),
            text=f"{mark('response', 'text')} {mark('response', 'quote')}",
        ),
        actor=GROUP,
    )
    facts = replace(facts_of_response(session, response), title=mark("response", "title2"))
    correct_response(session, LATER, response, facts, "the title was another", actor=GROUP)
    tick = Tick(True, mark("response", "quote"))
    given = Assess(
        obligation=owed,
        responses=(id_of(response),),
        verdict=Verdict.PARTLY,
        reasons="a part of it",
        checklist={"position": tick},
    )
    assess(session, LATER, given, actor=GROUP)
    _spoken_of(session, owed, id_of(response))
    return response.key


def _spoken_of(session: Session, owed: int, response: int) -> None:
    """What the asker says of the response, and what the body says was done."""
    word = StateWord(
        obligation=owed,
        response=response,
        asker="The assembly",
        text=mark("response", "word"),
        stated=day(LATER.date()),
        url="https://asker.example/word",
    )
    state_word(session, LATER, word, actor=GROUP)
    claim = StateClaim(
        obligations=(owed,),
        speaker=Speaker.BODY,
        state=ClaimState.PLANNED,
        as_written=mark("item", "claimed"),
        claimed=day(LATER.date()),
        url="https://body.example/claims",
    )
    state_claim(session, LATER, claim, actor=GROUP)
