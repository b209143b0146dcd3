"""A request of a program sent twice is done once: the second gets what the first was answered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.storage import tokens
from tracker.storage.tables import Token

PURPOSE = "repeat"
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that carries a key of its program's own, and what was asked."""

    holder: int
    """Id of the program's token: keys of others are never looked at."""
    key: str
    path: str
    body: bytes

    @property
    def mark(self) -> str:
        """By which it is found again."""
        return hashlib.sha256(f"{PURPOSE}\n{self.holder}\n{self.key}".encode()).hexdigest()

    @property
    def fingerprint(self) -> str:
        """Of what was asked."""
        return hashlib.sha256(self.path.encode() + b"\n" + self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Done:
    """What an earlier request of the same key asked, and what it was answered."""

    same: bool
    """It asked the same."""
    answer: Mapping[str, Any]


def done_before(session: Session, now: datetime, asked: Asked) -> Done | None:
    """The earlier request of that key, within a day; None where this is the first.

    One that is still being done is waited for: what it was answered is known only then.
    """
    tokens.alone(session, asked.mark)
    tokens.forget_over(session, PURPOSE, now)
    found = tokens.valid(session, PURPOSE, asked.mark, now)
    if found is None:
        return None
    answer = found.detail["answer"]
    return Done(found.detail["asked"] == asked.fingerprint, answer if isinstance(answer, Mapping) else {})


def remember(session: Session, now: datetime, asked: Asked, answer: Mapping[str, Any]) -> None:
    """Keep what a request was answered, in the transaction of what it did."""
    detail: dict[str, object] = {"asked": asked.fingerprint, "answer": dict(answer)}
    row = Token(
        purpose=PURPOSE,
        secret_hash=asked.mark,
        subject=f"api:{asked.holder}",
        detail=detail,
        created_at=now,
        expires_at=now + KEPT_FOR,
    )
    tokens.add(session, row)
