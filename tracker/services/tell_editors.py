"""Queues the mails that tell people who edit what waits for them: each thing once, gathered, nothing where nothing is.

Whose turn it is, what is told and the letter are one transaction: killed before its end, nothing of it was. What the
letter says is put together when it leaves (`alert_letter`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.alerting import (
    GATHERED,
    LOOKED,
    Often,
    Reader,
    Topic,
    how_often,
    next_daily_at,
    next_weekly_at,
)
from tracker.domain.letter import ALERT
from tracker.domain.link_tokens import Purpose, Seal
from tracker.services.write_links import Subject, write_many
from tracker.storage import alerts
from tracker.storage.alert_things import MENDED, Look, Thing, owners, things
from tracker.storage.engine import habits_of
from tracker.storage.tables import AlertTold, AlertWish, Letter

AT_ONCE = 50
Found = Mapping[Topic, Sequence[Thing]]


@dataclass(frozen=True, slots=True)
class Turn:
    """One account whose turn it is, and the topics it is told of this time."""

    wish: AlertWish
    address: str
    reader: Reader
    often: Mapping[Topic, Often]
    topics: frozenset[Topic]


def begin_alerts(session: Session, now: datetime, language: str) -> int:
    """Write down the defaults of accounts that are new; how many."""
    fresh = [new_wish(user_id, now, language) for user_id in alerts.without_wish(session, AT_ONCE)]
    alerts.add(session, fresh)
    return len(fresh)


def new_wish(user_id: int, now: datetime, language: str) -> AlertWish:
    """An account's wishes before it has any: daily on working days, in UTC."""
    wish = AlertWish(
        user_id=user_id,
        language=language,
        created_at=now,
        next_at=now,
        soon_at=now,
        daily_at=now,
        weekly_at=now,
    )
    replan(wish, {}, now)
    wish.next_at = now  # only the first look knows what the role is told at once
    return wish


def replan(wish: AlertWish, often: Mapping[Topic, Often], now: datetime) -> None:
    """When the account is looked at next, after its wishes changed."""
    wish.soon_at = max(now, wish.told_at + GATHERED) if wish.told_at else now
    wish.daily_at = next_daily_at(wish.zone, now, workdays=wish.workdays)
    wish.weekly_at = next_weekly_at(wish.zone, now, wish.weekday)
    wish.next_at = _next_at(wish, often)


def _next_at(wish: AlertWish, often: Mapping[Topic, Often]) -> datetime:
    """The daily look always takes place: another role may have brought other defaults."""
    used = set(often.values())
    also = [wish.soon_at] if Often.AT_ONCE in used else []
    return min([wish.daily_at, *also, *([wish.weekly_at] if Often.WEEKLY in used else [])])


def tell_editors(session: Session, now: datetime, seal: Seal) -> int:
    """Look at the accounts whose turn it is, some at a time; how many there were.

    The number of queries is the same however many accounts and things there are.
    """
    due = alerts.due(session, now, AT_ONCE)
    if not due:
        return 0
    alerts.take_back_unsent(session, [wish.letter_id for wish, _ in due if wish.letter_id])
    turns = _turns(session, due, now)
    wanted = frozenset(topic for turn in turns for topic in turn.topics)
    found = things(session, Look(now, habits_of(session).recheck_days), wanted)
    _tell(session, now, seal, _news(session, turns, found))
    for turn in turns:
        _move_on(turn, now)
    alerts.move_on(session, [turn.wish for turn in turns])
    return len(due)


def _turns(session: Session, due: Sequence[tuple[AlertWish, str]], now: datetime) -> list[Turn]:
    open_ = alerts.readers(session, [wish.user_id for wish, _ in due])
    found = []
    for wish, address in due:
        reader = open_.get(wish.user_id, Reader(wish.user_id, ()))
        often = how_often(reader, wish.chosen)
        ripe = {
            Often.AT_ONCE: wish.soon_at <= now, Often.DAILY: wish.daily_at <= now, Often.WEEKLY: wish.weekly_at <= now
        }  # fmt: skip
        topics = frozenset(topic for topic, how in often.items() if ripe.get(how))
        found.append(Turn(wish, address, reader, often, topics))
    return found


