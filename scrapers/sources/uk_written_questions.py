"""Answers to written questions of the UK Parliament: questions-statements-api.parliament.uk.

A question is no item of ours; its answers are responses, and a holding answer is not a reply. They name the question
by its id, as its number (UIN) comes again in each session. Who asked and who answered is not kept. It has no options
of its own.
"""

from collections.abc import Iterator, Mapping

from scrapers.feeds.decoding import Unreadable
from scrapers.model import Finding, Json, Page, Problem, Result, Seen, Source, WrittenDate
from scrapers.records import Record, date_questions, said_instead, strangers, sure
from scrapers.rows.further import further_part, repeated
from scrapers.strict_json import data_of, said_as_problem

OPTIONS: Mapping[str, str] = {}
VOCABULARY: dict[str, dict[str, str]] = {
    "response_kind": {
        "answerIsHolding": "holding",
        "dateHoldingAnswer": "holding",
        "dateAnswered": "reply",
        "dateAnswerCorrected": "supplement",
    },
}
_WORDS = {"holding": "holding answer", "reply": "answer", "supplement": "corrected answer"}
_PLACE = "https://questions-statements.parliament.uk/written-questions/detail"


@said_as_problem
def read(page: Page, source: Source) -> Iterator[Result]:
    """Each answer, the holding answer before it and its correction, as responses to the question; the next part."""
    data = data_of(page, "a list of written questions")
    questions = _questions(data)
    if questions is None:
        raise Unreadable("not_recognised", "This page is no list of written questions.", said_instead(data))
    yield from strangers(data.get("results"), len(questions))
    unanswered = 0
    entries = [one.data for one in questions]
    yield from repeated(entries, page)
    for question in questions:
        told = list(_question(question))
        unanswered += not told
        yield from told
    if unanswered:
        yield Seen(unanswered)
    yield from further_part(Record(data).word("totalResults"), entries, "skip", page, source)


def _questions(data: Json) -> list[Record] | None:
    whole = Record(data)
    if isinstance(data, dict) and isinstance(data.get("results"), list):
        return whole.records("results[*].value")
    return whole.records("value") if isinstance(data, dict) and isinstance(data.get("value"), dict) else None


def _question(one: Record) -> Iterator[Result]:
    if not one.word("id") or not one.word("uin"):
        yield Problem("not_a_question", "A question of the list has no number; it was left out.", "question")
        return
    is_holding = one.says("answerIsHolding")
    if one.holds("dateAnswered") and not one.holds("answerIsHolding"):
        sentence = "The source does not say whether this answer is a holding answer; a person has to look."
        yield Problem("holding_not_said", sentence, "question", f"question {one.word('uin')}")
    held = one.days(published_on="dateHoldingAnswer")
    answered = one.days(published_on="dateAnswered")
    if is_holding and not held:
        held = answered
    if held:
        yield from _response(one, "holding", held, one.told("answerText") if is_holding else "")
    corrected = one.days(published_on="dateAnswerCorrected")
    if answered and not is_holding:
        # After a correction `answerText` is what was said later; the first words may not be given at all.
        first = one.told("originalAnswerText" if corrected else "answerText")
        yield from _response(one, "reply", answered, first)
    if corrected:
        yield from _response(one, "supplement", corrected, one.told("answerText"))
    if one.holds("answerText") and not answered and not held:
        sentence = "The source shows an answer and no day of it; a person has to look."
        yield Problem("answer_without_day", sentence, "question", f"question {one.word('uin')}")
    if one.says("isWithdrawn"):
        yield _withdrawn(one)


def _response(one: Record, kind: str, dates: dict[str, WrittenDate], text: str) -> Iterator[Result]:
    key = f"{one.word('id')}/{kind}"
    asked = one.days(submitted_on="dateTabled", due_stated_on="dateForAnswer")
    whole = {**asked, **dates}
    yield from date_questions(whole, key)
    yield Finding(
        kind="response",
        key=key,
        title=one.text("heading") or one.text("questionText"),
        body_name=one.text("answeringBodyName"),
        summary=text,
        dates=whole,
        link=_link(one),
        status=_WORDS[kind],
        locator=f"question {one.word('uin')}",
        confidence=sure(whole, 0.9),
        reasons=((f"said_to_be_{kind}", one.word("uin")),),
        extra={
            "item": one.word("id"),
            "number": one.word("uin"),
            "response_kind": kind,
            "question": one.told("questionText"),
        },
    )


def _withdrawn(one: Record) -> Finding:
    return Finding(
        kind="update",
        key=f"{one.word('id')}/withdrawn",
        title=one.text("heading") or one.text("questionText"),
        body_name=one.text("answeringBodyName"),
        link=_link(one),
        status="withdrawn",
        locator=f"question {one.word('uin')}",
        confidence=0.9,
        reasons=(("withdrawn", one.word("uin")),),
        extra={"item": one.word("id"), "number": one.word("uin")},
    )


def _link(one: Record) -> str:
    tabled = one.day("dateTabled")
    on = tabled.value if tabled else None
    return f"{_PLACE}/{on}/{one.word('uin')}" if on and one.word("uin").isalnum() else ""
