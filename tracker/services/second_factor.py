"""The second factor: set up with a telephone, asked for at the login, each code good once."""

import secrets
from datetime import datetime

from sqlmodel import Session

from tracker.domain.link_tokens import hash_of
from tracker.domain.one_time_codes import new_secret, step_shown
from tracker.domain.refusals import insist, refuse
from tracker.storage import second_factors
from tracker.storage.tables import SecondFactor

RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look like another one."""
_WRONG = "That is not the code your telephone shows now; a code works once."


def has_one(session: Session, user_id: int) -> bool:
    """Whether a person's login asks for a code."""
    found = second_factors.of(session, user_id)
    return found is not None and found.confirmed_at is not None


def begin(session: Session, now: datetime, user_id: int, *, anew: bool = False) -> str:
    """The secret to put into the telephone: the one shown before, until a code confirms it.

    Anew: what was begun in another browser is void, for whoever saw that secret could make the codes.
    """
    found = second_factors.of(session, user_id)
    if found is not None and anew and found.confirmed_at is None:
        second_factors.forget(session, user_id)
        session.expunge(found)
        found = None
    if found is None:
        found = SecondFactor(user_id=user_id, secret=new_secret(), begun_at=now)
        session.add(found)
        session.flush()
    return found.secret


def begun(session: Session, user_id: int) -> str | None:
    """The secret that was shown and not confirmed yet."""
    found = second_factors.of(session, user_id)
    return found.secret if found is not None and found.confirmed_at is None else None


def confirm(session: Session, now: datetime, user_id: int, typed: str) -> list[str]:
    """Turn it on with a first code; the recovery codes, shown once."""
    found = second_factors.of(session, user_id)
    right = found is not None and found.confirmed_at is None and _code_fits(session, found, now, typed)
    insist([] if right else [refuse("code", _WRONG)])
    assert found is not None  # noqa: S101 - insisted on above
    found.confirmed_at = now
    return new_recovery_codes(session, user_id)


def new_recovery_codes(session: Session, user_id: int) -> list[str]:
    """Ten codes for when the telephone is lost, kept as hashes; the former ones are void."""
    made = ["-".join(_letters(5) for _ in range(2)) for _ in range(RECOVERY_CODES)]
    second_factors.replace_recovery(session, user_id, [_hash(user_id, one) for one in made])
    return made


def passes(session: Session, now: datetime, user_id: int, typed: str) -> bool:
    """Whether this is the code of about now, or one of the recovery codes; it is used up by that."""
    found = second_factors.of(session, user_id)
    if found is None or found.confirmed_at is None:
        return False
    fits = _code_fits(session, found, now, typed)
    return fits or second_factors.use_recovery(session, user_id, _hash(user_id, typed), now)


def turn_off(session: Session, user_id: int) -> None:
    """No code at the login any more: by its owner, or by an administrator where the telephone and the list are lost."""
    second_factors.forget(session, user_id)


def _code_fits(session: Session, found: SecondFactor, now: datetime, typed: str) -> bool:
    step = step_shown(found.secret, typed[:20], now, found.last_step)
    return step is not None and second_factors.use_step(session, found.user_id, step)


def _letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))


def _hash(user_id: int, typed: str) -> str:
    bare = "".join(c for c in typed[:40].casefold() if c.isalnum())
    return hash_of(f"recovery|{user_id}|{bare}")
