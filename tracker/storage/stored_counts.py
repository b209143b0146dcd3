"""The counts of a list as the database keeps them: added up from what shifted until now, without counting through.

Kept are the whole, each process, each body and each topic. What is asked beyond (two of these at once, words, one
document, a day of the past) is counted live.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, literal, or_, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import FLAGGED, Basis, Standing
from tracker.storage.bodies import family, passed_alone
from tracker.storage.count_triggers import count_anew
from tracker.storage.listed import BINDING, Moment
from tracker.storage.prepared import IDS, NOW, once, run
from tracker.storage.segment_indexes import AHEAD, stands
from tracker.storage.tables import Body, Group, Process, StandingShift

FOLDED_AFTER = timedelta(days=2)
"""What is past for so long is folded; a clock set back by less finds every count as it was."""
_STANDS: tuple[Any, ...] = (
    StandingShift.standing,
    StandingShift.basis,
    StandingShift.flagged,
    StandingShift.stale,
    StandingShift.dated,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """So many obligations stand alike."""

    key: str
    """Of what they are split by; empty where they are not."""
    standing: Standing
    basis: Basis
    flagged: bool
    stale: bool
    dated: bool
    n: int


def stored_counts(session: Session, query: ListQuery, at: Moment, by: str = "") -> list[Counted] | None:
    """The counts of a list now, split by a dimension; None where they are not kept."""
    within = _HOLDS.get(query.name)
    scope = _scope(session, query.filters, by)
    if within is None or scope is None or not is_now(session, at):
        return None
    given = query.filters
    found = [one for one in _added_up(session, scope, at) if within(one) and _fits(one, given)]
    if by not in _NAMES:
        return found
    names = _names(session, by)
    return [replace(one, key=names[int(one.key)]) for one in found]


def sums(session: Session, query: ListQuery, at: Moment, by: str) -> dict[str, int] | None:
    """How many entries of a list there are now by choice of one dimension; None where that is not kept."""
    found = sums_by_id(session, query, at, by)
    if found is None or by not in _NAMES:
        return found
    names, named = _names(session, by), Counter[str]()
    for id_, n in found.items():
        named[names[id_]] += n
    return dict(named)


def sums_by_id(
    session: Session, query: ListQuery, at: Moment, by: str, *, fresh: bool = False
) -> dict[Any, int] | None:
    """The same by the ids of bodies or processes; `fresh`: without what is stale.

    The database adds up, and only what can be in the list: of each body a hundred rows may be kept.
    """
    scope = _scope(session, query.filters, by)
    if scope is None or query.name not in KEPT_IN or not is_now(session, at):
        return None
    given = query.filters
    asked = _Listed(scope, query.name, given.standing, given.basis, fresh)
    return once(session, (asked, at.at), lambda: _summed_up(session, asked, at))


def counts_of(session: Session, at: Moment, scope: str, ids: Iterable[int]) -> list[Counted] | None:
    """The counts now of some processes or bodies (`scope`), split by id; None where they are not kept."""
    if not is_now(session, at):
        return None
    return _added_up(session, _Scope(scope, split=True, ids=tuple(sorted(ids))), at)


def counts_by_day(
    session: Session, filters: Filters, at: Moment, first: date, last: date
) -> list[tuple[date, Counted]] | None:
    """How what is due on each day of a span stands now; None where that is not kept."""
    if not _WHOLE.issuperset(filters.given()) or not is_now(session, at):
        return None
    values = {NOW.key: at.at, "first": _number(first), "last": _number(last)}
    rows = [Counted(str(key), *rest) for key, *rest in run(session, _BY_DAY, values).all()]
    return [(date.fromisoformat(one.key), one) for one in rows if _fits(one, filters)]


def _number(day: date) -> int:
    return int(day.strftime("%Y%m%d"))


_SUM = func.sum(col(StandingShift.n))
_BY_DAY = (
    select(col(StandingShift.scope_id), *_STANDS, _SUM)
    .where(
        col(StandingShift.scope) == "due",
        col(StandingShift.scope_id).between(bindparam("first"), bindparam("last")),
        col(StandingShift.at) <= NOW,
    )
    .group_by(col(StandingShift.scope_id), *_STANDS)
    .having(_SUM != 0)
)


def _fits(one: Counted, given: Filters) -> bool:
    return given.standing in ("", one.standing.value) and given.basis in ("", one.basis.value)


def is_now(session: Session, at: Moment) -> bool:
    """Whether today's facts are asked at an instant that is not before what is folded."""
    if at.day is not None or at.known_by is not None:
        return False

    def until() -> datetime | None:
        folded_until: datetime | None = run(session, _FOLDED_UNTIL).scalar_one()
        return folded_until

    last = once(session, "folded until", until)
    return last is None or last <= at.at


