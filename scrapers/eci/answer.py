"""The page of the Commission's answer to an initiative, and the pages on which its follow-up is reported."""

import re
from collections.abc import Iterable, Iterator

from scrapers.blocks import Block
from scrapers.dates import days_in_text
from scrapers.eci.initiative import ANSWER
from scrapers.eci.register import BODY, Sheet, links_of, number_of_address, without_file_boxes
from scrapers.model import Finding, FindingKind, Json, Problem, Result, WrittenDate
from scrapers.promises import promises_in

SUBMISSION = "Submission and examination"
RESPONSE = "Response of the Commission"
_NO_CONTENT = frozenset(
    {"More information", "Other information", "Page contents", "Press release", "Video", ""}
)
_DOCUMENT = re.compile(
    r"^(?:communication|annex(?:es)?|response to the eci|in its communication|decision)\b", re.IGNORECASE
)
_SUBMITTED = (re.compile(r"submitted to the (?:European )?Commission on $"),)
_ANSWERED = (
    re.compile(r"\bDecision date:? ?$"),
    re.compile(
        r"\bCommission (?:formally )?adopted (?:a|its|the) (?:Communication|response|reply|decision)[^.]{0,80}? on $",
        re.IGNORECASE,
    ),
    re.compile(r"\bCommission (?:formally )?(?:replied|responded) [^.]{0,80}?\bon $"),
    re.compile(r"\bCommunication(?: was)? adopted on $"),
)
_ANSWERED_AFTER = re.compile(
    r",? the (?:European )?Commission (?:decided to \w+ respond|responded|replied|adopted (?:a|its) (?:Comm|resp|repl))"
)
_NOT_YET = re.compile(
    r"\b(?:has|have) until\b|\b(?:is|are) (?:currently |now |being )?examin(?:ing|ed)\b"
    r"|\bwill (?:\w+ )?(?:present|adopt|publish|set out|give|examine|reply|respond|decide)\b"
    r"|\bis (?:due|expected) to (?:present|adopt|publish|set out|give|reply|respond)\b"
    r"|\b(?:reply|response|answer|communication) is (?:due|expected)\b",
    re.IGNORECASE,
)
"""How a page says that the answer is still to come."""
LONGEST_WAIT = 600
"""Characters of a text that only says when the answer comes."""
LONGEST_ANSWER = 8000
SHORTEST_ANSWER = 80
"""Characters; the shortest recorded answer has 88."""
_BEFORE_ANSWER = re.compile(r"\b(?:hearing|meeting|debate|about)\b", re.IGNORECASE)
"""Sections that tell what happens before there is an answer."""


def is_answer(sheet: Sheet) -> bool:
    """Whether the page tells what became of a submitted initiative."""
    return SUBMISSION in sheet.sections or (ANSWER in sheet.sections and bool(sheet.title))


def is_follow_up(sheet: Sheet) -> bool:
    """Whether the page reports on what the Commission did after its answer."""
    return RESPONSE in sheet.sections


def read_answer(sheet: Sheet) -> Iterator[Result]:
    """The answer as a response with its date and promises; before there is one, a note that says so."""
    yield from _read(without_file_boxes(sheet), "response", ANSWER, (SUBMISSION, ANSWER))


def read_follow_up(sheet: Sheet) -> Iterator[Result]:
    """A follow-up page as an update with its promises."""
    yield from _read(without_file_boxes(sheet), "update", RESPONSE, (RESPONSE,))


def _read(sheet: Sheet, kind: FindingKind, heading: str, dated_in: tuple[str, ...]) -> Iterator[Result]:
    number = _number(sheet)
    if not number:
        yield Problem(
            "no_number", "The page of an answer does not say of which initiative.", "question", heading
        )
        return
    answered = _dates_of(sheet, dated_in, _ANSWERED, True) or _dates_of(
        sheet, tuple(sheet.sections), _ANSWERED, True
    )
    submitted = _dates_of(sheet, dated_in, _SUBMITTED, False)
    yield from _questions(number, answered, submitted)
    text = _text(sheet.sections.get(heading, []))
    if not answered and (not text or (len(text) <= LONGEST_WAIT and _NOT_YET.search(text))):
        yield from _no_answer(sheet, heading)
        return
    if kind == "response" and not answered:
        sentence = "The page holds text where the answer stands, and no day of it; it may be no answer yet."
        yield Problem("answer_undated", sentence, "question", number)
    yield _finding(sheet, kind, number, heading, _one(answered), _one(submitted), bool(answered))


def _no_answer(sheet: Sheet, heading: str) -> Iterator[Result]:
    """A note that there is none yet; a question where it may stand under a heading that we do not know."""
    under = next(_maybe_answers(sheet), "") if heading == ANSWER and heading not in sheet.sections else ""
    if under:
        sentence = "The page of the answer has no section of that name, and text elsewhere; the answer may stand there."
        yield Problem("answer_moved", sentence, "question", heading, under)
    else:
        yield Problem("no_answer_yet", "The page of the answer holds no answer yet.", "note", heading)


