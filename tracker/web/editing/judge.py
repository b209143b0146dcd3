"""Judge what came back with the checklist; read a verdict as the second person; withdraw one."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.permissions import Act
from tracker.domain.substance import CHECKLISTS, Tick
from tracker.domain.words import ObligationKind, Verdict
from tracker.services.assess import Assess, assess, countersign, withdraw_verdict
from tracker.storage import assessments, entries, responses
from tracker.storage.entries import Owed
from tracker.storage.tables import Assessment
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("judge", __name__)


@blueprint.route("/obligations/<int:id>/assess", methods=["GET", "POST"])
@access(Access.REVIEWER, act=Act.JUDGE)
def judge(id: int) -> ResponseReturnValue:
    """The replies, their text beside the checklist, and the verdict."""
    with site().database.reading() as session:
        one = owed_or_404(session, id)
        came = responses.came_for(session, id)
        verdicts = assessments.verdicts_on(session, id)
    form = Form.sent()
    if request.method == "POST":
        said = _read(form, one)
        now, actor, user_id = site().now(), me().actor, me().user_id
        if attempt(form, lambda session: assess(session, now, said, actor=actor, user_id=user_id)):
            waits = said.verdict is Verdict.NOT and site().config.site.countersign
            sentence = (
                _("Kept: one reader so far; a second person countersigns it.") if waits else _("Judged.")
            )
            return done(sentence, url_for("edit_item.edit_item", key=one.item.key))
    else:
        form.typed.setlist("responses", [str(one.response.id) for one in came])
    page = render_template(
        "editing/judge.html",
        form=form,
        one=one,
        came=came,
        verdicts=verdicts,
        points=CHECKLISTS[one.obligation.kind],
        choices=choices.words(Verdict),
        delivery=one.obligation.kind is not ObligationKind.RESPOND,
    )
    return page, status(form)


def owed_or_404(session: Session, id_: int) -> Owed:
    """The obligation of an address."""
    found = entries.owed(session, [id_])
    if not found:
        abort(404)
    return found[0]


def _read(form: Form, one: Owed) -> Assess:
    ticks = {
        point.key: Tick(
            ticked=form.ticked(f"tick-{point.key}"),
            quote=form.text(f"quote-{point.key}", lines=True),
            page=form.text(f"page-{point.key}"),
        )
        for point in CHECKLISTS[one.obligation.kind]
    }
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

    def change(session: Session) -> bool:
        countersign(session, now, _made(session, id), actor=actor, user_id=user_id)
        return True

    if request.method == "POST" and attempt(form, change):
        return done(_("Countersigned: the verdict counts from now on."), url_for("desk.desk"))
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
    page = render_template(
        "editing/second.html",
        form=form,
        made=made,
        one=one,
        came=came,
        points=CHECKLISTS[one.obligation.kind],
        mine=made.user_id == me().user_id,
    )
    return page, status(form)
