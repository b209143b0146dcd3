"""What people who edit are told of by mail, by whom, how often, and when the next mail may go."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.domain.permissions import RANKED, Act, Acting, may
from tracker.domain.words import UserRole


class Topic(StrEnum):
    """One kind of thing that waits for people, or that they should know of."""

    FINDINGS = "findings"
    OBJECTIONS = "objections"
    TIPS = "tips"
    SECOND_READER = "second_reader"
    LOOKS = "looks"
    SOURCES = "sources"
    LETTERS = "letters"
    IMPORTS = "imports"
    LOG = "log"


class Often(StrEnum):
    """How often somebody is told of one topic."""

    OFF = "off"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


NEEDS: Mapping[Topic, Act] = {
    Topic.FINDINGS: Act.DECIDE,
    Topic.OBJECTIONS: Act.ENTER,
    Topic.TIPS: Act.DECIDE,
    Topic.SECOND_READER: Act.COUNTERSIGN,
    Topic.LOOKS: Act.DRAFT,
    Topic.SOURCES: Act.REVIEW,
    Topic.LETTERS: Act.PEOPLE,
    Topic.IMPORTS: Act.DRAFT,
    Topic.LOG: Act.PEOPLE,
}
"""What one must be allowed to do, about the thing's own process, to be told of it."""

STAYS_ON = frozenset({Topic.LOG})
"""May be told less often, never not at all."""

_ADDED: Mapping[UserRole, Mapping[Topic, Often]] = {
    UserRole.CONTRIBUTOR: {Topic.IMPORTS: Often.AT_ONCE},
    UserRole.EDITOR: {Topic.FINDINGS: Often.DAILY, Topic.OBJECTIONS: Often.DAILY, Topic.TIPS: Often.DAILY},
    UserRole.REVIEWER: {Topic.SECOND_READER: Often.DAILY, Topic.SOURCES: Often.DAILY},
    UserRole.ADMIN: {Topic.LETTERS: Often.DAILY, Topic.LOG: Often.AT_ONCE},
}
"""What each role is told of where nobody chose otherwise, beside what the roles before it are."""

GATHERED = timedelta(minutes=15)
"""At most one mail in so long goes to one account."""
LOOKED = timedelta(seconds=30)
"""An account that is told at once and had nothing new is looked at again after so long."""
STILL = timedelta(days=7)
"""A source broken for so long is told of once more."""
FIRST_SHOWN = 10
"""Of each topic so many are named in a mail; the rest is a number."""
DIGEST_TIME = time(7)


@dataclass(frozen=True, slots=True)
class Reader:
    """An account, in every group it belongs to."""

    user_id: int
    roles: tuple[Acting, ...]

    def may_hear(self, topic: Topic, owner: int | None) -> bool:
        """Whether a topic about a process of that group (None: everybody's) concerns this account."""
        return any(may(role, NEEDS[topic], owner) for role in self.roles)

    @property
    def topics(self) -> list[Topic]:
        """What this account may be told of at all."""
        return [topic for topic in Topic if any(may(role, NEEDS[topic]) for role in self.roles)]


def how_often(reader: Reader, chosen: Mapping[str, object]) -> dict[Topic, Often]:
    """By topic how often an account is told: as it chose, else as its highest role's default."""
    by_role = _defaults(reader)
    found = {topic: _read(chosen.get(topic)) or by_role.get(topic, Often.OFF) for topic in reader.topics}
    for topic in STAYS_ON & found.keys():
        if found[topic] is Often.OFF:
            found[topic] = Often.AT_ONCE
    return found


def _defaults(reader: Reader) -> dict[Topic, Often]:
    ranks = [RANKED.index(UserRole.ADMIN if role.site_admin else role.role) for role in reader.roles]
    found: dict[Topic, Often] = {}
    for role in RANKED[: max(ranks, default=-1) + 1]:
        found |= _ADDED[role]
    return found


def _read(said: object) -> Often | None:
    return Often(said) if isinstance(said, str) and said in set(Often) else None


def all_off(topics: Collection[Topic] = tuple(Topic)) -> dict[str, object]:
    """What leaving with one click chooses."""
    return {topic.value: Often.OFF.value for topic in topics if topic not in STAYS_ON}


def next_daily_at(zone: str, now: datetime, *, workdays: bool) -> datetime:
    """The next 7:00 in a zone after an instant (UTC), from Monday to Friday where `workdays`."""
    return _next(zone, now, lambda weekday: not workdays or weekday < 5)


def next_weekly_at(zone: str, now: datetime, weekday: int) -> datetime:
    """The next 7:00 in a zone on a day of the week (Monday = 0) after an instant (UTC)."""
    return _next(zone, now, lambda one: one == weekday)


def _next(zone: str, now: datetime, fits: Callable[[int], bool]) -> datetime:
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    days = (today + timedelta(days=ahead) for ahead in range(9))
    due = (datetime.combine(day, DIGEST_TIME, here).astimezone(UTC) for day in days if fits(day.weekday()))
    return next(at for at in due if at > now)
