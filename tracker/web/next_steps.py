"""“What can I do now”: what can always be done as an entry stands, and what is reviewed for its rule."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.advice import Advice, Reviewer, advice_for
from tracker.domain.words import ObligationKind, Standing
from tracker.rendering.tongue import N_
from tracker.storage.lines import Line
from tracker.web.filters import web_address
from tracker.web.locale import language, tongue

REVIEWED = {
    Reviewer.PROJECT: N_(
        "Held against its source on %(day)s by those who make this software; no lawyer has read it. Not legal advice."
    ),
    Reviewer.LAWYER: N_("Reviewed on %(day)s by a lawyer of that jurisdiction. Not legal advice."),
}


@dataclass(frozen=True)
class Step:
    """One thing to do: what, and where that is done."""

    text: str
    address: str = ""
    link: str = ""


@dataclass(frozen=True)
class Reviewed:
    """One piece of advice for the rule, with what it rests on and who looked at it."""

    text: str
    legal_basis: str
    source: str
    review: str


@dataclass(frozen=True)
class NextSteps:
    """What can always be done, and what is known for this rule."""

    general: list[Step] = field(default_factory=list)
    reviewed: list[Reviewed] = field(default_factory=list)


def next_steps(line: Line, today: date, website: str = "") -> NextSteps:
    """What a reader can do about one obligation on a day; nothing that holds only perhaps."""
    makers, site_of_body = _MAKERS.get(line.standing, _WATCH), web_address(website)
    return NextSteps(
        general=[step for make in (*makers, _of_the_body) for step in make(line, site_of_body)],
        reviewed=[
            _reviewed(one) for one in advice_for(line.rule_key, line.process_kind, line.standing, today)
        ],
    )


def _reviewed(one: Advice) -> Reviewed:
    review = tongue().say(REVIEWED[one.reviewed_by], day=tongue().day(one.reviewed_on))
    return Reviewed(one.in_language(language()), one.legal_basis, one.source, review)


Make = Callable[[Line, str], Iterator[Step]]


_WHEN: Mapping[ObligationKind, str] = {
    ObligationKind.RESPOND: N_(
        "Ask %(body)s when the answer will come; quote what stands under “Cite this”."
    ),
    ObligationKind.DELIVER: N_("Ask %(body)s when it will deliver; quote what stands under “Cite this”."),
    ObligationKind.REPORT: N_("Ask %(body)s when the report will come; quote what stands under “Cite this”."),
}
_REST = N_("Ask %(body)s for what is missing, point by point; quote what stands under “Cite this”.")
_DAY = N_("No date was set: ask %(body)s by which day it will come.")


def _asking(said: str, line: Line, website: str) -> Step:
    link = _("Its website") if website else ""
    return Step(tongue().say(said, body=line.debtor_name or line.body_name), website, link)


def _ask(line: Line, website: str) -> Iterator[Step]:
    yield _asking(_WHEN[line.kind], line, website)


def _ask_for_the_rest(line: Line, website: str) -> Iterator[Step]:
    yield _asking(_REST, line, website)


def _ask_for_a_day(line: Line, website: str) -> Iterator[Step]:
    """A supporting body waits although there is a date."""
    yield _asking(_WHEN[line.kind] if line.due_on else _DAY, line, website)


def _look(line: Line, _website: str) -> Iterator[Step]:
    seen = url_for("seen_an_answer.begin", item=line.item_key, obligation=line.id)
    yield Step(
        _("Look for an answer yourself. If you find one, tell us: a person looks at it."), seen, _("Tell us")
    )


def _judge(_line: Line, _website: str) -> Iterator[Step]:
    said = _("Read the response and hold it against the questions that the reviewers ask.")
    yield Step(said, url_for("method.method"), _("How answers are judged"))


def _mend(_line: Line, _website: str) -> Iterator[Step]:
    said = _("A fact is missing or two contradict each other. If you know better, write to us.")
    yield Step(said, url_for("about.about"), _("How to reach us"))


def _calendar(line: Line, _website: str) -> Iterator[Step]:
    if line.due_on:
        address = url_for("feeds.page_items", key=line.item_key, form="ics")
        yield Step(
            _("Put the due day into your calendar; it moves there when it moves here."),
            address,
            _("Calendar"),
        )


def _hold(line: Line, _website: str) -> Iterator[Step]:
    seen = url_for("seen_an_answer.begin", item=line.item_key, obligation=line.id)
    said = _("Watch whether what was promised is done. If you find evidence, tell us.")
    yield Step(said, seen, _("Tell us"))


def _follow(line: Line, _website: str) -> Iterator[Step]:
    address = url_for("subscribe.subscribe", list="obligations", item=line.item_key)
    yield Step(_("Be told when anything changes here."), address, _("Subscribe"))


def _of_the_body(line: Line, _website: str) -> Iterator[Step]:
    """Beside a lapsed duty too: its end may be in error."""
    address = url_for("object_to_entry.begin", body=line.debtor_key or line.body_key)
    said = _(
        "You write for %(body)s? Send your answer, or object: what you say is shown beside the entry.",
        body=line.debtor_name or line.body_name,
    )
    yield Step(said, address, _("Object or answer"))


_WATCH: tuple[Make, ...] = (_calendar, _follow)
_MAKERS: Mapping[Standing, tuple[Make, ...]] = {
    Standing.OVERDUE: (_ask, _look, _follow),
    Standing.OVERDUE_UNSUBSTANTIVE: (_ask_for_the_rest, _look, _follow),
    Standing.PARTLY_ANSWERED: (_ask_for_the_rest, _look, _follow),
    Standing.UNCHECKED: (_look, _follow),
    Standing.WAITING: (_ask_for_a_day, _look, _follow),
    Standing.AWAITING_ASSESSMENT: (_judge, _follow),
    Standing.UNKNOWN: (_mend, _look, _follow),
    Standing.ANSWERED: (_hold, _follow),
    Standing.ANSWERED_LATE: (_hold, _follow),
    Standing.VOID: (_follow,),
}
"""By standing; before a due day one can only watch."""