# The last of all by its index: asked whether any is later, PostgreSQL goes through the table for one that is not there.
_FOLDED_UNTIL = select(func.max(col(StandingShift.at))).where(col(StandingShift.folded).is_(True))


_EVERYTHING = Filters()


@dataclass(frozen=True)
class _Scope:
    """Which rows are added up, and whether by what they are about."""

    name: str
    split: bool = False
    topic: str = ""
    of: Filters = _EVERYTHING
    """Of the processes that these leave."""
    ids: tuple[int, ...] | None = None
    """Only what is about these."""


@dataclass(frozen=True)
class _Listed:
    """Which of the rows of a scope are entries of a list."""

    scope: _Scope
    name: ListName
    standing: str
    basis: str
    fresh: bool


def _summed_up(session: Session, asked: _Listed, at: Moment) -> dict[Any, int]:
    ids = asked.scope.ids
    statement = _sums_of(replace(asked, scope=replace(asked.scope, ids=None if ids is None else ())))
    values = {NOW.key: at.at, IDS.key: list(ids or ())}
    return {key: int(n) for key, n in run(session, statement, values).all()}


@lru_cache(maxsize=200)
def _sums_of(asked: _Listed) -> Any:
    """The statement that adds up entries, whatever they stand as."""
    key, rows = _rows(asked.scope)
    rows += KEPT_IN[asked.name]
    rows += [col(StandingShift.stale).is_(False)] if asked.fresh else []
    for column, value in ((StandingShift.standing, asked.standing), (StandingShift.basis, asked.basis)):
        rows += [col(column) == value] if value else []
    n = func.sum(col(StandingShift.n))
    return select(key, n).where(*rows, col(StandingShift.at) <= NOW).group_by(key).having(n != 0)


def _added_up(session: Session, scope: _Scope, at: Moment) -> list[Counted]:
    def found() -> list[Counted]:
        statement = _summed(replace(scope, ids=None if scope.ids is None else ()))
        values = {NOW.key: at.at, IDS.key: list(scope.ids or ())}
        return [Counted(str(key), *rest) for key, *rest in run(session, statement, values).all()]

    return once(session, (scope, at.at), found)


@lru_cache(maxsize=200)
def _summed(scope: _Scope) -> Any:
    """The statement that adds up; the instant and the ids are handed over."""
    key, rows = _rows(scope)
    n = func.sum(col(StandingShift.n))
    wanted = select(key, *_STANDS, n).where(*rows, col(StandingShift.at) <= NOW)
    return wanted.group_by(key, *_STANDS).having(n != 0)


def _rows(scope: _Scope) -> tuple[Any, list[Any]]:
    """What a scope is split by, and its rows."""
    about = col(StandingShift.scope_id)
    whole = scope.name in _OF_NOTHING
    rows = [col(StandingShift.scope) == scope.name, *([about == 0] if whole else [])]
    rows += [col(StandingShift.topic) == scope.topic] if scope.topic else []
    rows += [about.in_(_processes(scope.of))] if scope.of.given() else []
    rows += [about.in_(IDS)] if scope.ids is not None else []
    return (StandingShift.topic if whole else StandingShift.scope_id) if scope.split else literal(""), rows


_OF_NOTHING = frozenset({"all", "topic"})
"""What these are about is no row of a table."""


def _processes(filters: Filters) -> Any:
    wanted = select(col(Process.id))
    for name, column in (("process", Process.key), ("kind", Process.kind)):
        if value := getattr(filters, name):
            wanted = wanted.where(column == value)
    if code := filters.jurisdiction:
        part = col(Process.jurisdiction).startswith(f"{code}-", autoescape=True)
        wanted = wanted.where(or_(col(Process.jurisdiction) == code, part))
    if filters.group:
        groups = select(col(Group.id)).where(col(Group.key) == filters.group)
        wanted = wanted.where(col(Process.group_id).in_(groups))
    return wanted


_NAMES: Mapping[str, Any] = {
    "body": select(col(Body.id), col(Body.key)),
    "process": select(col(Process.id), col(Process.key)),
    "kind": select(col(Process.id), col(Process.kind)),
    "jurisdiction": select(col(Process.id), col(Process.jurisdiction)),
}
"""What each process or body is split under."""


def _names(session: Session, by: str) -> Mapping[int, str]:
    def found() -> Mapping[int, str]:
        return {id_: str(name) for id_, name in run(session, _NAMES[by]).all()}

    return once(session, ("named", by), found)


def _scope(session: Session, filters: Filters, by: str) -> _Scope | None:
    """The scope that knows all that is asked; None where none does."""
    asked = {name for name in filters.given() if name not in _WHOLE} | ({by} if by else set())
    makers: tuple[tuple[set[str], Callable[[Session, Filters, str], _Scope | None]], ...] = (
        (set(), _all),
        ({*_OF_PROCESS, "group"}, _by_process),
        ({"body"}, _by_body),
        ({"topic"}, _by_topic),
    )
    return next((make(session, filters, by) for known, make in makers if asked <= known), None)


