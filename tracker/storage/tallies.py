"""Which objects the obligations of a list belong to, and how the obligations of a page of objects stand."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Standing
from tracker.storage.lines import Moment, conditions, joined
from tracker.storage.standing_counts import tallies_of
from tracker.storage.tables import Body, Document, Item, Obligation, Process, Segment

_IDS: Mapping[str, Any] = {
    "process": Process.id,
    "document": Document.id,
    "item": Item.id,
    "body": Body.id,
}


def ids_in(session: Session, query: ListQuery, at: Moment, noun: str) -> Any:
    """The ids of the processes, documents, items or bodies that the lines of a list are about, to select among."""
    return joined(select(_IDS[noun]), at).where(*conditions(session, query)).distinct()


def counts_by(session: Session, at: Moment, noun: str, ids: Iterable[int]) -> dict[int, dict[Standing, int]]:
    """How many public obligations stand where, for each of a page of processes, documents, items or bodies."""
    wanted_ids = list(ids)
    if noun in ("process", "body"):
        kept = tallies_of(session, at, noun, wanted_ids)
        if kept is not None:
            return {id_: one.counts for id_, one in kept.items()}
    return counted_live(session, at, noun, wanted_ids)


def counted_live(
    session: Session, at: Moment, noun: str, ids: Iterable[int]
) -> dict[int, dict[Standing, int]]:
    """The same, counted through, whatever is kept."""
    of = col(_IDS[noun])
    wanted = (
        joined(select(of, col(Segment.standing), func.count(col(Obligation.id))), at)
        .where(*conditions(session, ListQuery(ListName.ALL)), of.in_(list(ids)))
        .group_by(of, col(Segment.standing))
    )
    found: dict[int, dict[Standing, int]] = {}
    for id_, standing, n in session.execute(wanted).all():
        found.setdefault(id_, {})[Standing(standing)] = int(n)
    return found
