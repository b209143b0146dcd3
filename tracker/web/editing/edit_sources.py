"""The sources: how they fare, read one now; a set-aside reading beside the last good one, to release or discard."""

from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.words import FindingState, RunState
from tracker.services.discard_run import discard_run, is_discarded
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
RUNS_SHOWN, FINDINGS_SHOWN, PROBLEMS_SHOWN, MOST_PROBLEMS_SHOWN = 5, 10, 5, 30


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a source, with what it set aside."""

    run: Run
    aside: list[Finding]
    releasable: bool
    undecided: bool
    """Nobody has said yet what it is worth."""


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
    return [_reading(session, run, made[0]) for run in made]


def _reading(session: Session, run: Run, latest: Run) -> Reading:
    aside = findings.of_run(session, run.id or 0, FindingState.QUARANTINED)[:FINDINGS_SHOWN]
    undecided = run.state is RunState.QUARANTINED and not is_discarded(run)
    return Reading(run, aside, may_be_released(run) and run is latest, undecided)


@blueprint.post("/sources/<key:key>/run")
@access(Access.REVIEWER)
def run_now(key: str) -> ResponseReturnValue:
    """The worker reads it with its next round."""
    with site().database.writing() as session:
        known = run_soon(session, key, site().now())
    if not known:
        abort(404)
    return done(_("It will be read within a minute or so."), url_for("edit_sources.sources"))


@blueprint.get("/sources/runs/<int:id>")
@access(Access.REVIEWER)
def reading(id: int) -> ResponseReturnValue:
    """A set-aside reading beside the last good one."""
    return _reading_page(id, Form())


def _reading_page(id: int, form: Form) -> ResponseReturnValue:
    with site().database.reading() as session:
        run = session.get(Run, id) if id < 2**31 else None
        source = session.get(Source, run.source_id) if run is not None else None
        if run is None or source is None:
            abort(404)
        one = _reading(session, run, runs.of_source(session, run.source_id, 1)[0])
        session.expunge_all()
    page = render_template(
        "editing/review/reading.html",
        form=form,
        source=source,
        reading=one,
        compared=run.fields.get("compared"),
        problems=MOST_PROBLEMS_SHOWN,
    )
    return page, status(form)


@blueprint.post("/sources/runs/<int:id>/release")
@access(Access.REVIEWER)
def release(id: int) -> ResponseReturnValue:
    """The page really changed: this reading counts."""
    form = Form(request.form)
    note, now = form.text("note"), site().now()
    attempt(form, lambda session: release_run(session, now, id, note, actor=me().actor, user_id=me().user_id))
    if form.errors:
        return _reading_page(id, form)
    return done(_("Released: what it found waits for review."), url_for("edit_sources.sources"))


@blueprint.post("/sources/runs/<int:id>/discard")
@access(Access.REVIEWER)
def discard(id: int) -> ResponseReturnValue:
    """Our reader broke: this reading counts for nothing."""
    form = Form(request.form)
    note, now = form.text("note"), site().now()
    attempt(form, lambda session: discard_run(session, now, id, note, actor=me().actor))
    if form.errors:
        return _reading_page(id, form)
    said = _("Discarded. The source stays broken in public until it is read well again.")
    return done(said, url_for("edit_sources.sources"))
