"""Claims of implementation and the asker's own words about one item."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.words import ClaimState, Speaker
from tracker.services.claim_implementation import StateClaim, state_claim, withdraw_claim
from tracker.services.state_word import StateWord, state_word, withdraw_word
from tracker.storage import claims as stored
from tracker.storage import entries, responses
from tracker.storage.lines import moment
from tracker.storage.tables import Item
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.locale import tongue
from tracker.web.site import site

blueprint = room("claims", __name__)


@blueprint.route("/items/<key:key>/claims", methods=["GET", "POST"])
@access(Access.EDITOR)
def claims(key: str) -> ResponseReturnValue:
    """What each speaker says of the implementation; what the asker says of the answers."""
    form = Form.sent() if request.method == "POST" else Form()
    if request.method == "POST":
        act = _ACTS.get(form.value("act")) or abort(400)
        sentence = act(key, form)
        if sentence:
            return done(sentence, url_for(".claims", key=key))
    return _page(key, form)


def _claim(key: str, form: Form) -> str | None:
    said = StateClaim(
        obligations=form.ids("obligations"),
        speaker=form.needed_of("speaker", Speaker),
        speaker_name=form.text("speaker_name"),
        state=form.needed_of("state", ClaimState),
        as_written=form.text("as_written"),
        claimed=form.partial("claimed"),
        url=form.text("url"),
    )
    now, actor = site().now(), me().actor

    def change(session: Session) -> bool:
        _own(session, key, said.obligations)
        return bool(state_claim(session, now, said, actor=actor))

    return _("The claim is on record, beside what the others say.") if attempt(form, change) else None


def _word(key: str, form: Form) -> str | None:
    obligation, _colon, response = form.text("answer").partition(":")
    said = StateWord(
        obligation=_number(obligation),
        response=_number(response),
        asker=form.text("asker"),
        text=form.text("text", lines=True),
        mark=form.text("mark"),
        stated=form.partial("stated"),
        url=form.text("word_url"),
    )
    now, actor = site().now(), me().actor

    def change(session: Session) -> bool:
        _own(session, key, (said.obligation,))
        return bool(state_word(session, now, said, actor=actor))

    kept = attempt(form, change)
    for name in ("obligation", "response"):
        form.errors.setdefault("answer", []).extend(form.errors.pop(name, []))
    form.errors = {
        ("word_url" if name == "url" else name): said for name, said in form.errors.items() if said
    }
    return _("Their word is on record.") if kept else None


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _withdraw(key: str, form: Form) -> str | None:
    kind, _colon, typed = form.text("which").partition(":")
    reason, now, actor = form.text("reason"), site().now(), me().actor

    def change(session: Session) -> bool:
        if kind == "claim":
            row = stored.get(session, _number(typed)) or abort(404)
            _own(session, key, (row.obligation_id,))
            withdraw_claim(session, now, row, reason, actor=actor)
        else:
            said = stored.statement(session, _number(typed)) or abort(404)
            _own(session, key, (said.obligation_id or 0,))
            withdraw_word(session, now, said, reason, actor=actor)
        return True

    return _("Withdrawn, with a correction in the public log.") if attempt(form, change) else None


_ACTS = {"claim": _claim, "word": _word, "withdraw": _withdraw}


def _own(session: Session, key: str, ids: tuple[int, ...]) -> None:
    """What is changed belongs to the item in the address: that is what the right to change it was checked for."""
    owed = {one.id for one in entries.owed_for_item(session, entries.id_of(_item(session, key)))}
    if not set(ids) <= owed:
        abort(404)


def _item(session: Session, key: str) -> Item:
    return entries.item_by_key(session, key) or abort(404)


def _page(key: str, form: Form) -> ResponseReturnValue:
    at = moment(site().now())
    with site().database.reading() as session:
        item = _item(session, key)
        owing = entries.owed_for_item(session, entries.id_of(item))
        ids = [one.id for one in owing]
        page = render_template(
            "editing/claims.html",
            form=form,
            item=item,
            owing=owing,
            claims=stored.of_obligations(session, ids, at),
            words=stored.statements_on(session, ids, at),
            answers=[
                (
                    f"{one.id}:{came.response.id}",
                    f"{tongue().colon(one.body.name)} {came.response.title or came.response.key}",
                )
                for one in owing
                for came in responses.came_for(session, one.id)
            ],
            speakers=choices.words(Speaker),
            states=choices.words(ClaimState),
        )
    return page, status(form)
