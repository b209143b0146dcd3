"""Once a day: what shifted long ago is folded, and the kept counts are compared with those of the lists."""

import logging
from collections import Counter
from datetime import datetime

from sqlmodel import Session

from tracker.domain.listing import ListName, ListQuery
from tracker.storage.lines import moment
from tracker.storage.scorecards import cells, cells_live
from tracker.storage.standing_counts import counted_live, tallies
from tracker.storage.stored_counts import count_again, fold

log = logging.getLogger(__name__)
SPLITS = ("process", "body")


def fold_counts(session: Session, now: datetime) -> int:
    """Fold what is past; how many rows are left of it, 0 where it was done today."""
    return fold(session, now)


def counts_are_wrong(session: Session, now: datetime) -> bool:
    """Whether some kept count is not that of its list, counted through."""
    query, at = ListQuery(ListName.ALL), moment(now)
    wrong = [by for by in SPLITS if tallies(session, query, at, by) != counted_live(session, query, at, by)]
    if Counter(cells(session, query, at)) != Counter(cells_live(session, query, at)):
        wrong.append("card")
    if wrong:
        log.error(
            "the kept counts by %s were not those of the lists: everything is counted anew", ", ".join(wrong)
        )
    return bool(wrong)


def count_everything(session: Session) -> None:
    """Throw the kept counts away and count anew."""
    count_again(session)
