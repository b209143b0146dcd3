"""What an account chooses to be told by mail: changed on its page, left with one click, stopped by a bounce."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from sqlmodel import Session

from tracker.domain.alerting import STAYS_ON, Often, Reader, all_off, how_often
from tracker.domain.link_tokens import Purpose
from tracker.domain.refusals import insist, refuse
from tracker.services.tell_editors import new_wish, replan
from tracker.services.write_links import subject_of
from tracker.storage import alerts
from tracker.storage.tables import AlertWish


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose on the page, as typed."""

    often: Mapping[str, str]
    weekday: str
    workdays: bool
    zone: str
    language: str


def wish_of(session: Session, user_id: int, now: datetime, language: str) -> AlertWish:
    """What an account wants; the defaults, not kept, where nothing is written down yet."""
    return alerts.wish(session, user_id) or new_wish(user_id, now, language)


def reader_of(session: Session, user_id: int) -> Reader:
    """An account with its roles in all its groups."""
    return alerts.readers(session, [user_id]).get(user_id, Reader(user_id, ()))


def choose_alerts(
    session: Session, now: datetime, user_id: int, chosen: Chosen, languages: tuple[str, ...]
) -> AlertWish:
    """Keep what was chosen; refuses what is not offered."""
    reader = reader_of(session, user_id)
    wish = _to_change(session, user_id, now, languages[0])
    _check(reader, chosen, languages)
    before = how_often(reader, wish.chosen)
    changed = {topic.value: chosen.often[topic.value] for topic in before if topic.value in chosen.often}
    wish.chosen = {**wish.chosen, **changed}
    wish.weekday, wish.workdays = int(chosen.weekday), chosen.workdays
    wish.zone, wish.language = chosen.zone.strip(), chosen.language
    replan(wish, how_often(reader, wish.chosen), now)
    alerts.add(session, [wish])
    return wish


def _check(reader: Reader, chosen: Chosen, languages: tuple[str, ...]) -> None:
    wrong = []
    offered = {topic.value: topic for topic in reader.topics}
    for name, said in chosen.often.items():
        if name in offered and said not in set(Often):
            wrong.append(refuse(name, "Choose one of the ways offered."))
        elif name in offered and said == Often.OFF and offered[name] in STAYS_ON:
            wrong.append(refuse(name, "This cannot be turned off; choose how often you are told."))
    if chosen.weekday not in {"0", "1", "2", "3", "4", "5", "6"}:
        wrong.append(refuse("weekday", "Choose one of the ways offered."))
    if chosen.zone.strip() not in available_timezones():
        sentence = "“%(zone)s” is not a time zone; write one such as Europe/Madrid."
        wrong.append(refuse("zone", sentence, zone=chosen.zone[:60]))
    if chosen.language not in languages:
        wrong.append(refuse("language", "Choose one of the ways offered."))
    insist(wrong)


def _to_change(session: Session, user_id: int, now: datetime, language: str) -> AlertWish:
    return alerts.held(session, user_id) or new_wish(user_id, now, language)


def leaving_alerts(session: Session, token: str, now: datetime) -> int | None:
    """Whose mails a link would turn off; None where it leads nowhere."""
    subject = subject_of(session, Purpose.ALERTS, token, now)
    return int(subject.value) if subject is not None else None


def leave_alerts(session: Session, token: str, now: datetime) -> bool:
    """One click: everything off that can be; again is no error. False where the link leads nowhere."""
    user_id = leaving_alerts(session, token, now)
    if user_id is None:
        return False
    wish = _to_change(session, user_id, now, "en")
    wish.chosen = {**wish.chosen, **all_off()}
    replan(wish, how_often(reader_of(session, user_id), wish.chosen), now)
    alerts.add(session, [wish])
    return True


def stop_alerts(session: Session, address: str, why: str, now: datetime) -> bool:
    """The account's address takes no mail: nothing more is sent to it until its owner says so."""
    wish = alerts.wish_of_address(session, address) if address else None
    if wish is None or wish.stopped_at is not None:
        return False
    wish.stopped_at, wish.stopped_why = now, why[:300]
    session.flush()
    return True


def resume_alerts(session: Session, now: datetime, user_id: int) -> None:
    """The address takes mail again, its owner says."""
    wish = alerts.held(session, user_id)
    if wish is not None:
        wish.stopped_at, wish.stopped_why = None, ""
        replan(wish, how_often(reader_of(session, user_id), wish.chosen), now)
        session.flush()
