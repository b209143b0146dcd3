"""Makes and reads the secrets in links of mail: single-purpose, kept as hashes, with an end."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.link_tokens import LIVES, LONGEST, Purpose, Seal, hash_of
from tracker.storage import tokens
from tracker.storage.tables import Token


@dataclass(frozen=True, slots=True)
class Subject:
    """What a link acts on: one subscription, or everything an address gets."""

    kind: str
    """`subscription`, `address`, `user` and so on."""
    value: str
    """Its id, or the address's keyed hash."""

    def __str__(self) -> str:
        """How it stands in the row."""
        return f"{self.kind}:{self.value}"


def write(session: Session, seal: Seal, purpose: Purpose, subject: Subject, now: datetime) -> str:
    """A token for a link: the newest one while half its life is left and it is unused, else a new one."""
    row = tokens.newest(session, purpose, str(subject))
    if row is not None and _is_fresh(row, seal, purpose, subject, now):
        return seal.token(purpose, str(subject), str(row.detail.get("nonce", "")))
    made, token = _values(seal, purpose, subject, now)
    tokens.add(session, Token(**made))
    return token


def _is_fresh(row: Token | None, seal: Seal, purpose: Purpose, subject: Subject, now: datetime) -> bool:
    if row is None or row.expires_at is None or row.used_at is not None:
        return False
    token = seal.token(purpose, str(subject), str(row.detail.get("nonce", "")))
    return row.expires_at - now > LIVES[purpose] / 2 and hash_of(token) == row.secret_hash


def write_many(
    session: Session, seal: Seal, purpose: Purpose, subjects: Sequence[Subject], now: datetime
) -> dict[Subject, str]:
    """The tokens for many links, in as many questions as for one."""
    known = tokens.newest_of(session, purpose, [str(one) for one in subjects])
    fresh = {one: row for one in subjects if (row := known.get(str(one)))}
    fresh = {one: row for one, row in fresh.items() if _is_fresh(row, seal, purpose, one, now)}
    made = {one: _values(seal, purpose, one, now) for one in dict.fromkeys(subjects) if one not in fresh}
    tokens.add_all(session, [values for values, _ in made.values()])
    nonces = {one: str(row.detail.get("nonce", "")) for one, row in fresh.items()}
    again_ = {one: seal.token(purpose, str(one), nonce) for one, nonce in nonces.items()}
    return {**again_, **{one: token for one, (_, token) in made.items()}}


def again(session: Session, seal: Seal, purpose: Purpose, subject: Subject) -> str:
    """The token last made for a link, without making one; empty where there is none or the secret has changed."""
    row = tokens.newest(session, purpose, str(subject))
    token = seal.token(purpose, str(subject), str(row.detail.get("nonce", ""))) if row else ""
    return token if row is not None and hash_of(token) == row.secret_hash else ""


def _values(seal: Seal, purpose: Purpose, subject: Subject, now: datetime) -> tuple[dict[str, Any], str]:
    nonce = secrets.token_hex(16)
    token = seal.token(purpose, str(subject), nonce)
    values = {
        "purpose": purpose.value,
        "secret_hash": hash_of(token),
        "subject": str(subject),
        "detail": {"nonce": nonce},
        "created_at": now,
        "expires_at": now + LIVES[purpose],
    }
    return values, token


def read(session: Session, purpose: Purpose, token: str, now: datetime) -> tuple[Token, Subject] | None:
    """What a token stands for; None where it is unknown, for another purpose, or over."""
    if not 0 < len(token) <= LONGEST:
        return None
    row = tokens.valid(session, purpose, hash_of(token), now)
    if row is None:
        return None
    kind, _, value = row.subject.partition(":")
    return row, Subject(kind, value)


def subject_of(session: Session, purpose: Purpose, token: str, now: datetime) -> Subject | None:
    """What a token for this purpose acts on; None where it leads nowhere."""
    found = read(session, purpose, token, now)
    return found[1] if found else None
