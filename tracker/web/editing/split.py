"""Split a finding that is several things, for several obligations."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.permissions import Act
from tracker.domain.words import Position, ResponseKind
from tracker.services.draft_decision import suggested_kind, suggested_position
from tracker.services.split_finding import FEWEST, MOST, Part, split_finding
from tracker.storage import decisions, entries
from tracker.storage.entries import Owed
from tracker.storage.findings import Waiting
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.finding_words import KINDS, shown
from tracker.web.editing.form import Form
from tracker.web.editing.queue_place import kept
from tracker.web.editing.review import look_up
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me, my_group
from tracker.web.site import site

blueprint = room("split", __name__)
FOUND = 40


@blueprint.route("/review/<int:id>/split", methods=["GET", "POST"])
@access(Access.EDITOR, act=Act.DECIDE)
def split(id: int) -> ResponseReturnValue:
    """One part after another: what it is, its words, and what it is about."""
    waiting = look_up(id)
    form = Form.sent() if request.method == "POST" else _begun(waiting)
    if request.method == "POST" and not (form.ticked("more") or form.ticked("find")):
        answer = _try(form, id)
        if answer is not None:
            return answer
    with site().database.reading() as session:
        owed = _owed(session, form, waiting)
    page = render_template(
        "editing/review/split.html",
        form=form,
        one=shown(waiting),
        rows=_rows(form) + (1 if form.ticked("more") else 0),
        most=MOST,
        obligations=[(str(one.id), _line(one)) for one in owed],
        kinds=[(code, KINDS[code]()) for code in ("response", "new_item", "update")],
        response_kinds=choices.words(ResponseKind),
        positions=choices.words(Position),
        kept=kept(),
    )
    return page, status(form)


def _try(form: Form, id: int) -> ResponseReturnValue | None:
    parts, now, actor, user_id = _parts(form), site().now(), me().actor, me().user_id
    made = attempt(form, lambda s: split_finding(s, now, id, parts, actor=actor, user_id=user_id))
    if made is None:
        return None
    with site().database.reading() as session:
        first = decisions.parts_of(session, id)[-len(parts)].id
    return done(_("Split: decide the parts one by one."), url_for("review.finding", id=first, **kept()))


def _rows(form: Form) -> int:
    """As many parts as were typed or asked for, and never fewer than two."""
    typed = form.value("rows")
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else FEWEST
    return min(MOST, max(FEWEST, asked))


def _parts(form: Form) -> list[Part]:
    """What was typed; a part nobody filled in is none."""
    filled = [n for n in range(1, _rows(form) + 1) if form.value(f"title-{n}").strip()]
    return [_part(form, n) for n in filled]


def _part(form: Form, n: int) -> Part:
    about = form.ids(f"obligation-{n}")
    return Part(
        kind=form.text(f"kind-{n}"),
        title=form.needed(f"title-{n}"),
        text=form.text(f"text-{n}", lines=True),
        obligation=about[0] if about else None,
        response_kind=form.one_of(f"response_kind-{n}", ResponseKind),
        position=form.one_of(f"position-{n}", Position),
    )


def _begun(waiting: Waiting) -> Form:
    """A part for each obligation it may belong to, else two empty ones; each with the whole's words."""
    content: Any = waiting.finding.content
    about = _possible(waiting)[:MOST]
    rows = max(FEWEST, len(about))
    kind, position = suggested_kind(content), suggested_position(content)
    form = Form({"rows": str(rows), "q": str(waiting.finding.suggestion.get("item") or "")})
    for n in range(1, rows + 1):
        form.typed[f"title-{n}"] = str(content.get("title") or "")
        form.typed[f"text-{n}"] = str(content.get("summary") or "")
        form.typed[f"kind-{n}"] = waiting.finding.kind
        form.typed[f"response_kind-{n}"] = kind.value if kind else ""
        form.typed[f"position-{n}"] = position.value if position else ""
        form.typed[f"obligation-{n}"] = str(about[n - 1]) if n <= len(about) else ""
    return form


def _possible(waiting: Waiting) -> list[int]:
    matches: Any = waiting.finding.suggestion.get("matches") or []
    return [int(one["obligation"]) for one in matches]


def _owed(session: Session, form: Form, waiting: Waiting) -> list[Owed]:
    """What a part can be about: the suggested, the chosen, and what holds the words looked for."""
    chosen = [id_ for n in range(1, MOST + 1) for id_ in form.ids(f"obligation-{n}")]
    known = entries.owed(session, [*_possible(waiting), *chosen])
    there = {one.id for one in known}
    words = form.value("q")[:200].strip()
    found = entries.owed_matching(session, words, FOUND, my_group()) if words else []
    return known + [one for one in found if one.id not in there]


def _line(one: Owed) -> str:
    return f"{one.body.name} · {one.item.ref} {one.item.title}"[:160]
