"""The fields of a deadline, read and filled in again: on the page that enters and the one that corrects."""

import re

from tracker.domain import reading_deadlines
from tracker.domain.dates import read_date
from tracker.domain.partial import PartialDate
from tracker.domain.refusals import refuse
from tracker.domain.stated.mention import Hemisphere
from tracker.domain.stated.places import hemisphere_of
from tracker.domain.words import Basis, Trigger
from tracker.rendering.reading_words import KINDS, PROBLEMS
from tracker.services.reckon import Deadline
from tracker.storage import jurisdictions
from tracker.web.editing.form import Form
from tracker.web.site import site

_NEW = re.compile(r"new-[0-9]{1,3}-jurisdiction", re.ASCII)
_BODY = re.compile(r"body-[0-9]{1,3}", re.ASCII)


def stated_date(form: Form, obligation: int | None = None) -> PartialDate | None:
    """The stated date, typed as a date or in the document's words ("by fall 2022"); never guessed."""
    typed = form.text("stated")
    if not typed or read_date(typed):
        return form.partial("stated")
    found = reading_deadlines.read_deadline(typed, hemisphere=_hemisphere(form, obligation))
    if found.date:
        form.understood["stated"] = found.date
        return found.date
    if why := PROBLEMS.get(found.problem or "") or (KINDS["none"] if found.kind == "none" else ""):
        form.refuse([refuse("stated", why)])
    return form.partial("stated")


def _hemisphere(form: Form, obligation: int | None) -> Hemisphere | None:
    """Where the process and the bodies are, as chosen on the page or kept with the obligation."""
    named = [form.value(name) for name in form.typed if _BODY.fullmatch(name) and form.value(name).strip()]
    new = [form.value(name) for name in form.typed if _NEW.fullmatch(name)]
    with site().database.reading() as session:
        if obligation is not None:
            return hemisphere_of(jurisdictions.of_obligation(session, obligation))
        return hemisphere_of(new + jurisdictions.of_entry(session, form.value("document"), named))


def read_deadline(form: Form, *, obligation: int | None = None) -> Deadline:
    """What the fields say."""
    return Deadline(
        basis=form.one_of("basis", Basis),
        rule=form.text("rule"),
        amount=form.number("amount"),
        calendar=form.text("calendar"),
        trigger=form.one_of("trigger", Trigger),
        trigger_on=form.partial("trigger_on"),
        trigger_ahead=form.ticked("trigger_ahead"),
        stated=stated_date(form, obligation),
        as_written=form.text("as_written"),
        legal_basis=form.text("legal_basis"),
        source_url=form.text("source_url"),
        every_months=form.number("every_months"),
    )


def typed_of(said: Deadline) -> dict[str, str]:
    """The fields as they would have been typed."""
    filled = {
        "basis": said.basis,
        "rule": said.rule,
        "amount": said.amount,
        "calendar": said.calendar,
        "trigger": said.trigger,
        "trigger_on": said.trigger_on,
        "trigger_ahead": "1" if said.trigger_ahead else "",
        "stated": said.stated,
        "as_written": said.as_written,
        "legal_basis": said.legal_basis,
        "source_url": said.source_url,
    }
    return {name: str(value) for name, value in filled.items() if value not in (None, "")}
