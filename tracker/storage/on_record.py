"""Objects that are on record at a moment, by statements that are made once for all that is asked of now."""

from collections.abc import Callable, Hashable
from typing import Any

from sqlmodel import Session

from tracker.storage.listed import Moment
from tracker.storage.prepared import NOW, made


def objects_at(
    session: Session, at: Moment, make: Callable[..., Any], *shape: Hashable, **values: Any
) -> Any:
    """The rows of the statement that `make(at, *shape)` makes; it may ask what was known, not what stood, at a moment.

    `values` are those it leaves open.
    """
    if at.known_by is not None:
        return session.execute(make(at, *shape), values)
    return session.execute(made((make, shape), lambda: make(Moment(NOW), *shape)), values)