def _news(
    session: Session, turns: Sequence[Turn], found: Found
) -> list[tuple[Turn, list[tuple[Thing, list[str]]]]]:
    """For each account what it may see and was not told, with the names under which it is told now."""
    lowest = {topic: min((one.row_id for one in them), default=0) for topic, them in found.items() if them}
    told = alerts.told(session, [turn.wish.user_id for turn in turns], lowest)
    groups = owners(session)
    return [(turn, list(_new_to(turn, found, told[turn.wish.user_id], groups))) for turn in turns]


def _new_to(
    turn: Turn, found: Found, told: set[tuple[str, str]], groups: Mapping[int, int | None]
) -> Iterable[tuple[Thing, list[str]]]:
    for topic in sorted(turn.topics):
        for one in found.get(topic, ()):
            if not concerns(turn.reader, one, groups):
                continue
            names = [name for name in one.names or mended(one, told) if (topic.value, name) not in told]
            if names:
                yield one, names


def concerns(reader: Reader, one: Thing, groups: Mapping[int, int | None]) -> bool:
    """Whether an account may see a thing and can do something about it."""
    if one.for_user not in (None, reader.user_id) or one.not_for == reader.user_id:
        return False
    return reader.may_hear(one.topic, groups.get(one.process_id) if one.process_id else None)


def mended(one: Thing, told: Iterable[tuple[str, str]]) -> list[str]:
    """Of a source that is read well: the names of its mendings that followed a break the account was told of."""
    if one.topic is not Topic.SOURCES:
        return []
    begins = f"{one.row_id} "
    since = {
        thing.rpartition(" ")[2]
        for topic, thing in told
        if topic == one.topic.value and thing.startswith(begins)
    }
    return [f"{one.row_id} {MENDED} {at}" for at in sorted(since)]


def _tell(
    session: Session, now: datetime, seal: Seal, news: Sequence[tuple[Turn, list[tuple[Thing, list[str]]]]]
) -> None:
    telling = [(turn, them) for turn, them in news if them]
    subjects = [Subject("user", str(turn.wish.user_id)) for turn, _ in telling]
    write_many(session, seal, Purpose.ALERTS, subjects, now)
    ids = alerts.queue(session, [_letter(turn, seal, now) for turn, _ in telling])
    rows = []
    for turn, them in telling:
        turn.wish.letter_id, turn.wish.told_at = ids[_acts_on(turn)], now
        rows += [
            AlertTold(
                user_id=turn.wish.user_id, topic=one.topic.value, thing=name, row_id=one.row_id,
                channel=alerts.CHANNEL, told_at=now, letter_id=turn.wish.letter_id,
            )
            for one, names in them for name in names
        ]  # fmt: skip
    alerts.keep_told(session, rows)


def _acts_on(turn: Turn) -> str:
    return f"alerts:{turn.wish.user_id}"


def _letter(turn: Turn, seal: Seal, now: datetime) -> Letter:
    user_id = turn.wish.user_id
    return Letter(
        kind=ALERT,
        address=turn.address,
        address_hash=seal.address_hash(turn.address),
        language=turn.wish.language,
        subject=_acts_on(turn),
        said={"user": user_id, "first": turn.wish.told_at is None},
        queued_at=now,
        next_at=now,
    )


def _move_on(turn: Turn, now: datetime) -> None:
    """What was ripe is ahead again; somebody told at once is looked at soon, or after a while where told just now."""
    wish = turn.wish
    if wish.soon_at <= now:
        wish.soon_at = now + (GATHERED if wish.told_at == now else LOOKED)
    if wish.daily_at <= now:
        wish.daily_at = next_daily_at(wish.zone, now, workdays=wish.workdays)
    if wish.weekly_at <= now:
        wish.weekly_at = next_weekly_at(wish.zone, now, wish.weekday)
    wish.next_at = _next_at(wish, turn.often)
