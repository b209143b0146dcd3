"""Fact patterns told through the API: what is owed, what happened and when it was noted, and where that must stand."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from tests.web.open_site import Opened
from tracker.domain.words import UserRole
from tracker.services.grant import grant
from tracker.services.people import add_user

V1 = "/api/v1"
REFUSED = {400: (400, 422)}
"""What cannot be read, and what can be read and not be done."""
_numbers = itertools.count(1)
DUE = "2026-05-04"
ENTERED_ON = "2026-03-16"
FOUNDED_ON = "2025-12-01"
STATED: dict[str, Any] = {"basis": "statute", "due_stated": DUE}
"""Owed by a date that an act states: Monday, 4 May 2026."""
TWO_MONTHS: dict[str, Any] = {"rule": "gb-commons-select-committee", "trigger_on": "2026-03-04"}
"""Owed by a rule from the day of publication: computed, Monday, 4 May 2026."""
_SHORT = {
    "due": "due_on",
    "overdue": "days_overdue",
    "since": "days_since_due",
    "checked": "checked_on",
    "late": "late_days",
}


def moment(written: str) -> datetime:
    """A day (at noon) or an instant (UTC)."""
    if len(written) == 10:
        return datetime.combine(datetime.fromisoformat(written), time(12), UTC)
    return datetime.fromisoformat(written)


def stands(standing: str, **fields: Any) -> dict[str, Any]:
    """Where it must stand; neither overdue nor late unless said, due on 4 May unless said."""
    said = {_SHORT.get(name, name): value for name, value in fields.items()}
    return {"standing": standing, "due_on": DUE, "days_overdue": None, "late_days": None} | said


@dataclass
class Teller:
    """Puts one pattern on record, each fact on the day it was noted."""

    site: Opened
    tokens: dict[str, str]
    body: str = "roads"
    """Key of the body that owes."""
    ids: list[int] = field(default_factory=list)
    responses: dict[str, str] = field(default_factory=dict)
    verdicts: list[int] = field(default_factory=list)

    def afresh(self) -> "Teller":
        """The same people at the next pattern."""
        return Teller(self.site, self.tokens, f"roads-{next(_numbers)}")

    def item(self, owes: dict[str, Any]) -> dict[str, Any]:
        """An item that the body owes an answer about."""
        addressee = {"body": self.body} | owes.get("addressee", {})
        said = {"document": "report", "title": "Mend the bridge", "addressees": [addressee]} | owes
        return {name: value for name, value in said.items() if name != "addressee"}

    def post(self, path: str, said: Mapping[str, Any], by: str = "first", status: int = 201) -> Any:
        headers = {"Authorization": f"Bearer {self.tokens[by]}"}
        answer = self.site.client.post(f"{V1}{path}", json=dict(said), headers=headers)
        assert answer.status_code in REFUSED.get(status, (status,)), (
            path,
            answer.status_code,
            answer.get_data(as_text=True),
        )
        return answer.get_json()

    def seen(self, when: str) -> dict[str, Any]:
        """The obligation `"2026-05-12"` (then), `"as of …"` or `"hindsight …"` (asked at the latest moment)."""
        how, _, day = when.rpartition(" ")
        asked = {"": "", "as of": f"?as_of={day}", "hindsight": f"?as_of={day}&hindsight=1"}[how]
        if not how:
            self.site.now = moment(day)
        found: dict[str, Any] = self.site.json(f"{V1}/obligations/{self.ids[0]}{asked}")
        return found


Telling = Callable[[Teller], None]


@dataclass(frozen=True)
class Fact:
    """Something put on record on a day."""

    noted: str
    tell: Telling


@dataclass(frozen=True)
class Pattern:
    """A story, and where it must stand when."""

    name: str
    owes: dict[str, Any]
    facts: tuple[Fact, ...]
    then: Mapping[str, Mapping[str, Any]]
    body: dict[str, Any] = field(default_factory=dict)
    entered: str = ENTERED_ON

    def told(self, teller: Teller) -> Teller:
        """All of it put on record, about a body and an item of its own."""
        teller = teller.afresh()
        teller.site.now = moment(FOUNDED_ON)
        teller.post("/bodies", {"name": teller.body, "key": teller.body, "jurisdiction": "GB"} | self.body)
        teller.site.now = moment(self.entered)
        teller.ids = teller.post("/items", teller.item(self.owes))["ids"]
        for fact in self.facts:
            teller.site.now = moment(fact.noted)
            fact.tell(teller)
        return teller


def opened(site: Opened) -> Teller:
    """A site with a panel's report, a second body, and two reviewers."""
    site.now = moment(FOUNDED_ON)
    with site.write() as session:
        tokens = {name: _token(session, site.now, name) for name in ("first", "second")}
    teller = Teller(site, tokens)
    teller.post(
        "/processes", {"name": "Panel", "kind": "citizens-jury", "key": "panel", "jurisdiction": "GB"}
    )
    teller.post("/documents", {"process": "panel", "title": "Report", "key": "report"})
    teller.post("/bodies", {"name": "Bridge Agency", "key": "bridges", "jurisdiction": "GB"})
    return teller


