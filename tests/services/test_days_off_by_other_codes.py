"""A day off that a site names for UK, GBR or "gb " is one of GB, wherever a date is computed or told."""

from datetime import date

import pytest

from tests.services import moving
from tests.services.entered import shown
from tracker.services.recompute import Scope
from tracker.storage.engine import Database


@pytest.mark.parametrize("code", ["UK", "GBR", "gb ", "EU+GB"])
def test_a_day_off_by_another_code_of_the_place_is_renewed_into_its_dates(
    database: Database, code: str
) -> None:
    with database.writing() as session:
        id_ = moving.asked(session)
    with moving.told_of(database.url, (code, *moving.FUNERAL[1:])) as again:
        moving.recomputed(again, scope=Scope(calendar=code))
        with again.writing() as session:
            day_later = date(2026, 6, 4) if code != "EU+GB" else moving.DUE
            assert shown(session, id_, moving.NOW).due_on == day_later
