"""Answer a question of the calculator with what this site was told: its days off, the days its Houses sit."""

from datetime import date

from tracker.domain.calendars import Calendar
from tracker.domain.habits import Habits
from tracker.domain.question import Question
from tracker.domain.reckoning import Reckoned, reckoned
from tracker.domain.rules import Rule
from tracker.services.reckon import site_calendar


def answer_question(asked: Question, habits: Habits) -> Reckoned:
    """The due day with its steps; NotAccepted with every complaint, each at its field."""

    def calendar_of(code: str) -> Calendar:
        return site_calendar(code.strip().upper(), habits.days_off)

    def sittings_of(rule: Rule, start: date | None) -> tuple[date, ...]:
        days = habits.sittings_of(rule.key, rule.calendar, rule.jurisdiction)
        # A list that begins later than the clock may lack the first sittings: better no date than a wrong one.
        return days if days and start is not None and min(days) <= start else ()

    return reckoned(asked, calendar_of, sittings_of)
