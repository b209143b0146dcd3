"""Imports of tables: presets measured, all or nothing, the same twice, changes, taking back, and the way round."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col, func, select

from scrapers.cage import Cage
from tests.services.entered import NOW
from tests.shared import shared
from tracker.domain.formulas import neutral, restored
from tracker.domain.importing.dating import is_ambiguous, only_order
from tracker.domain.importing.mapping import Mapping, read_mapping
from tracker.domain.importing.plan import Plan
from tracker.domain.importing.problems import MappingError, Weight
from tracker.domain.words import ClaimState, EventKind, Role, Standing, Visibility
from tracker.services import import_write
from tracker.services.export_tables import export_tables
from tracker.services.import_table import Imported, import_table, preview
from tracker.services.read_file import File, UnreadableFile
from tracker.services.read_table import TableRead, planned, preset_mapping, read_table, table_cage
from tracker.services.record_event import record_event
from tracker.services.undo_import import undo_import
from tracker.storage.engine import Database
from tracker.storage.tables import (
    Claim,
    Delivery,
    Event,
    Item,
    Obligation,
    Process,
    Response,
    Revision,
    Segment,
    Terms,
)

SAMPLES = shared("data", "samples")
PAIRS = """
[process]
name = "Safety recommendations"
kind = "audit"
[item]
key = "{No}"
title = "{Recommendation}"
repeated = "merge"
[[addressee]]
body = "{To}"
[deadline]
due = "{Due}"
basis = "request"
[[response]]
published = "{Reply # on}"
text = "{Reply #}"
numbers = 3
position = "{Status}"
[response.positions]
"Accepted" = "accepted"
[[claim]]
speaker = "body"
state = "{Closed}"
[claim.states]
"Yes" = "complete"
"NR" = "unknown"
"""
ROWS = """No,Recommendation,To,Due,Reply 1,Reply 1 on,Reply 2,Reply 2 on,Status,Closed
R1,Fit alarms,Rail Body,2026-03-01,We will.,2026-02-01,We did.,2026-02-20,Accepted,Yes
R1,Fit alarms,Road Body,2026-03-01,,,,,,NR
R2,Train crews,Rail Body,,,,,,,
"""


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with table_cage() as opened:
        yield opened


def table(cage: Cage, said: Mapping, body: bytes, name: str = "table.csv") -> tuple[TableRead, Plan, File]:
    file = File(name, body)
    read = read_table(cage, file, said, NOW)
    return read, planned(read, said), file


def bring(database: Database, cage: Cage, mapping: str, rows: str, name: str = "table.csv") -> Imported:
    said = read_mapping(mapping)
    read, plan, file = table(cage, said, rows.encode(), name)
    with database.writing() as session:
        return import_table(session, NOW, plan, said, read, file, preset="table", actor="command:import")


def sample(cage: Cage, preset: str, *path: str) -> Plan:
    file = SAMPLES.joinpath(*path)
    return table(cage, preset_mapping(preset), file.read_bytes(), file.name)[1]


def count(database: Database, kind: type) -> int:
    with database.reading() as session:
        return int(session.execute(select(func.count()).select_from(kind)).scalar_one())


def test_the_commitments_of_the_partnership_are_read_and_what_is_in_doubt_is_asked(cage: Cage) -> None:
    made = sample(cage, "ogp", "ogp", "commitments.csv")
    assert (made.rows, len(made.items)) == (558, 558)
    words = Counter(claim.written for item in made.items for claim in item.claims)
    # 14 of the 558 name no institution that owes anything and 4 a list nobody can part: each is said by its row.
    assert sum(words.values()) == 540
    assert sum("No body is named" in one.sentence for one in made.problems) == 18
    assert (words["Limited"], words["Substantial"], words["Complete"]) == (120, 120, 71)
    assert {"NR", "ND", "Limited", "Substantial", "Complete", "Not Started"} <= set(words)
    assert {claim.state for item in made.items for claim in item.claims if claim.written in ("NR", "ND")} == {
        ClaimState.UNKNOWN
    }
    assert {one.role for item in made.items for one in item.addressees} == {Role.LEAD, Role.SUPPORTING}
    asked = [one for one in made.problems if one.column == "End Date" and "either order" in one.sentence]
    assert len(asked) == 12  # of the 14 that read in both orders two are the same day either way
    assert all(one.weight is Weight.QUESTION and one.row for one in asked)


def test_the_recommendations_of_the_review_are_read_though_their_lines_end_in_cr_alone(cage: Cage) -> None:
    made = sample(cage, "upr", "upr", "sessions_17-20.csv")
    positions = Counter(one.position_written for item in made.items for one in item.responses)
    assert (len(made.items), positions) == (7984, {"Accepted": 6094, "Noted": 1890})
    assert any("démocratiques de libération" in item.text for item in made.items)


def test_the_plan_of_canada_has_its_milestones_and_indicators_under_each_other(cage: Cage) -> None:
    made = sample(cage, "canada", "canada-ogp-nap", "nap5.yaml")
    levels = Counter(item.key.count(".") for item in made.items)
    assert levels == {0: 5, 1: 19, 2: 106}
    assert all(item.parent == item.key.rpartition(".")[0] for item in made.items)


def test_the_proposals_of_the_convention_are_read(cage: Cage) -> None:
    assert (
        len(sample(cage, "convention-climat", "fr-convention-climat", "propositions_146.json").items) == 146
    )


def test_an_export_of_results_is_read_by_its_documented_columns(cage: Cage) -> None:
    rows = (
        "id;category/id;category/name/en;parent/id;title/en;description/en;start_date;end_date;status/id;status/key;"
        "progress;component/id;url\n"
        "7;1;Mobility;;Bike lanes;Ten kilometres;2025-01-01;2025-12-31;2;finished;100;44;https://d.example/r/7\n"
        "8;1;Mobility;7;First lane;;;2025-06-30;1;ongoing;40;44;https://d.example/r/8\n"
    )
    made = table(cage, preset_mapping("decidim"), rows.encode())[1]
    assert [(item.key, item.parent, item.claims[0].state.value) for item in made.items] == [
        ("7", "", "complete"),
        ("8", "7", "in_progress"),
    ]
    assert made.problems == []


def test_one_row_for_each_body_and_replies_in_numbered_columns_are_one_item(
    database: Database, cage: Cage
) -> None:
    done = bring(database, cage, PAIRS, ROWS)
    assert (
        done.counts["new"],
        done.counts["addressees"],
        done.counts["responses"],
        done.counts["claims"],
    ) == (2, 3, 2, 2)
    with database.reading() as session:
        standings = Counter(
            session.execute(
                select(Segment.standing).where(
                    col(Segment.superseded_at).is_(None), col(Segment.until_at).is_(None)
                )
            ).scalars()
        )
        written = set(session.execute(select(Claim.as_written)).scalars())
        events = list(session.execute(select(Event)).scalars())
    assert Standing.AWAITING_ASSESSMENT in standings
    assert written == {"Yes", "NR"}
    assert events and all(event.backfill for event in events)
    assert count(database, Delivery) == 0


def test_the_same_table_twice_changes_nothing_and_says_when_it_came(database: Database, cage: Cage) -> None:
    first = bring(database, cage, PAIRS, ROWS)
    before = [count(database, kind) for kind in (Item, Obligation, Terms, Response, Claim, Event)]
    again = bring(database, cage, PAIRS, ROWS)
    assert again.act is None and again.before is not None and first.act is not None
    assert again.before.id == first.act.id
    assert [count(database, kind) for kind in (Item, Obligation, Terms, Response, Claim, Event)] == before


def test_a_later_table_changes_what_it_says_and_erases_nothing(database: Database, cage: Cage) -> None:
    bring(database, cage, PAIRS, ROWS)
    later = (
        ROWS.replace("Fit alarms", "Fit loud alarms")
        .replace("2026-03-01", "2026-04-01")
        .replace("R2,Train crews,Rail Body,,,,,,,\n", "")
    )
    done = bring(database, cage, PAIRS, later)
    assert (done.counts["changed"], done.counts["untouched"], done.counts["dates"]) == (1, 1, 2)
    with database.reading() as session:
        stated = list(session.execute(select(Terms).order_by(col(Terms.id))).scalars())
        assert session.execute(select(func.count()).select_from(Item)).scalar_one() == 2
    assert sum(row.superseded_at is not None for row in stated) == 2
    assert count(database, Revision) == 1


def test_an_import_is_taken_back_as_a_whole_and_may_come_again(database: Database, cage: Cage) -> None:
    bring(database, cage, PAIRS, ROWS)
    later = bring(
        database,
        cage,
        PAIRS,
        ROWS.replace("Fit alarms", "Fit loud alarms").replace("2026-03-01", "2026-04-01"),
    )
    assert later.act is not None
    with database.writing() as session:
        undo_import(session, NOW, later.act.id or 0, actor="command:import")
    with database.reading() as session:
        assert set(session.execute(select(Item.title)).scalars()) == {"Fit alarms", "Train crews"}
        standing = session.execute(
            select(Terms).where(col(Terms.superseded_at).is_(None), col(Terms.stated_on).is_not(None))
        ).scalars()
        assert {str(terms.stated_on) for terms in standing} == {"2026-03-01"}


def test_what_an_import_made_leaves_the_public_when_it_is_taken_back(database: Database, cage: Cage) -> None:
    first = bring(database, cage, PAIRS, ROWS)
    assert first.act is not None
    with database.writing() as session:
        undone = undo_import(session, NOW, first.act.id or 0, actor="command:import")
    assert undone.undo["items"] == 2
    with database.reading() as session:
        assert set(session.execute(select(Item.visibility)).scalars()) == {Visibility.WITHHELD}
        assert set(session.execute(select(Process.visibility)).scalars()) == {Visibility.WITHHELD}
    assert bring(database, cage, PAIRS, ROWS).counts["new"] == 2
    with database.reading() as session:
        assert set(session.execute(select(Process.visibility)).scalars()) == {Visibility.PUBLIC}


@pytest.mark.parametrize("was_news", [True, False])
def test_whoever_was_told_of_an_item_is_told_that_its_import_was_taken_back(
    database: Database, cage: Cage, was_news: bool
) -> None:
    first = bring(database, cage, PAIRS, ROWS)
    assert first.act is not None
    with database.writing() as session:
        item = session.execute(select(Item).limit(1)).scalar_one()
        record_event(
            session, EventKind.DUE_SOON, now=NOW, happened_on=NOW.date(), item=item, backfill=not was_news
        )
    with database.writing() as session:
        undo_import(session, NOW, first.act.id or 0, actor="command:import")
    with database.reading() as session:
        told = session.execute(select(Event.backfill).where(col(Event.kind) == EventKind.CORRECTED)).scalars()
        assert set(told) == {not was_news}


def test_what_somebody_worked_on_since_stays_and_is_said(database: Database, cage: Cage) -> None:
    first = bring(database, cage, PAIRS, ROWS)
    bring(database, cage, PAIRS, ROWS.replace("Train crews", "Train all crews"))
    assert first.act is not None
    with database.writing() as session:
        undone = undo_import(session, NOW, first.act.id or 0, actor="command:import")
    assert (undone.undo["items"], undone.undo["kept_all"]) == (1, 1)


def test_an_error_in_one_row_keeps_everything_out(database: Database, cage: Cage) -> None:
    with pytest.raises(UnreadableFile, match="row 3"):
        bring(database, cage, PAIRS.replace('repeated = "merge"', ""), ROWS)
    assert count(database, Item) == 0


@pytest.mark.parametrize("fails_at", range(1, 6))
def test_an_import_that_dies_on_the_way_leaves_nothing(
    database: Database, cage: Cage, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    names = ("_bodies", "_processes", "_items", "_owed", "_put_under_parents")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(import_write, names[fails_at - 1], die)
        with pytest.raises(KeyboardInterrupt):
            bring(database, cage, PAIRS, ROWS)
    assert (count(database, Item), count(database, Process), count(database, Event)) == (0, 0, 0)
    assert bring(database, cage, PAIRS, ROWS).counts["new"] == 2


def test_a_preview_keeps_nothing(database: Database, cage: Cage) -> None:
    said = read_mapping(PAIRS)
    read, plan, _ = table(cage, said, ROWS.encode())
    with database.reading() as session:
        assert preview(session, plan, said, read).counts["new"] == 2
    assert count(database, Item) == 0


def test_rows_under_a_repeated_commitment_become_its_milestones(database: Database, cage: Cage) -> None:
    mapping = """
