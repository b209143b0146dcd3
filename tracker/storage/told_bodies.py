"""Bodies that the log's details name by key: told only while they are public; what names another is left out."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.tables import Body, BodyKey

AT_ONCE = 500
Detail = Mapping[str, Any]
_KEYS = ("signed_too", "from", "into", "joined", "left", "successor")
"""Where a detail holds a key or a list of them."""
_WHOLE = ("before", "after")
"""Keys of the body it is part of, where the detail holds their numbers too; else own names and keys of a body."""
_CHANGED = ("body", "signers")
"""What was changed in a response, old and new: one key, or several with semicolons between them."""
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "into": ("into_name",),
    "before": ("before_id",),
    "after": ("after_id",),
    "joined": ("joined_ids",),
    "left": ("left_ids",),
}
"""What goes out of sight with a key."""


def public_names(session: Session, details: Iterable[Detail]) -> Mapping[str, str]:
    """The names of the public bodies that details name, by the key they stand under, which may be a former one."""
    keys = sorted({key for detail in details for key in keys_in(detail)})
    found: dict[str, str] = {}
    for start in range(0, len(keys), AT_ONCE):
        some, public = keys[start : start + AT_ONCE], col(Body.visibility) == Visibility.PUBLIC
        former = select(col(BodyKey.key), col(Body.name)).join(Body, col(Body.id) == col(BodyKey.body_id))
        now = select(col(Body.key), col(Body.name)).where(col(Body.key).in_(some), public)
        for wanted in (former.where(col(BodyKey.key).in_(some), public), now):
            found.update((key, name) for key, name in session.execute(wanted).all())
    return found


def keys_in(detail: Detail) -> Iterator[str]:
    """Every key of a body that a detail names."""
    for name in _named(detail):
        yield from _several(detail.get(name))
    for pair in _changed(detail).values():
        yield from _several(pair)


def told(detail: Detail, public: Collection[str]) -> dict[str, Any]:
    """A detail without the bodies that are not public."""
    said = dict(detail)
    for name in _named(detail):
        kept = _kept(detail[name], public) if name in detail else None
        if kept != detail.get(name):
            said[name] = kept
            for beside in _BESIDE.get(name, ()):
                said.pop(beside, None)
    changed = _changed(detail)
    if changed:
        said["changed"] = {
            **detail["changed"],
            **{name: _kept(pair, public) for name, pair in changed.items()},
        }
    return said


def names_hidden(detail: Detail, public: Collection[str]) -> bool:
    """Whether a detail names a body that is not public."""
    return any(key not in public for key in keys_in(detail))


def _named(detail: Detail) -> tuple[str, ...]:
    return (*_KEYS, *_WHOLE) if "before_id" in detail else _KEYS


def _changed(detail: Detail) -> dict[str, Any]:
    kept = detail.get("changed")
    return {name: kept[name] for name in _CHANGED if name in kept} if isinstance(kept, dict) else {}


def _several(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _several(one)
    elif isinstance(value, str):
        yield from (key for part in value.split(";") if (key := part.strip()))


def _kept(value: Any, public: Collection[str]) -> Any:
    """The same shape with the public keys only; a place in a list of single keys goes, one of a pair is emptied."""
    if isinstance(value, str):
        return "; ".join(key for key in _several(value) if key in public)
    if isinstance(value, list):
        return [_kept(one, public) for one in value]
    return value
