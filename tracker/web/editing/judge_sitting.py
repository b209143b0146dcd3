"""One reply judged for many items in one sitting: what it says of each, what is judged, what is left."""

from dataclasses import dataclass

from flask import Flask, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from tracker.domain.marking.marks import Mark
from tracker.domain.marking.proposal import Proposal, Why
from tracker.domain.permissions import Act
from tracker.domain.words import Verdict
from tracker.rendering.mark_words import how_sure, mark_label, why_words
from tracker.services.read_reply import propose_for
from tracker.storage import assessments, entries, responses
from tracker.storage.entries import Owed
from tracker.storage.tables import Response, ResponseLine
from tracker.web.access import Access, access
from tracker.web.editing.room import room
from tracker.web.editing.signed_in import me
from tracker.web.locale import tongue
from tracker.web.site import Site, site

blueprint = room("judge_sitting", __name__)


@dataclass(frozen=True, slots=True)
class Left:
    """How far a sitting has come."""

    response: Response
    all: int
    judged: int


@dataclass(frozen=True, slots=True)
class Row:
    """One obligation a reply covers, what the reply seems to be for it, and what this group said."""

    one: Owed
    line: ResponseLine
    proposal: Proposal
    verdict: Verdict | None


@blueprint.get("/responses/<key:key>/judge")
@access(Access.REVIEWER, act=Act.JUDGE)
def sitting(key: str) -> ResponseReturnValue:
    """Every item the reply speaks of; `?next=1` goes on to the first that is not judged."""
    with site().database.reading() as session:
        response = responses.response_by_key(session, key)
        if response is None or response.struck_at is not None:
            abort(404)
        rows = _rows(session, response)
    open_ = [row for row in rows if row.verdict is None]
    if request.args.get("next") == "1" and open_:
        return redirect(url_for("judge.judge", id=open_[0].one.id, sitting=key), 303)
    return render_template("editing/judge_sitting.html", response=response, rows=rows, open=open_)


def left_of(session: Session, key: str) -> Left | None:
    """How far the sitting over a response has come; None where none is meant."""
    response = responses.response_by_key(session, key) if key else None
    if response is None:
        return None
    lines = responses.lines_of(session, entries.id_of(response))
    said = [_verdict(session, line.obligation_id, entries.id_of(response)) for line in lines]
    return Left(response, len(said), sum(verdict is not None for verdict in said))


def _rows(session: Session, response: Response) -> list[Row]:
    id_ = entries.id_of(response)
    lines = {line.obligation_id: line for line in responses.lines_of(session, id_)}
    return [
        Row(
            one,
            lines[one.id],
            propose_for(response.text or lines[one.id].quote, one.item, one.obligation.kind),
            _verdict(session, one.id, id_),
        )
        for one in entries.owed(session, lines)
    ]


def _verdict(session: Session, obligation_id: int, response_id: int) -> Verdict | None:
    """What this group last said on that response for that obligation."""
    mine = (
        judged.assessment.verdict
        for judged in reversed(assessments.verdicts_on(session, obligation_id))
        if response_id in judged.response_ids and judged.assessment.group_id == me().group_id
    )
    return next(mine, None)


def mark_said(mark: Mark) -> str:
    """What a mark says."""
    return mark_label(mark, tongue())


def mark_sure(share: float) -> str:
    """How sure a mark is."""
    return how_sure(share, tongue())


def why_said(why: Why) -> str:
    """A reason for a proposal."""
    return why_words(why, tongue())


def prepare(app: Flask, _handed: Site) -> None:
    """The words of marks for the templates of the editors' room."""
    app.jinja_env.globals.update(mark_said=mark_said, mark_sure=mark_sure, why_said=why_said)
