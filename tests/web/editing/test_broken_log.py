"""The desk of an admin says at its top when the public log is not what was written."""

from tests.services.entered import NOW
from tests.web.editing.conftest import Person
from tracker.storage import log
from tracker.storage.engine import Database


def test_an_admin_sees_a_broken_log_at_the_top_until_it_is_whole_again(
    admin: Person, database: Database
) -> None:
    admin.get("/edit/")
    assert "The public log is not what was written" not in admin.page
    with database.writing() as session:
        log.keep_check(session, NOW, 6, 7, "it is not what its event says.")
    admin.get("/edit/")
    assert "The public log is not what was written: see its entry 7." in admin.page
    with database.writing() as session:
        log.keep_check(session, NOW, 9, None, "")
    admin.get("/edit/")
    assert "The public log is not what was written" not in admin.page