[read]
fill_down = ["Commitment"]
[process]
name = "Plan"
[[above]]
key = "{Commitment}"
title = "{Commitment}"
kind = "commitment"
[item]
kind = "commitment"
key = "{Commitment}: {Milestone}"
title = "{Milestone}"
[[addressee]]
body = "{Body}"
[deadline]
due = "{By}"
basis = "promise"
"""
    rows = "Commitment,Milestone,Body,By\nOpen data,Portal,Ministry A,2026-12\n,Licence,Ministry A,2027-01\nOpen law,Register,Ministry B,2027\n"
    done = bring(database, cage, mapping, rows)
    assert done.counts["new"] == 5
    with database.reading() as session:
        items = {item.id: item for item in session.execute(select(Item)).scalars()}
    under = {item.title: items[item.parent_id].title for item in items.values() if item.parent_id}
    assert under == {"Portal": "Open data", "Licence": "Open data", "Register": "Open law"}


def test_the_end_dates_of_the_partnership_stand_in_both_orders_in_one_column(cage: Cage) -> None:
    file = SAMPLES / "ogp" / "commitments.csv"
    read, made, _ = table(cage, preset_mapping("ogp"), file.read_bytes(), file.name)
    at = read.sheet.columns.index("End Date")
    cells = [cells[at] for _, cells in read.sheet.rows]
    orders = Counter(only_order(cell) for cell in cells)
    figures = [
        cell for cell in cells if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", cell) and not only_order(cell)
    ]
    # Two of the fourteen are the same day in either order: they are ambiguous in no effect, and read.
    assert (orders["mdy"], orders["dmy"], len(figures), sum(map(is_ambiguous, cells))) == (311, 37, 14, 12)
    due = [one.deadline.due for item in made.items for one in item.addressees]
    assert not any(day.value.year < 2000 for day in due if day is not None)
    slips = [one for one in made.problems if "A spreadsheet shows the number" in one.sentence]
    assert {one.written[-4:] for one in slips} == {"1905"}
    twos = [cell for cell in cells if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2}", cell)]
    assert (len(twos), orders["mdy"] + len(twos)) == (24, 335)
    assert not {one.written for one in made.problems} & set(
        twos
    )  # the whole years beside them prove the century


def test_an_unknown_word_is_a_question_that_names_it(cage: Cage) -> None:
    made = table(cage, read_mapping(PAIRS), ROWS.replace("Accepted", "Maybe").encode())[1]
    assert [(one.weight, one.written) for one in made.problems] == [(Weight.QUESTION, "Maybe")] * len(
        made.problems
    )
    assert made.problems


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (PAIRS.replace("{Due}", "{Dew}"), "did you mean Due"),
        (PAIRS.replace("published =", "publishd ="), "did you mean published"),
        (PAIRS.replace('basis = "request"', ""), "why the date binds"),
        ("[process", "not TOML"),
    ],
)
def test_a_mapping_that_is_wrong_says_how_to_mend_it(cage: Cage, wrong: str, sentence: str) -> None:
    with pytest.raises(MappingError, match=sentence):
        table(cage, read_mapping(wrong), ROWS.encode())


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc"))))
@settings(max_examples=200, deadline=None)
def test_a_cell_comes_back_as_it_went_out(text: str) -> None:
    assert restored(neutral(text)) == text
    assert neutral(text)[:1] not in tuple("=+-@")


def test_items_that_were_exported_come_back_equal(database: Database, cage: Cage, tmp_path: Path) -> None:
    bring(database, cage, PAIRS, ROWS.replace("Fit alarms", '"=1+1, ""loud"""').replace("Train crews", "'@x"))
    with database.reading() as session:
        export_tables(session, NOW, tmp_path / "first", "csv")
    said = preset_mapping("items")
    exported = (tmp_path / "first" / "items.csv").read_bytes()
    read, plan, file = table(cage, said, exported, "items.csv")
    assert [item.title for item in plan.items] == ['=1+1, "loud"', "'@x"]
    with database.writing() as session:
        again = import_table(session, NOW, plan, said, read, file, preset="items", actor="command:import")
    assert (again.act, again.counts["unchanged"]) == (None, 2)