def _token(session: Any, now: datetime, name: str) -> str:
    email = f"{name}@example.org"
    add_user(session, now, email, UserRole.REVIEWER, "city-watch", password="three calm herons")
    return grant(session, now, email, days=365).secret


def looked(on: str, noted: str = "") -> Fact:
    """Somebody looked on that day, and nothing was there."""

    def tell(teller: Teller) -> None:
        places = ["https://roads.example/answers"]
        teller.post("/checks", {"obligations": teller.ids[:1], "looked_on": on, "places": places})

    return Fact(noted or on, tell)


def came(
    kind: str, name: str = "A", *, published: str = "", received: str = "", seen: str = "", noted: str = ""
) -> Fact:
    """A response of the body; first seen on the day it was published (or received) unless said."""
    day = seen or published or received
    dates = {"published_on": published, "received_on": received, "first_seen_on": day}

    def tell(teller: Teller) -> None:
        said = {
            "body": teller.body,
            "url": f"https://roads.example/{name}",
            "obligations": [{"obligation": teller.ids[0], "kind": kind}],
            "came_before_start": True,
        }
        given = said | {key: value for key, value in dates.items() if value}
        teller.responses[name] = teller.post("/responses", given)["key"]

    return Fact(noted or day, tell)


def judged(verdict: str, on: str, *names: str, points: tuple[str, ...] = ("action",)) -> Fact:
    """A reviewer's verdict on a set of responses."""
    tick = {"ticked": True, "quote": "We will.", "page": "2"}
    checklist = {} if verdict == "not" else dict.fromkeys(points, tick)

    def tell(teller: Teller) -> None:
        said = {"verdict": verdict, "reasons": "As quoted.", "checklist": checklist}
        set_ = [teller.responses[name] for name in names or ("A",)]
        made = teller.post("/assessments", said | {"obligation": teller.ids[0], "responses": set_})
        teller.verdicts.append(made["id"])

    return Fact(on, tell)


def countersigned(on: str) -> Fact:
    """A second person agrees with the latest verdict."""

    def tell(teller: Teller) -> None:
        teller.post(f"/assessments/{teller.verdicts[-1]}/countersign", {}, by="second")

    return Fact(on, tell)


def withdrawn(on: str) -> Fact:
    """The latest verdict is withdrawn."""

    def tell(teller: Teller) -> None:
        teller.post(f"/assessments/{teller.verdicts[-1]}/withdraw", {"reason": "Misread."})

    return Fact(on, tell)


def struck(name: str, on: str) -> Fact:
    """Our error: it was no answer of theirs."""

    def tell(teller: Teller) -> None:
        teller.post(f"/responses/{teller.responses[name]}/strike", {"reason": "Another bridge."})

    return Fact(on, tell)


def retracted(name: str, on: str, noted: str = "") -> Fact:
    """The body withdrew it on that day."""

    def tell(teller: Teller) -> None:
        teller.post(f"/responses/{teller.responses[name]}/retract", {"retracted_on": on})

    return Fact(noted or on, tell)


def clock(kind: str, on: str, noted: str = "", **more: Any) -> Fact:
    """Something that moved or stopped the clock from a day."""

    def tell(teller: Teller) -> None:
        said = {
            "kind": kind,
            "works_from_on": on,
            "reason": "Order 7",
            "source_url": "https://roads.example/7",
        }
        teller.post("/clock-entries", said | {"obligation": teller.ids[0]} | more)

    return Fact(noted or on, tell)


def corrected(on: str, **terms: Any) -> Fact:
    """The terms, said anew."""

    def tell(teller: Teller) -> None:
        teller.post(f"/obligations/{teller.ids[0]}/terms", terms | {"reason": "Read again."})

    return Fact(on, tell)


def confirmed(rule: str, on: str) -> Fact:
    """Somebody has read the law."""

    def tell(teller: Teller) -> None:
        teller.post(f"/rules/{rule}/confirm", {"source_url": "https://law.example/1"})

    return Fact(on, tell)


def followed_by(successor: str, on: str) -> Fact:
    """Another body comes after the one that owes."""

    def tell(teller: Teller) -> None:
        said = {"successor": successor, "works_from_on": on, "reason": "Merged."}
        teller.post(f"/bodies/{teller.body}/successions", said)

    return Fact(on, tell)
