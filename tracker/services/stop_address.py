"""Stops all mail to an address that takes none or whose owner complained: at once, for every kind of letter."""

from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.addresses import normal_form
from tracker.domain.link_tokens import Seal
from tracker.domain.mail_reports import Report, ReportKind, ToldBy
from tracker.domain.mail_status import DEFERRED_DAYS, DEFERRED_TIMES, ENDED, Reason
from tracker.services.alert_wishes import stop_alerts
from tracker.services.reminder_letter import note_returned
from tracker.services.unsubscribe import end_address
from tracker.storage import contacts, letters, mail_stops, subscriptions, tips
from tracker.storage.tables import Deferred

EMAIL = "email"
COUNTED_ONCE = timedelta(days=1)
"""Several messages to one address come back together: that is one stop."""
FORGOTTEN = timedelta(days=30)
"""An address that put nobody off for so long begins anew."""
BY_SERVICES = 8
"""A service takes every message first, so nothing says that one arrived: it must have been put off more often."""


def stop_address(
    session: Session, address_hash: str, address: str, reason: Reason, told_by: ToldBy, now: datetime
) -> bool:
    """End what an address gets and what waits for it, and keep a keyed hash; False where we never wrote to it.

    The mailbox and the contacts of bodies with that address are marked, and get no letters until they are renewed.
    """
    known = subscriptions.ever(session, EMAIL, address_hash)
    ended = end_address(session, EMAIL, address_hash, ENDED[reason], now)
    spelt = normal_form(address)
    dropped = letters.give_up(session, address_hash, spelt, ENDED[reason])
    forgotten = tips.forget_address(session, spelt, now) if spelt else 0
    if told_by is not ToldBy.RELAY and reason is not Reason.COMPLAINED:
        note_returned(session, address_hash, now)
    marked = contacts.mark_bounced(session, address_hash, spelt, now)
    stopped = stop_alerts(session, spelt, ENDED[reason], now)
    mail_stops.forget_deferred(session, address_hash)
    if not (known or ended or dropped or forgotten or marked or stopped):
        return False
    if address_hash and not mail_stops.since(session, address_hash, reason, now - COUNTED_ONCE):
        mail_stops.add(session, address_hash, reason, told_by, now)
    return True


def put_off(session: Session, address_hash: str, address: str, told_by: ToldBy, now: datetime) -> bool:
    """Count that an address took nothing this time; True where that went on for so long that it is stopped."""
    row = mail_stops.deferred(session, address_hash)
    if row is None or now - row.last_at > FORGOTTEN:
        mail_stops.forget_deferred(session, address_hash)
        row = Deferred(address_hash=address_hash, since_at=now, last_at=now, times=0)
    row.times, row.last_at = row.times + 1, now
    mail_stops.keep_deferred(session, row)
    least = DEFERRED_TIMES if told_by is ToldBy.RELAY else BY_SERVICES
    if now - row.since_at < DEFERRED_DAYS or row.times < least:
        return False
    if told_by is ToldBy.RELAY and mail_stops.took_since(session, EMAIL, address_hash, row.since_at):
        row.since_at, row.times = now, 1
        mail_stops.keep_deferred(session, row)
        return False
    return stop_address(session, address_hash, address, Reason.DEFERRED, told_by, now)


_REASONS = {ReportKind.BOUNCE: Reason.BOUNCED, ReportKind.COMPLAINT: Reason.COMPLAINED}


def take_report(session: Session, report: Report, told_by: ToldBy, seal: Seal, now: datetime) -> bool:
    """Do what a report asks for; True where mail to its address was stopped."""
    address_hash = seal.address_hash(report.address)
    reason = _REASONS.get(report.kind)
    if reason is not None:
        return stop_address(session, address_hash, report.address, reason, told_by, now)
    if not subscriptions.live_of_address(session, address_hash):
        return False
    return put_off(session, address_hash, report.address, told_by, now)


REPORTS_KEPT = timedelta(days=30)


def forget_reports(session: Session, now: datetime) -> int:
    """Forget reports and put-offs whose time is over."""
    return mail_stops.forget_before(session, now - REPORTS_KEPT, now - FORGOTTEN)
