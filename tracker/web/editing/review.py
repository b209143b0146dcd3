"""The review queue: what the readers found, what hangs most on it first, each with why it is proposed."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.permissions import Act
from tracker.domain.words import FindingState, ResponseKind
from tracker.rendering.words import word
from tracker.services.accept_suggested import is_complete
from tracker.services.claim_finding import Reader, claim_finding, reader_of
from tracker.services.draft_decision import draft_update
from tracker.services.foresee_finding import consequences
from tracker.services.review import accept_as_known, reject
from tracker.services.suggest import UPDATE
from tracker.services.undo_decision import undoable
from tracker.storage import decisions, entries, findings, review_queue
from tracker.storage.findings import Waiting
from tracker.web.access import Access, access
from tracker.web.editing.finding_words import DECIDED, KINDS, TO_DISMISS, Shown, shown, trail
from tracker.web.editing.form import Form
from tracker.web.editing.queue_place import beside, kept, narrowed, next_one
from tracker.web.editing.room import attempt, room, status
from tracker.web.editing.signed_in import me
from tracker.web.locale import tongue
from tracker.web.site import site

blueprint = room("review", __name__)
AT_ONCE = 25
LATER_DAYS = (1, 7, 30)


@blueprint.get("/review")
@access(Access.EDITOR, act=Act.DECIDE)
def queue() -> ResponseReturnValue:
    """What waits for a decision, narrowed by source, kind and process; or what was put off."""
    now, page = site().now(), _page()
    with site().database.reading() as session:
        places = review_queue.order(session, now, narrowed())
        here = places[(page - 1) * AT_ONCE : page * AT_ONCE]
        waiting = [shown(one) for one in findings.several(session, [place.id for place in here])]
        owing = {one.id: one for one in entries.owed(session, _likely(waiting))}
        readers = {one.id: reader_of(session, now, one.waiting, me().user_id) for one in waiting}
        counts = review_queue.counts(session, now)
        put_off = review_queue.count(session, now, put_off=True)
    return render_template(
        "editing/review/queue.html",
        waiting=waiting,
        owing=owing,
        readers=readers,
        ranks={place.id: place.rank for place in here},
        total=len(places),
        counts=counts,
        by_kind=_by_kind(counts),
        put_off=put_off,
        narrow=narrowed(),
        kept=kept(),
        kinds={key: said() for key, said in KINDS.items()},
        page=page,
        more=len(places) > page * AT_ONCE,
    )


def _by_kind(counts: Mapping[tuple[str, str, str], int]) -> dict[str, int]:
    found = Counter[str]()
    for (_source, kind, _process), number in counts.items():
        found[kind] += number
    return dict(sorted(found.items()))


def _page() -> int:
    typed = request.args.get("page", "1")
    if not (typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) > 0):
        abort(404)
    return int(typed)


def _likely(waiting: list[Shown]) -> list[int]:
    return [id_ for one in waiting for id_ in one.likely]


WAYS = {
    "response": "accept_response.accept_as_response",
    "new_item": "accept_finding.accept_as_item",
    "update": "accept_finding.accept_as_update",
}
"""The page on which each kind of finding is corrected and taken over; a person may choose another."""


@blueprint.route("/review/<int:id>", methods=["GET", "POST"])
@access(Access.EDITOR, act=Act.DECIDE)
def finding(id: int) -> ResponseReturnValue:
    """One finding: what the source says, what hangs on it, and every way to decide it. Sent: it is dismissed."""
    form = Form.sent() if request.method == "POST" else Form()
    if request.method == "POST":
        note, reason = form.text("note", lines=True), form.text("reason")
        now, actor, user_id = site().now(), me().actor, me().user_id
        attempt(
            form, lambda session: reject(session, now, id, note, reason=reason, actor=actor, user_id=user_id)
        )
        if not form.errors:
            question = look_up(id).finding.kind == "question"
            return next_one(_("Answered.") if question else _("Dismissed."), id)
    return finding_page(form, id)


@blueprint.post("/review/<int:id>/known")
@access(Access.EDITOR, act=Act.DECIDE)
def known(id: int) -> ResponseReturnValue:
    """The finding is an item we have: watch its page from now on."""
    form = Form.sent()
    key, now, actor, user_id = form.needed("item"), site().now(), me().actor, me().user_id
    attempt(form, lambda session: accept_as_known(session, now, id, key, actor=actor, user_id=user_id))
    if not form.errors:
        return next_one(_("Its page is watched for the answer from now on."), id)
    return finding_page(form, id)


def finding_page(form: Form, id: int) -> ResponseReturnValue:
    """The page of a finding, with the complaints of a decision that was refused."""
    one = shown(look_up(id))
    reader = _claimed(one.waiting) if request.method != "HEAD" else None
    now = site().now()
    with site().database.reading() as session:
        page = render_template(
            "editing/review/finding.html",
            form=form,
            one=one,
            reader=reader,
            owing={owed.id: owed for owed in entries.owed(session, [id_ for id_, *_rest in one.suggested])},
            ways=WAYS,
            kept=kept(),
            beside=beside(session, id),
            complete=is_complete(session, one.waiting),
            consequences=consequences(session, now, one.waiting) if _is_open(one.waiting) else [],
            trail=trail(session, id),
            decided=DECIDED,
            undo=undoable(session, now, me().user_id),
            reasons=[(code, said()) for code, said in TO_DISMISS.items()],
            days=_later_days(now.date()),
            today=now.date(),
            parts=_parts(session, id),
            note=draft_update(one.waiting) if one.waiting.finding.kind == UPDATE else None,
            response_kind=lambda code: word(ResponseKind(code), tongue()),
        )
    return page, status(form)


def _is_open(waiting: Waiting) -> bool:
    return waiting.finding.state is FindingState.OPEN


def _parts(session: Session, id: int) -> list[findings.Waiting]:
    ids = [part.id for part in decisions.parts_of(session, id) if part.id is not None]
    return findings.several(session, ids)


def _later_days(today: date) -> list[tuple[int, date]]:
    return [(days, today + timedelta(days=days)) for days in LATER_DAYS]


def _claimed(waiting: Waiting) -> Reader | None:
    """Say that this person has it open; whoever had it open before them."""
    if not _is_open(waiting):
        return None
    with site().database.writing() as session:
        return claim_finding(session, site().now(), waiting.finding.id or 0, me().user_id)


def look_up(id: int) -> Waiting:
    """The finding of an address, or 404."""
    with site().database.reading() as session:
        found = findings.one(session, id)
        session.expunge_all()
    if found is None:
        abort(404)
    return found
