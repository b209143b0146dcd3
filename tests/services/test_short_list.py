"""A short list of questions and replies, day after day: what is a look for an answer, and what is left to decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from scrapers.cage import Cage
from tests.services.entered import GROUP, NOW, STATED, owing, report, standing
from tests.services.register import Clock, Collecting, running_register
from tests.services.reviewed import rows
from tracker.domain.words import FindingState, RunState, Standing
from tracker.services.draft_decision import ItemDecision, draft_response
from tracker.services.entry import OwedBy
from tracker.services.review import accept_new_item, open_findings
from tracker.storage import findings
from tracker.storage.engine import Database
from tracker.storage.tables import CheckObligation, Finding, Run

PATH = "/questions"
CELLS = {"item": 1, "title": 2, "body_name": 3, "status": 4}
OPTIONS = {
    "rows": "tbody tr",
    "fields": {name: f"td:nth-child({place})" for name, place in CELLS.items()},
    "key": "item",
    "statuses": {"Open": "new_item", "Reply published": "reply"},
}
Row = tuple[str, str, str, str]
GOOD: Sequence[Row] = [
    (f"Q{n}", f"Mend bridge {n}", "Ministry of Water", "Reply published" if n == 1 else "Open")
    for n in range(1, 9)
]
QUIET: Sequence[Row] = [(*row[:3], "Open") for row in GOOD]


@dataclass
class Daily:
    """The list as a source, and the document its questions stand in."""

    collecting: Collecting
    document: str

    def read(self, table: Sequence[Row]) -> Run:
        cells = "".join("<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in table)
        page = f"<html><body><h1>Questions</h1><table><tbody>{cells}</tbody></table></body></html>"
        self.collecting.register.put(PATH, page)
        self.collecting.clock.forward(hours=25)
        assert self.collecting.collect(only="questions")
        run = rows(self.collecting.database, Run)[-1]
        assert isinstance(run, Run)
        return run

    def take(self, key: str, *bodies: str) -> list[int]:
        """Take the row over as an item; what is owed about it."""
        said = ItemDecision(
            title=f"Mend bridge {key[1:]}",
            addressees=tuple(OwedBy(body=one) for one in bodies),
            deadline=STATED,
            document=self.document,
            ref=key,
        )
        with self.collecting.database.writing() as session:
            (found,) = [one for one in open_findings(session) if one.finding.external_key == key]
            made = accept_new_item(session, self.collecting.clock(), found.finding.id or 0, said, actor=GROUP)
            return owing(session, made)

    def standing(self, owed: int) -> Standing:
        with self.collecting.database.reading() as session:
            return standing(session, owed, self.collecting.clock())

    def looks(self, owed: int) -> int:
        return sum(one.obligation_id == owed for one in rows(self.collecting.database, CheckObligation))

    def findings(self, key: str) -> list[Finding]:
        return [one for one in rows(self.collecting.database, Finding) if one.external_key == key]


@pytest.fixture
def daily(database: Database, cage: Cage) -> Iterator[Daily]:
    with running_register() as register:
        made = Collecting(database, register, cage, Clock(NOW))
        made.source("questions", "listing", PATH, options=OPTIONS)
        with database.writing() as session:
            document = report(session)
        yield Daily(made, document)


def test_a_reply_entered_as_an_item_goes_on_waiting_and_nobody_is_flagged(daily: Daily) -> None:
    daily.read(GOOD)
    first, second = daily.take("Q1", "ministry-of-water", "ministry-of-rivers")
    daily.read(GOOD)
    assert (daily.looks(first), daily.looks(second)) == (0, 0)
    assert daily.standing(first) is Standing.AWAITING_ASSESSMENT
    assert daily.standing(second) is Standing.AWAITING_ASSESSMENT
    (waits,) = [one for one in daily.findings("Q1") if one.state is FindingState.OPEN]
    with daily.collecting.database.reading() as session:
        waiting = findings.one(session, waits.id or 0)
        assert waiting is not None
        assert [line.obligation for line in draft_response(session, waiting).lines] == [first, second]


def test_a_row_that_is_missing_was_not_looked_at(daily: Daily) -> None:
    daily.read(QUIET)
    (there,), (missing,) = daily.take("Q2", "ministry-of-rivers"), daily.take("Q3", "ministry-of-rivers")
    assert daily.read([row for row in QUIET if row[0] != "Q3"]).state is RunState.HEALTHY
    assert (daily.looks(there), daily.looks(missing)) == (1, 0)
    assert daily.standing(there) is Standing.OVERDUE and daily.standing(missing) is Standing.UNCHECKED


def test_half_of_a_short_list_is_set_aside_and_is_no_look(daily: Daily) -> None:
    daily.read(GOOD)
    (owed,) = daily.take("Q2", "ministry-of-water")
    assert daily.read(GOOD[:4]).state is RunState.QUARANTINED
    assert daily.looks(owed) == 0


def test_a_reply_that_goes_and_comes_back_is_shown_as_it_stands(daily: Daily) -> None:
    daily.read(QUIET)
    (owed,) = daily.take("Q2", "ministry-of-water")
    replied = [(*row[:3], "Reply published") if row[0] == "Q2" else row for row in QUIET]
    daily.read(replied)
    assert daily.standing(owed) is Standing.AWAITING_ASSESSMENT
    daily.read([("Q2", "Mend bridge two", *row[2:]) if row[0] == "Q2" else row for row in replied])
    daily.read(replied)
    assert daily.standing(owed) is Standing.AWAITING_ASSESSMENT
    assert [one.state for one in daily.findings("Q2")].count(FindingState.OPEN) == 1


def test_what_one_bad_reading_made_of_a_decided_row_does_not_stay_in_the_queue(daily: Daily) -> None:
    daily.read(GOOD)
    daily.take("Q2", "ministry-of-water")
    daily.read(
        [("Q2", "Ministry of Water", "Mend bridge 2", "Open") if row[0] == "Q2" else row for row in GOOD]
    )
    assert [one.state for one in daily.findings("Q2")] == [FindingState.ACCEPTED, FindingState.OPEN]
    daily.read(GOOD)
    assert [one.state for one in daily.findings("Q2")] == [FindingState.ACCEPTED, FindingState.REJECTED]
