"""Two editors at once: a form carries what it was made from; the later sees both versions of a field and chooses."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from tracker.domain.refusals import insist, refuse
from tracker.web.editing.form import Form

MADE_FROM = "made_from"
CHOOSE = "choose-"
THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else changed since the form was made."""

    name: str
    theirs: str
    mine: str
    both_changed: bool
    """False: only the other changed it, so theirs is taken unless one says otherwise."""


def begin(form: Form) -> Form:
    """A form as things stand, marked with what it was made from."""
    form.typed[MADE_FROM] = _marks(form)
    return form


def take_choices(form: Form, stands: Form) -> None:
    """Put theirs in the place of mine where that was chosen; say where a choice is still missing."""
    for name in form.typed.getlist("differing"):
        chosen = form.value(f"{CHOOSE}{name}")
        if name not in stands.typed and name not in form.typed:
            continue
        if chosen == THEIRS:
            form.typed.setlist(name, stands.typed.getlist(name))
        elif chosen != MINE:
            form.refuse([refuse(f"{CHOOSE}{name}", "Choose which of the two is right.")])
    missing = [name for name in form.typed.getlist("differing") if f"{CHOOSE}{name}" in form.errors]
    form.differences = [one for one in _all_differences(form, stands) if one.name in missing]


def insist_on_seen(form: Form, stands: Form) -> None:
    """Refuse to write over what somebody else wrote since; the form then shows both and is made from theirs."""
    found = list(_unseen(form, stands))
    if not found:
        return
    form.differences = found
    form.typed[MADE_FROM] = _marks(stands)
    between = refuse(
        MADE_FROM,
        "Somebody else changed this while you were writing: choose, for each field, which version is right.",
    )
    insist([between])


def _unseen(form: Form, stands: Form) -> Iterator[Difference]:
    made_from = _read(form.value(MADE_FROM))
    for one in _all_differences(form, stands):
        if made_from and made_from.get(one.name, "") != _mark(stands, one.name):
            mine_changed = made_from.get(one.name, "") != _mark(form, one.name)
            yield Difference(one.name, one.theirs, one.mine, mine_changed)


def _all_differences(form: Form, stands: Form) -> Iterator[Difference]:
    for name in dict.fromkeys([*stands.typed, *_read(form.value(MADE_FROM))]):
        theirs, mine = _value(stands, name), _value(form, name)
        if name != MADE_FROM and theirs != mine:
            yield Difference(name, theirs, mine, True)


def _value(form: Form, name: str) -> str:
    """A field as a person reads it; how a line ends and what stands at the edges is no difference."""
    values = (value.replace("\r\n", "\n").strip() for value in form.typed.getlist(name))
    return "\n".join(sorted(value for value in values if value))


def _mark(form: Form, name: str) -> str:
    return sha256(_value(form, name).encode("utf-8", "replace")).hexdigest()[:12]


def _marks(form: Form) -> str:
    return " ".join(f"{name}:{_mark(form, name)}" for name in form.typed if name != MADE_FROM)


def _read(marks: str) -> dict[str, str]:
    return {name: mark for name, _, mark in (one.partition(":") for one in marks.split()) if mark}
