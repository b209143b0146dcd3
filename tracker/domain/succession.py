"""Who owes on a day: dated links from a body to the one that came after it (product section 4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Link:
    """From a day on, the successor owes what the body owed."""

    body_id: int
    successor_id: int
    works_from_on: date


def debtor_on(body_id: int, links: Iterable[Link], day: date) -> int:
    """The body that owes on a day; the due day stays what it was. A circle of links ends where it closes."""
    following = _latest(links, day)
    seen = {body_id}
    while (after := following.get(body_id)) is not None and after not in seen:
        seen.add(after)
        body_id = after
    return body_id


def _latest(links: Iterable[Link], day: date) -> Mapping[int, int]:
    reached = sorted(
        (link for link in links if link.works_from_on <= day), key=lambda link: link.works_from_on
    )
    return {link.body_id: link.successor_id for link in reached}
