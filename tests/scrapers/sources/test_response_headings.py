"""The reader of response documents, on headings as other houses write them."""

from collections.abc import Callable, Sequence

import pytest

from scrapers.model import Finding, Page, Problem, Result, Source
from scrapers.replies.positions import positions_in
from scrapers.sources import response_pdf
from tests.scrapers.pdf.written import pdf_of
from tests.scrapers.sources.reading import findings, problems

ADDRESS = "https://gov.example.org/response.pdf"
FRONT = ["*Government Response", "to the Committee on Plans", "CP 123", "March 2031"]
FILLER = [f"These words of introduction fill line {word} of the page" for word in "abcdefghijklmnop"]
Pages = Callable[..., Page]
ACCEPTS = "+The Government accepts this recommendation."
REJECTS = "+The Government does not accept this recommendation."


@pytest.fixture
def read(page: Pages) -> Callable[[Sequence[str]], list[Result]]:
    """Reads a response of these lines."""

    def reading(lines: Sequence[str]) -> list[Result]:
        body = pdf_of(FRONT, [*FILLER, *lines])
        return list(response_pdf.read(page(body, ADDRESS), Source("r", "response_pdf", ADDRESS)))

    return reading


Read = Callable[[Sequence[str]], list[Result]]


def _told(results: list[Result]) -> list[tuple[str, str]]:
    return [(one.extra["item"], one.extra["position"]) for one in findings(results)]


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("Recommendation 1: Publish.", "Recommendation 2: Train.", ["1", "2"]),
        ("Recommendation No. 1: Publish.", "Recommendation No. 2: Train.", ["1", "2"]),
        ("Recommendation #1: Publish.", "Recommendation #2: Train.", ["1", "2"]),
        ("Recommendation 2.1: Publish.", "Recommendation 2.2: Train.", ["2.1", "2.2"]),
        ("Recommendation A1: Publish.", "Recommendation B1: Train.", ["A1", "B1"]),
        ("Recommendation One: Publish.", "Recommendation Two: Train.", ["One", "Two"]),
        ("Recommendation I: Publish.", "Recommendation II: Train.", ["I", "II"]),
        ("Recommendation 1 (paragraph 45): Publish.", "Recommendation 2 (paragraphs 46 to 48): Train.", ["1", "2"]),
        ("Conclusion/Recommendation 1: It is late.", "Conclusion/Recommendation 2: Train.", ["1", "2"]),
        ("Rec. 1 Publish a plan.", "Rec. 2 Train the staff.", ["1", "2"]),
        ("R1 Publish a plan.", "R2 Train the staff.", ["1", "2"]),
        ("R1: Publish a plan.", "R2: Train the staff.", ["1", "2"]),
        ("1. PAC recommendation: Publish.", "2. PAC recommendation: Train.", ["1", "2"]),
        ("1. We recommend a plan. (Paragraph 45)", "2. We recommend training. (Paragraphs 46 and 47)", ["1", "2"]),
    ],
)  # fmt: skip
def test_each_way_to_number_a_recommendation_is_read(
    first: str, second: str, numbers: list[str], read: Read
) -> None:
    results = read([f"+*{first}", ACCEPTS, f"+*{second}", REJECTS])
    assert _told(results) == [(numbers[0], "accepted"), (numbers[1], "rejected")]
    assert problems(results) == []
    assert findings(results)[1].extra["recommendation"].rstrip(".").endswith(("Train", "staff", "training"))


def test_a_reply_whose_paragraphs_are_numbered_is_read_up_to_its_second_paragraph(read: Read) -> None:
    results = read(
        [
            "+*3. PAC recommendation: The Department should write within six months.",
            "+3.1 The government disagrees with the Committee’s recommendation.",
            "+3.2 A letter is not needed.",
        ]
    )
    (finding,) = findings(results)
    assert finding.status == "The government disagrees with the Committee’s recommendation."
    assert finding.extra["position"] == "rejected"
    assert "3.2 A letter is not needed." in finding.summary


def test_recommendations_counted_together_each_get_the_reply(read: Read) -> None:
    results = read(
        [
            "+*Recommendations 1 and 2: Publish and train.",
            ACCEPTS,
            "+*Recommendations 3-5: Fund.",
            "+The Government accepts recommendations 3 and 4 and rejects recommendation 5.",
        ]
    )
    assert _told(results) == [
        ("1", "accepted"), ("2", "accepted"), ("3", "unclear"), ("4", "unclear"), ("5", "unclear"),
    ]  # fmt: skip


