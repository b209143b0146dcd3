"""A report's numbered recommendations: every form found, none made up out of contents, mentions and furniture."""

import json
import textwrap

import pytest

from tests.shared import shared
from tracker.domain.headings import Found, recommendations
from tracker.domain.report_lines import lines_of_text

ASKED = (
    "The Department for Rivers should publish its data every month.",
    "Ofwat should inspect every sewage works at least once in each year, and say what it found.",
    "The Treasury should set aside money for the poorest households.",
    "Water companies should tell people within an hour of a spill.",
)


def found(text: str) -> list[Found]:
    return recommendations(lines_of_text(text))


def numbers(text: str) -> list[str]:
    return [one.number for one in found(text)]


def texts(text: str) -> list[str]:
    return [one.text for one in found(text)]


def laid_out(form: str, between: str = "\n\n", head: str = "") -> str:
    return head + between.join(
        form.format(n=n, a="abcd"[n - 1], text=text) for n, text in enumerate(ASKED, 1)
    )


@pytest.mark.parametrize(
    "form",
    [
        "Recommendation {n}: {text}",
        "Recommendation {n} – {text}",
        "Recommendation {n}. {text}",
        "Recommendation {n}\n{text}",
        "Recommendation {n}\n\n{text}",
        "RECOMMENDATION {n}\n{text}",
        "RECOMMENDATION {n}: {text}",
        "Recommendation No. {n}: {text}",
        "Recommendation #{n}: {text}",
        "Recommandation n° {n} : {text}",
        "Recommandation n°{n} – {text}",
        "Recomendación {n}. {text}",
        "Recomendación n.º {n}: {text}",
        "Empfehlung {n}: {text}",
        "Proposition n° {n} : {text}",
        "R{n}. {text}",
        "R{n}: {text}",
        "R{n} {text}",
        "Rec. {n}: {text}",
        "Commitment {n}: {text}",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_each_form_of_a_heading_is_found_with_its_text(form: str, between: str) -> None:
    text = laid_out(form, between, "A report on rivers\n\nWe heard from many people.\n\n")
    assert numbers(text) == ["1", "2", "3", "4"]
    assert tuple(texts(text)) == ASKED


@pytest.mark.parametrize(
    "head",
    [
        "Recommendations",
        "Our recommendations",
        "5. Recommendations",
        "RECOMMENDATIONS:",
        "Conclusions and recommendations",
        "Recommandations",
        "Recomendaciones",
        "Summary of recommendations",
        "Recommendations to the Government",
    ],
)
@pytest.mark.parametrize(
    "form", ["{n}. {text}", "{n}) {text}", "({n}) {text}", "({a}) {text}", "{a}) {text}"]
)
def test_a_list_under_a_heading_that_says_recommendations_counts(head: str, form: str) -> None:
    text = laid_out(form, "\n", f"1. Introduction\n\n2. Method\n\n{head}\n\n")
    assert tuple(texts(text)) == ASKED
    assert len(set(numbers(text))) == len(ASKED)


def test_letters_roman_numbers_and_words_number_too() -> None:
    for marks in (
        ("A", "B", "C", "D"),
        ("I", "II", "III", "IV"),
        ("One", "Two", "Three", "Four"),
        ("1.1", "1.2", "2.1", "2.2"),
        ("4a", "4b", "5", "10"),
        ("A1", "A2", "B1", "B2"),
    ):
        text = "\n\n".join(
            f"Recommendation {mark}: {asked}" for mark, asked in zip(marks, ASKED, strict=True)
        )
        assert tuple(numbers(text)) == marks
        assert tuple(texts(text)) == ASKED


def test_a_list_without_such_a_heading_is_none() -> None:
    assert found(laid_out("{n}. {text}", "\n", "What we heard\n\n")) == []


def test_a_table_of_contents_is_no_second_set() -> None:
    contents = "Contents\n\n" + "\n".join(
        f"Recommendation {n}: {word} ........ {n + 10}"
        for n, word in enumerate(("Data", "Inspection", "Money", "Warning"), 1)
    )
    text = contents + "\n\nForeword\n\nWe thank everybody.\n\n" + laid_out("Recommendation {n}: {text}")
    assert numbers(text) == ["1", "2", "3", "4"] and tuple(texts(text)) == ASKED
    plain = contents.replace(" ........", "")
    text = plain + "\n\nForeword\n\nWe thank everybody.\n\n" + laid_out("Recommendation {n}: {text}")
    assert numbers(text) == ["1", "2", "3", "4"] and tuple(texts(text)) == ASKED


def test_a_summary_that_repeats_them_does_not_double_them() -> None:
    once = laid_out("Recommendation {n}: {text}")
    assert numbers(f"Summary\n\n{once}\n\nChapter 1\n\nWe heard much.\n\n{once}") == ["1", "2", "3", "4"]


def test_the_same_numbers_again_in_another_chapter_are_others() -> None:
    first, second = (
        f"Recommendation 1: {ASKED[0]}\n\nRecommendation 2: {ASKED[1]}",
        f"Recommendation 1: {ASKED[2]}\n\nRecommendation 2: {ASKED[3]}",
    )
    assert tuple(texts(f"Part A\n\n{first}\n\nPart B\n\n{second}")) == ASKED


@pytest.mark.parametrize(
    "mention",
    [
        "This builds on what was said before; see\nRecommendation 4.",
        "This should be read together with\nRecommendation 4 and the annex.",
        "Recommendation 4 should be read with care.",
        "Recommendation 4 is about money.",
        "Recommendations 3 and 4 belong together.",
        "Recommendations 3 to 4 were debated for a whole day.",
        "We said so earlier (Recommendation 4).",
        "The minister told us that he would rather have seen a shorter version of\nRecommendation 4, which he found long.",
        "As we explain in\n\nRecommendation 4 and below, it matters.",
    ],
)
def test_a_mention_is_no_heading(mention: str) -> None:
    text = (
        laid_out("Recommendation {n}: {text}", "\n\nSome words on why.\n\n")
        + f"\n\nAnnex\n\n{mention}\n\nThe end."
    )
    assert numbers(text) == ["1", "2", "3", "4"]
    before = f"Preface\n\n{mention}\n\n" + laid_out(
        "Recommendation {n}: {text}", "\n\nSome words on why.\n\n"
    )
    assert numbers(before) == ["1", "2", "3", "4"]


def test_running_headers_page_numbers_and_broken_words_are_mended() -> None:
    pages = [
        f"Rivers: final report\n\nRecommendation {n}: The agency should meas-\nure and pub-\nlish what"
        f" it finds about river {n}\nand\n\n{n}\n"
        for n in range(1, 5)
    ]
    ends = [f"\fRivers: final report\n\n{word}.\n\n9\n\f" for word in ("lakes", "ponds", "wells", "seas")]
    text = (
        "".join(page + end for page, end in zip(pages, ends, strict=True))
        + "They measure and publish little."
    )
    assert numbers(text) == ["1", "2", "3", "4"]
    assert texts(text)[0] == "The agency should measure and publish what it finds about river 1 and lakes."
    assert [one.page for one in found(text)] == [1, 3, 5, 7]


def test_a_title_stands_apart_from_the_text() -> None:
    text = "\n\n".join(f"Recommendation {n}: Measure more\n\n{asked}" for n, asked in enumerate(ASKED, 1))
    assert [(one.title, one.text) for one in found(text)] == [("Measure more", asked) for asked in ASKED]


def test_list_points_belong_to_it_and_the_reply_does_not() -> None:
    text = (
        "Recommendation 1: The Government should:\na) measure the rivers;\nb) publish what it finds.\n\n"
        "Government response\n\nWe accept this.\n\nRecommendation 2: The Treasury should pay.\n\nWe agree."
    )
    first, second = texts(text)
    assert first == "The Government should:\na) measure the rivers;\nb) publish what it finds."
    assert second == "The Treasury should pay."


def test_a_report_without_recommendations_has_none() -> None:
    assert found("") == [] and found("\f\n\n") == []
    assert found("A letter\n\nDear minister,\n\n1. We met.\n2. We talked.\n\nYours.") == []
    assert (
        found("The committee made a recommendation: it asked for data. R2D2 was there. R1 is a road.") == []
    )


def climate() -> list[str]:
    rows = json.loads(
        shared("data", "samples", "fr-convention-climat", "propositions_146.json").read_text("utf-8")
    )
    return [" ".join(str(row["proposal"]).split()) for row in rows]


@pytest.mark.parametrize(
    "form", ["Proposition n° {n} : {text}", "Proposition {n}\n\n{text}", "PROPOSITION N°{n}\n{text}"]
)
@pytest.mark.parametrize("width", [72, 110])
def test_all_146_proposals_of_the_climate_convention_are_found_in_every_layout(form: str, width: int) -> None:
    """The wording is the convention's own, the layouts are ours: pages of five, with a running title and a number."""
    proposals = climate()
    assert len(proposals) == 146
    told = [
        "\n".join(
            line
            for part in form.format(n=n, text=text).split("\n")
            for line in (textwrap.wrap(part, width) or [""])
        )
        for n, text in enumerate(proposals, 1)
    ]
    pages = [
        "Convention citoyenne pour le climat\n\n" + "\n\n".join(told[at : at + 5]) + f"\n\n{at // 5 + 1}\n"
        for at in range(0, len(told), 5)
    ]
    read = found("\f".join(pages))
    assert [one.number for one in read] == [str(n) for n in range(1, 147)]
    spaceless = [one.replace(" ", "").replace("-", "") for one in proposals]
    same = sum(
        "".join(f"{one.title}{one.text}".split()).replace("-", "") == text
        for one, text in zip(read, spaceless, strict=True)
    )
    assert same >= 140
