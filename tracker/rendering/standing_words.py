"""The public sentence of each standing: one function per line of the table; never "has not replied"."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from tracker.domain.partial import PartialDate
from tracker.domain.words import AnswerState, Basis, ObligationKind, Precision, Standing, Verdict
from tracker.rendering.objection_words import beside_words
from tracker.rendering.reason_words import reason_words, reasons_of
from tracker.rendering.tongue import N_, NN_, Forms, Tongue


class Shown(Protocol):
    """What the sentence of a standing is made of; a line of any list has it."""

    @property
    def standing(self) -> Standing: ...
    @property
    def basis(self) -> Basis: ...
    @property
    def kind(self) -> ObligationKind: ...
    @property
    def start_on(self) -> date | None: ...
    @property
    def start_precision(self) -> Precision | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def checked_on(self) -> date | None: ...
    @property
    def days_overdue(self) -> int | None: ...
    @property
    def late_days(self) -> int | None: ...
    @property
    def stale(self) -> bool: ...
    @property
    def detail(self) -> dict[str, Any]: ...


NOTHING_FOUND: Mapping[ObligationKind, str] = {
    ObligationKind.RESPOND: N_("No published response found"),
    ObligationKind.DELIVER: N_("No published evidence of delivery found"),
    ObligationKind.REPORT: N_("No published report found"),
}
_REPLIED = N_("Answered"), NN_("Answered %(n)d day late", "Answered %(n)d days late")
_HANDED_OVER = N_("Delivered"), NN_("Delivered %(n)d day late", "Delivered %(n)d days late")
_PARTLY = N_("Partly answered"), NN_("Partly answered %(n)d day late", "Partly answered %(n)d days late")
_PART_DELIVERED = (
    N_("Partly delivered"),
    NN_("Partly delivered %(n)d day late", "Partly delivered %(n)d days late"),
)


def standing_words(line: Shown, today: date, tongue: Tongue) -> str:
    """Where an obligation stands, in one public sentence with its dates; `today` is the day it is seen on."""
    said = _SENTENCES[line.standing](line, today, tongue)
    objected = getattr(line, "objected", None)
    return f"{tongue.semicolon(said)} {beside_words(objected, tongue)}" if objected is not None else said


def _late(line: Shown, tongue: Tongue, forms: tuple[str, Forms]) -> str:
    """In time, so many days late, or lateness not known."""
    if line.late_days is None:
        said = tongue.say(forms[0])
        unknown = line.detail.get("lateness_unknown")
        return tongue.say(N_("%(said)s; whether in time is not known"), said=said) if unknown else said
    said = tongue.count(forms[1], line.late_days)
    at_least = any(reason.code == "late_at_least" for reason in reasons_of(line.detail))
    return tongue.say(N_("%(said)s, or more"), said=said) if at_least else said


def _answered(line: Shown, _today: date, tongue: Tongue) -> str:
    return _late(line, tongue, _REPLIED if line.kind is ObligationKind.RESPOND else _HANDED_OVER)


def _partly(line: Shown, _today: date, tongue: Tongue) -> str:
    return _late(line, tongue, _PARTLY if line.kind is ObligationKind.RESPOND else _PART_DELIVERED)


def _void(line: Shown, _today: date, tongue: Tongue) -> str:
    ended = _day(line, "ended_on")
    said = tongue.say(N_("Lapsed on %(day)s"), day=tongue.day(ended)) if ended else tongue.say(N_("Lapsed"))
    if not line.days_overdue:
        return said
    looked = line.checked_on
    if ended and looked and looked > ended:
        return tongue.count(_LAPSED_BEFORE_THE_LOOK, line.days_overdue, said=said, looked=tongue.day(looked))
    return tongue.count(
        NN_("%(said)s, %(n)d day overdue then", "%(said)s, %(n)d days overdue then"),
        line.days_overdue,
        said=said,
    )


_LAPSED_BEFORE_THE_LOOK = NN_(
    "%(said)s, %(n)d day overdue then, by a look made on %(looked)s",
    "%(said)s, %(n)d days overdue then, by a look made on %(looked)s",
)
"""Where nobody had looked by the day it ended: the days rest on a later look, which is named."""


def _awaiting(line: Shown, today: date, tongue: Tongue) -> str:
    since = _day(line, "awaiting_since_on")
    if since is None:
        return tongue.say(N_("A response is there, not yet judged"))
    if any(reason.code == "only_proposed" for reason in reasons_of(line.detail)):
        found = N_(
            "Something that may be an answer was found on %(day)s and is being looked at; nothing is on record yet"
        )
        return tongue.say(found, day=tongue.day(since))
    own, waits = _day(line, "unjudged_on"), max((today - since).days, 0)
    said = {"own": tongue.day(own) if own else "", "day": tongue.day(since)}
    which = "undated" if own is None else "at_once" if own == since else "later"
    return tongue.count(_UNJUDGED[which], waits, **said) if waits else tongue.say(_PUT_IN[which], **said)


_UNJUDGED: Mapping[str, Forms] = {
    "undated": NN_(
        "A response is on record here since %(day)s, not yet judged (%(n)d day)",
        "A response is on record here since %(day)s, not yet judged (%(n)d days)",
    ),
    "at_once": NN_(
        "Response of %(own)s, not yet judged (%(n)d day)", "Response of %(own)s, not yet judged (%(n)d days)"
    ),
    "later": NN_(
        "Response of %(own)s, on record here since %(day)s, not yet judged (%(n)d day)",
        "Response of %(own)s, on record here since %(day)s, not yet judged (%(n)d days)",
    ),
}
"""By whether the response's own day is known, and is the day it was seen; the days are counted from then."""
_PUT_IN: Mapping[str, str] = {
    "undated": N_("A response was put on record on %(day)s, not yet judged"),
    "at_once": N_("Response of %(own)s, not yet judged"),
    "later": N_("Response of %(own)s, put on record on %(day)s, not yet judged"),
}
"""The same on the very day."""


