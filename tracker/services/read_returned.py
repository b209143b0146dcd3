"""Reads messages that came back: delivery reports (RFC 3464) and complaints (RFC 5965), and does what they say.

Anybody can write such a message, so it must name one of ours: by its Message-ID and the address it went to, or by
the secret of its own link to leave.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import Message
from typing import Any

from sqlmodel import Session

from tracker.domain.addresses import AddressError, email_address
from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.mail_reports import Report, ReportError, ReportKind, ToldBy
from tracker.domain.mail_status import Reason, of_status
from tracker.domain.post import Fate
from tracker.services.stop_address import stop_address, take_report
from tracker.services.write_links import subject_of
from tracker.storage import mail_stops, subscriptions

MOST_BYTES = 5_000_000
MOST_RECIPIENTS = 100
_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")
_LINK = re.compile(r"/unsubscribe/([\w-]{20,100})")
_LETTER = re.compile(r"<letter-(\d{1,9})@")
_NEWS = re.compile(r"<([0-9a-f]{32})@")
_KINDS = {Fate.BOUNCED: ReportKind.BOUNCE, Fate.LATER: ReportKind.SOFT}


def returned(session: Session, message: bytes, seal: Seal, now: datetime) -> int:
    """How many addresses are written to no more because of a message that came back. Raises ReportError."""
    return sum(_done(session, one, seal, now) for one in reports_in(message))


def reports_in(message: bytes) -> list[Report]:
    """What a message that came back says. Raises ReportError where it is none."""
    if len(message) > MOST_BYTES:
        raise ReportError("this message is larger than a report is.")
    read = message_from_bytes(message, policy=policy.compat32)
    kind = str(read.get_param("report-type") or "").lower()
    reader = _READERS.get(kind) if read.get_content_type() == "multipart/report" else None
    if reader is None:
        raise ReportError("this is neither a delivery report (RFC 3464) nor a complaint (RFC 5965).")
    return list(reader(read))[:MOST_RECIPIENTS]


def _undelivered(read: Message) -> Iterator[Report]:
    original = _original(read)
    for block in _blocks(read, "message/delivery-status"):
        kind = _kind(block)
        for name in ("Original-Recipient", "Final-Recipient") if kind else ():
            address = _address(str(block.get(name, "")).rpartition(";")[2])
            if address and kind:
                yield Report(kind, address, *original)


def _kind(block: Message) -> ReportKind | None:
    """What a recipient's part says: only a failure counts, a delay goes on."""
    found = _STATUS.search(str(block.get("Status", "")))
    if str(block.get("Action", "")).strip().lower() != "failed" or found is None:
        return None
    meant = of_status(*found.groups())
    return _KINDS.get(meant.fate) or (ReportKind.SOFT if meant.of_address else None)


def _complained(read: Message) -> Iterator[Report]:
    """Most who send complaints leave the address out: then the message's own link says whose it was."""
    original = _original(read)
    for block in _blocks(read, "message/feedback-report"):
        address = _address(str(block.get("Original-Rcpt-To", "")))
        if str(block.get("Feedback-Type", "")).strip().lower() in ("abuse", "fraud", "opt-out"):
            yield Report(ReportKind.COMPLAINT, address, *original)


_READERS = {"delivery-status": _undelivered, "feedback-report": _complained}


def _blocks(read: Message, content_type: str) -> Iterator[Message]:
    """The groups of fields of a machine-readable part; some arrive as one text."""
    for part in read.walk():
        if part.get_content_type() == content_type:
            held: Any = part.get_payload()
            found = held if isinstance(held, list) else [str(held)]
            for one in found:
                texts = [one] if isinstance(one, Message) and one.items() else str(one).split("\n\n")
                yield from (t if isinstance(t, Message) else message_from_bytes(t.encode()) for t in texts)


def _original(read: Message) -> tuple[str, str]:
    """Message-ID of ours that came back, and the secret of its link to leave."""
    for part in read.walk():
        if part.get_content_type() == "text/rfc822-headers":
            head: Any = part.get_payload(decode=True)
            return _named(message_from_bytes(head or b""))
        if part.get_content_type() == "message/rfc822":
            inner: Any = part.get_payload()
            return _named(inner[0]) if isinstance(inner, list) and inner else ("", "")
    return "", ""


def _named(message: Message) -> tuple[str, str]:
    link = _LINK.search(str(message.get("List-Unsubscribe", "")).replace("\r\n ", "").replace("\n ", ""))
    return str(message.get("Message-ID", "")).strip()[:200], link[1] if link else ""


def _address(given: str) -> str:
    try:
        return email_address(given.strip().strip("<>")) if given.strip() else ""
    except AddressError:
        return ""


def _done(session: Session, report: Report, seal: Seal, now: datetime) -> bool:
    if report.address and _is_ours(session, report, seal.address_hash(report.address)):
        return take_report(session, report, ToldBy.RETURNED, seal, now)
    subject = (
        subject_of(session, Purpose.UNSUBSCRIBE, report.unsubscribe, now) if report.unsubscribe else None
    )
    if subject is None or report.kind is ReportKind.SOFT:
        return False
    address_hash = subject.value
    if subject.kind == "subscription":
        row = subscriptions.get(session, int(subject.value))
        address_hash = row.address_hash if row is not None else ""
    reason = Reason.COMPLAINED if report.kind is ReportKind.COMPLAINT else Reason.BOUNCED
    return bool(address_hash) and stop_address(session, address_hash, "", reason, ToldBy.RETURNED, now)


def _is_ours(session: Session, report: Report, address_hash: str) -> bool:
    """Whether we sent that message to that address."""
    letter = _LETTER.match(report.message_id)
    if letter is not None:
        return mail_stops.letter_went_to(session, int(letter[1]), address_hash)
    batch = _NEWS.match(report.message_id)
    return batch is not None and mail_stops.news_went_to(session, batch[1], address_hash)
