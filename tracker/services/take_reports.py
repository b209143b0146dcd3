"""Takes in what a mail service reports, once: proved, read, and done, all in one transaction."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from sqlmodel import Session

from tracker.domain.link_tokens import Seal
from tracker.domain.mail_reports import ReportError, ToldBy
from tracker.domain.mail_services import MOST, MailService, reports_of
from tracker.services.prove_report import proved
from tracker.services.stop_address import take_report
from tracker.storage import mail_stops

MOST_BYTES = 1_000_000


class NotProvedError(Exception):
    """Nothing shows that the report comes from the mail service."""


def take_reports(
    session: Session,
    service: MailService,
    secret: str,
    headers: Mapping[str, str],
    body: bytes,
    seal: Seal,
    now: datetime,
) -> int:
    """How many addresses were stopped; a repeat does nothing. Raises NotProvedError, ReportError."""
    name = proved(service.proof, secret, {key.lower(): value for key, value in headers.items()}, body, now)
    if not name:
        raise NotProvedError
    reports = list(islice(reports_of(service, _read(body)), MOST + 1))
    if len(reports) > MOST:
        raise ReportError(f"more than {MOST} addresses at once: send them in several requests.")
    if not mail_stops.first_time(session, _hash(service, name), now):
        return 0
    return sum(take_report(session, one, ToldBy.SERVICE, seal, now) for one in reports)


def _hash(service: MailService, name: str) -> str:
    return hashlib.sha256(f"{service.key}|{name}".encode("utf-8", "replace")).hexdigest()


def _read(body: bytes) -> object:
    try:
        read: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ReportError("the body is no JSON.") from error
    return read
