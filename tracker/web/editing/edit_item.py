"""One item: its words, its topics, what each addressee owes, and publishing a draft."""

from collections.abc import Callable

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.kinds import topics
from tracker.domain.permissions import Act
from tracker.domain.words import ItemKind, Visibility
from tracker.services.revise import file_under, publish_draft, revise
from tracker.services.take_out import remove_addressee, withdraw_item
from tracker.storage import checks, entries, responses, segments, sources, watches
from tracker.storage.holding import hold
from tracker.storage.tables import Document, Item, Process, Source, Watch
from tracker.web.access import Access, access
from tracker.web.editing import choices, versions
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("edit_item", __name__)


@blueprint.route("/items/<key:key>", methods=["GET", "POST"])
@access(Access.CONTRIBUTOR, act=Act.MEND)
def edit_item(key: str) -> ResponseReturnValue:
    """The words of an item; the old ones are kept."""
    form = Form.sent() if request.method == "POST" else versions.begin(_as_it_stands(key))
    if request.method == "POST":
        versions.take_choices(form, _as_it_stands(key))
        changes = {
            "title": form.text("title"),
            "text": form.text("text", lines=True),
            "ref": form.text("ref"),
            "kind": form.needed_of("item_kind", ItemKind, ItemKind.RECOMMENDATION),
        }
        reason, filed = form.text("reason"), [key for key in form.typed.getlist("topics") if key in topics()]
        now, actor, user_id = site().now(), me().actor, me().user_id

        def change(session: Session) -> bool:
            item = item_of_address(session, key)
            hold(session, item)
            versions.insist_on_seen(form, _stands(session, item))
            revise(session, now, item, changes, reason, actor=actor, user_id=user_id)
            file_under(session, now, item, filed, actor=actor)
            return True

        if attempt(form, change):
            return done(_("Kept; what stood there before is kept too."), url_for(".edit_item", key=key))
    return _page(key, form)


@blueprint.post("/items/<key:key>/publish")
@access(Access.EDITOR)
def publish(key: str) -> ResponseReturnValue:
    """Let a draft out."""
    form = Form()
    now, actor = site().now(), me().actor

    def change(session: Session) -> bool:
        publish_draft(session, now, item_of_address(session, key), actor=actor, user_id=me().user_id)
        return True

    if attempt(form, change):
        return done(_("Public from now on."), url_for(".edit_item", key=key))
    return done(
        " ".join(said for found in form.errors.values() for said in found), url_for(".edit_item", key=key)
    )


@blueprint.post("/items/<key:key>/withdraw")
@access(Access.EDITOR)
def withdraw(key: str) -> ResponseReturnValue:
    """Entered by mistake: out of every list, with the reason in public."""
    form = Form.sent()
    reason, now, actor = form.text("withdraw_reason"), site().now(), me().actor

    def change(session: Session) -> bool:
        withdraw_item(session, now, item_of_address(session, key), reason, actor=actor, user_id=me().user_id)
        return True

    return _taken_out(
        key, form, "withdraw_reason", change, _("Withdrawn, with a correction in the public log.")
    )


@blueprint.post("/items/<key:key>/remove/<int:obligation>")
@access(Access.EDITOR)
def remove(key: str, obligation: int) -> ResponseReturnValue:
    """This body was never asked: it leaves the item, with the reason in public."""
    form = Form.sent()
    reason, now, actor = form.text("remove_reason"), site().now(), me().actor

    def change(session: Session) -> bool:
        if all(
            one.id != obligation
            for one in entries.owed_for_item(session, entries.id_of(item_of_address(session, key)))
        ):
            abort(404)
        remove_addressee(session, now, obligation, reason, actor=actor, user_id=me().user_id)
        return True

    return _taken_out(
        key, form, "remove_reason", change, _("Taken out, with a correction in the public log.")
    )


def _taken_out(
    key: str, form: Form, field: str, change: Callable[[Session], bool], sentence: str
) -> ResponseReturnValue:
    if attempt(form, change):
        return done(sentence, url_for(".edit_item", key=key))
    form.errors = {field: [said for found in form.errors.values() for said in found]}
    return refused_page(key, form)


def refused_page(key: str, form: Form) -> ResponseReturnValue:
    """The page of an item with the complaints of another of its forms, and the item's words as they stand."""
    stands = versions.begin(_as_it_stands(key))
    for name in stands.typed:
        form.typed.setlist(name, stands.typed.getlist(name))
    return _page(key, form)


def item_of_address(session: Session, key: str) -> Item:
    """The item of an address, or 404."""
    found = entries.item_by_key(session, key)
    if found is None:
        abort(404)
    return found


def _as_it_stands(key: str) -> Form:
    with site().database.reading() as session:
        return _stands(session, item_of_address(session, key))


def _stands(session: Session, item: Item) -> Form:
    filed = entries.topics_of(session, entries.id_of(item))
    form = Form({"title": item.title, "text": item.text, "ref": item.ref, "item_kind": item.kind.value})
    form.typed.setlist("topics", filed)
    return form


def _pages(session: Session, owing: list[entries.Owed]) -> dict[int, list[tuple[Watch, Source]]]:
    """The pages watched for each addressee's answer."""
    found: dict[int, list[tuple[Watch, Source]]] = {one.id: [] for one in owing}
    for watch, source in watches.of_obligations(session, found):
        found[watch.obligation_id].append((watch, source))
    return found


def _page(key: str, form: Form) -> ResponseReturnValue:
    now = site().now()
    with site().database.reading() as session:
        item = item_of_address(session, key)
        owing = entries.owed_for_item(session, entries.id_of(item))
        page = render_template(
            "editing/edit_item.html",
            form=form,
            item=item,
            document=session.get(Document, item.document_id),
            process=session.get(Process, item.process_id),
            owing=owing,
            shown={one.id: entries.at_the_moment(segments.current(session, one.id), now) for one in owing},
            came={one.id: responses.came_for(session, one.id) for one in owing},
            pages=_pages(session, owing),
            sources=[(one.key, one.name or one.key) for one in sources.every(session) if one.enabled],
            looks={one.id: checks.looks_at(session, [one.id], 3) for one in owing},
            is_gone=item.visibility is Visibility.WITHHELD,
            is_draft=item.visibility is Visibility.DRAFT,
            item_kinds=choices.words(ItemKind),
            topics=choices.top_topics(),
        )
    return page, status(form)
