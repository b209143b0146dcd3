"""The deadline rules with their law: searched, one by one, and as data."""

from difflib import get_close_matches

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, NotFound

from tracker.domain.catalogue import called, catalogue
from tracker.domain.habits import Habits
from tracker.domain.question import Question
from tracker.domain.reckoning import Reckoned
from tracker.domain.refusals import NotAccepted
from tracker.domain.rule_terms import OtherClock
from tracker.domain.rules import Rule
from tracker.rendering.rule_words import (
    confidence_words,
    counting_words,
    extension_words,
    fate_words,
    force_words,
    looks_at_calendar,
    unit_name,
)
from tracker.rendering.source_links import linked
from tracker.rendering.step_words import steps_words
from tracker.services.answer_question import answer_question
from tracker.services.reckon import working_calendar
from tracker.storage.engine import habits_of
from tracker.storage.groups import by_key
from tracker.storage.rule_use import confirmation_of, use_of
from tracker.web.access import Access, access
from tracker.web.known_arguments import insist_on
from tracker.web.locale import tongue
from tracker.web.site import site
from tracker.web.when import when
from tracker.web.wording import period, place

blueprint = Blueprint("rules", __name__)
NARROWING = ("q", "jurisdiction", "checked")
CHECKED = {"": (True, False), "yes": (True,), "no": (False,)}
"""What `?checked=` leaves: rules read in their source, or those awaiting checking."""
LONGEST = 200


@blueprint.get("/rules")
@access(Access.PUBLIC)
def rules() -> str:
    """Every rule, by jurisdiction; with `?q=` and `?jurisdiction=` some."""
    given, found = wanted()
    by_place: dict[str, list[Rule]] = {}
    for rule in found:
        by_place.setdefault(place(rule.jurisdiction), []).append(rule)
    return render_template(
        "public/rules.html",
        by_place=sorted(by_place.items()),
        length=length,
        given=given,
        total=len(catalogue()),
        shown=len(found),
        places=sorted({(place(code), code) for code in _places()}),
    )


@blueprint.get("/rules/<string:key>")
@access(Access.PUBLIC)
def rule(key: str) -> str:
    """One rule: its law, how it counts, what moves it, what rests on it."""
    found, moment = rule_of(key), when()
    with site().database.reading() as session:
        confirmed = None if found.checked else confirmation_of(session, key)
        group = by_key(session, confirmed.actor.removeprefix("group:")) if confirmed else None
        example = _example(found, habits_of(session))
        use = use_of(session, key, moment.moment)
        days = working_calendar(session, found.calendar)
    words = tongue()
    return render_template(
        "public/rule.html",
        looked_at=looks_at_calendar(found),
        rule=found,
        length=length(found),
        counting=list(counting_words(found, words)),
        extending=list(extension_words(found, words)),
        force=force_words(found, words),
        sources=[linked(part) for part in _parts(found.source)],
        confidence=confidence_words(found, words),
        fates=_fates(found),
        confirmed=confirmed,
        group=group,
        use=use,
        days=days,
        example=example,
        steps=steps_words(example.computed.steps, words) if example else (),
        known=catalogue(),
        unit_name=lambda unit: unit_name(unit, words),
    )


def length(one: Rule) -> str:
    """How long a rule gives: "20 working days"; where the instrument names the number, in which unit."""
    if one.amount == 0 and one.unit not in ("none", "fixed_date"):
        return str(_("%(unit)s, as many as the instrument names", unit=unit_name(one.unit, tongue())))
    if one.end_bound == "exclusive":
        return str(_("before the last of %(period)s", period=period(one.amount, one.unit)))
    given = period(one.amount, one.unit)
    return _with_the_other(given, one.other) if one.other else given


def _with_the_other(given: str, other: OtherClock) -> str:
    second = period(other.amount, other.unit)
    if other.keep == "latest":
        return str(_("%(period)s, or %(second)s where that is later", period=given, second=second))
    return str(_("%(period)s, or %(second)s where that is earlier", period=given, second=second))


def rule_of(key: str) -> Rule:
    """The rule of a key; 404 with the nearest ones where there is none."""
    found = catalogue().get(key)
    if found is None:
        near = get_close_matches(key.lower(), list(catalogue()), 3, 0.6)
        said = _("There is no rule “%(key)s”.", key=key[:80])
        asked_back = _("Did you mean %(near)s?", near=", ".join(near))
        raise NotFound(f"{said} {asked_back}" if near else said)
    return found


def _places() -> set[str]:
    return {rule.jurisdiction for rule in catalogue().values()}


def wanted() -> tuple[dict[str, str], list[Rule]]:
    """What narrows the list, and the rules that are left; 400 with a sentence for what means nothing."""
    insist_on(NARROWING)
    given = {name: " ".join(request.args.get(name, "").split())[:LONGEST] for name in NARROWING}
    where = given["jurisdiction"].upper() if given["jurisdiction"] != "intl" else "intl"
    _insist_on_place(where)
    kept = CHECKED.get(given["checked"].lower())
    if kept is None:
        raise BadRequest(_("checked=%(written)s is unknown: use yes or no.", written=given["checked"][:40]))
    found = [rule for rule in catalogue().values() if rule.checked in kept]
    found = [rule for rule in found if _lies_in(rule, where) and holds(rule, given["q"])]
    return {**given, "jurisdiction": where}, found


def _insist_on_place(code: str) -> None:
    known = _places()
    if code and not any(one == code or one.startswith(f"{code}-") for one in known):
        near = get_close_matches(code, sorted(known), 3, 0.5) or sorted(known)
        raise BadRequest(
            _(
                "There are no rules of jurisdiction=%(code)s: use %(near)s.",
                code=code[:40],
                near=", ".join(near),
            )
        )


def _lies_in(rule: Rule, code: str) -> bool:
    return not code or rule.jurisdiction == code or rule.jurisdiction.startswith(f"{code}-")


def holds(rule: Rule, words: str) -> bool:
    """Every word stands somewhere in the rule, its name in any language."""
    law = (rule.who, rule.legal_basis, rule.notes, place(rule.jurisdiction), length(rule))
    text = " ".join((rule.key, *called(rule).values(), *law))
    return all(word in text.lower() for word in words.lower().split())


def _fates(rule: Rule) -> list[tuple[str, str]]:
    """What the end of a sitting does to the clock, where a parliament is concerned."""
    named = (
        (_("Recess"), rule.on_recess),
        (_("Prorogation"), rule.on_prorogation),
        (_("Dissolution"), rule.on_dissolution),
    )
    return [(name, fate_words(fate, tongue())) for name, fate in named if fate]


def _parts(source: str) -> list[str]:
    return [part.strip() for part in source.split(";") if part.strip()]


def _example(rule: Rule, habits: Habits) -> Reckoned | None:
    """Today's date by the rule; none where it needs what only an instrument or a House can say."""
    try:
        return answer_question(Question(rule=rule.key, start=site().today().isoformat()), habits)
    except NotAccepted:
        return None
