"""What matching compares: references, names of bodies, addresses and telling words, each however it is written."""

import pytest

from tracker.domain.matching import Candidate, Found, Register, best, is_reference, spellings
from tracker.domain.matching.compared import REASON_CODES
from tracker.domain.matching.names import debtors_meant, read_name, same_name, short_for
from tracker.domain.matching.pages import address
from tracker.domain.matching.references import read_numbers, read_reference
from tracker.domain.matching.titles import Weights, alike, other_numbers, words
from tracker.web.editing.finding_words import REASONS


@pytest.mark.parametrize(
    ("written", "document"),
    [
        ("2018/000004", "2018/000004"),
        ("ECI(2018)000004", "2018/000004"),
        ("PFD 2024-0093", "2024/0093"),
        ("Ref: 2016 – 0280", "2016/0280"),
        ("HC 697", "hc697"),
        ("HL Paper 12", "hl12"),
        ("COM(2014) 177", "2014/177"),
        ("Session 2023-24", ""),
        ("2023-2024", ""),
        ("Recommendation 12", ""),
    ],
)
def test_a_document_is_known_by_its_reference_in_any_dress(written: str, document: str) -> None:
    assert read_reference(written).document == document


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("Recommendation 12", ("12",)),
        ("R12", ("12",)),
        ("Rec. 3(a)", ("3a",)),
        ("12) a", ("12a",)),
        ("4a) ii", ("4a.ii",)),
        ("Recommendations 12 to 14", ("12", "13", "14")),
        ("1a-1d", ("1a", "1b", "1c", "1d")),
        ("R1, R3 and R5", ("1", "3", "5")),
        ("Recommendation IV", ("4",)),
        ("HC 38 rec 18", ("18",)),
        ("para 4.32", ("para4.32",)),
        ("Recomendación 7", ("7",)),
        ("HC 697", ()),
    ],
)
def test_the_numbers_within_a_document_are_read_one_by_one(written: str, numbers: tuple[str, ...]) -> None:
    assert read_reference(written).numbers == numbers


def test_a_title_counts_only_numbers_it_calls_recommendations() -> None:
    assert read_numbers("Recommendation 7: that 12 hospitals report in 2024") == ("7",)
    assert read_numbers("Twelve challenges, 24 hours") == ()


@pytest.mark.parametrize("written", ["3", "Recommendation 12", "R12", "para 24", "No. 7", ""])
def test_a_number_within_a_document_stands_for_no_item_alone(written: str) -> None:
    assert not is_reference(written) and spellings(written) == frozenset()


def test_papers_of_two_sessions_are_not_one() -> None:
    paper = Candidate(id=1, names=("HC 38 (Session 2019-21)",), bodies=("Home Office",))
    found = Found(key="HC 38, Session 2023-24", body_name="Home Office")
    assert Register([paper]).rank(found) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Department for Transport", "Transport Department"),
        ("The Department of Health & Social Care", "Department for Health and Social Care"),
        ("Ministère de la Santé", "Ministry of Health"),
        ("Ministerio de Educación", "Ministry of Education"),
        ("Europäische Kommission", "European Commission"),
        ("Oxleas NHS Trust", "Oxleas NHS Foundation Trust"),
        ("Acme Ltd", "ACME Limited"),
        ("UK AI Security Institute (formerly AI Safety Institute)", "AI Safety Institute"),
        ("St. George’s Hospital", "Saint Georges Hospital"),
    ],
)
def test_a_body_is_the_same_in_any_order_language_accent_and_form(one: str, other: str) -> None:
    assert same_name(read_name(one), read_name(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Department of Health", "Department of Housing"),
        ("European Commission", "European Parliament"),
        ("North West Ambulance Service", "South West Ambulance Service"),
    ],
)
def test_bodies_that_differ_in_one_telling_word_are_two(one: str, other: str) -> None:
    assert not same_name(read_name(one), read_name(other)) and not short_for(read_name(one), read_name(other))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("DSIT", "Department for Science, Innovation and Technology"),
        ("Defra", "Defra"),
        ("DEFRA", "Department for Environment, Food & Rural Affairs"),
        ("MoD", "Ministry of Defence"),
        ("HMT", "HM Treasury"),
        ("DfT", "Department for Transport"),
        ("Devon LMC", "Devon Local Medical Centre"),
    ],
)
def test_a_short_name_stands_for_the_long_one(short: str, long: str) -> None:
    assert short_for(read_name(short), read_name(long)) or same_name(read_name(short), read_name(long))


