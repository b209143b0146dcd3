"""What the pages of the queue say beforehand and afterwards, and how the public pages say what was looked at."""

from datetime import date

from tests.services.entered import NOW
from tests.services.queued import looked
from tests.web.editing.conftest import Person
from tests.web.editing.test_review_decisions import Queue, queue

__all__ = ["queue"]
GONE = "The page no longer shows the answer “Reply”"


def vanished(queue: Queue) -> int:
    return queue.finding(
        GONE, kind="update", item=queue.key, dates={}, extra={"what": "no_longer_shown"}, reasons=[]
    )


def test_what_the_public_would_read_of_a_vanished_answer_is_shown_before_it_is_accepted(
    queue: Queue, reviewer: Person
) -> None:
    found = vanished(queue)
    reviewer.get(f"/edit/review/{found}")
    said = reviewer.page.partition("What the public would read")[2]
    assert GONE in said and "12 May 2026" in said and f"/items/{queue.key}#timeline" in said
    assert "moves nobody’s clock" in said
    assert reviewer.post(f"/edit/review/{found}/accept").status_code == 303
    public = reviewer.client.get(f"/items/{queue.key}").get_data(as_text=True)
    assert GONE in public and "Day unknown" not in public
    reviewer.get(f"/edit/review/{found}")
    assert "What the public would read" not in reviewer.page, "it is decided"


def test_news_of_no_item_yet_says_that_one_has_to_be_chosen(queue: Queue, reviewer: Person) -> None:
    reviewer.get(f"/edit/review/{queue.finding('A hearing', kind='update')}")
    assert "On the timeline of the item you choose:" in reviewer.page and "6 May 2026" in reviewer.page


def test_a_finding_that_is_put_off_comes_back_on_a_day_in_words(queue: Queue, reviewer: Person) -> None:
    found = queue.finding()
    reviewer.get(f"/edit/review/{found}")
    reviewer.post(f"/edit/review/{found}/later", days="7")
    reviewer.get("/edit/review")
    assert "It comes back on 19 May 2026." in reviewer.page


def test_nothing_is_said_to_be_nought_per_cent_sure(queue: Queue, reviewer: Person) -> None:
    for title, reasons in (("unsure", [["no_id", ""]]), ("silent", [])):
        reviewer.get(f"/edit/review/{queue.finding(title, confidence=0, reasons=reasons)}")
        assert "(0 % sure)" not in reviewer.page
        assert ("Why it is proposed" in reviewer.page) is bool(reasons)


def test_two_known_bodies_in_one_name_are_two_addressees_of_the_item(queue: Queue, reviewer: Person) -> None:
    both = "Ministry of Water and Ministry of Rivers"
    reviewer.get(f"/edit/review/{queue.finding('Publish it', kind='new_item', body_name=both)}/item")
    assert 'value="Ministry of Water"' in reviewer.page and 'value="Ministry of Rivers"' in reviewer.page
    other = "Ministry of Water and Fisheries"
    reviewer.get(f"/edit/review/{queue.finding('Publish more', kind='new_item', body_name=other)}/item")
    assert f'value="{other}"' in reviewer.page and 'value="Fisheries"' not in reviewer.page


def test_readings_of_one_day_that_say_the_same_are_one_line(queue: Queue, reviewer: Person) -> None:
    with queue.database.writing() as session:
        for _ in range(5):
            looked(session, queue.owed, queue.here[1], date(2026, 5, 12))
        looked(session, queue.owed, queue.here[1], date(2026, 5, 11))
    said = reviewer.client.get(f"/items/{queue.key}").get_data(as_text=True)
    looks = said.partition("Who looked, where and when")[2].partition("</ul>")[0]
    assert looks.count("<li>") == 2 and "6 runs of answers" in looks and "a run of answers" in looks
    assert NOW.date() == date(2026, 5, 12)
