"""An initiative's own page: what it asks for, where it stands, when it was submitted, where its answer is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scrapers.blocks import Block, Link, labelled
from scrapers.dates import day_in
from scrapers.eci.register import (
    ANSWERED,
    BODY,
    STATUSES,
    STEPS,
    SUBMITTED,
    Sheet,
    links_of,
    number_in,
    number_of_address,
    unknown_word,
)
from scrapers.model import Finding, Follow, Problem, Result, WrittenDate

TIMELINE = "Initiative progress"
ANSWER = "Answer of the European Commission"
EXAMINATION = "Examination by the European Commission"
_LABEL = "Commission registration number"
_ANSWER_LINK = re.compile(r"\banswer\b|follow[- ]?up", re.IGNORECASE)
_DOCUMENT_LINK = re.compile(r"documents-register|presscorner|eur-lex|/api/|\.pdf$", re.IGNORECASE)
_DATES = {
    "Registered": "registered_on",
    SUBMITTED: "submitted_on",
    ANSWERED: "answered_on",
    "Withdrawn": "withdrawn_on",
}
LONGEST_OBJECTIVES = 4000


@dataclass(frozen=True, slots=True)
class _Step:
    word: str
    on: WrittenDate | None
    is_current: bool


def is_initiative(sheet: Sheet) -> bool:
    """Whether the page is about one initiative of the register."""
    return bool(labelled(sheet.blocks, _LABEL))


def read_initiative(sheet: Sheet) -> Iterator[Result]:
    """The initiative as a new item, and the page of its answer to follow."""
    number = number_in(labelled(sheet.blocks, _LABEL)[0])
    if not number:
        yield Problem(
            "no_number", "The page of an initiative carries no registration number.", "fatal", _LABEL
        )
        return
    yield from _wrong_page(sheet, number)
    steps = _steps(sheet.sections.get(TIMELINE, []))
    yield from _questions(steps, number)
    finding = _item(sheet, number, steps)
    yield finding
    yield from _answer(sheet, finding)


def _wrong_page(sheet: Sheet, number: str) -> Iterator[Problem]:
    asked = number_of_address(sheet.page.address)
    if asked and asked != number:
        sentence = f"The address of {asked} shows {number}; the page's own number was taken."
        yield Problem("numbers_differ", sentence, "question", _LABEL, number)


def _steps(blocks: list[Block]) -> list[_Step]:
    """The timeline: a word, and the date under it where there is one."""
    steps: list[_Step] = []
    for block in blocks:
        on = day_in(block.text)
        if on and on.as_written == block.text:
            steps[-1:] = [
                _Step(last.word, last.on or on, last.is_current or block.is_current) for last in steps[-1:]
            ]
        elif block.text:
            steps.append(_Step(block.text, None, block.is_current))
    return steps


def _questions(steps: list[_Step], number: str) -> Iterator[Problem]:
    if not steps:
        sentence = "The page shows no timeline, so where the initiative stands is unknown."
        yield Problem("no_timeline", sentence, "question", number)
    for step in steps:
        if step.word not in STEPS:
            yield unknown_word("unknown_step", step.word, f"{TIMELINE}, {number}")
        if step.on and not step.on.value:
            sentence = "A date of the timeline is not a real day; it stays unknown."
            yield Problem(
                "unreadable_date", sentence, "question", f"{TIMELINE}, {step.word}", step.on.as_written
            )


def _status(steps: list[_Step]) -> str:
    reached = [step.word for step in steps if step.on]
    marked = [step.word for step in steps if step.is_current]
    return next(iter([*marked, *reversed(reached)]), "")


def _item(sheet: Sheet, number: str, steps: list[_Step]) -> Finding:
    status = _status(steps)
    dates = {_DATES[step.word]: step.on for step in steps if step.on and step.word in _DATES}
    submitted = dates.get("submitted_on")
    reasons = [("registered", number)]
    if submitted:
        reasons.append(("submitted", submitted.as_written))
    return Finding(
        kind="new_item",
        key=number,
        title=sheet.title or str(sheet.page.state.get("title", "")),
        body_name=BODY,
        summary=_objectives(sheet),
        dates=dates,
        link=sheet.address,
        status=status,
        locator=TIMELINE,
        confidence=0.9
        if status in STATUSES
        and sheet.title
        and all(step.word in STEPS and (step.on is None or step.on.value) for step in steps)
        else 0.4,
        reasons=tuple(reasons),
        extra={
            "stage": STATUSES.get(status),
            "trigger": "submitted" if submitted else None,
            "timeline": [{"word": step.word, **(step.on.to_dict() if step.on else {})} for step in steps],
        },
    )


def _objectives(sheet: Sheet) -> str:
    text = "\n".join(block.text for block in sheet.sections.get("Objectives", []) if block.text)
    return text if len(text) <= LONGEST_OBJECTIVES else text[: LONGEST_OBJECTIVES - 1].rstrip() + "…"


def _answer(sheet: Sheet, item: Finding) -> Iterator[Result]:
    """The page of the answer; where there is none, what the initiative's own page says about the answer."""
    links = [link for name in (ANSWER, EXAMINATION) for link in links_of(sheet.sections.get(name, []))]
    addresses = [sheet.complete(link) for link in links if _leads_to_answer(link)]
    if addresses and addresses[0]:
        yield Follow(addresses[0], {"page": "answer", "number": item.key, "title": item.title})
    elif "answered_on" in item.dates:
        yield _answer_without_page(item, links, sheet)


def _leads_to_answer(link: Link) -> bool:
    return bool(_ANSWER_LINK.search(link.text)) and not _DOCUMENT_LINK.search(link.href)


def _answer_without_page(item: Finding, links: list[Link], sheet: Sheet) -> Finding:
    documents = [sheet.complete(link) for link in links if _DOCUMENT_LINK.search(link.href)]
    return Finding(
        kind="response",
        key=f"{item.key}/answer",
        title=item.title,
        body_name=BODY,
        dates={"answered_on": item.dates["answered_on"]},
        link=next((address for address in documents if address), item.link),
        status=item.status,
        locator=ANSWER,
        confidence=0.6,
        reasons=(("answered_step", item.dates["answered_on"].as_written),),
        extra={"item": item.key, "response_kind": "reply", "promises": [], "documents": []},
    )
