"""What needs a look, the oldest first, with the places to look: many are ticked and put on record in one go."""

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from sqlmodel import Session

from tracker.domain.listing import Filters
from tracker.domain.permissions import Act
from tracker.services.look import Look, look_many
from tracker.storage import entries
from tracker.storage.lines import moment
from tracker.storage.looks_due import LookDue, looks_due, places_to_look
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me, my_group
from tracker.web.site import site

blueprint = room("looks", __name__)
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page of what needs a look, how many there are, and what it can be narrowed to."""

    rows: list[LookDue]
    total: int
    pages: int
    bodies: list[tuple[str, str]]
    processes: list[tuple[str, str]]
    places: dict[int, list[str]]


@blueprint.route("/looks", methods=["GET", "POST"])
@access(Access.CONTRIBUTOR, act=Act.DRAFT)
def looks() -> ResponseReturnValue:
    """Tick, say on which day: where one looked is prefilled for each."""
    form = Form.sent() if request.method == "POST" else Form({"looked_on": site().now().date().isoformat()})
    if request.method == "POST":
        said, places = _read(form)
        now, actor, user_id = site().now(), me().actor, me().user_id
        kept = attempt(
            form, lambda session: look_many(session, now, places, said, actor=actor, user_id=user_id)
        )
        if kept is not None:
            n = len(said.obligations)
            sentence = ngettext(
                "A look for one answer is on record.", "A look for %(num)d answers is on record.", n
            )
            return done(sentence, url_for(".looks", **_chosen()))
    page = _page()
    with site().database.reading() as session:
        waiting = _waiting(session, page)
    if page > waiting.pages:
        abort(404)
    shown = render_template(
        "editing/looks.html",
        form=form,
        waiting=waiting,
        page=page,
        chosen=_chosen(),
        topics=choices.top_topics(),
    )
    return shown, status(form)


def _chosen() -> dict[str, Any]:
    """What the list is narrowed to, as in its address."""
    given = {name: request.args.get(name, "")[:80] for name in ("body", "process", "topic", "all")}
    return {name: value for name, value in given.items() if value}


def _waiting(session: Session, page: int) -> Waiting:
    now, chosen = site().now(), _chosen()
    group = None if chosen.get("all") else my_group()
    own = None if group is None else {entries.id_of(one) for one in entries.processes(session, group)}
    narrow = Filters(**{name: value for name, value in chosen.items() if name != "all"})
    recheck = site().config.site.recheck_days
    found = looks_due(session, moment(now), now.date(), recheck, narrow, own)
    rows = found[(page - 1) * SHOWN : page * SHOWN]
    return Waiting(
        rows,
        len(found),
        max(1, -(-len(found) // SHOWN)),
        sorted({(one.line.body_key, one.line.body_name) for one in found}, key=lambda pair: pair[1]),
        sorted({(one.line.process_key, one.line.process_name) for one in found}, key=lambda pair: pair[1]),
        places_to_look(session, [one.line.id for one in rows]),
    )


def _read(form: Form) -> tuple[Look, dict[int, tuple[str, ...]]]:
    ids = form.ids("obligations")
    said = Look(
        obligations=ids,
        looked_on=form.needed_day("looked_on"),
        places=form.listed("places"),
        note=form.text("note", lines=True),
    )
    return said, {id_: form.listed(f"places-{id_}") for id_ in ids}


def _page() -> int:
    typed = request.args.get("page", "1")
    if not (typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) > 0):
        abort(404)
    return int(typed)
