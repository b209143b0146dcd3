"""The public calculator: from a rule and a day to a due day, step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from tracker.domain.calendar_places import suggested
from tracker.domain.catalogue import catalogue
from tracker.domain.question import Question
from tracker.domain.reading_deadlines import Reading
from tracker.domain.reckoning import Reckoned
from tracker.domain.refusals import NotAccepted, Refused
from tracker.domain.rules import Rule
from tracker.domain.sentence_question import SentenceQuestion, read_sentence
from tracker.domain.units import units
from tracker.rendering.reading_words import reading_words
from tracker.rendering.reckoned import conflict_words
from tracker.rendering.rule_words import unit_name
from tracker.rendering.step_words import steps_words
from tracker.services.answer_question import answer_question
from tracker.storage.engine import habits_of
from tracker.web.access import Access, access
from tracker.web.known_arguments import insist_on
from tracker.web.locale import tongue
from tracker.web.public.rules import holds
from tracker.web.site import site

blueprint = Blueprint("due", __name__)
MOST_OFFERED = 12
LONGEST = 60_000
"""Characters of an answer; a list of sitting days is the longest."""
FIRST = ("rule", "start", "amount", "calendar")
"""The fields everybody fills in; the others stand behind a fold until one is used."""
Errors = Mapping[str, Sequence[str]]


@blueprint.get("/due")
@access(Access.PUBLIC)
def due() -> str | tuple[str, int]:
    """The form, and with `?rule=&start=` the result."""
    insist_on([*asdict(Question()), *asdict(SentenceQuestion())], several=("pause",))
    asked, sentence = _asked(), _sentence()
    if not (asked.rule or asked.start):
        return _read(asked, sentence)
    if _only_chosen(asked):
        return _page(asked)
    try:
        with site().database.reading() as session:
            found = answer_question(asked, habits_of(session))
    except NotAccepted as wrong:
        errors = _beside(wrong.refusals)
        return _page(asked, errors=errors, offered=_offered(asked) if "rule" in errors else ()), 400
    return _page(asked, found=found)


def _only_chosen(asked: Question) -> bool:
    """Whether a link chose the rule and nobody has been asked for a day yet: that is no mistake to tell of."""
    return set(request.args) == {"rule"} and asked.rule in catalogue()


def _offered(asked: Question) -> list[tuple[Rule, dict[str, object]]]:
    """Rules that hold the words typed, each with the same question put to it."""
    found = [rule for rule in catalogue().values() if asked.rule and holds(rule, asked.rule)][:MOST_OFFERED]
    typed = {name: value for name, value in asdict(asked).items() if value}
    return [(rule, typed | {"rule": rule.key}) for rule in found]


def _read(asked: Question, sentence: SentenceQuestion) -> str | tuple[str, int]:
    """What the sentence states, where one is asked about."""
    if sentence == SentenceQuestion():
        return _page(asked)
    try:
        return _page(asked, sentence=sentence, reading=read_sentence(sentence))
    except NotAccepted as wrong:
        return _page(asked, sentence=sentence, errors=_beside(wrong.refusals)), 400


def _sentence() -> SentenceQuestion:
    return SentenceQuestion(
        **{name: request.args.get(name, "").strip() for name in asdict(SentenceQuestion())}
    )


def _asked() -> Question:
    """What was typed; stops may stand in one field, apart by spaces or commas, or in several."""
    names = (name for name in asdict(Question()) if name != "pause")
    typed = {name: request.args.get(name, "").strip()[:LONGEST] for name in names}
    stops = " ".join(request.args.getlist("pause"))[:LONGEST].replace(",", " ").replace(";", " ")
    return Question(**typed, pause=tuple(stops.split()))


def _beside(refusals: Sequence[Refused]) -> Errors:
    found: dict[str, list[str]] = {}
    for refused in refusals:
        said = _(refused.sentence)
        found.setdefault(refused.field, []).append(said % refused.values if refused.values else said)
    return found


def _page(
    asked: Question,
    *,
    errors: Errors | None = None,
    found: Reckoned | None = None,
    offered: Sequence[tuple[Rule, dict[str, object]]] = (),
    sentence: SentenceQuestion | None = None,
    reading: Reading | None = None,
) -> str:
    more = [
        name
        for name in asdict(asked)
        if name not in FIRST and (getattr(asked, name) or name in (errors or {}))
    ]
    return render_template(
        "public/due.html",
        asked=asked,
        errors=errors or {},
        more=more,
        found=found,
        offered=offered,
        steps=steps_words(found.computed.steps, tongue(), found.due_on) if found else (),
        conflict=conflict_words(found, tongue()) if found else "",
        sentence=sentence or SentenceQuestion(),
        reading=reading,
        read_words=reading_words(reading, tongue()) if reading else "",
        rules=catalogue().values(),
        calendars=suggested(),
        counted=[
            (name, unit_name(name, tongue())) for name, unit in units().items() if unit.NEEDS == "amount"
        ],
    )
