"""The public words on the pages: as of when, on which basis, counted apart, looked at or not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.web.open_site import JUDGED, LOOKED, SECRET, Opened, answer_late, site, small_site
from tests.web.pages import Reader
from tracker.domain.listing import ListName, ListQuery
from tracker.storage.lines import lines, moment
from tracker.storage.story import Look, Reply, Story
from tracker.storage.tables import Body, Check, Response, ResponseLine
from tracker.web.app import create_app
from tracker.web.site import Site
from tracker.web.timeline import _looked

__all__ = ["site", "small_site"]
EVERYTHING = ListQuery(ListName.ALL)


def reader(opened: Opened) -> Reader:
    return Reader(opened.client)


def test_a_flag_says_what_was_found_as_of_when_and_how_many_days(site: Opened) -> None:
    page = reader(site).open("/overdue")
    assert "No published response found as of 12 May 2026: 8 days overdue then" in page.text
    assert "has not replied" not in page.text


def test_a_date_only_asked_for_stands_in_a_list_of_its_own(site: Opened) -> None:
    pages = reader(site)
    asked = pages.open("/not-answered-by-date-asked").text
    assert (
        "Not answered by the date asked for, 4 May 2026: no published response found as of 12 May 2026"
        in asked
    )
    assert "overdue then" not in asked
    assert pages.open("/overdue").text.count("8 days overdue then") == 2
    assert pages.open("/").said("h1")[0].startswith("2 answers overdue by convention")


def test_an_answer_that_came_late_stays_late(site: Opened) -> None:
    answer_late(site)
    pages = reader(site)
    text = pages.open("/bodies/ministry-of-water").text
    assert "Answered 14 days late" in text
    assert pages.open("/").said("h1")[0].startswith("1 answer overdue by convention")


def test_the_item_tells_its_whole_story(small_site: Opened) -> None:
    answer_late(small_site)
    with small_site.database.reading() as session:
        [line] = [
            one for one in lines(session, EVERYTHING, moment(JUDGED)) if one.id == small_site.ids["water"]
        ]
    text = reader(small_site).open(f"/items/{line.item_key}").text
    for said in (
        "Monday 4 May 2026",
        "stated in the document",
        "Looked for an answer: nothing found",
        "https://water.example/answers",
        "A substantive answer",
        "It says what will be done.",
        "We will publish it.",
        "Cite this",
    ):
        assert said in text, said


def test_a_flag_not_looked_at_again_leaves_the_headline(small_site: Opened) -> None:
    small_site.now = LOOKED + timedelta(days=120)
    pages = reader(small_site)
    front = pages.open("/")
    assert front.said("h1")[0].startswith("0 answers")
    assert "2 more were overdue when last looked, long ago" in front.text
    assert (
        "When last looked, on 12 May 2026: no published response found, 8 days overdue then"
        in pages.open("/overdue").text
    )


def test_the_whole_site_says_when_nobody_looks_any_more(small_site: Opened) -> None:
    assert "Nobody has looked for any answer" not in reader(small_site).open("/method").text
    small_site.now = LOOKED + timedelta(days=91)
    assert "Nobody has looked for any answer since 12 May 2026" in reader(small_site).open("/method").text


def test_as_of_shows_what_was_known_and_hindsight_what_is_known_today(small_site: Opened) -> None:
    answer_late(small_site)
    small_site.now = JUDGED + timedelta(days=1)
    pages = reader(small_site)
    then = pages.open("/overdue?as_of=2026-05-13")
    assert "As this site showed it at the end of 13 May 2026" in then.text
    assert then.text.count("8 days overdue then") == 2
    assert "in hindsight" in pages.open("/overdue?as_of=2026-05-13&hindsight=1").text
    assert pages.open("/overdue?as_of=2026-05-03").text.count("overdue then") == 0


def test_a_draft_is_nowhere(small_site: Opened) -> None:
    pages = reader(small_site)
    for address in ("/", "/obligations", "/search?q=Marker", "/events", "/processes"):
        assert SECRET not in pages.open(address).text.replace("Search: Marker", "")


def test_hostile_titles_stay_text(small_site: Opened) -> None:
    page = reader(small_site).open("/not-answered-by-date-asked")
    assert {one.get("type") for one in page.all("script")} <= {"application/ld+json"}
    assert "<script>alert(1)</script>" in page.text


def test_a_site_that_is_no_demonstration_may_be_found(small_site: Opened) -> None:
    page = reader(small_site).open("/")
    assert "X-Robots-Tag" not in page.answer.headers
    assert "Demonstration." not in page.text
    assert page.answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_countersigning_switched_off_is_public(small_site: Opened) -> None:
    here = small_site.app.extensions["answerby"]
    names = replace(here.config.site, countersign=False)
    off = Site(replace(here.config, site=names), here.database, lambda: datetime(2026, 5, 12, tzinfo=UTC))
    text = Reader(create_app(off, testing=True).test_client()).open("/method").text
    assert "switched countersigning off" in text


def test_a_look_after_an_answer_came_found_nothing_new(small_site: Opened) -> None:
    answer_late(small_site)
    story, came = Story(), date(2026, 5, 18)
    response = Response(key="r", body_id=1, first_seen_on=came, recorded_at=JUDGED, recorded_by="group:x")
    story.replies.append(Reply(ResponseLine(), response, Body(), shown=True))
    for on, said in (
        (date(2026, 5, 12), "Looked for an answer: nothing found"),
        (came, "Looked: nothing new found"),
    ):
        with small_site.app.test_request_context("/"):
            assert _looked(Look(Check(looked_on=on), None, None, None), story) == said


def test_a_stamp_that_says_all_is_no_half_sentence(small_site: Opened) -> None:
    answer_late(small_site)
    [words] = [
        " ".join("".join(one.itertext()).split())
        for one in reader(small_site).open("/items/citizens-assembly-on-water-final-report-1").root.iter()
        if one.get("class") == "card-words" and "Answered" in "".join(one.itertext())
    ]
    assert words == "Answered 14 days late Due day: Monday 4 May 2026."
