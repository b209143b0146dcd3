"""The rows of the grid as typed, read into items: what a row leaves empty is the document's default."""

from collections.abc import Iterator
from dataclasses import replace

from sqlmodel import Session
from werkzeug.datastructures import MultiDict

from tracker.domain.owing_text import OwingText, kind_of, owing_of, role_of
from tracker.domain.refusals import refuse
from tracker.domain.words import BodyKind, ItemKind, ObligationKind, Role
from tracker.rendering.words import word
from tracker.services.enter import EnterItem, OwedBy
from tracker.services.enter_many import MOST_ROWS, Row
from tracker.services.enter_process import EnterBody
from tracker.services.reckon import Deadline
from tracker.storage import entries
from tracker.storage.tables import Document, Process
from tracker.web.editing.deadline_fields import read_deadline, stated_date
from tracker.web.editing.form import Form
from tracker.web.locale import tongue

ROWS_AT_FIRST, ROWS_MORE = 5, 10
DEFAULT_FIELDS = (
    *("owing", "item_kind", "owes", "periods", "every_months", "basis", "rule", "trigger", "trigger_on"),
    *("trigger_ahead", "stated", "as_written", "amount", "calendar", "legal_basis", "source_url"),
)
_ROW_FIELDS = ("ref", "title", "text", "owing", "rule", "stated", "topics")


def typed_defaults(form: Form) -> dict[str, object]:
    """The document's defaults as typed, in a form that can be kept."""
    kept: dict[str, object] = {name: form.value(name) for name in DEFAULT_FIELDS if form.value(name)}
    topics = form.typed.getlist("topics")
    return kept | ({"topics": topics} if topics else {})


def begun(defaults: dict[str, object]) -> Form:
    """A page that begins with the document's defaults."""
    typed: MultiDict[str, str] = MultiDict(
        {"item_kind": ItemKind.RECOMMENDATION.value, "owes": ObligationKind.RESPOND.value}
    )
    for name, value in defaults.items():
        typed.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    return Form(typed)


def rows_of(form: Form) -> int:
    """How many rows the page has."""
    typed = form.value("rows")
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else ROWS_AT_FIRST
    return max(1, min(wanted, MOST_ROWS))


def is_filled(form: Form, place: int) -> bool:
    """Whether anything is typed in a row."""
    return any(form.value(f"{name}-{place}").strip() for name in _ROW_FIELDS)


def read_rows(session: Session, form: Form, document: Document, *, draft: bool) -> list[Row]:
    """The filled rows; what cannot be read is a complaint at its field."""
    form.typed["document"] = document.key
    deadline = read_deadline(form)
    place_of_process = _jurisdiction(session, document)
    shared = tuple(_owing(form, "owing", place_of_process))
    places = [place for place in range(1, rows_of(form) + 1) if is_filled(form, place)]
    return [_row(form, document, place, deadline, shared, place_of_process, draft) for place in places]


def _jurisdiction(session: Session, document: Document) -> str:
    process = session.get(Process, document.process_id)
    return process.jurisdiction if process else ""


def _row(
    form: Form,
    document: Document,
    place: int,
    deadline: Deadline,
    shared: tuple[OwedBy, ...],
    jurisdiction: str,
    draft: bool,
) -> Row:
    own = tuple(_owing(form, f"owing-{place}", jurisdiction))
    by_itself = _own_deadline(form, place, deadline)
    text = form.text(f"text-{place}", lines=True)
    topics = form.typed.getlist(f"topics-{place}")
    said = EnterItem(
        document=document.key,
        title=form.text(f"title-{place}") or _opening(text),
        text=text,
        ref=form.text(f"ref-{place}"),
        kind=form.needed_of("item_kind", ItemKind, ItemKind.RECOMMENDATION),
        topics=tuple(topic for topic in topics or form.typed.getlist("topics") if topic),
        addressees=own or shared,
        deadline=by_itself or deadline,
        draft=draft,
    )
    return Row(place, said, owing_is_default=not own, deadline_is_default=by_itself is None)


def _opening(text: str) -> str:
    """A row without a title is called by how its text begins."""
    line = " ".join(text.split())
    return line if len(line) <= 120 else f"{line[:120].rsplit(' ', 1)[0]} …"


def _own_deadline(form: Form, place: int, shared: Deadline) -> Deadline | None:
    """The row's own rule or stated date in the place of the document's; None: it has neither."""
    rule, stated = form.text(f"rule-{place}"), form.text(f"stated-{place}")
    if not rule and not stated:
        return None
    part = Form(MultiDict([*form.typed.items(multi=True)]))
    part.typed["stated"] = stated
    day = stated_date(part) if stated else shared.stated if not rule else None
    for said in part.errors.get("stated", []):
        form.errors.setdefault(f"stated-{place}", []).append(said)
    if "stated" in part.understood:
        form.understood[f"stated-{place}"] = part.understood["stated"]
    if rule:
        return replace(
            shared, rule=rule, amount=None, calendar="", second_rule=None, stated=day, as_written=""
        )
    return replace(shared, stated=day, as_written=stated)


def _owing(form: Form, field: str, jurisdiction: str) -> Iterator[OwedBy]:
    kind = form.needed_of("owes", ObligationKind, ObligationKind.RESPOND)
    periods = form.number("periods") or 0
    for at, named in enumerate(owing_of(form.text(field, lines=True))):
        role = role_of(_word_of(named.role, Role), at)
        if role is None:
            form.refuse(
                [refuse(field, "“%(role)s” is no role: lead, joint or supporting.", role=named.role[:40])]
            )
            continue
        new = _new_body(form, field, named, jurisdiction) if named.is_new else None
        yield OwedBy(body="" if new else named.name, new=new, role=role, kind=kind, periods=periods)


def _new_body(form: Form, field: str, named: OwingText, jurisdiction: str) -> EnterBody:
    """A body to be entered: what it is and where are guessed where nobody said, and shown before anything is kept."""
    typed = _word_of(named.kind, BodyKind)
    try:
        kind = BodyKind(typed) if typed else kind_of(named.name)
    except ValueError:
        kinds = ", ".join(word(kind, tongue()) for kind in BodyKind)
        form.refuse(
            [
                refuse(
                    field,
                    "“%(kind)s” is no kind of body; there are: %(kinds)s.",
                    kind=named.kind[:40],
                    kinds=kinds,
                )
            ]
        )
        kind = BodyKind.GOVERNMENT
    return EnterBody(name=named.name, kind=kind, jurisdiction=named.place or jurisdiction)


def _word_of(typed: str, kind: type[Role] | type[BodyKind]) -> str:
    """The product's own word for what was typed in the reader's language."""
    lower = typed.strip().lower()
    said = {word(member, tongue()).lower(): member.value for member in kind}
    return said.get(lower, lower)


def document_of(session: Session, key: str) -> Document | None:
    """The document of an address."""
    return entries.document_by_key(session, key)