def _unknown(line: Shown, _today: date, tongue: Tongue) -> str:
    reasons = reasons_of(line.detail)
    if not reasons:
        return tongue.say(N_("Cannot be computed"))
    return tongue.say(N_("Cannot be computed: %(why)s"), why=_small(reason_words(reasons[0], tongue)))


def _not_started(line: Shown, _today: date, tongue: Tongue) -> str:
    if line.start_on is None:
        return tongue.say(N_("The clock starts when the event it runs from happens"))
    return tongue.say(N_("The clock starts on %(day)s"), day=tongue.day(line.start_on))


def _waiting(line: Shown, today: date, tongue: Tongue) -> str:
    found = _found_so_far(line, tongue)
    if line.due_on is not None:
        # Only a supporting body waits although there is a date: it is shown and never flagged.
        return tongue.say(N_("Asked in a supporting role, not flagged: %(found)s"), found=found)
    if line.start_on is None or line.start_on > today:
        return tongue.say(N_("No date was set: %(found)s"), found=found)
    precision = line.start_precision or Precision.DAY
    return tongue.count(
        _ASKED_ON if precision is Precision.DAY else _ASKED_IN,
        (today - line.start_on).days,
        day=tongue.partial(PartialDate(line.start_on, precision)),
        found=found,
    )


_ASKED_ON = NN_(
    "Asked on %(day)s: waiting %(n)d day, %(found)s",
    "Asked on %(day)s: waiting %(n)d days, %(found)s",
)
_ASKED_IN = NN_(
    "Asked in %(day)s: waiting %(n)d day since its end, %(found)s",
    "Asked in %(day)s: waiting %(n)d days since its end, %(found)s",
)
"""Where only the month, quarter or year of the asking is known."""


def _found_so_far(line: Shown, tongue: Tongue) -> str:
    beside = _beside(line, tongue)
    if beside:
        return beside
    looked = line.checked_on or _day(line, "last_looked_on")
    if looked is None:
        return tongue.say(N_("no look for an answer is on record"))
    return tongue.say(N_("nothing found as of %(day)s"), day=tongue.day(looked))


def _paused(line: Shown, _today: date, tongue: Tongue) -> str:
    since = _day(line, "paused_since_on")
    said = (
        tongue.say(N_("Clock stopped since %(day)s"), day=tongue.day(since))
        if since
        else tongue.say(N_("Clock stopped"))
    )
    return _with(said, _beside(line, tongue), tongue)


