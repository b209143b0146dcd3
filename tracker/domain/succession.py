"""Bodies change: departments are split, merged and renamed; who owes on a day follows dated links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ALWAYS = date(1, 1, 1)
"""Since when two entries of one body have been the same."""


class Passing(StrEnum):
    """How one body comes after another."""

    DUTIES = "duties"
    """It owes what the other owed; the other may go on."""
    WHOLE = "whole"
    """The other has become part of it: its old address leads to it."""
    SAME = "same"
    """One body that was entered twice."""


GONE = frozenset({Passing.WHOLE, Passing.SAME})


class BodyChangeKind(StrEnum):
    """What can happen to a body."""

    RENAMED = "renamed"
    REKEYED = "rekeyed"
    MERGED = "merged"
    SAME = "same"
    SPLIT = "split"
    PART_OF = "part_of"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Link:
    """From a day on, the successor owes what the body owed; with an obligation, only that one."""

    body_id: int
    successor_id: int
    works_from_on: date
    passing: Passing = Passing.DUTIES
    obligation_id: int | None = None


def path_on(
    body_id: int, links: Iterable[Link], day: date, obligation_id: int | None = None
) -> tuple[Link, ...]:
    """The links followed from a body to whoever owes on a day; a circle of links ends where it closes.

    A link made for one obligation goes before those for all that a body owed.
    """
    following = _latest(links, day, obligation_id)
    seen, followed = {body_id}, []
    while (link := following.get(body_id)) is not None and link.successor_id not in seen:
        body_id = link.successor_id
        seen.add(body_id)
        followed.append(link)
    return tuple(followed)


def debtor_on(body_id: int, links: Iterable[Link], day: date, obligation_id: int | None = None) -> int:
    """The body that owes on a day; the due day stays what it was."""
    followed = path_on(body_id, links, day, obligation_id)
    return followed[-1].successor_id if followed else body_id


def heir_on(body_id: int, links: Iterable[Link], day: date) -> int:
    """The body that a body is part of since it was merged, or the same as; itself where it still stands alone."""
    return debtor_on(body_id, [link for link in links if link.passing in GONE], day)


def _latest(links: Iterable[Link], day: date, obligation_id: int | None) -> Mapping[int, Link]:
    reached = [
        link for link in links if link.works_from_on <= day and link.obligation_id in (None, obligation_id)
    ]
    reached.sort(key=lambda link: (link.obligation_id is not None, link.works_from_on))
    return {link.body_id: link for link in reached}
