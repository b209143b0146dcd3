"""What letters about a webhook say of its list when they leave: what it is narrowed to goes by its public name."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.storage.filter_names import filter_names
from tracker.storage.tables import Letter


def list_said_now(session: Session, row: Letter, _now: datetime) -> dict[str, Any]:
    """The row's words with the names by filter; what was withheld meanwhile has none."""
    said: dict[str, Any] = row.said
    query = ListQuery(ListName(said["list"]), Filters(**said["filters"]))
    named = filter_names(session, [query])
    return {**said, "names": {name: called for (name, _key), called in named.items()}}
