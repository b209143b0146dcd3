"""The latest answers: the newest response first, each once, none that answers nothing."""

from datetime import date

from sqlalchemy import text

from tests.web.open_site import JUDGED, Opened, answer_late, site
from tracker.storage import latest_answers as stored
from tracker.storage.latest_answers import latest_answers
from tracker.storage.lines import moment

__all__ = ["site"]


def test_the_newest_answer_is_first_and_one_that_is_withheld_is_none(site: Opened) -> None:
    first = answer_late(site)
    answer_late(site, "rivers")
    with site.write() as session:
        session.execute(text("UPDATE response SET published_on = '2026-05-10' WHERE id = :id"), {"id": first})
        found = latest_answers(session, moment(JUDGED), 5)
        assert [one.line.id for one in found] == [site.ids["rivers"], site.ids["water"]]
        assert [one.came.value for one in found] == [date(2026, 5, 18), date(2026, 5, 10)]
        assert [one.answers for one in latest_answers(session, moment(JUDGED), 1)] == [1]
        session.execute(text("UPDATE response SET visibility = 'withheld' WHERE id <> :id"), {"id": first})
        assert [one.line.id for one in latest_answers(session, moment(JUDGED), 5)] == [site.ids["water"]]


def test_answers_beyond_the_first_few_that_answer_nothing_are_found(site: Opened, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(stored, "AT_ONCE", 1)
    answer_late(site)
    answer_late(site, "rivers")
    with site.write() as session:
        session.execute(text("UPDATE response_line SET superseded_at = recorded_at WHERE obligation_id = 2"))
        found = latest_answers(session, moment(JUDGED), 5)
        assert [one.line.id for one in found] == [site.ids["water"]]
