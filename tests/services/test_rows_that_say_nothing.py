"""Rows that yield no finding are there all the same: a look for what they name, as long as they are on the list."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest

from scrapers.cage import Cage
from tests.services.entered import GROUP, NOW, STATED, owing, report
from tests.services.register import Clock, Collecting, running_register
from tests.services.reviewed import rows
from tracker.domain.words import RunState
from tracker.services.draft_decision import ItemDecision
from tracker.services.entry import OwedBy
from tracker.services.release_run import release_run
from tracker.services.review import accept_new_item, open_findings
from tracker.storage.engine import Database
from tracker.storage.tables import CheckObligation, Run

PATH = "/questions"
NAMES = ("item", "title", "status")
STATUSES = {"Open": "new_item", "Being considered": "ignore"}
Row = tuple[str, str, str]
ALL: Sequence[Row] = [(f"Q{n}", f"Mend bridge {n}", "Open") for n in range(1, 13)]


def considered(key: str) -> list[Row]:
    """The list on which one question has a status that tells us nothing."""
    return [(*row[:2], "Being considered") if row[0] == key else row for row in ALL]


def _table(table: Sequence[Row]) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in table)
    return f"<html><body><h1>Questions</h1><table><tbody>{cells}</tbody></table></body></html>"


def _data(table: Sequence[Row]) -> str:
    return json.dumps({"r": [dict(zip(NAMES, row, strict=True)) for row in table]})


def _file(table: Sequence[Row]) -> str:
    held = StringIO()
    csv.writer(held).writerows([NAMES, *table])
    return held.getvalue()


@dataclass(frozen=True)
class Form:
    reader: str
    content_type: str
    write: Callable[[Sequence[Row]], str]
    options: Mapping[str, Any]


FORMS = {
    "listing": Form(
        "listing",
        "text/html",
        _table,
        {"rows": "tbody tr", "fields": {name: f"column:{n}" for n, name in enumerate(NAMES, 1)}},
    ),
    "json": Form(
        "json", "application/json", _data, {"rows": "r[*]", "fields": {name: name for name in NAMES}}
    ),
    "csv_list": Form("csv_list", "text/csv", _file, {"fields": {name: name for name in NAMES}}),
}


@dataclass
class Daily:
    collecting: Collecting
    form: Form
    document: str

    def read(self, table: Sequence[Row]) -> Run:
        self.collecting.register.put(PATH, self.form.write(table), Content_Type=self.form.content_type)
        self.collecting.clock.forward(hours=25)
        assert self.collecting.collect(only="questions")
        run = rows(self.collecting.database, Run)[-1]
        assert isinstance(run, Run)
        return run

    def take(self, key: str) -> int:
        said = ItemDecision(
            title=f"Mend bridge {key[1:]}",
            addressees=(OwedBy(body="ministry-of-water"),),
            deadline=STATED,
            document=self.document,
            ref=key,
        )
        with self.collecting.database.writing() as session:
            (found,) = [one for one in open_findings(session) if one.finding.external_key == key]
            made = accept_new_item(session, self.collecting.clock(), found.finding.id or 0, said, actor=GROUP)
            return owing(session, made)[0]

    def looks(self, owed: int) -> int:
        return sum(one.obligation_id == owed for one in rows(self.collecting.database, CheckObligation))


@pytest.fixture(params=FORMS)
def daily(database: Database, cage: Cage, request: pytest.FixtureRequest) -> Iterator[Daily]:
    form = FORMS[request.param]
    with running_register() as register:
        made = Collecting(database, register, cage, Clock(NOW))
        options = {**form.options, "key": "item", "statuses": STATUSES}
        made.source("questions", form.reader, PATH, options=options)
        with database.writing() as session:
            document = report(session)
        yield Daily(made, form, document)


def test_a_row_whose_status_tells_us_nothing_was_looked_at(daily: Daily) -> None:
    daily.read(ALL)
    owed = daily.take("Q2")
    assert daily.read(considered("Q2")).state is RunState.HEALTHY
    assert daily.looks(owed) == 1
    assert daily.read([row for row in considered("Q2") if row[0] != "Q2"]).state is RunState.HEALTHY
    assert daily.looks(owed) == 1


def test_a_released_reading_is_no_look_for_rows_it_does_not_have(daily: Daily) -> None:
    daily.read(ALL)
    there, left, missing = daily.take("Q1"), daily.take("Q2"), daily.take("Q12")
    run = daily.read(considered("Q2")[:4])
    assert run.state is RunState.QUARANTINED
    with daily.collecting.database.writing() as session:
        release_run(
            session, daily.collecting.clock(), run.id or 0, "The old ones were archived.", actor=GROUP
        )
    assert [daily.looks(one) for one in (there, left, missing)] == [1, 1, 0]
