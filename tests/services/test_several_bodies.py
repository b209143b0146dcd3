"""One text that names several bodies is several bodies only where each of them is known."""

import pytest

from tests.services.entered import GROUP, NOW, report
from tests.services.queued import finding, source
from tracker.services.draft_decision import draft_item
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.several_bodies import several
from tracker.storage import findings
from tracker.storage.engine import Database

KNOWN = {
    "ministry of water",
    "ministry of rivers",
    "department for business and trade",
    "trade",
    "home office",
}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ministry of Water and Ministry of Rivers", ["Ministry of Water", "Ministry of Rivers"]),
        ("Ministry of Water; Ministry of Rivers", ["Ministry of Water", "Ministry of Rivers"]),
        ("Home Office, Ministry of Water, and Trade", ["Home Office", "Ministry of Water", "Trade"]),
        (
            "Department for Business and Trade and Home Office",
            ["Department for Business and Trade", "Home Office"],
        ),
        ("Department for Business and Trade", ["Department for Business and Trade"]),
        ("Ministry of Water and Fisheries", ["Ministry of Water and Fisheries"]),
        ("Ministry of Water and the Mayor", ["Ministry of Water and the Mayor"]),
        ("Home Office and Home Office", ["Home Office"]),
        ("Home Office", ["Home Office"]),
        ("and", ["and"]),
        ("", [""]),
        (" and ".join(["Home Office"] * 40), [" and ".join(["Home Office"] * 40)]),
    ],
)
def test_a_text_is_taken_apart_where_all_its_parts_are_known(text: str, named: list[str]) -> None:
    assert several(text, lambda name: name.strip().lower() in KNOWN) == named


def test_an_item_of_two_known_bodies_is_drafted_with_both(database: Database) -> None:
    with database.writing() as session:
        report(session)
        where = source(session)
        both = finding(
            session, where, "A", kind="new_item", body_name="Ministry of Water and Ministry of Rivers"
        )
        other = finding(session, where, "B", kind="new_item", body_name="Ministry of Water and Others")
        drafts = [
            draft_item(session, found) for id_ in (both, other) if (found := findings.one(session, id_))
        ]
        named = [[one.new.name if one.new else one.body for one in draft.addressees] for draft in drafts]
        assert named == [["Ministry of Water", "Ministry of Rivers"], ["Ministry of Water and Others"]]
        water_and = EnterBody(name="Ministry of Water and Ministry of Rivers", jurisdiction="GB")
        enter_body(session, NOW, water_and, actor=GROUP)
        found = findings.one(session, both)
        assert found and len(draft_item(session, found).addressees) == 1