def _ahead(line: Shown, _today: date, tongue: Tongue) -> str:
    said = tongue.say(N_("Due %(day)s"), day=tongue.weekday(line.due_on)) if line.due_on else ""
    return _with(said, _beside(line, tongue), tongue)


def _unchecked(line: Shown, _today: date, tongue: Tongue) -> str:
    due, looked = line.due_on, _day(line, "last_looked_on")
    day = tongue.day(due) if due else ""
    if looked is None:
        return tongue.say(N_("Was due %(day)s; no look for an answer is on record"), day=day)
    return tongue.say(
        N_("Was due %(day)s; not looked at since %(looked)s"), day=day, looked=tongue.day(looked)
    )


def _hollow(line: Shown, _today: date, tongue: Tongue) -> str:
    judged = line.detail.get("verdict") == Verdict.NOT.value
    return _flag(
        line, tongue, tongue.say(N_("Answered without substance") if judged else N_("Holding reply only"))
    )


def _overdue(line: Shown, _today: date, tongue: Tongue) -> str:
    return _flag(line, tongue, tongue.say(NOTHING_FOUND[line.kind]))


def _flag(line: Shown, tongue: Tongue, found: str) -> str:
    """The accusing sentence: what was found, as of which look, how many days then; by the basis."""
    looked = tongue.day(line.checked_on) if line.checked_on else ""
    forms = _FLAGS[line.basis.flags_overdue, line.stale]
    values = {"found": found, "small": _small(found), "looked": looked}
    due = tongue.day(line.due_on) if line.due_on else ""
    return tongue.count(forms, line.days_overdue or 0, due=due, **values)


_FLAGS: Mapping[tuple[bool, bool], Forms] = {
    (True, False): NN_(
        "%(found)s as of %(looked)s: %(n)d day overdue then",
        "%(found)s as of %(looked)s: %(n)d days overdue then",
    ),
    (True, True): NN_(
        "When last looked, on %(looked)s: %(small)s, %(n)d day overdue then",
        "When last looked, on %(looked)s: %(small)s, %(n)d days overdue then",
    ),
    (False, False): NN_(
        "Not answered by the date asked for, %(due)s: %(small)s as of %(looked)s, %(n)d day after it",
        "Not answered by the date asked for, %(due)s: %(small)s as of %(looked)s, %(n)d days after it",
    ),
    (False, True): NN_(
        "When last looked, on %(looked)s, not answered by the date asked for, %(due)s: "
        "%(small)s, %(n)d day after it",
        "When last looked, on %(looked)s, not answered by the date asked for, %(due)s: "
        "%(small)s, %(n)d days after it",
    ),
}
"""By (the basis binds, the look is old)."""


def _beside(line: Shown, tongue: Tongue) -> str:
    state = line.detail.get("answer_state")
    if state == AnswerState.PARTLY.value:
        return tongue.say(N_("partly answered so far"))
    if state == AnswerState.HOLLOW.value:
        return tongue.say(N_("so far a reply without substance"))
    return ""


def _with(said: str, beside: str, tongue: Tongue) -> str:
    return f"{tongue.semicolon(said)} {beside}" if said and beside else said or beside


def _small(sentence: str) -> str:
    return (sentence[:1].lower() + sentence[1:]).rstrip(".")


def _day(line: Shown, name: str) -> date | None:
    written = line.detail.get(name)
    return date.fromisoformat(str(written)) if written else None


_SENTENCES: Mapping[Standing, Callable[[Shown, date, Tongue], str]] = {
    Standing.ANSWERED: _answered,
    Standing.ANSWERED_LATE: _answered,
    Standing.VOID: _void,
    Standing.AWAITING_ASSESSMENT: _awaiting,
    Standing.UNKNOWN: _unknown,
    Standing.NOT_STARTED: _not_started,
    Standing.WAITING: _waiting,
    Standing.PAUSED: _paused,
    Standing.DUE_SOON: _ahead,
    Standing.RUNNING: _ahead,
    Standing.PARTLY_ANSWERED: _partly,
    Standing.UNCHECKED: _unchecked,
    Standing.OVERDUE_UNSUBSTANTIVE: _hollow,
    Standing.OVERDUE: _overdue,
}
