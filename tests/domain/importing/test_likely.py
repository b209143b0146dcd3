"""Names that may be a known body: acronyms, short forms, spellings; and the answers written into a mapping."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.importing.called import with_names
from tracker.domain.importing.likely import likely
from tracker.domain.importing.mapping import read_mapping
from tracker.domain.importing.problems import MappingError
from tracker.domain.name_search import Named

BASE = '[process]\nname = "P"\n[item]\ntitle = "{T}"\n'
KNOWN = (
    Named("faa", ("Federal Aviation Administration",)),
    Named("dft", ("Department for Transport", "DETR")),
    Named("dfe", ("Department for Education",)),
    Named("health", ("Ministry of Health",)),
    Named("finance", ("Ministry of Finance",)),
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("FAA", "faa"),
        ("F.A.A.", "faa"),
        ("Fed. Aviation Admin.", "faa"),
        ("Federal Aviaton Administration", "faa"),
        ("Dept for Transport", "dft"),
        ("Transport, Department for", "dft"),
        ("DETR", "dft"),
        ("Minstry of Helath", "health"),
        ("Ministère de la Santé", "health"),
    ],
)
def test_another_spelling_of_a_known_body_is_offered_first(written: str, meant: str) -> None:
    assert likely({written: 1}, KNOWN)[written][0].value == meant


@pytest.mark.parametrize("written", ["Ministry of Tourism", "Acme Trains Ltd", "Department", "–", "日本"])
def test_a_body_like_no_other_is_offered_none(written: str) -> None:
    assert likely({written: 1}, KNOWN)[written] == []


def test_the_short_name_of_another_new_body_leads_to_it_and_not_the_other_way_round() -> None:
    long, short = "Rail Safety and Standards Board", "RSSB"
    found = likely({short: 9, long: 1}, KNOWN)
    assert [one.value for one in found[short]] == [long]
    assert found[long] == []


def test_an_answer_joins_those_that_are_there_and_replaces_its_own() -> None:
    text = BASE + '[bodies.names] # ours\n"faa" = "FAA"\n"x" = "y"\n\n[dates]\norder = "ask"\n'
    said = read_mapping(with_names(text, {"FAA": "faa-key", 'The "D"': "d"}))
    assert dict(said.bodies.names) == {"FAA": "faa-key", "x": "y", 'The "D"': "d"}


def test_where_the_names_stand_otherwise_nothing_is_changed_and_the_way_is_said() -> None:
    with pytest.raises(MappingError, match="by hand"):
        with_names(BASE + '[bodies]\nnames = { a = "b" }\n', {"c": "d"})


@given(st.dictionaries(st.text(st.characters(blacklist_categories=("Cs",)), min_size=1), st.text(min_size=1)))
def test_any_name_may_be_answered(called: dict[str, str]) -> None:
    text = with_names(BASE, called)
    assert tomllib.loads(text).get("bodies", {}).get("names", {}) == called