def test_a_committees_numbered_conclusions_are_answered_in_plain_words_too(read: Read) -> None:
    results = read(
        [
            "+1. We recommend that a plan be published. (Recommendation, Paragraph 45)",
            "+We have published a plan on our website.",
            "+2. It was late. (Conclusion, Paragraph 46)",
            "+The Department did what it could.",
            "+3. We recommend that staff be trained. (Recommendation, Paragraph 47)",
            "+Training is a matter for the trusts.",
        ]
    )
    assert _told(results) == [("1", "unclear"), ("3", "unclear")]
    assert [one.summary for one in findings(results)] == [
        "We have published a plan on our website.",
        "Training is a matter for the trusts.",
    ]
    assert problems(results) == [("position_unclear", "question")]


def test_a_number_between_others_that_has_no_reply_is_asked_about(read: Read) -> None:
    results = read(["+*Recommendation 1: Publish.", ACCEPTS, "+*Recommendation 4: Train.", REJECTS])
    assert _told(results) == [("1", "accepted"), ("4", "rejected")]
    asked = [one for one in results if isinstance(one, Problem)]
    assert [(one.code, one.as_written) for one in asked] == [("numbers_left_out", "2, 3")]


def test_a_number_given_to_two_recommendations_names_neither_and_loses_neither(read: Read) -> None:
    results = read(
        [
            "+*1. PAC recommendation: The Department should write.",
            "+1.1 The government agrees with the Committee’s recommendation.",
            "+*1. PAC recommendation: The Ministry should act.",
            "+1.1 The government disagrees with the Committee’s recommendation.",
        ]
    )
    assert [(one.key, one.extra["item"], one.extra["position"]) for one in findings(results)] == [
        ("CP 123/no. 1", "", "accepted"),
        ("CP 123/no. 2", "", "rejected"),
    ]
    assert problems(results) == [("numbers_repeated", "question")]


def test_a_recommendation_repeated_in_a_summary_is_one(read: Read) -> None:
    lines = ["+*Recommendation 1: Publish the plan.", ACCEPTS]
    assert _told(read([*lines, "+*Summary of the recommendations", *lines])) == [("1", "accepted")]


@pytest.mark.parametrize("word", ["Partially accepted.", "Not accepted.", "Not supported.", "Disagree."])
def test_the_word_for_a_position_is_nobody_who_speaks(word: str) -> None:
    assert [one.speakers for one in positions_in(word)] == [()]


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The Government accepts this recommendation but rejects the timetable.", "unclear"),
        ("The Government rejects this recommendation, although it agrees with its aim.", "unclear"),
        ("The Government agrees with the Committee's recommendation.", "accepted"),
        ("2.1 The government disagrees with the Committee’s recommendation.", "rejected"),
        ("The Government agrees with this conclusion.", "accepted"),
        ("Disagreed.", "rejected"),
        ("Supported in principle.", "unclear"),
    ],
)
def test_a_sentence_that_takes_and_refuses_at_once_is_for_a_person(sentence: str, word: str) -> None:
    assert [one.word for one in positions_in(sentence)] == [word]


def test_a_key_is_never_given_twice(read: Read) -> None:
    results = read(["+*Recommendations 1, 2 and 3: Publish.", ACCEPTS, "+*Recommendation 4: Train.", REJECTS])
    keys = [one.key for one in results if isinstance(one, Finding)]
    assert keys == ["CP 123/1", "CP 123/2", "CP 123/3", "CP 123/4"]


def test_a_recommendation_without_a_reply_has_none_and_is_asked_about(read: Read) -> None:
    results = read(["+*Recommendation 1: Publish.", "+*Recommendation 2: Train.", ACCEPTS])
    assert _told(results) == [("2", "accepted")]
    asked = [one for one in results if isinstance(one, Problem)]
    assert [(one.code, one.as_written) for one in asked] == [("numbers_left_out", "1")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Government does not propose to accept this recommendation.",
        "The Government cannot at this time accept this recommendation.",
        "The Government is unable to accept this recommendation.",
    ],
)
def test_who_refuses_is_named_without_the_refusal(sentence: str) -> None:
    assert [(one.word, one.speakers) for one in positions_in(sentence)] == [("rejected", ("Government",))]


def test_accepting_one_part_and_noting_another_is_for_a_person() -> None:
    mixed = "The Government accepts recommendation 1(a) and notes recommendation 1(b)."
    plain = "The Government accepts this recommendation and notes that work goes on."
    assert [one.word for text in (mixed, plain) for one in positions_in(text)] == ["unclear", "accepted"]
