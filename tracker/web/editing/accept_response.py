"""Take a finding over as a response: to what, of which kind and position, on which days; each obligation may differ."""

from collections import defaultdict

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.partial import PartialDate
from tracker.domain.permissions import Act
from tracker.domain.words import Position, ResponseKind
from tracker.services.draft_decision import (
    chosen_of,
    draft_response,
    first_seen_on,
    suggested_kind,
    suggested_position,
)
from tracker.services.respond import LogResponse, SaidFor
from tracker.services.review import accept_response
from tracker.storage import entries
from tracker.storage.findings import Waiting
from tracker.web.access import Access, access
from tracker.web.editing import choices, picking
from tracker.web.editing.finding_words import shown
from tracker.web.editing.form import Form
from tracker.web.editing.proposing import proposals_of
from tracker.web.editing.queue_place import kept, next_one
from tracker.web.editing.review import look_up
from tracker.web.editing.room import attempt, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("accept_response", __name__)
OWN_FIELDS = ("kind", "position", "received", "published", "page", "quote")
"""What one obligation may have otherwise than the rest."""
Days = tuple[PartialDate | None, PartialDate | None]


@blueprint.route("/review/<int:id>/response", methods=["GET", "POST"])
@access(Access.EDITOR, act=Act.DECIDE)
def accept_as_response(id: int) -> ResponseReturnValue:
    """The finding as a response: to what, of which kind, on which days."""
    waiting = look_up(id)
    form = Form.sent() if request.method == "POST" else _begun(waiting)
    if request.method == "POST" and not form.ticked("find"):
        said, *also = _said(form, waiting)
        now, actor, user_id = site().now(), me().actor, me().user_id
        logged = attempt(
            form, lambda s: accept_response(s, now, id, said, also=also, actor=actor, user_id=user_id)
        )
        if logged is not None:
            return next_one(_("The response is on record; it waits to be judged."), id)
    with site().database.reading() as session:
        found, bodies = picking.found(session, form), entries.bodies(session)
    page = render_template(
        "editing/review/response.html",
        form=form,
        one=shown(waiting),
        kept=kept(),
        found=found,
        own={one.id: any(form.value(f"{name}-{one.id}") for name in OWN_FIELDS) for one in found},
        bodies=bodies,
        kinds=choices.words(ResponseKind),
        positions=choices.words(Position),
        proposals=proposals_of(form, found),
    )
    return page, status(form)


def _begun(waiting: Waiting) -> Form:
    with site().database.reading() as session:
        said = draft_response(session, waiting)
        chosen = entries.owed(session, chosen_of(waiting.finding.suggestion))
        form = Form({"body": chosen[0].body.name if chosen else said.body, "url": said.url})
    content = waiting.finding.content
    kind, position = suggested_kind(content), suggested_position(content)
    extra = content.get("extra")
    form.typed["title"], form.typed["text"] = said.title, said.text
    form.typed["kind"] = kind.value if kind else ""
    form.typed["position"] = position.value if position else ""
    for name in ("page", "quote"):
        form.typed[name] = str(extra.get(name) or "") if isinstance(extra, dict) else ""
    form.typed["received"], form.typed["published"] = str(said.received or ""), str(said.published or "")
    form.typed["late_entry"] = "1" if said.late_entry else ""
    form.typed.setlist("obligations", [str(one.id) for one in chosen])
    form.typed["q"] = str(waiting.finding.suggestion.get("item") or "")
    return form


def _said(form: Form, waiting: Waiting) -> list[LogResponse]:
    """One communication for each pair of days; the first holds those that came on the days of the whole."""
    shared: Days = (form.partial("received"), form.partial("published"))
    lines: dict[Days, list[SaidFor]] = defaultdict(list, {shared: []})
    for id_ in form.ids("obligations"):
        lines[_days(form, id_, shared)].append(_line(form, id_))
    if not lines[shared] and len(lines) > 1:
        del lines[shared]
    return [_communication(form, waiting, days, said) for days, said in lines.items()]


def _days(form: Form, id_: int, shared: Days) -> Days:
    """The days for one obligation: its own where it has any, else those of the whole."""
    own = (form.partial(f"received-{id_}"), form.partial(f"published-{id_}"))
    return own if any(own) else shared


def _line(form: Form, id_: int) -> SaidFor:
    own_kind = form.one_of(f"kind-{id_}", ResponseKind)
    own_position = form.one_of(f"position-{id_}", Position)
    return SaidFor(
        obligation=id_,
        kind=own_kind or form.needed_of("kind", ResponseKind),
        position=own_position or form.one_of("position", Position),
        on_behalf=form.ticked(f"on_behalf-{id_}"),
        page=form.text(f"page-{id_}") or form.text("page"),
        quote=form.text(f"quote-{id_}", lines=True) or form.text("quote", lines=True),
    )


def _communication(form: Form, waiting: Waiting, days: Days, lines: list[SaidFor]) -> LogResponse:
    received, published = days
    return LogResponse(
        body=form.needed("body"),
        lines=tuple(lines),
        first_seen_on=first_seen_on(waiting.finding, None),
        received=received,
        published=published,
        url=form.text("url"),
        title=form.text("title"),
        text=form.text("text", lines=True),
        late_entry=form.ticked("late_entry"),
        came_before_start=form.ticked("came_before_start"),
    )
