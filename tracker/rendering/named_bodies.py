"""Bodies that an entry of the log names, by their public names; nothing is said of those it may not name."""

from collections.abc import Mapping
from typing import Any

from tracker.rendering.tongue import N_, NN_, Forms, Tongue

Detail = Mapping[str, Any]

NAMED = "named"
"""Beside what the log keeps: the public names of the bodies that a detail names, by key."""

_CHANGES: Mapping[str, tuple[str, str, Forms]] = {
    "body_merged": (
        "from",
        "into",
        NN_("%(bodies)s was merged into %(other)s", "%(bodies)s were merged into %(other)s"),
    ),
    "body_same": (
        "from",
        "into",
        NN_("%(bodies)s is the same body as %(other)s", "%(bodies)s are the same body as %(other)s"),
    ),
}
"""What happened to bodies: where the detail holds them and the other one, and the words."""


def body_change_words(detail: Detail, tongue: Tongue) -> str:
    """Which bodies became one; empty where it was another change, or one of them may not be named."""
    kind = _CHANGES.get(str(detail.get("what")))
    if kind is None:
        return ""
    first, second, forms = kind
    bodies, others = names_of(detail, first), names_of(detail, second)
    if not bodies or not others:
        return ""
    return tongue.count(forms, len(bodies), bodies=tongue.listed(bodies), other=others[0])


def signers_words(detail: Detail, tongue: Tongue) -> str:
    """Who signed a response beside the body that stands first."""
    names = names_of(detail, "signed_too")
    return tongue.say(N_("signed also by %(bodies)s"), bodies=tongue.listed(names)) if names else ""


def names_of(detail: Detail, field: str) -> list[str]:
    """The public names of the bodies in a field of a detail."""
    named, held = detail.get(NAMED), detail.get(field)
    keys = held if isinstance(held, list) else [held]
    return [str(named[key]) for key in keys if key in named] if isinstance(named, Mapping) else []
