"""The pages on which an item's answers would appear: added and taken away on the item's own page."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.services.watch_page import WatchPage, stop_watching, watch_page
from tracker.storage import entries
from tracker.web.access import Access, access
from tracker.web.editing.edit_item import item_of_address, refused_page
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("watch", __name__)


@blueprint.post("/items/<key:key>/watch/<int:obligation>")
@access(Access.EDITOR)
def begin(key: str, obligation: int) -> ResponseReturnValue:
    """From now on this page is looked at for the answer."""
    form = Form.sent()
    said = WatchPage(
        obligation=obligation,
        source=form.text(f"source-{obligation}"),
        address=form.text(f"address-{obligation}"),
    )
    now, actor, vet = site().now(), me().actor, getattr(site().gate, "vet", None)

    def change(session: Session) -> str:
        _of_item(session, key, obligation)
        begun = watch_page(session, now, said, actor=actor, vet=vet)
        return str(_("Watched from now on.") if begun else _("This page was watched for it already."))

    return _answered(form, key, obligation, attempt(form, change))


@blueprint.post("/items/<key:key>/watch/<int:obligation>/<int:watch>/stop")
@access(Access.EDITOR)
def stop(key: str, obligation: int, watch: int) -> ResponseReturnValue:
    """This page is looked at for the answer no longer."""
    form = Form.sent()
    reason, now, actor = form.text("unwatch_reason"), site().now(), me().actor

    def change(session: Session) -> str:
        _of_item(session, key, obligation)
        stop_watching(session, now, obligation, watch, reason, actor=actor)
        return str(_("No longer watched, with a correction in the public log."))

    return _answered(form, key, obligation, attempt(form, change))


def _answered(form: Form, key: str, obligation: int, sentence: str | None) -> ResponseReturnValue:
    if sentence is not None:
        return done(sentence, url_for("edit_item.edit_item", key=key, _anchor=f"watched-{obligation}"))
    fields = {"reason": "unwatch", "unwatch_reason": "unwatch"}
    form.errors = {
        name if "-" in name else f"{fields.get(name, name)}-{obligation}": said
        for name, said in form.errors.items()
    }
    return refused_page(key, form)


def _of_item(session: Session, key: str, obligation: int) -> None:
    owing = entries.owed_for_item(session, entries.id_of(item_of_address(session, key)))
    if all(one.id != obligation for one in owing):
        abort(404)
