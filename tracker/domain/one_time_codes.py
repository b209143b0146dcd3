"""Codes that a telephone makes of a shared secret and the time (RFC 6238, with HOTP of RFC 4226)."""

import base64
import hmac
import re
import secrets
from datetime import datetime
from urllib.parse import quote

STEP_SECONDS = 30
DIGITS = 6
DRIFT = 1
"""Steps that a telephone's clock may be ahead or behind."""
_SECRET_BYTES = 20
_SHAPE = re.compile(r"[0-9]{6}", re.ASCII)


def new_secret() -> str:
    """A fresh secret, in the letters and digits that telephones take (base 32)."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def step_of(now: datetime) -> int:
    """The thirty seconds an instant lies in, counted from 1970."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The six digits of one step."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_shown(secret: str, typed: str, now: datetime, after: int) -> int | None:
    """The step whose code was typed, later than the one used last; None where it is no code of about now."""
    bare = "".join(typed.split())
    if not _SHAPE.fullmatch(bare):
        return None
    here = step_of(now)
    near = range(here - DRIFT, here + DRIFT + 1)
    fitting = [step for step in near if hmac.compare_digest(code_at(secret, step), bare)]
    return next((step for step in fitting if step > after), None)


def enrolment_address(secret: str, account: str, site: str) -> str:
    """What an authenticator app opens to take the secret over (otpauth)."""
    label = quote(f"{site}:{account}", safe="")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(site, safe='')}&digits={DIGITS}&period={STEP_SECONDS}"


def in_fours(secret: str) -> str:
    """The secret as people type it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
