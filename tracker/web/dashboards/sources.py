"""The health of each source, in words that blame the reader and not the body."""

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.domain.words import FindingState, RunState
from tracker.storage import evidence, health
from tracker.web.access import Access, access
from tracker.web.site import site

blueprint = Blueprint("sources", __name__)
HOUR, DAY = 3600, 86400


@blueprint.get("/sources")
@access(Access.PUBLIC)
def sources() -> str:
    """When each source was last read, and what is broken since when."""
    with site().database.reading() as session:
        found = health.sources(session)
        return render_template(
            "dashboards/sources.html",
            sources=found,
            last_check_on=health.last_check_on(session),
            how_often=how_often,
            fill=evidence.fill(session),
            budget=site().config.evidence.budget_bytes,
        )


@blueprint.get("/sources/<key:key>")
@access(Access.PUBLIC)
def source(key: str) -> str:
    """One source: how it fares, how often it is read, what it is read for, its last readings."""
    with site().database.reading() as session:
        whole = health.source(session, key)
        if whole is None:
            abort(404)
        return render_template(
            "dashboards/source.html",
            whole=whole,
            source=whole.health.source,
            ended=_ended(),
            how_often=how_often,
            most=max((run.entries for run in whole.runs), default=0),
            open_findings=whole.findings.get(FindingState.OPEN, 0),
        )


def how_often(seconds: int) -> str:
    """The time between two readings, in days where it is whole days, else in hours or minutes."""
    if seconds % DAY == 0:
        return str(ngettext("every day", "every %(num)d days", seconds // DAY))
    if seconds % HOUR == 0:
        return str(ngettext("every hour", "every %(num)d hours", seconds // HOUR))
    return str(ngettext("every minute", "every %(num)d minutes", max(1, round(seconds / 60))))


def _ended() -> dict[RunState, str]:
    return {
        RunState.HEALTHY: _("read well"),
        RunState.QUARANTINED: _("set aside: our reader found something implausible"),
        RunState.FAILED: _("our reader could not read it"),
    }
