"""Names in the rows that no body on record bears: each said once for all its rows, and put right in one place."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.domain.name_search import folded
from tracker.domain.owing_text import OwingText, line_of, owing_of
from tracker.services.find_bodies import FoundBody, find_bodies
from tracker.storage.entries import bodies_named
from tracker.web.editing.form import Form
from tracker.web.editing.grid_rows import rows_of

FITS_SHOWN = 3
MOST_NAMES = 40


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name nobody on record bears, or several do, how many rows have it, and who may be meant."""

    name: str
    rows: int
    fits: list[FoundBody]


def put_right(form: Form) -> None:
    """Every row that has one of the names takes what was written for it once."""
    meant = dict(_meant(form))
    if not meant:
        return
    for field in _fields(form):
        named = owing_of(form.value(field))
        if any(folded(one.name) in meant for one in named):
            form.typed[field] = "; ".join(_instead(one, meant) for one in named)


def unknown_names(session: Session, form: Form, jurisdiction: str, today: date) -> list[UnknownName]:
    """Each name once, as first typed; bodies of the process's own place are thought of first."""
    first: dict[str, str] = {}
    rows: Counter[str] = Counter()
    for field in _fields(form):
        for one in owing_of(form.value(field)):
            if not one.is_new:
                first.setdefault(folded(one.name), one.name)
                rows[folded(one.name)] += 1
    unknown = [key for key, name in first.items() if len(bodies_named(session, name)) != 1]
    return [
        UnknownName(first[key], rows[key], find_bodies(session, first[key], today, FITS_SHOWN, jurisdiction))
        for key in unknown[:MOST_NAMES]
    ]


def _fields(form: Form) -> list[str]:
    return ["owing", *(f"owing-{place}" for place in range(1, rows_of(form) + 1))]


def _meant(form: Form) -> Iterator[tuple[str, str]]:
    for place in range(1, MOST_NAMES + 1):
        name, meant = form.value(f"unknown-{place}").strip(), form.value(f"meant-{place}").strip(" ;\n")
        if name and meant:
            yield folded(name), meant


def _instead(one: OwingText, meant: dict[str, str]) -> str:
    """What is meant in its place; the role that was typed beside the name stays."""
    said = "" if one.is_new else meant.get(folded(one.name), "")
    if not said:
        return line_of(one)
    those = owing_of(said)
    if len(those) != 1 or those[0].role or not one.role:
        return said
    new = those[0]
    return line_of(OwingText(new.name, one.role, new.is_new, new.kind, new.place))
