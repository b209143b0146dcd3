"""Deadlines in running text: numbers in words, facts and forecasts, what is not expected, parts beside a bare year."""

import pytest

from tracker.assets import translations
from tracker.domain.reading_deadlines import read_deadline
from tracker.domain.stated.mention import Language
from tracker.domain.stated.places import hemisphere_of
from tracker.rendering.reading_words import reading_words
from tracker.rendering.tongue import tongue


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("en", "by the twenty-first day of May two thousand and twenty-seven", "2027-05-21"),
        ("en", "no later than June the thirtieth, 2026", "2026-06-30"),
        ("fr", "au plus tard le vingt et un mai deux mille vingt-sept", "2027-05-21"),
        ("fr", "d'ici le premier juillet deux mille trente", "2030-07-01"),
        ("es", "a más tardar el treinta y uno de mayo de dos mil veintisiete", "2027-05-31"),
        ("es", "hasta el veintiuno (21) de mayo de dos mil veintisiete (2027)", "2027-05-21"),
    ],
)
def test_numbers_in_words_beside_a_month_are_read(language: Language, text: str, meant: str) -> None:
    assert str(read_deadline(text, language=language).date) == meant


def test_the_words_of_a_number_stay_as_they_were_written() -> None:
    read = read_deadline("Plazo: hasta el quince de mayo de dos mil veintiséis.", language="es")
    assert read.passage.endswith("el quince de mayo de dos mil veintiséis")


@pytest.mark.parametrize(
    "text",
    [
        "hasta el veintiuno (22) de mayo de 2027",
        "by thirty-five May 2026",
        "by the thirty-second of May 2026",
        "31st and first of June 2026",
    ],
)
def test_words_and_figures_that_disagree_or_name_no_day_are_unclear(text: str) -> None:
    assert read_deadline(text).kind == "unclear"


@pytest.mark.parametrize(
    "year_and_more",
    [
        "Q5 2025",
        "5Q 2025",
        "T7 2025",
        "V trimestre 2025",
        "2025 5T",
        "S3 2025",
        "quinto trimestre 2025",
        "trimestre 2025",
        "week 14 2025",
        "III 2025",
        "trim 3, 2025",
        "2025, Q 3",
        "H3/2025",
    ],
)
def test_a_year_beside_an_unread_part_of_it_is_never_the_whole_year(year_and_more: str) -> None:
    read = [
        read_deadline(form.format(year_and_more)) for form in ("{}", "by {}", "Timeline: {}", "Plazo: {}")
    ]
    assert {str(one.date) for one in read if one.date} <= {"2025-Q3"}


@pytest.mark.parametrize(
    "text",
    [
        "In 2021, the Assembly adopted the law that should have been in force long ago.",
        "The Committee was set up by the Minister in July 2018 and holds regular meetings.",
        "By September 2025 the recommendation had been implemented in full.",
        "As chair of the coalition in 2022, the Ministry will take further steps to protect journalists.",
        "The OBR forecasts that borrowing will fall to 2.4% of GDP by 2031.",
        "The programme will cost £6.0 billion in 2027-28.",
        "La medida fue aprobada por el Consejo en mayo de 2021 y publicada después.",
        "La Cour avait recommandé cette réforme dans son rapport de mai 2021.",
    ],
)
def test_facts_forecasts_and_sums_are_no_deadlines(text: str) -> None:
    assert read_deadline(text).date is None


@pytest.mark.parametrize(
    "text",
    [
        "The works will not begin before 1 June 2026.",
        "Aucune décision ne sera prise avant le 1er juin 2026.",
        "No se adoptará ninguna decisión antes del 1 de junio de 2026.",
        "The Committee does not expect a reply by 1 June 2026.",
    ],
)
def test_what_is_not_expected_by_a_day_is_not_due_on_it(text: str) -> None:
    assert read_deadline(text).date is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("The guidance was withdrawn in 2021. The Office intends to publish it again in 2027.", "2027"),
        ("La norme a été révisée en mars 2023. Elle devra l'être d'ici le 30 juin 2026.", "2026-06-30"),
        ("In the course of 2027 the Commission will assess the need for action.", "2027"),
        ("Vencía el 31 de marzo de 2026 y se pospone al 30 de junio de 2026.", "2026-06-30"),
    ],
)
def test_a_fact_in_one_sentence_does_not_hide_the_duty_of_another(text: str, meant: str) -> None:
    assert str(read_deadline(text).date) == meant


