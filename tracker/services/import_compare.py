"""Compares planned items with what is on record: new, changed, unchanged; what the table lacks stays as it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tracker.domain.catalogue import catalogue
from tracker.domain.importing.plan import Plan
from tracker.domain.importing.planned import (
    PlannedAddressee,
    PlannedBody,
    PlannedClaim,
    PlannedDeadline,
    PlannedItem,
    PlannedResponse,
)
from tracker.domain.importing.problems import RowProblem, Weight, count
from tracker.domain.keys import key_of
from tracker.domain.words import Visibility
from tracker.services.enter_process import is_address, place_complaints
from tracker.services.reckon import Deadline
from tracker.storage.columns import partial_fields
from tracker.storage.imports import OnRecord
from tracker.storage.tables import Body, Claim, Item, Obligation, Process, Response, Terms

NOT_KNOWN = "date_not_known"
NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


@dataclass(slots=True)
class Difference:
    """What an import would do about one item."""

    item: PlannedItem
    known: Item | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)
    addressees: list[PlannedAddressee] = field(default_factory=list)
    """New ones."""
    terms: list[tuple[Obligation, PlannedAddressee]] = field(default_factory=list)
    responses: list[PlannedResponse] = field(default_factory=list)
    corrected: list[tuple[Response, PlannedResponse]] = field(default_factory=list)
    claims: list[PlannedClaim] = field(default_factory=list)
    restated: list[tuple[Claim, PlannedClaim]] = field(default_factory=list)

    @property
    def state(self) -> str:
        """new, changed or unchanged."""
        if self.known is None:
            return NEW
        return CHANGED if any(self.parts().values()) else UNCHANGED

    def parts(self) -> dict[str, int]:
        """How many things of each sort would be made or changed."""
        return {
            "words": len(self.fields) + len(self.topics),
            "addressees": len(self.addressees),
            "dates": len(self.terms),
            "responses": len(self.responses) + len(self.corrected),
            "claims": len(self.claims) + len(self.restated),
        }


@dataclass(slots=True)
class Comparison:
    """All of it, with the problems of both."""

    plan: Plan
    differences: list[Difference] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    new_bodies: dict[str, PlannedBody] = field(default_factory=dict)
    unknown_bodies: dict[str, int] = field(default_factory=dict)
    """Names that are no known body, and in how many rows they stand; made only where the mapping makes bodies."""
    new_processes: list[str] = field(default_factory=list)
    untouched: int = 0
    """Items of these processes that the table does not name: they stay."""

    def counts(self) -> dict[str, int]:
        """What would happen, in numbers."""
        states = [one.state for one in self.differences]
        return {
            "rows": self.plan.rows,
            "left_out": self.plan.left_out,
            "items": len(self.differences),
            **{state: states.count(state) for state in (NEW, CHANGED, UNCHANGED)},
            "untouched": self.untouched,
            "addressees": sum(len(one.addressees) for one in self.differences),
            "responses": sum(one.parts()["responses"] for one in self.differences),
            "claims": sum(one.parts()["claims"] for one in self.differences),
            "dates": sum(len(one.terms) for one in self.differences),
            "new_bodies": len(self.new_bodies),
            "new_processes": len(self.new_processes),
            "errors": count(self.problems, Weight.ERROR),
            "questions": count(self.problems, Weight.QUESTION),
            "notes": count(self.problems, Weight.NOTE),
        }

    def does_nothing(self) -> bool:
        """Whether everything is on record already."""
        return all(one.state == UNCHANGED for one in self.differences)


def compare(plan: Plan, known: OnRecord, *, create: bool = True) -> Comparison:
    """What each planned item would do; bodies and rules are looked up once each."""
    found = Comparison(plan, problems=list(plan.problems))
    names = {process.key: process for item in plan.items for process in [item.process]}
    found.new_processes = [key for key in names if key not in known.processes]
    _places(found)
    bodies = _bodies(found, known, create)
    rules = {
        one.deadline.rule: one.row for item in plan.items for one in item.addressees if one.deadline.rule
    }
    for rule, row in rules.items():
        if rule not in catalogue():
            found.problems.append(
                RowProblem(Weight.ERROR, f"There is no rule {rule[:80]!r}: see `answerby rules`.", row)
            )
    seen: set[int] = set()
    for item in plan.items:
        difference = _difference(item, known, bodies)
        if difference.known is not None:
            seen.add(difference.known.id or 0)
        found.differences.append(difference)
    found.untouched = sum(
        id_ not in seen and item.visibility is not Visibility.WITHHELD for id_, item in known.items.items()
    )
    _parents(found, known)
    # Lists of problems end somewhere: what keeps everything out is not cut off.
    found.problems.sort(key=lambda one: (one.weight is not Weight.ERROR, one.row))
    return found


def _places(found: Comparison) -> None:
    """Codes of places and addresses are checked once for each process and body."""
    for process in {item.process.key: item.process for item in found.plan.items}.values():
        for refused in place_complaints("jurisdiction", process.jurisdiction):
            found.problems.append(RowProblem(Weight.ERROR, str(refused), 0, "", process.name))
        if process.url and not is_address(process.url):
            found.problems.append(
                RowProblem(Weight.ERROR, "The process has no web address.", 0, "", process.url)
            )


def _bodies(found: Comparison, known: OnRecord, create: bool) -> dict[str, Body | None]:
    """Each name's body; None for one that is made. Names that could be several are errors."""
    bodies: dict[str, Body | None] = {}
    for item in found.plan.items:
        for one in item.addressees:
            _look_up(found, known, bodies, one.body, one.row, create)
        for response in item.responses:
            _look_up(found, known, bodies, PlannedBody(response.by), response.row, create)
    return bodies


