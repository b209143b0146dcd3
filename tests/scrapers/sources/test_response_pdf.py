"""Response documents: how many recommendations are found of how many there are, and where each reply stands."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import pytest

from scrapers.model import Finding, Page, Problem, Result, Source
from scrapers.replies.positions import positions_in
from scrapers.sources import response_pdf
from tests.scrapers.pdf.written import pdf_of
from tests.shared import shared

Pages = Callable[..., Page]
ADDRESS = "https://gov.example.org/response.pdf"
SOURCE = Source("r", "response_pdf", ADDRESS)
INQUIRIES = shared("data", "samples", "inquiries")
GRENFELL, BLOOD, REPORT, RESPONSE = (
    f"{name}.pdf"
    for name in (
        "Grenfell-Phase2-Response",
        "Volume_1-Blood-Inquiry-Response",
        "Summer2024-Disorder-Recomm",
        "Summer2024-Disorder-Response",
    )
)


@cache
def _recorded(name: str) -> tuple[Result, ...]:
    from scrapers.model import page_of
    from tests.scrapers.conftest import NOW

    page = page_of((INQUIRIES / name).read_bytes(), address=ADDRESS, fetched_at=NOW)
    return tuple(response_pdf.read(page, SOURCE))


def _findings(results: Iterable[Result]) -> list[Finding]:
    return [result for result in results if isinstance(result, Finding)]


def _problems(results: Iterable[Result]) -> list[tuple[str, str]]:
    return [(result.code, result.weight) for result in results if isinstance(result, Problem)]


def _read(page: Pages, *pages: Sequence[str], **options: str) -> list[Result]:
    source = Source("r", "response_pdf", ADDRESS, options)
    return list(response_pdf.read(page(pdf_of(*pages), ADDRESS), source))


def _blood_numbers() -> list[str]:
    parts = {
        2: "a b c", 3: "a b c", 5: "a b c", 8: "a b", 9: "a b c d e f", 11: "a b c d", 12: "a b c d e",
        4: "a)i a)ii a)iii a)iv a)v b c)i c)ii d e", 6: "a)i a)ii a)iii a)iv a)v a)vi",
        7: "a)i a)ii a)iii b c d e f)i f)ii f)iii", 10: "a)i a)ii a)iii a)iv a)v",
    }  # fmt: skip
    return ["1", *(f"{n}{part.replace(')', ') ')}" for n in sorted(parts) for part in parts[n].split())]


@pytest.mark.parametrize(
    ("name", "kind", "numbers"),
    [
        (GRENFELL, "response", [str(n) for n in range(1, 59)]),
        (BLOOD, "response", _blood_numbers()),
        (RESPONSE, "response", [f"no. {n}" for n in range(1, 10)]),
        (REPORT, "new_item", [str(n) for n in range(3, 20, 2)]),
    ],
)
def test_every_recommendation_is_found_once_and_nothing_else(
    name: str, kind: str, numbers: list[str]
) -> None:
    found = _findings(_recorded(name))
    assert [finding.key.rpartition("/")[2] for finding in found] == numbers
    assert {finding.kind for finding in found} == {kind}


@pytest.mark.parametrize(
    ("name", "positions"),
    [
        (GRENFELL, {"accepted": 41, "in_principle": 9, "unclear": 8}),
        (BLOOD, {"in_principle": 30, "accepted": 16, "unclear": 12}),
        (RESPONSE, {"unclear": 9}),
    ],
)
def test_where_each_reply_stands_is_read_strictly(name: str, positions: dict[str, int]) -> None:
    found = _findings(_recorded(name))
    assert Counter(finding.extra["position"] for finding in found) == positions
    assert _problems(_recorded(name)) == [("position_unclear", "question")]


def test_the_governments_own_word_is_told_from_that_of_others() -> None:
    found = _findings(_recorded(GRENFELL))
    said = Counter((finding.body_name == "Government", finding.extra["position"]) for finding in found)
    assert said == {
        (True, "accepted"): 28,
        (False, "accepted"): 13,
        (True, "in_principle"): 9,
        (True, "unclear"): 8,
    }
    others = {finding.body_name for finding in found if finding.body_name != "Government"}
    assert "His Majesty’s Inspectorate of Constabulary and Fire and Rescue Services (HMICFRS)" in others


def test_a_reply_has_its_page_its_quote_its_text_and_its_promise() -> None:
    found = {finding.extra["item"]: finding for finding in _findings(_recorded(GRENFELL))}
    one = found["28"]
    assert (one.locator, one.link) == ("page 20", f"{ADDRESS}#page=20")
    assert one.extra["quote"] == "The government accepts this recommendation in principle."
    assert one.title.startswith("Recommendation 28: That every gas transporter be required by law to check")
    assert "The government accepts" not in one.extra["recommendation"]
    assert [promise["as_written"] for promise in one.extra["promises"]] == ["March 2025"]
    assert one.key == "978-1-5286-5457-9/28"


def test_the_last_reply_ends_where_the_next_chapter_begins() -> None:
    last = _findings(_recorded(GRENFELL))[-1]
    assert last.summary.endswith("covered in paragraph 79.11 in 2025.")


def test_each_speaker_of_a_reply_keeps_its_own_position() -> None:
    found = {finding.extra["item"]: finding for finding in _findings(_recorded(BLOOD))}
    said = [(one["position"], one["speakers"]) for one in found["7a) ii"].extra["positions"]]
    assert said == [
        ("accepted", ["Scottish Government"]),
        ("in_principle", ["Welsh Government", "Northern Ireland Executive"]),
    ]
    assert found["12a"].extra["position"] == "accepted"
    assert found["12d"].extra["position"] == "in_principle"


def test_recommendations_in_a_row_share_the_reply_below_them() -> None:
    found = {finding.extra["item"]: finding for finding in _findings(_recorded(BLOOD))}
    assert found["2a"].summary == found["2c"].summary
    assert "memorial" in found["2a"].summary


def test_received_and_published_are_kept_apart() -> None:
    (first, *_) = _findings(_recorded(RESPONSE))
    days = {name: str(written.value) for name, written in first.dates.items()}
    assert days == {"published_on": "2025-07-03", "received_on": "2025-06-18"}
    (asked, *_) = _findings(_recorded(REPORT))
    assert {name: str(written.value) for name, written in asked.dates.items()} == {
        "published_on": "2025-04-14"
    }


def test_a_month_on_the_title_page_stays_a_month() -> None:
    (first, *_) = _findings(_recorded(GRENFELL))
    written = first.dates["published_on"]
    assert (str(written.value), written.precision, written.as_written) == (
        "2025-02-01",
        "month",
        "February 2025",
    )


def test_a_picture_is_said_and_nothing_is_found() -> None:
    assert _problems(_recorded("PostOfficeHorizon-IT-Inquiry-Response.pdf")) == [("no_text_layer", "fatal")]


CONTENTS = ["*Contents", "Recommendation 1: Openness ........ 2", "Recommendation 2: Costs  3"]
REPLIES = [
    "*Recommendation 1: That the department publish its plan.",
    "+The Department does not accept this recommendation.",
    "As we said in our answer to",
    "Recommendation 2, which is about costs, this is not needed.",
    "+*Recommendation 2: That the costs be published.",
    "+The Department accepts this recommendation in part.",
    "We will publish the costs by 31 March 2027.",
]


def test_contents_pages_and_cross_references_are_no_recommendations(page: Pages) -> None:
    found = _findings(_read(page, CONTENTS, REPLIES))
    assert [(one.extra["item"], one.extra["position"]) for one in found] == [
        ("1", "rejected"),
        ("2", "in_part"),
    ]
    assert "which is about costs" in found[0].summary
    assert [one["as_written"] for one in found[1].extra["promises"]] == ["31 March 2027"]


def test_the_operator_says_what_the_numbers_are_called_on_record(page: Pages) -> None:
    found = _findings(_read(page, REPLIES, items="GTI-{number}", paper="gti", body_name="Home Office"))
    assert [(one.key, one.extra["item"]) for one in found] == [("gti/1", "GTI-1"), ("gti/2", "GTI-2")]
    assert {one.body_name for one in found} == {"Home Office"}


FILLER = [f"These words of introduction fill line {word} of the page" for word in "abcdefghijkl"]


@pytest.mark.parametrize(
    ("lines", "positions"),
    [
        (["*Recommendation 1. Publish the plan.", "+Government response: Accepted", "+*Recommendation 2. Publish the costs.", "+Government response: Rejected"], ["accepted", "rejected"]),
        (["*Recommendation 1", "+We recommend a plan.", "+*Government response", "+The Government partially accepts this recommendation."], ["in_part"]),
        (["*Recommendation 1: Publish the plan.", "+Accept", "+*Recommendation 2: Publish it.", "+Accept in principle"], ["accepted", "in_principle"]),
        (["+1. We recommend a plan. (Paragraph 12)", "+The Government disagrees with this recommendation."], ["rejected"]),
    ],
)  # fmt: skip
def test_other_houses_write_their_headings_otherwise(
    lines: list[str], positions: list[str], page: Pages
) -> None:
    found = _findings(_read(page, [*FILLER, *(f"+{line.lstrip('+')}" for line in lines)]))
    assert [one.extra["position"] for one in found] == positions


@pytest.mark.parametrize(
    "lines",
    [
        ["The weather report.", "Nothing was recommended here at all."],
        ["Recommendation 1", "Recommendation 2", "Recommendation 3", "and that is the whole table."],
        [
            "19. The government accepts all of the findings of the inquiry.",
            "20. It is a good report, we think.",
        ],
    ],
)
def test_a_document_that_answers_nothing_needs_a_person(lines: list[str], page: Pages) -> None:
    assert _problems(_read(page, lines)) == [("no_recommendations", "fatal")]


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The government accepts this recommendation.", "accepted"),
        ("The government accepts this recommendation in full.", "accepted"),
        ("We agree with this recommendation.", "accepted"),
        ("This recommendation is accepted in principle.", "in_principle"),
        ("We accept the intent of this recommendation.", "in_principle"),
        ("The Government partially accepts this recommendation.", "in_part"),
        ("The Government does not accept this recommendation.", "rejected"),
        ("The Government is unable to accept this recommendation.", "rejected"),
        ("We reject this recommendation.", "rejected"),
        ("The Government notes this recommendation.", "noted"),
        ("The Government does not fully accept this recommendation.", "unclear"),
        ("The Government will consider whether to accept this recommendation.", "unclear"),
        ("The Government supports this recommendation.", "unclear"),
        ("The Government accepts this recommendation, subject to funding.", "unclear"),
        ("Position: Rejected", "rejected"),
        ("Accepted in part.", "in_part"),
    ],
)
def test_a_position_is_one_of_our_words_or_a_question(sentence: str, word: str) -> None:
    assert [position.word for position in positions_in(sentence)] == [word]


@pytest.mark.parametrize(
    "sentence",
    [
        "The recommendations of the committee were published in May.",
        "We will publish our plan to meet this recommendation by May 2027.",
        "The committee accepted our invitation.",
    ],
)
def test_a_sentence_that_takes_no_position_is_none(sentence: str) -> None:
    assert list(positions_in(sentence)) == []
