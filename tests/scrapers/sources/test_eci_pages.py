"""The reader of the register of initiatives, on pages like the recorded ones that say something else."""

from collections.abc import Callable

import pytest

from scrapers.model import Page, Result, Source
from scrapers.sources import eci
from tests.scrapers.sources.reading import days, findings, problems

HOME = "https://citizens-initiative.europa.eu"
ADDRESS = f"{HOME}/initiatives/details/2031/000001/library_en"
ANSWER = """<html lang="en"><body><h1>A library</h1><h2>Submission and examination</h2>
<p>The initiative was submitted to the Commission on 3 March 2031.</p>
<h2>Answer of the European Commission</h2>{}</body></html>"""
INITIATIVE = """<html lang="{}"><body><h1>A library</h1><div>Commission registration number: ECI(2031)000001</div>
<h4>Initiative progress</h4><ol><li><div>Registered</div><div>14/01/2031</div></li>
<li class="timeline__item--current"><div>{}</div><div>{}</div></li></ol></body></html>"""
Pages = Callable[..., Page]


def _read(page: Pages, html: str, address: str = ADDRESS) -> list[Result]:
    return list(eci.read(page(html, address, "text/html"), Source("e", "eci", address)))


@pytest.mark.parametrize(
    "text",
    [
        "<p>Decision date: 03/09/2031</p><p>No further action will be taken.</p>",
        "<p>On 3 September 2031, the Commission adopted a Communication.</p>",
        "<p>The European Commission adopted its communication on 3 September 2031.</p>",
        "<p>The Commission replied to the initiative on 3 September 2031.</p>",
    ],
)
def test_the_day_of_the_answer_is_found_in_other_words(text: str, page: Pages) -> None:
    results = _read(page, ANSWER.format(text))
    assert problems(results) == []
    assert days(findings(results)[0]) == {"answered_on": "2031-09-03", "submitted_on": "2031-03-03"}


@pytest.mark.parametrize(
    "text",
    [
        "<p>The Commission has until 3 September 2031 to present its reply.</p>",
        "<p>The Commission is currently examining the initiative.</p>",
        "<p>The Commission will set out its conclusions in a Communication by September 2031.</p>",
    ],
)
def test_that_an_answer_is_still_to_come_is_no_answer(text: str, page: Pages) -> None:
    results = _read(page, ANSWER.format(text))
    assert (findings(results), problems(results)) == ([], [("no_answer_yet", "note")])


def test_text_without_a_day_of_an_answer_is_not_called_a_reply(page: Pages) -> None:
    results = _read(page, ANSWER.format("<p>The Commission welcomes the initiative.</p>"))
    assert problems(results) == [("answer_undated", "question")]
    assert findings(results)[0].extra["response_kind"] is None


def test_an_answer_dated_before_its_question_is_asked_about(page: Pages) -> None:
    results = _read(page, ANSWER.format("<p>Decision date: 03/01/2031</p>"))
    assert problems(results) == [("answer_before_submission", "question")]


@pytest.mark.parametrize(
    ("word", "stage"),
    [("Withdrawn", "withdrawn"), ("Unsuccessful collection", "failed"), ("Verification", "verifying")],
)
def test_an_initiative_that_ended_otherwise_starts_no_clock(word: str, stage: str, page: Pages) -> None:
    (item,) = findings(_read(page, INITIATIVE.format("en", word, "18/10/2031")))
    assert (item.status, item.extra["stage"], item.extra["trigger"]) == (word, stage, None)


@pytest.mark.parametrize(
    ("word", "on"), [("Insufficient support", "18/10/2031"), ("Valid initiative", "18.10.2031")]
)
def test_a_word_of_the_timeline_that_is_not_known_makes_the_rest_unsure(
    word: str, on: str, page: Pages
) -> None:
    results = _read(page, INITIATIVE.format("en", word, on))
    assert problems(results) == [("unknown_step", "question")]
    assert findings(results)[0].confidence == 0.4


@pytest.mark.parametrize("language", ["de", "fr-BE", "mt", "el"])
def test_a_page_in_another_language_is_said_to_be_one(language: str, page: Pages) -> None:
    results = _read(page, INITIATIVE.format(language, "Withdrawn", "18/10/2031"))
    assert (findings(results), problems(results)) == ([], [("other_language", "fatal")])


def test_a_search_that_found_nothing_is_a_listing_of_none(page: Pages) -> None:
    assert _read(page, '<html lang="en"><h1>Find initiative</h1><div>Search results (0)</div></html>') == []


@pytest.mark.parametrize(
    "rest",
    [
        f"<h2>What the Commission decided</h2><p>{'It will not propose a law. ' * 5}</p>",
        "<p><b>Answer of the European Commission</b></p><p>It will not propose a law.</p>",
    ],
)
def test_an_answer_under_a_heading_we_do_not_know_is_asked_about_and_is_not_called_missing(
    rest: str, page: Pages
) -> None:
    told = ANSWER.format("").partition("<h2>Answer of")[0] + rest
    assert problems(_read(page, told)) == [("answer_moved", "question")]


def test_a_hearing_told_before_the_answer_raises_no_question(page: Pages) -> None:
    told = ANSWER.format("").partition("<h2>Answer of")[0]
    heard = f"<h2>Public hearing</h2><p>{'Members spoke of it. ' * 9}</p>"
    assert problems(_read(page, told + heard)) == [("no_answer_yet", "note")]