def _look_up(
    found: Comparison,
    known: OnRecord,
    bodies: dict[str, Body | None],
    body: PlannedBody,
    row: int,
    create: bool,
) -> None:
    name = body.name.casefold()
    if body.name in found.unknown_bodies:
        found.unknown_bodies[body.name] += 1
    if name in bodies:
        return
    there = known.bodies.get(body.name) or known.bodies.get(name) or []
    bodies[name] = there[0] if there else None
    if not there:
        found.unknown_bodies[body.name] = 1
    if len(there) > 1:
        keys = ", ".join(one.key for one in there[:5])
        sentence = f"This name could be {keys}: say which under [bodies.names]."
        found.problems.append(RowProblem(Weight.ERROR, sentence, row, "", body.name))
    elif not there and create:
        found.new_bodies[name] = body
        for refused in place_complaints("jurisdiction", body.jurisdiction):
            found.problems.append(RowProblem(Weight.ERROR, str(refused), row, "", body.name))
    elif not there:
        sentence = (
            "No body is called this, and the mapping makes none: enter it, or say whose it is (bodies.names)."
        )
        found.problems.append(RowProblem(Weight.ERROR, sentence, row, "", body.name))


def _parents(found: Comparison, known: OnRecord) -> None:
    """A parent has to be an item of the table or of the record."""
    named = {(one.item.process.key, one.item.key) for one in found.differences}
    for one in found.differences:
        item = one.item
        if not item.parent or (item.process.key, item.parent) in named:
            continue
        process = known.processes.get(item.process.key)
        if process is None or item_id(known, process, item.parent) is None:
            sentence = "Its parent is neither in the table nor on record: it was left at the top."
            found.problems.append(RowProblem(Weight.QUESTION, sentence, item.row, "", item.parent))


def item_id(known: OnRecord, process: Process, key: str) -> int | None:
    """The item on record that a table calls so."""
    return known.keys.get(("item", process.id or 0, key)) or known.by_own_key.get(key)


def _difference(item: PlannedItem, known: OnRecord, bodies: dict[str, Body | None]) -> Difference:
    process = known.processes.get(item.process.key)
    id_ = item_id(known, process, item.key) if process else None
    there = known.items.get(id_ or 0)
    if there is None:
        return Difference(
            item,
            topics=list(item.topics),
            addressees=list(item.addressees),
            responses=list(item.responses),
            claims=list(item.claims),
        )
    difference = Difference(item, there, dict(_fields(item, there)))
    difference.topics = [topic for topic in item.topics if topic not in known.topics[there.id or 0]]
    for one in item.addressees:
        _addressee(difference, known, one, bodies.get(one.body.name.casefold()))
    _answers(difference, known, there, bodies)
    return difference


