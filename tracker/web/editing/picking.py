"""The obligations an entry is about: found by words, ticked, and kept while one searches on."""

from collections.abc import Sequence

from flask import request
from sqlmodel import Session

from tracker.storage import entries
from tracker.storage.entries import Owed
from tracker.web.editing.form import Form
from tracker.web.editing.signed_in import my_group

SHOWN = 60


def begun(names: Sequence[str]) -> Form:
    """A page's first form: what stands in its address is ticked or filled in."""
    form = Form({name: request.args[name] for name in names if name in request.args})
    form.typed.setlist("obligations", request.args.getlist("obligations"))
    item = request.args.get("item", "")
    if item:
        form.typed["q"] = item
    return form


def found(session: Session, form: Form) -> list[Owed]:
    """The ticked ones first, then those that hold the words."""
    ticked = entries.owed(session, form.ids("obligations"))
    known = {one.id for one in ticked}
    matching = entries.owed_matching(session, form.value("q")[:200], SHOWN, my_group())
    return ticked + [one for one in matching if one.id not in known]