def test_a_second_date_that_answers_as_much_makes_the_first_unclear() -> None:
    read = read_deadline("Interim findings by summer 2025 and the full list will be published in 2026.")
    assert (read.kind, read.problem) == ("unclear", "several")


def test_struck_text_is_not_read_and_emphasis_does_not_hide_a_date() -> None:
    struck, bold = (
        read_deadline(text) for text in ("~~31 May 2026~~ 30 June 2026", "**Due:** _30 June 2026_")
    )
    assert str(struck.date) == str(bold.date) == "2026-06-30"


def test_a_day_before_which_is_read_where_it_is_said_to_be_included() -> None:
    assert str(read_deadline("avant le 15 mai 2026 inclus", language="fr").date) == "2026-05-15"
    assert read_deadline("avant le 15 mai 2026", language="fr").problem == "before_day"


@pytest.mark.parametrize(
    "text",
    [
        "on 28 April 2025 the committee met and asks for a reply",
        "On 3 May 2025 the inquest concluded; a response is required",
        "At its meeting of 3 May 2025 the Committee requires a response.",
        "Le 28 avril 2025, le comité s'est réuni et demande une réponse.",
        "Lors de sa réunion du 3 mai 2025, le comité demande une réponse.",
        "El 28 de abril de 2025 el comité se reunió y pide una respuesta.",
        "En su reunión del 3 de mayo de 2025 el comité solicita una respuesta.",
    ],
)
def test_the_day_on_which_something_happened_is_not_when_the_answer_is_due(text: str) -> None:
    assert read_deadline(text).date is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("by the end of the financial year 2026/27", "2027-03"),
        ("by fiscal year 2026-27", "2027-03"),
        ("in 2026/27 financial year", "2027-03"),
        ("by the end of the 2027 financial year", "2027-03"),
        ("Q3 of the 2026/27 financial year", "2026-12"),
        ("Q3 of the 2027 financial year", "2026-12"),
        ("d'ici la fin de l'exercice 2026-2027", "2027-03"),
        ("al cierre del ejercicio 2026/2027", "2027-03"),
    ],
)
def test_a_fiscal_year_is_unclear_until_told_when_it_ends(text: str, ends: str) -> None:
    assert read_deadline(text).problem == "fiscal_year"
    assert str(read_deadline(text, fiscal_year_ends=3).date) == ends


def test_a_school_year_does_not_end_with_the_fiscal_year() -> None:
    assert str(read_deadline("by the school year 2026-27", fiscal_year_ends=3).date) == "2027"


def test_a_season_says_when_its_half_of_the_world_was_assumed() -> None:
    untold, told = read_deadline("by spring 2026"), read_deadline("by spring 2026", hemisphere="south")
    assert (str(untold.date), untold.assumed) == ("2026-03/2026-05", "north")
    assert (str(told.date), told.assumed) == ("2026-09/2026-11", None)


def test_fall_is_the_northern_one_wherever_it_is_read() -> None:
    read = [read_deadline("by fall 2026", hemisphere=half) for half in (None, "south")]
    assert {(str(one.date), one.assumed) for one in read} == {("2026-09/2026-11", None)}


@pytest.mark.parametrize(
    ("places", "half"),
    [
        (["AU-NSW"], "south"),
        (["NZ", "nz"], "south"),
        (["GB-SCT", "EU"], "north"),
        (["UN", "ZA"], "south"),
        (["GB", "AU"], None),
        (["KE"], None),
        (["UN"], None),
        ([], None),
    ],
)
def test_the_half_of_the_world_follows_from_the_jurisdictions_where_they_agree(
    places: list[str], half: str | None
) -> None:
    assert hemisphere_of(places) == half


def test_a_part_of_a_year_says_that_its_last_day_counts_at_the_latest() -> None:
    for text in ("by early 2026", "by mid-2026"):
        read = read_deadline(text)
        assert (str(read.date), read.passage) == ("2026", text)
        assert "At the latest, the last day of 2026: 31 December 2026." in reading_words(
            read, tongue("en", translations())
        )
