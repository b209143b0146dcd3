"""Open obligations reckoned anew after rules or calendars changed: in batches that can be broken off anywhere.

One batch is one transaction that also keeps how far the pass has come, and batches follow one another, so a pass
that was killed goes on where it was and two workers never do one obligation twice.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.catalogue import catalogue
from tracker.domain.days_off import rests_on
from tracker.domain.renewal import CLOCK, fingerprint
from tracker.services.move_dates import Moved, move_dates
from tracker.services.renew import Renewal, renewal
from tracker.storage import recomputing
from tracker.storage.engine import habits_of
from tracker.storage.entries import id_of
from tracker.storage.tables import Recomputation, Terms
from tracker.storage.turns import take_turn

log = logging.getLogger(__name__)

TURN = "recompute"
AT_ONCE = 200
"""Obligations looked at in one transaction."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which obligations somebody asked for: those of a rule, of a calendar, or all."""

    rule: str = ""
    calendar: str = ""

    @property
    def text(self) -> str:
        """As it is kept with the progress; empty for all."""
        said = {"rule": self.rule, "calendar": self.calendar}
        return " ".join(f"{name}={value}" for name, value in said.items() if value)

    def holds(self, terms: Terms) -> bool:
        """Whether terms rest on the calendar asked for."""
        if not self.calendar:
            return True
        code = terms.calendar or str(terms.rule_snapshot.get("calendar") or "XX")
        return rests_on(code, self.calendar)


ALL = Scope()


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction did."""

    last_id: int
    examined: int = 0
    renewed: int = 0
    failed: int = 0
    moved: tuple[Moved, ...] = ()
    finished: bool = False


def law(session: Session) -> str:
    """The fingerprint of all that the dates of this site rest on: its rules and calendars."""
    habits = habits_of(session)
    return _law(habits.days_off, getattr(habits, "sittings", None))


_laws: dict[object, str] = {}


def _law(*site: object) -> str:
    if site not in _laws:
        days_off, sittings = site
        _laws[site] = fingerprint(catalogue().values(), days_off, sittings)  # type: ignore[arg-type]
    return _laws[site]


def is_behind(session: Session, loaded_at: datetime) -> bool:
    """Whether a process that read its rules and calendars at an instant has dates to reckon anew.

    One that read them before others were applied has not: its own are out of date.
    """
    last = recomputing.latest(session)
    if last is None:
        return True
    if last.fingerprint != law(session):
        return _may_replace(last, loaded_at)
    if last.finished_at is None:
        return True
    return last.started_at < loaded_at and _entered_since(session, last) is not None


def _may_replace(last: Recomputation, loaded_at: datetime) -> bool:
    if last.started_at <= loaded_at:
        return True
    log.warning("Rules or calendars were changed since this process started: restart it.")
    return False


def _entered_since(session: Session, last: Recomputation) -> int | None:
    """The first obligation that a process with other rules may have dated since a pass began."""
    return recomputing.first_recorded_since(session, last.started_at, CLOCK)


def catch_up(session: Session, now: datetime, loaded_at: datetime) -> int:
    """The worker's next batch; 0 where nothing is left. Call it only where `is_behind`, and until it says 0."""
    take_turn(session, TURN)
    if not is_behind(session, loaded_at):
        return 0
    last, found = recomputing.latest(session), law(session)
    if last is None or last.fingerprint != found:
        last = _started(session, now, found, ALL)
    elif last.finished_at is not None:
        last = _started(session, now, found, ALL, (_entered_since(session, last) or 1) - 1)
    return max(1, _step(session, now, last, ALL).examined)


def begin(session: Session, now: datetime, scope: Scope) -> int:
    """Begin a pass somebody asked for, or go on with the one that was broken off; its id."""
    take_turn(session, TURN)
    found = law(session)
    left = recomputing.unfinished(session, found, scope.text)
    return id_of(left or _started(session, now, found, scope))


def go_on(session: Session, now: datetime, pass_id: int, scope: Scope) -> Batch:
    """The next batch of a pass; finished at once where another worker has done the rest."""
    take_turn(session, TURN)
    row = recomputing.by_id(session, pass_id)
    if row is None or row.finished_at is not None:
        return Batch(row.last_id if row else 0, finished=True)
    return _step(session, now, row, scope)


def _started(session: Session, now: datetime, found: str, scope: Scope, after_id: int = 0) -> Recomputation:
    row = Recomputation(fingerprint=found, scope=scope.text, started_at=now, last_id=after_id)
    session.add(row)
    session.flush()
    return row


def _step(session: Session, now: datetime, row: Recomputation, scope: Scope) -> Batch:
    done = batch(session, now, row.last_id, scope)
    row.last_id = done.last_id
    row.examined += done.examined
    row.renewed += done.renewed
    row.moved += len(done.moved)
    row.failed += done.failed
    row.finished_at = now if done.finished else None
    session.flush()
    return done


def batch(session: Session, now: datetime, after_id: int, scope: Scope = ALL) -> Batch:
    """Reckon the next obligations anew, in the caller's transaction; keeps no progress."""
    ids = recomputing.next_ids(session, after_id, AT_ONCE)
    if not ids:
        return Batch(after_id, finished=True)
    open_ = [pair for pair in recomputing.open_terms(session, ids, now, scope.rule) if scope.holds(pair[0])]
    renewals, failed = _renewals(session, open_, now)
    moved = move_dates(session, renewals, now)
    return Batch(ids[-1], len(open_), len(renewals), failed, tuple(moved), len(ids) < AT_ONCE)


def bring_up_to_date(session: Session, now: datetime, ids: Iterable[int]) -> None:
    """What is open again after it was answered or void was passed by meanwhile: reckon it anew.

    Only by the rules and calendars applied last: a process with others leaves it to the worker.
    """
    last = recomputing.latest(session)
    if last is None or last.fingerprint != law(session):
        return
    renewals, _ = _renewals(session, recomputing.open_terms(session, sorted(ids), now), now)
    move_dates(session, renewals, now)


def _renewals(session: Session, open_: list[tuple[Terms, int]], now: datetime) -> tuple[list[Renewal], int]:
    """One that cannot be reckoned keeps what it has, and holds up no other."""
    found, failed = [], 0
    for terms, period in open_:
        try:
            renewed = renewal(session, terms, period, now)
        except (ValueError, ArithmeticError, LookupError, TypeError):
            failed += 1
            log.exception("the date of obligation %d could not be reckoned anew", terms.obligation_id)
            continue
        found += [renewed] if renewed else []
    return found, failed


def uses_rule(session: Session, key: str) -> bool:
    """Whether any date on record rests on a rule, though the catalogue may have lost it."""
    return recomputing.uses_rule(session, key)
