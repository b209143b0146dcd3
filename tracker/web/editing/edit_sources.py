"""The sources: how they fare, read one now, and let a set-aside reading count after all."""

from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.words import FindingState, RunState
from tracker.services.keep_sources import run_soon
from tracker.services.release_run import may_be_released, release_run
from tracker.storage import findings, runs, sources
from tracker.storage.tables import Finding, Run, Source
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("edit_sources", __name__)
RUNS_SHOWN, FINDINGS_SHOWN, PROBLEMS_SHOWN = 5, 10, 5


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a source, with what it set aside."""

    run: Run
    aside: list[Finding]
    releasable: bool


@blueprint.get("/sources", endpoint="sources")
@access(Access.REVIEWER)
def list_sources() -> ResponseReturnValue:
    """Every source with its last readings."""
    return _page(Form())


def _page(form: Form) -> ResponseReturnValue:
    with site().database.reading() as session:
        found = [(one, _readings(session, one)) for one in sources.every(session)]
        session.expunge_all()
    words = {
        RunState.RUNNING: _("being read"),
        RunState.HEALTHY: _("read well"),
        RunState.QUARANTINED: _("set aside"),
        RunState.FAILED: _("failed"),
    }
    page = render_template(
        "editing/review/sources.html", form=form, sources=found, words=words, problems=PROBLEMS_SHOWN
    )
    return page, status(form)


def _readings(session: Session, source: Source) -> list[Reading]:
    made = runs.of_source(session, source.id or 0, RUNS_SHOWN)
    return [
        Reading(
            run,
            findings.of_run(session, run.id or 0, FindingState.QUARANTINED)[:FINDINGS_SHOWN],
            may_be_released(run) and run is made[0],
        )
        for run in made
    ]


@blueprint.post("/sources/<key:key>/run")
@access(Access.REVIEWER)
def run_now(key: str) -> ResponseReturnValue:
    """The worker reads it with its next round."""
    with site().database.writing() as session:
        known = run_soon(session, key, site().now())
    if not known:
        abort(404)
    return done(_("It will be read within a minute or so."), url_for("edit_sources.sources"))


@blueprint.post("/sources/runs/<int:id>/release")
@access(Access.REVIEWER)
def release(id: int) -> ResponseReturnValue:
    """The page really changed: this reading counts."""
    form = Form(request.form)
    note, now = form.text("note"), site().now()
    attempt(form, lambda session: release_run(session, now, id, note, actor=me().actor, user_id=me().user_id))
    if form.errors:
        return _page(form)
    return done(_("Released: what it found waits for review."), url_for("edit_sources.sources"))
