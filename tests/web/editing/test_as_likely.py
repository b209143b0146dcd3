"""Where a find fits several alike, nobody is suggested, and the queue names them all."""

from tests.services.entered import NOW
from tests.web.editing.conftest import Person
from tests.web.editing.test_review_decisions import Queue, queue
from tracker.services.settle import settle
from tracker.services.suggest import suggest_anew
from tracker.storage.tables import Source

__all__ = ["queue"]


def test_those_that_fit_alike_are_all_named_in_the_queue_and_on_the_page(
    queue: Queue, reviewer: Person
) -> None:
    found = queue.finding("Publish the river data", body_name="", extra={"item": queue.key})
    with queue.database.writing() as session:
        settle(session, suggest_anew(session, session.get_one(Source, queue.here[0]), NOW), NOW)
    for address in ("/edit/review", f"/edit/review/{found}"):
        reviewer.get(address)
        assert reviewer.page.count("As likely as others, so choose") == 2
        assert "· Ministry of Water" in reviewer.page and "· Ministry of Rivers" in reviewer.page
        assert "Thought to answer" not in reviewer.page


def test_all_that_it_is_suggested_for_are_named_in_the_queue(queue: Queue, reviewer: Person) -> None:
    names = "Ministry of Water; Ministry of Rivers"
    queue.finding("Publish the river data", body_name=names, extra={"item": queue.key})
    with queue.database.writing() as session:
        settle(session, suggest_anew(session, session.get_one(Source, queue.here[0]), NOW), NOW)
    reviewer.get("/edit/review")
    assert reviewer.page.count("Thought to answer") == 2