_WHOLE = {"standing", "basis"}
_OF_PROCESS = ("process", "kind", "jurisdiction")


def _all(_session: Session, _filters: Filters, _by: str) -> _Scope:
    return _Scope("all")


def _by_process(_session: Session, filters: Filters, by: str) -> _Scope:
    return _Scope("process", split=bool(by), of=replace(filters, standing="", basis=""))


def _by_body(session: Session, filters: Filters, by: str) -> _Scope | None:
    if not filters.body:
        return _Scope("body", split=True)
    ids = family(session, filters.body)
    if ids and passed_alone(session, ids):
        return None
    return _Scope("body", split=bool(by), ids=tuple(sorted(ids)))


def _by_topic(_session: Session, filters: Filters, by: str) -> _Scope | None:
    if filters.topic and by:
        return None  # an item of several topics counts in each
    return _Scope("topic", split=bool(by), topic=filters.topic)


_HOLDS: Mapping[ListName, Callable[[Counted], bool]] = {
    ListName.ALL: lambda _one: True,
    ListName.OVERDUE: lambda one: one.flagged and one.standing in FLAGGED and one.basis.flags_overdue,
    ListName.NOT_ANSWERED_BY_DATE_ASKED: lambda one: (
        one.flagged and one.standing in FLAGGED and not one.basis.flags_overdue
    ),
    ListName.WAITING: lambda one: one.standing is Standing.WAITING and not one.dated,
    ListName.AWAITING: lambda one: one.standing is Standing.AWAITING_ASSESSMENT,
    ListName.DUE: lambda one: one.standing in AHEAD and one.dated,
}
"""What a line must fulfil to be in a list, of what is kept."""
_FLAGGED = (col(StandingShift.standing).in_(FLAGGED), col(StandingShift.flagged).is_(True))
KEPT_IN: Mapping[ListName, list[Any]] = {
    ListName.ALL: [],
    ListName.OVERDUE: [*_FLAGGED, col(StandingShift.basis).in_(BINDING)],
    ListName.NOT_ANSWERED_BY_DATE_ASKED: [*_FLAGGED, col(StandingShift.basis).not_in(BINDING)],
    ListName.WAITING: [col(StandingShift.standing) == Standing.WAITING, col(StandingShift.dated).is_(False)],
    ListName.AWAITING: [col(StandingShift.standing) == Standing.AWAITING_ASSESSMENT],
    ListName.DUE: [stands(col(StandingShift.standing), AHEAD), col(StandingShift.dated).is_(True)],
}
"""The same as conditions, in the words of the indexes that hold these rows alone."""


def fold(session: Session, now: datetime) -> int:
    """Make one row of all that shifted long ago, for each thing and standing, once a day; how many rows came of it."""
    horizon = datetime.combine((now - FOLDED_AFTER).date(), datetime.min.time(), UTC)
    if not _worth_folding(session, horizon):
        return 0
    old = col(StandingShift.at) <= horizon
    if session.get_bind().dialect.name != "sqlite":
        # In one statement: what others commit between two would be thrown away without having been added up.
        gone = delete(StandingShift).where(old).returning(StandingShift).cte("gone")
        return _folded(session, select_from=gone.c, horizon=horizon)
    last = session.execute(select(func.max(col(StandingShift.id)))).scalar_one()
    made = _folded(session, select_from=StandingShift.__table__.c, horizon=horizon, old=old)  # type: ignore[attr-defined]
    gone_by = delete(StandingShift).where(old, col(StandingShift.id) <= last)
    session.execute(gone_by.execution_options(synchronize_session=False))
    return made


def count_again(session: Session) -> None:
    """Throw what is kept away and count every stretch."""
    session.flush()
    count_anew(session.connection())


def _worth_folding(session: Session, horizon: datetime) -> bool:
    """Once a day: what is written stands at that day or later."""
    older = select(literal(1)).where(col(StandingShift.at) < horizon)
    return session.execute(older.limit(1)).first() is not None


def _folded(session: Session, select_from: Any, horizon: datetime, old: Any = None) -> int:
    kept = [select_from[name] for name in _KEPT]
    summed = select(
        *kept,
        literal(horizon, select_from["at"].type),
        func.sum(select_from["n"]),
        literal(True),
    )
    if old is not None:
        summed = summed.where(old)
    summed = summed.group_by(*kept).having(func.sum(select_from["n"]) != 0)
    made = session.execute(insert(StandingShift).from_select([*_KEPT, "at", "n", "folded"], summed))
    return int(made.rowcount)  # type: ignore[attr-defined]


_KEPT = (
    *("scope", "scope_id", "topic", "standing", "basis", "flagged", "stale", "dated"),
    *("duty", "certain", "late_days"),
)
