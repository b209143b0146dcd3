"""Before a finding is taken over as a response, the page says what its words look like, and why."""

from tests.web.editing.conftest import Person
from tests.web.editing.test_review_decisions import Queue, queue

__all__ = ["queue"]
SAID = "The Department does not accept this recommendation. A register would duplicate what councils already keep."


def test_the_page_says_what_the_words_look_like_and_fills_nothing_in(queue: Queue, reviewer: Person) -> None:
    waits = queue.finding(owed=queue.owed, summary=SAID, extra={})
    page = reviewer.get(f"/edit/review/{waits}/response").get_data(as_text=True)
    assert "What the words look like" in page and "rejected" in page
    assert "The Department does not accept this recommendation." in page
    assert 'value="rejected" selected' not in page and 'value="reply" selected' not in page


def test_a_finding_without_words_on_the_matter_is_no_ground_for_a_guess(
    queue: Queue, reviewer: Person
) -> None:
    waits = queue.finding(owed=queue.owed, summary="", extra={})
    assert "What the words look like" not in reviewer.get(f"/edit/review/{waits}/response").get_data(
        as_text=True
    )


def test_each_one_ticked_has_its_own_proposal(queue: Queue, reviewer: Person) -> None:
    waits = queue.finding(owed=queue.owed, summary="We accept this recommendation.", extra={})
    address = f"/edit/review/{waits}/response"
    reviewer.get(address)
    reviewer.post(address, find="1", q=queue.key, obligations=[queue.owed, queue.other], text=SAID)
    assert reviewer.page.count("What the words look like") == 2
