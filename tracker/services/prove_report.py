"""Whether a report comes from the mail service it names: one way for each way services prove it."""

import hmac
import json
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

TOLERANCE = timedelta(minutes=5)
"""How far the time a report was signed at may be from ours, either way."""
SECRET_PREFIX = "whsec_"  # noqa: S105 - how a secret begins, not one
Headers = Mapping[str, str]


def proved(way: str, secret: str, headers: Headers, body: bytes, now: datetime) -> str:
    """What tells this report from any other, if it is proved; empty where it is not."""
    return _WAYS[way](secret, headers, body, now)


def _standard(secret: str, headers: Headers, body: bytes, now: datetime) -> str:
    """standardwebhooks.com: HMAC-SHA256 over `id.timestamp.body`; Svix gives the headers its own name."""
    key = _key(secret)
    for family in ("webhook", "svix") if key else ():
        name, at = headers.get(f"{family}-id", ""), headers.get(f"{family}-timestamp", "")
        given = headers.get(f"{family}-signature", "")
        if name and _timely(at, now):
            meant = hmac.digest(key, f"{name}.{at}.".encode() + body, "sha256")
            if any(hmac.compare_digest(meant, one) for one in _signatures(given)):
                return name
    return ""


def _key(secret: str) -> bytes:
    """The bytes behind a secret as services show it; one without their prefix is taken as it is written.

    Empty where it cannot be read: nothing is proved by no secret.
    """
    if secret.startswith(SECRET_PREFIX):
        return _decoded(secret.removeprefix(SECRET_PREFIX))
    return secret.encode()


def _signatures(header: str) -> list[bytes]:
    versions = (one.partition(",") for one in header.split()[:20])
    return [_decoded(value) for version, _, value in versions if version == "v1" and value]


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (NoBase64, ValueError):
        return b""


def _timely(seconds: str, now: datetime) -> bool:
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) < 12):
        return False
    return abs(datetime.fromtimestamp(int(seconds), UTC) - now) <= TOLERANCE


def _password(secret: str, headers: Headers, body: bytes, _now: datetime) -> str:
    """Services that only send a password, or a token, with each request."""
    way, _, given = headers.get("authorization", "").partition(" ")
    sent = given.encode()
    if way.lower() == "basic":
        sent = _decoded(given).partition(b":")[2]
    elif way.lower() != "bearer":
        return ""
    return _of_body(body) if hmac.compare_digest(sent, secret.encode()) else ""


def _of_body(body: bytes) -> str:
    return sha256(body).hexdigest()


def _mailgun(secret: str, _headers: Headers, body: bytes, now: datetime) -> str:
    """Signed inside the body: HMAC-SHA256, in hexadecimal, over the time and a token that is used once."""
    try:
        signature = json.loads(body)["signature"]
        at, token, given = (str(signature[name]) for name in ("timestamp", "token", "signature"))
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    meant = hmac.new(secret.encode(), f"{at}{token}".encode("utf-8", "replace"), sha256).hexdigest()
    same = hmac.compare_digest(meant.encode(), given.encode("utf-8", "replace"))
    return token if same and _timely(at, now) else ""


def _sendgrid(secret: str, headers: Headers, body: bytes, now: datetime) -> str:
    """ECDSA over the time and the body; the secret is the service's public key, so it is no password elsewhere."""
    at = headers.get("x-twilio-email-event-webhook-timestamp", "")
    signature = _decoded(headers.get("x-twilio-email-event-webhook-signature", ""))
    try:
        key = load_der_public_key(_decoded(secret))
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, at.encode() + body, ec.ECDSA(hashes.SHA256()))
            return _of_body(at.encode() + body) if _timely(at, now) else ""
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return ""
    return ""


_WAYS: Mapping[str, Callable[[str, Headers, bytes, datetime], str]] = {
    "standard": _standard,
    "password": _password,
    "mailgun": _mailgun,
    "sendgrid": _sendgrid,
}
