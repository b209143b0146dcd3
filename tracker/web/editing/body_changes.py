"""What happened to a body: renamed, merged, divided, joined; seen before it is kept, undone where it was wrong."""

from collections.abc import Callable, Mapping

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlmodel import Session

from tracker.services.change_body import Foreseen, Said, change_body, foresee_body_change
from tracker.services.merge_bodies import Merge, SameAs
from tracker.services.note_body_change import Happened
from tracker.services.rename_body import Rekey, Rename
from tracker.services.split_body import Split
from tracker.services.tie_body import Members, PartOf
from tracker.services.undo_body_change import undo_body_change
from tracker.storage import bodies, body_changes, entries
from tracker.storage.entries import id_of
from tracker.storage.tables import Body, BodyChange
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("body_changes", __name__)
KINDS = {
    "rename": lazy_gettext("It is called otherwise"),
    "merge": lazy_gettext("It was merged into another body"),
    "split": lazy_gettext("It was divided"),
    "part-of": lazy_gettext("It is a part of another body"),
    "members": lazy_gettext("Members of the group"),
    "same": lazy_gettext("It was entered twice"),
    "key": lazy_gettext("Another address for its page"),
}


@blueprint.get("/bodies/<key:key>/changes")
@access(Access.EDITOR)
def changes(key: str) -> str:
    """All that happened to it, and what can be entered."""
    with site().database.reading() as session:
        body = _known(session, key)
        found = body_changes.of_body(session, id_of(body))
    return render_template("editing/body_changes.html", body=body, changes=found, kinds=KINDS, told=told)


@blueprint.route(
    "/bodies/<key:key>/changes/<any('rename','merge','split','part-of','members','same','key'):kind>",
    methods=["GET", "POST"],
)
@access(Access.EDITOR)
def change(key: str, kind: str) -> ResponseReturnValue:
    """One change: what it would do is shown first."""
    form = Form.sent() if request.method == "POST" else _begin(key, kind)
    foreseen = None
    if request.method == "POST":
        said, now, actor, user_id = _READ[kind](form, _happened(form)), site().now(), me().actor, me().user_id
        if form.ticked("keep"):
            kept = attempt(
                form,
                lambda session: change_body(
                    session, now, _known(session, key), said, actor=actor, user_id=user_id
                ),
            )
            if kept is not None:
                return done(_("It is on record, and in the public log."), _onward(kept))
        else:
            foreseen = attempt(form, lambda session: _foreseen(session, key, said))
    return _page(key, kind, form, foreseen)


def _page(key: str, kind: str, form: Form, foreseen: Foreseen | None) -> ResponseReturnValue:
    with site().database.reading() as session:
        body, known = _known(session, key), entries.bodies(session)
        duties = body_changes.owed_by(session, id_of(body)) if kind == "split" else []
    page = render_template(
        "editing/body_change.html",
        form=form,
        body=body,
        kind=kind,
        title=KINDS[kind],
        bodies=known,
        duties=duties,
        foreseen=foreseen,
    )
    return page, status(form)


def _foreseen(session: Session, key: str, said: Said) -> Foreseen:
    return foresee_body_change(session, site().now(), _known(session, key), said, actor=me().actor)


def _onward(kept: BodyChange) -> str:
    with site().database.reading() as session:
        return url_for(".changes", key=session.get_one(Body, kept.body_id).key)


@blueprint.route("/bodies/changes/<int:id>/undo", methods=["GET", "POST"])
@access(Access.EDITOR)
def undo(id: int) -> ResponseReturnValue:
    """Take a change back, with the reason in public."""
    form = Form.sent() if request.method == "POST" else Form()
    if request.method == "POST":
        reason, now, actor, user_id = form.text("reason"), site().now(), me().actor, me().user_id

        def back(session: Session) -> BodyChange:
            made = _made(session, id)
            undo_body_change(session, now, made, reason, actor=actor, user_id=user_id)
            return made

        made = attempt(form, back)
        if made is not None:
            return done(_("It is undone, and the public log says so."), _onward(made))
    with site().database.reading() as session:
        made = _made(session, id)
        body = session.get_one(Body, made.body_id)
    return render_template(
        "editing/undo_body_change.html", form=form, made=made, body=body, told=told
    ), status(form)


def _made(session: Session, id_: int) -> BodyChange:
    found = session.get(BodyChange, id_)
    if found is None:
        abort(404)
    return found


def _known(session: Session, key: str) -> Body:
    found = bodies.by_key(session, key)
    if found is None:
        abort(404)
    return found


def told(made: BodyChange) -> str:
    """What a change did, in a line."""
    detail = {name: _shown(value) for name, value in made.detail.items()}
    return str(_TOLD[made.kind.value]) % {name: detail.get(name, "") for name in _FIELDS}


_FIELDS = ("before", "after", "into_name", "into", "from", "joined", "left")
_TOLD = {
    "renamed": lazy_gettext("Called %(after)s, before that %(before)s"),
    "rekeyed": lazy_gettext("At /bodies/%(after)s, before that at /bodies/%(before)s"),
    "merged": lazy_gettext("%(from)s became part of %(into_name)s"),
    "same": lazy_gettext("%(from)s is the same body as %(into_name)s"),
    "split": lazy_gettext("Divided: duties went to %(into)s"),
    "part_of": lazy_gettext("Part of %(after)s, before that of %(before)s"),
    "members": lazy_gettext("Joined: %(joined)s. Left: %(left)s"),
}


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or "–"
    return str(value) if value not in (None, "") else "–"


def _begin(key: str, kind: str) -> Form:
    with site().database.reading() as session:
        body = _known(session, key)
        typed = {"name": body.name} if kind == "rename" else {"key": body.key} if kind == "key" else {}
        if kind == "members":
            rows = body_changes.member_rows(session, id_of(body))
            typed["members"] = "\n".join(
                body_changes.keys_of(session, [row.member_id for row in rows]).values()
            )
        if kind == "part-of" and body.part_of_id:
            typed["whole"] = body_changes.keys_of(session, [body.part_of_id])[body.part_of_id]
    return Form(typed | {"works_from_on": site().now().date().isoformat()})


def _happened(form: Form) -> Happened:
    return Happened(
        works_from_on=form.needed_day("works_from_on"),
        reason=form.text("reason"),
        source_url=form.text("source_url"),
    )


def _split(form: Form, happened: Happened) -> Split:
    """To whom each duty goes: its own line, else whom the ticked ones go to; empty: it stays."""
    ticked, to = set(form.ids("obligations")), form.text("goes_to")
    own = {id_: form.text(f"to-{id_}") for id_ in form.ids("duty")}
    goes = {id_: name or (to if id_ in ticked else "") for id_, name in own.items()}
    return Split(goes_to={id_: name for id_, name in goes.items() if name}, happened=happened)


_READ: Mapping[str, Callable[[Form, Happened], Said]] = {
    "rename": lambda form, happened: Rename(name=form.text("name"), happened=happened),
    "key": lambda form, happened: Rekey(key=form.text("key"), happened=happened),
    "merge": lambda form, happened: Merge(
        into=form.needed("into"), others=form.listed("others"), happened=happened
    ),
    "same": lambda form, happened: SameAs(kept=form.needed("kept"), happened=happened),
    "split": _split,
    "part-of": lambda form, happened: PartOf(whole=form.text("whole"), happened=happened),
    "members": lambda form, happened: Members(members=form.listed("members"), happened=happened),
}