def _maybe_answers(sheet: Sheet) -> Iterator[str]:
    """Headings that we do not know and that have a text, and the known one where it is a heading no more."""
    beside = _NO_CONTENT | {SUBMISSION, sheet.title}
    for name, blocks in sheet.sections.items():
        if name not in beside and not _BEFORE_ANSWER.search(name) and len(_text(blocks)) >= SHORTEST_ANSWER:
            yield name
    yield from (block.text for block in sheet.blocks if block.text.rstrip(" :") == ANSWER)


def _number(sheet: Sheet) -> str:
    """The number in the page's own address, else in its first link to an initiative, else where we came from."""
    own = number_of_address(sheet.address)
    linked = [number for link in links_of(sheet.blocks) if (number := number_of_address(link.href))]
    return next(iter([*filter(None, [own]), *linked]), str(sheet.page.state.get("number", "")))


def _dates_of(
    sheet: Sheet, names: Iterable[str], before: tuple[re.Pattern[str], ...], also_after: bool
) -> list[WrittenDate]:
    """The different dates that stand where a sentence of one of these forms has its date."""
    found: dict[object, WrittenDate] = {}
    for block in (block for name in names for block in sheet.sections.get(name, [])):
        for at, written in days_in_text(block.text):
            rest = block.text[at + len(written.as_written) :]
            fits = any(pattern.search(block.text[:at]) for pattern in before)
            opens = block.text[:at].endswith("On ") and _ANSWERED_AFTER.match(rest)
            if fits or (also_after and opens):
                found.setdefault(written.value or written.as_written, written)
    return list(found.values())


def _one(dates: list[WrittenDate]) -> WrittenDate | None:
    return dates[0] if len(dates) == 1 else None


def _questions(number: str, answered: list[WrittenDate], submitted: list[WrittenDate]) -> Iterator[Problem]:
    for name, dates in (("answer", answered), ("submission", submitted)):
        written = ", ".join(date.as_written for date in dates)
        if len(dates) > 1:
            sentence = (
                f"The page gives different days for the {name}; which one holds is for a person to say."
            )
            yield Problem("dates_differ", sentence, "question", number, written)
        if any(date.value is None for date in dates):
            sentence = f"The day of the {name} is not a real day; it stays unknown."
            yield Problem("unreadable_date", sentence, "question", number, written)
    first, last = _one(submitted), _one(answered)
    if first and last and first.value and last.value and last.value < first.value:
        sentence = "The day of the answer lies before that of the submission; both were kept as written."
        written = f"{first.as_written}, {last.as_written}"
        yield Problem("answer_before_submission", sentence, "question", number, written)


def _finding(
    sheet: Sheet,
    kind: FindingKind,
    number: str,
    heading: str,
    answered: WrittenDate | None,
    submitted: WrittenDate | None,
    is_dated: bool,
) -> Finding:
    dates = {"answered_on": answered, "submitted_on": submitted}
    suffix = {"response": "answer", "update": "follow-up"}[kind]
    return Finding(
        kind=kind,
        key=f"{number}/{suffix}",
        title=sheet.title or str(sheet.page.state.get("title", "")),
        body_name=BODY,
        summary=_text(sheet.sections.get(heading, []))[:LONGEST_ANSWER],
        dates={name: written for name, written in dates.items() if written},
        link=sheet.address,
        locator=heading,
        confidence=0.9 if answered and answered.value else 0.4,
        reasons=(("answer_page", number), *((("dated", answered.as_written),) if answered else ())),
        extra={
            "item": number,
            "response_kind": "reply" if kind == "response" and is_dated else None,
            "promises": _promises(sheet),
            "documents": _documents(sheet),
        },
    )


def _text(blocks: Iterable[Block]) -> str:
    return "\n".join(block.text for block in blocks if block.text)


def _promises(sheet: Sheet) -> list[Json]:
    """Promises of the answer and of what followed; the account of the submission holds none."""
    named = (
        (name, blocks) for name, blocks in sheet.sections.items() if name not in _NO_CONTENT | {SUBMISSION}
    )
    return [promise.to_dict() for name, blocks in named for promise in promises_in(name, blocks)]


def _documents(sheet: Sheet) -> list[Json]:
    links = [
        link for name in (SUBMISSION, ANSWER, RESPONSE) for link in links_of(sheet.sections.get(name, []))
    ]
    found = {sheet.complete(link): link.text for link in reversed(links) if _DOCUMENT.match(link.text)}
    return [{"text": text, "address": address} for address, text in reversed(found.items()) if address]
