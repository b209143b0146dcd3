"""What a list can be narrowed by: only what stands in it."""

from collections.abc import Callable, Iterable, Mapping

from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.listing import ListQuery
from tracker.domain.words import Basis, Standing
from tracker.storage.bodies import public_bodies
from tracker.storage.processes import public_processes
from tracker.storage.standing_counts import tallies
from tracker.web.listing import Page
from tracker.web.wording import kind_name, named, place, standing_word, topic_name

Option = tuple[str, str]
Choice = tuple[str, str, list[Option]]


def choices(session: Session, page: Page, names: Iterable[str]) -> list[Choice]:
    """(filter, label, options) of each name; filters with nothing to choose are left out."""
    whole = ListQuery(page.query.name)
    found = ((name, _label(name), _options(session, whole, page, name)) for name in names)
    return [choice for choice in found if choice[2]]


def _options(session: Session, whole: ListQuery, page: Page, name: str) -> list[Option]:
    if name in _FIXED:
        return _FIXED[name]()
    keys = set(tallies(session, whole, page.when.moment, name)) | {page.given.get(name, "")} - {""}
    names = _NAMES[name](session, keys)
    return sorted(((key, names.get(key, key)) for key in keys if key), key=lambda option: option[1].lower())


def _label(name: str) -> str:
    labels: dict[str, str] = {
        "body": _("Body"),
        "process": _("Process"),
        "topic": _("Topic"),
        "jurisdiction": _("Jurisdiction"),
        "kind": _("Kind of process"),
        "basis": _("Basis"),
        "standing": _("Standing"),
    }
    return labels[name]


_FIXED: Mapping[str, Callable[[], list[Option]]] = {
    "basis": lambda: [(basis.value, named(basis)) for basis in Basis],
    "standing": lambda: [(standing.value, standing_word(standing)) for standing in Standing],
}
_NAMES: Mapping[str, Callable[[Session, set[str]], Mapping[str, str]]] = {
    "body": lambda session, _keys: {body.key: body.name for body in public_bodies(session)},
    "process": lambda session, _keys: {process.key: process.name for process in public_processes(session)},
    "topic": lambda _session, keys: {key: topic_name(key) for key in keys},
    "jurisdiction": lambda _session, keys: {key: place(key) for key in keys},
    "kind": lambda _session, keys: {key: kind_name(key) for key in keys},
}