def _fields(item: PlannedItem, there: Item) -> Iterator[tuple[str, Any]]:
    """What the table says otherwise; where it says nothing, nothing is erased."""
    said = {
        "title": item.title,
        "text": item.text,
        "ref": item.ref,
        "language": item.language,
        "kind": item.kind,
        "facts_source": item.source,
        "tags": list(item.tags),
    }
    for name, value in said.items():
        if value and getattr(there, name) != value:
            yield name, value


def _addressee(difference: Difference, known: OnRecord, one: PlannedAddressee, body: Body | None) -> None:
    there = difference.known
    owing = known.owing(there.id or 0, body.id or 0, one.owes.value, one.period) if there and body else None
    if owing is None:
        difference.addressees.append(one)
    elif owing.superseded_at is None:
        terms = known.terms.get(owing.id or 0)
        if terms is not None and _says_otherwise(one.deadline, terms):
            difference.terms.append((owing, one))


def deadline_said(said: PlannedDeadline) -> Deadline:
    """A planned deadline as the reckoning takes it."""
    return Deadline(
        basis=said.basis,
        rule=said.rule,
        amount=said.amount,
        calendar=said.calendar,
        trigger=said.trigger,
        trigger_on=said.start,
        stated=said.due,
        as_written=said.written,
        legal_basis=said.legal_basis,
        source_url=said.source if is_address(said.source) else "",
    )


def _says_otherwise(said: PlannedDeadline, terms: Terms) -> bool:
    if said.due is None and not said.rule and not said.unknown:
        return False
    pairs: list[tuple[object, object]] = [
        (said.rule, terms.rule_key),
        (said.amount, terms.amount),
        (said.unknown, terms.problem == NOT_KNOWN),
        (said.basis or terms.basis, terms.basis),
        *((value, getattr(terms, name)) for name, value in _day("stated", said.due)),
    ]
    if said.start is not None:
        pairs += [(value, getattr(terms, name)) for name, value in _day("trigger", said.start)]
    return any(new != old for new, old in pairs)


def _day(name: str, value: Any) -> list[tuple[str, Any]]:
    found = partial_fields(name, value)
    return [(f"{name}_on", found[f"{name}_on"]), (f"{name}_precision", found[f"{name}_precision"])]


def _answers(difference: Difference, known: OnRecord, there: Item, bodies: dict[str, Body | None]) -> None:
    item, process_id = difference.item, there.process_id
    for response in item.responses:
        id_ = known.keys.get(("response", process_id, response_key(item, response)))
        row = known.responses.get(id_ or 0)
        if row is None:
            difference.responses.append(response)
        elif row.struck_at is None and _other_words(response, row):
            difference.corrected.append((row, response))
    for claim in item.claims:
        id_ = known.keys.get(("claim", process_id, claim_key(item, claim)))
        stated = known.claims.get(id_ or 0)
        if stated is None:
            difference.claims.append(claim)
        elif (stated.state, stated.as_written, stated.url or claim.url) != (
            claim.state,
            claim.written,
            claim.url or stated.url,
        ) or any(
            getattr(stated, name) != value for name, value in (_day("claimed", claim.on) if claim.on else ())
        ):
            difference.restated.append((stated, claim))


def response_key(item: PlannedItem, response: PlannedResponse) -> str:
    """What a response is called in its table: the item, whose duty it is about, and its place in the row."""
    return f"{item.key}|{key_of(response.to)[:60]}|{response.place}"[:400]


def claim_key(item: PlannedItem, claim: PlannedClaim) -> str:
    """What a claim is called in its table."""
    return f"{item.key}|{key_of(claim.to, '')[:60]}|{claim.place}"[:400]


def _other_words(said: PlannedResponse, row: Response) -> bool:
    return any(getattr(row, name) != value for name, value in response_fields(said).items())


def response_fields(said: PlannedResponse) -> dict[str, Any]:
    """What the table says of a response, by column; nothing for what it does not say."""
    found: dict[str, Any] = {"title": said.title, "text": said.text, "url": said.url}
    for name, value in (("published", said.published), ("received", said.received)):
        if value is not None:
            found |= dict(_day(name, value))
    return {name: value for name, value in found.items() if value}
