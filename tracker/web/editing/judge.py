"""Judge what came back with the checklist; read a verdict as the second person; withdraw one."""

from datetime import date

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.keys import is_key
from tracker.domain.permissions import Act
from tracker.domain.substance import CHECKLISTS, Tick
from tracker.domain.words import ObligationKind, Verdict
from tracker.services.assess import Assess, assess, countersign, withdraw_verdict
from tracker.services.notice import notice_days
from tracker.services.read_reply import WholeReading, picked, read_replies
from tracker.storage import assessments, entries, responses
from tracker.storage.entries import Owed
from tracker.storage.responses import Came
from tracker.storage.tables import Assessment
from tracker.web.access import Access, access
from tracker.web.editing import choices, judge_sitting
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("judge", __name__)


@blueprint.route("/obligations/<int:id>/assess", methods=["GET", "POST"])
@access(Access.REVIEWER, act=Act.JUDGE)
def judge(id: int) -> ResponseReturnValue:
    """The replies, sentence by sentence, beside the checklist, and the verdict."""
    with site().database.reading() as session:
        one = owed_or_404(session, id)
        came = responses.came_for(session, id)
        verdicts = assessments.verdicts_on(session, id)
        left = judge_sitting.left_of(session, request.values.get("sitting", ""))
    read = read_replies(one.item, one.obligation.kind, came, whole=request.values.get("whole") == "1")
    form = Form.sent()
    if request.method == "POST":
        said = _read(form, one, read)
        now, actor, user_id = site().now(), me().actor, me().user_id
        judged = (
            None
            if form.ticked("fill")
            else attempt(form, lambda session: assess(session, now, said, actor=actor, user_id=user_id))
        )
        if judged is not None:
            return done(_kept_words(said), _onwards(one))
    else:
        form.typed.setlist("responses", [str(one.response.id) for one in came])
    return _judging_page(form, one, came, verdicts, read, left), status(form)


def _kept_words(said: Assess) -> str:
    if said.verdict is Verdict.NOT and site().config.site.countersign:
        return str(_("Kept: one reader so far; a second person countersigns it."))
    return str(_("Judged."))


def _onwards(one: Owed) -> str:
    """The next one of the same reply where somebody judges it in one sitting; else the item."""
    key = request.values.get("sitting", "")
    if key and is_key(key):
        return str(url_for("judge_sitting.sitting", key=key))
    return str(url_for("edit_item.edit_item", key=one.item.key))


def _judging_page(
    form: Form,
    one: Owed,
    came: list[Came],
    verdicts: list[assessments.Judged],
    read: WholeReading,
    left: judge_sitting.Left | None,
) -> str:
    return render_template(
        "editing/judge.html",
        form=form,
        one=one,
        came=came,
        verdicts=verdicts,
        read=read,
        left=left,
        points=CHECKLISTS[one.obligation.kind],
        choices=choices.words(Verdict),
        delivery=one.obligation.kind is not ObligationKind.RESPOND,
    )


def owed_or_404(session: Session, id_: int) -> Owed:
    """The obligation of an address."""
    found = entries.owed(session, [id_])
    if not found:
        abort(404)
    return found[0]


def _read(form: Form, one: Owed, read: WholeReading) -> Assess:
    kind = one.obligation.kind
    typed = {
        point.key: Tick(
            ticked=form.ticked(f"tick-{point.key}"),
            quote=form.text(f"quote-{point.key}", lines=True),
            page=form.text(f"page-{point.key}"),
        )
        for point in CHECKLISTS[kind]
    }
    chosen = {point.key: form.text(f"pick-{point.key}") for point in CHECKLISTS[kind]}
    ticks = picked(kind, typed, chosen, read)
    for key, tick in ticks.items():
        form.typed[f"quote-{key}"], form.typed[f"page-{key}"] = tick.quote, tick.page
    if form.ticked("fill"):
        return Assess(obligation=one.id, responses=(), verdict=Verdict.NOT, reasons="")
    return Assess(
        obligation=one.id,
        responses=form.ids("responses"),
        verdict=form.needed_of("verdict", Verdict),
        reasons=form.text("reasons", lines=True),
        checklist=ticks,
    )


@blueprint.route("/assessments/<int:id>/countersign", methods=["GET", "POST"])
@access(Access.REVIEWER, act=Act.COUNTERSIGN)
def second(id: int) -> ResponseReturnValue:
    """Reply, quotes and reasons as the first reader saw them; agree, or judge anew."""
    form = Form.sent()
    now, actor, user_id = site().now(), me().actor, me().user_id

    def change(session: Session) -> tuple[date | None]:
        made = _made(session, id)
        countersign(session, now, made, actor=actor, user_id=user_id)
        return (made.notice_until_on,)

    kept = attempt(form, change) if request.method == "POST" else None
    if kept is not None:
        said = _("Countersigned: the verdict counts from now on.")
        told = _("Countersigned: the body is told, and the verdict counts after the days of notice.")
        return done(told if kept[0] else said, url_for("desk.desk"))
    return _verdict_page(id, form)


@blueprint.post("/assessments/<int:id>/withdraw")
@access(Access.REVIEWER, act=Act.JUDGE)
def withdrawn(id: int) -> ResponseReturnValue:
    """Take a verdict of one's own group back, with the reason in public."""
    form = Form.sent()
    reason, now, actor = form.text("reason"), site().now(), me().actor

    def change(session: Session) -> bool:
        withdraw_verdict(session, now, _made(session, id), reason, actor=actor, user_id=me().user_id)
        return True

    if attempt(form, change):
        return done(_("Withdrawn, with a correction in the public log."), url_for("desk.desk"))
    return _verdict_page(id, form)


def _made(session: Session, id_: int) -> Assessment:
    found = session.get(Assessment, id_)
    if found is None:
        abort(404)
    return found


def _verdict_page(id_: int, form: Form) -> ResponseReturnValue:
    with site().database.reading() as session:
        made = _made(session, id_)
        one = owed_or_404(session, made.obligation_id)
        judged = assessments.judged_by(session, id_)
        came = [one for one in responses.came_for(session, made.obligation_id) if one.response.id in judged]
        notice = notice_days(session, made, one)
    page = render_template(
        "editing/second.html",
        form=form,
        made=made,
        notice=notice,
        one=one,
        came=came,
        points=CHECKLISTS[one.obligation.kind],
        mine=made.user_id == me().user_id,
    )
    return page, status(form)
