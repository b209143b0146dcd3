"""How a body objects: an address of its own domain, a letter, a page with all that is on record about it."""

from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import ObjectionKind
from tracker.services.object_contact import (
    Opened,
    ask_to_object,
    body_to_object,
    confirm_contact,
    domains_of,
    open_contact,
)
from tracker.services.object_to import Objecting, complaints_about, object_to
from tracker.storage import objections
from tracker.storage.entries import bodies_named
from tracker.storage.lines import Line, lines, moment
from tracker.storage.tables import Body, BodyContact
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt
from tracker.web.editing.throttle import limiter, network
from tracker.web.locale import language
from tracker.web.public.sent_here import (
    bounded,
    by_a_program,
    from_our_pages,
    key_of,
    mails,
    quietly,
    seal,
    vet,
)
from tracker.web.public.subscribe import NOT_KNOWN
from tracker.web.site import site
from tracker.web.wording import named

blueprint = Blueprint("object_to_entry", __name__)
MOST_LINES = 500
BY_CONTACT = "120 per hour"


@blueprint.get("/object")
@access(Access.PUBLIC)
def begin() -> ResponseReturnValue:
    """For which body; then the form that asks for a letter. How fast objections are handled."""
    return _begin(Form({"item": key_of(request.args, "item")}), key_of(request.args, "body", 300))


def _begin(form: Form, asked: str, status: int = 200) -> ResponseReturnValue:
    now = site().now()
    with site().database.reading() as session:
        body = _body(session, asked)
        page = render_template(
            "public/object.html",
            form=form,
            body=body,
            asked=asked,
            domains=domains_of(session, body) if body else [],
            fast=objections.how_fast(session, now),
            kinds=[named(kind) for kind in ObjectionKind],
            mails=mails(),
        )
    return page, status


def _body(session: Session, asked: str) -> Body | None:
    found = body_to_object(session, asked) if asked else None
    if found is None and asked:
        named_so = bodies_named(session, asked)
        found = body_to_object(session, named_so[0].key) if len(named_so) == 1 else None
    return found


@blueprint.post("/object")
@access(Access.PUBLIC)
@bounded
def asked() -> ResponseReturnValue:
    """Send the letter; the page is the same whether the address is known or not."""
    from_our_pages()
    form, key = Form.sent(), key_of(request.form, "body")
    if not mails():
        return _begin(form, key)
    now, given, tongue = site().now(), form.text("email"), language()

    def change(session: Session) -> str:
        body = body_to_object(session, key)
        if body is None:
            abort(404)
        return given if by_a_program() else ask_to_object(session, body, given, seal(), now, tongue)

    address = attempt(form, change)
    if address is None:
        return _begin(form, key, 400)
    return quietly(render_template("public/object_asked.html", address=address, demo=site().config.site.demo))


@blueprint.get("/object/<token>")
@access(Access.TOKEN)
def page(token: str) -> ResponseReturnValue:
    """What a letter's link leads to: the button that confirms, or the body's own page."""
    return _page(token, _ticked())


def _ticked() -> Form:
    """The boxes that a link has ticked; `all` ticks every one of them."""
    form = Form()
    form.typed.setlist("obligations", request.args.getlist("obligations")[:MOST_LINES])
    if "all" in request.args:
        form.typed["all"] = "1"
    return form


def _page(token: str, form: Form, status: int = 200) -> ResponseReturnValue:
    now = site().now()
    with site().database.reading() as session:
        opened = _opened(session, token)
        if opened.to_confirm:
            return quietly(render_template("public/object_confirm.html", token=token, body=opened.body))
        owed = _owed(session, opened.body)
        if form.ticked("all"):
            form.typed.setlist("obligations", [str(one.id) for one in owed])
        shown = render_template(
            "public/object_page.html",
            token=token,
            body=opened.body,
            form=form,
            owed=owed,
            receipts=objections.by_receipt(objections.of_body(session, opened.body.id or 0)),
            receipt=request.args.get("receipt", "")[:40],
            kinds=[(kind.value, named(kind)) for kind in ObjectionKind],
            today=now.date(),
        )
    return quietly(shown, status)


def _opened(session: Session, token: str) -> Opened:
    found = open_contact(session, token, site().now())
    if found is None:
        abort(404, _(NOT_KNOWN))
    return found


def _owed(session: Session, body: Body) -> list[Line]:
    """All that the body owes, or owes since another owed it, flags first."""
    query = ListQuery(ListName.ALL, Filters(body=body.key))
    found = lines(session, query, moment(site().now()), order="due")
    own = [line for line in found if body.key in (line.body_key, line.debtor_key)]
    return sorted(own, key=lambda line: not line.flagged)[:MOST_LINES]


@blueprint.post("/object/<token>")
@access(Access.TOKEN)
@limiter.limit(BY_CONTACT, key_func=network)
def act(token: str) -> ResponseReturnValue:
    """Confirm the address, or object, as the button says."""
    from_our_pages()
    acted = _ACTS.get(request.form.get("act", ""))
    if acted is None:
        abort(400, _("The form did not say what to do. Open the link again and press a button."))
    return acted(token)


def _confirm(token: str) -> ResponseReturnValue:
    with site().database.writing() as session:
        opens = confirm_contact(session, token, seal(), site().now())
    if opens is None:
        abort(404, _(NOT_KNOWN))
    return redirect(url_for(".page", token=opens), 303)


def _object(token: str) -> ResponseReturnValue:
    form, now = Form.sent(), site().now()
    said = _read(form)
    if form.errors:
        _complain_too(token, form, said, now)
    number = attempt(
        form, lambda session: object_to(session, now, _contact(session, token), said, seal(), vet())
    )
    if number is None:
        return _page(token, form, 422)
    return redirect(url_for(".page", token=token, receipt=number), 303)


def _complain_too(token: str, form: Form, said: Objecting, now: datetime) -> None:
    """What else is wrong stands beside what could not be read: nobody mends a form twice."""
    unread = set(form.errors)
    with site().database.reading() as session:
        found = complaints_about(session, now, _contact(session, token), said, vet())
    form.refuse(one for one in found if one.field not in unread)


def _contact(session: Session, token: str) -> BodyContact:
    """Whoever the link was proved for."""
    opened = _opened(session, token)
    if opened.to_confirm:
        abort(404, _(NOT_KNOWN))
    return opened.contact


def _read(form: Form) -> Objecting:
    sent = request.files.get("document")
    return Objecting(
        kind=form.one_of("kind", ObjectionKind),
        obligations=form.ids("obligations"),
        url=form.text("url"),
        said_on=form.day("said_on"),
        said_body=form.text("said_body"),
        text=form.text("text", lines=True),
        document=sent.read() if sent is not None and sent.filename else b"",
    )


_ACTS = {"confirm": _confirm, "object": _object}