def test_bodies_meant_by_a_name_are_found_among_all_names() -> None:
    known = [(1, "Department for Transport"), (2, "Home Office"), (3, "Department of Health"), (3, "DHSC")]
    assert debtors_meant(["Transport Department; DHSC"], known) == {1, 3}


def test_an_address_is_the_same_page_whatever_hangs_on_it() -> None:
    page = "gov.example/reports/12"
    written = (
        "https://www.gov.example/reports/12/?utm_source=x#top",
        "HTTP://gov.example:80/reports//12/index.html",
    )
    assert {address(one) for one in written} == {page}
    assert address("https://gov.example/reports?id=12") != address("https://gov.example/reports?id=13")
    assert address("not an address") == address("http://[broken") == ""


def test_rare_words_tell_titles_apart_and_common_ones_do_not() -> None:
    weights = Weights()
    for title in ["Review of water quality"] * 20 + ["Review of glyphosate"]:
        weights.learn(words(title))
    common = alike(words("Review of water quality"), words("Review of air quality"), weights)
    rare = alike(words("Glyphosate: a review"), words("Review of glyphosate"), weights)
    assert rare == 1.0 and common < rare


def test_titles_of_two_years_are_two() -> None:
    assert other_numbers(words("Annual report 2023"), words("Annual report 2024"))
    assert other_numbers(words("Ninth report"), words("Tenth report"))
    assert not other_numbers(words("Annual report 2023"), words("Annual report"))


def test_a_predecessor_and_its_successor_are_told_apart() -> None:
    old = Candidate(id=1, names=("R-2019/0071",), bodies=("Department for Digital",), successors=("DSIT",))
    other = Candidate(id=2, names=("R-2019/0072",), bodies=("DSIT",))
    ranked = Register([old, other]).rank(Found(key="R-2019/0071", body_name="DSIT"))
    assert [match.id for match in ranked] == [1]
    assert [reason.code for reason in ranked[0].reasons] == ["same_reference", "successor"]


def test_what_is_settled_is_never_chosen_before_what_is_open() -> None:
    first = Candidate(id=1, names=("2024-0093",), bodies=("Home Office",), settled=True)
    second = Candidate(id=2, names=("2024-0093",), bodies=("Home Office",))
    found = Found(key="2024-0093", body_name="Home Office")
    chosen = best(Register([first, second]).rank(found))
    assert chosen is not None and chosen.id == 2
    alone = Register([first]).rank(found)
    assert best(alone) is None and alone[0].reasons[-1].code == "settled"


def test_several_debtors_in_one_reply_are_each_suggested() -> None:
    record = [Candidate(id=at, names=("2024-0093",), bodies=(name,)) for at, name in enumerate("ABCD", 1)]
    register = Register(record)
    found = Found(key="PFD 2024-0093", body_name="B; D")
    chosen = register.choose(found, register.rank(found)).chosen
    assert {match.id for match in chosen} == {2, 4}


@pytest.mark.parametrize(
    "text",
    ["", "\x00", "💧" * 500, "R" * 5000, "1" * 5000, "1-" * 3000, "(" * 3000, "r" + " " * 9000, "₁₂" * 99],
)
def test_whatever_a_source_writes_is_read_without_an_error(text: str) -> None:
    record = [Candidate(id=1, names=(text,), title=text, bodies=(text,), watched=(text,), document=text)]
    found = Found(key=text, title=text, body_name=text, link=text, text=text, document=text, pages=(text,))
    register = Register(record)
    ranked = register.rank(found)
    assert register.choose(found, ranked) is not None
    assert register.possible(found) <= {1} and register.duplicates(found) is not None


def test_every_reason_is_worded_for_reviewers() -> None:
    assert set(REASON_CODES) <= set(REASONS)
