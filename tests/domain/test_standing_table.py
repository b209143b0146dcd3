"""The table of standings, line by line: facts, a day, and where the obligation stands (due 4 May 2026 unless said)."""

import pytest

from tests.domain.obligations import (
    extension,
    holding,
    judged,
    look,
    on,
    owed,
    partly_known,
    pause,
    proposal,
    replaced,
    reply,
    response,
    retracted,
    struck,
    supplement,
    void,
)
from tracker.domain.facts import Facts, TriggerState
from tracker.domain.standing import standing
from tracker.domain.words import (
    Basis,
    ClockEntryKind,
    DueSource,
    ObligationKind,
    ResponseKind,
    Role,
    Standing,
)

NO_DATE = {"due": None, "no_date": True}
AHEAD = {"due": None, "start": None, "trigger_state": TriggerState.AHEAD}
UNKNOWN_DAY = {"due": "05-04", "start": None, "trigger_state": TriggerState.UNKNOWN_DAY}
ACK, TRANSFER, INTERIM = ResponseKind.ACKNOWLEDGEMENT, ResponseKind.TRANSFER, ResponseKind.INTERIM
COMPLETION = ResponseKind.COMPLETION_REPORT

# fmt: off
# What is on record · the day · where it stands · days (overdue; for answers: late)
ANSWERED = [
    ("answered on the due day", owed(reply("05-04"), judged("substantive")), "05-20", "answered", None),
    ("answered the day after is late", owed(reply("05-05"), judged("substantive")), "05-20", "answered_late", 1),
    ("answered twelve days late", owed(reply("05-16"), judged("substantive")), "06-20", "answered_late", 12),
    ("answered before the trigger is in time", owed(reply("03-01"), judged("substantive")), "03-02", "answered", None),
    ("answered while the trigger is ahead", owed(reply("03-01"), judged("substantive"), **AHEAD), "03-02", "answered", None),
    ("an answer beats void", owed(void("04-01"), reply("05-06"), judged("substantive")), "05-20", "answered_late", 2),
    ("an answer beats a pause", owed(pause("04-01"), reply("04-20"), judged("substantive")), "05-20", "answered", None),
    ("nothing is late while the clock stands still", owed(pause("04-01"), reply("05-20"), judged("substantive")), "05-20", "answered", None),
    ("an answer beats no date", owed(reply("05-20"), judged("substantive"), **NO_DATE), "05-20", "answered", None),
    ("an answer without a computable date", owed(reply("05-20"), judged("substantive"), due=None), "05-20", "answered", None),
    ("published counts where nothing is known of receipt", owed(reply(None, published=partly_known("05-06")), judged("substantive")), "05-20", "answered_late", 2),
    ("received beats published", owed(reply("05-03", published=partly_known("05-20")), judged("substantive")), "05-21", "answered", None),
    ("the day it was seen is not the answer day", owed(reply("05-03", seen="06-01"), judged("substantive")), "06-02", "answered", None),
    ("a month wholly after the due day is late", owed(reply("2026-06"), judged("substantive")), "07-20", "answered_late", 28),
    ("a month around the due day is not called late", owed(reply("2026-05"), judged("substantive")), "07-20", "answered", None),
    ("a month wholly before the due day is in time", owed(reply("2026-04"), judged("substantive")), "07-20", "answered", None),
    ("without a date, seen by the due day", owed(reply(None, seen="05-04"), judged("substantive")), "05-20", "answered", None),
    ("without a date, seen after the due day", owed(reply(None, seen="05-05"), judged("substantive")), "05-20", "answered", None),
    ("late by the last of the judged set", owed(reply("05-02"), supplement("05-10"), judged("substantive", "reply", "supplement")), "05-20", "answered_late", 6),
    ("a holding reply may be judged an answer", owed(holding("04-20"), judged("substantive", "holding")), "05-20", "answered", None),
    ("an extension in time makes it in time", owed(extension("05-04", "06-01"), reply("05-28"), judged("substantive")), "06-02", "answered", None),
    ("a rule not confirmed calls nobody late", owed(reply("05-28"), judged("substantive"), rule_checked=False), "06-02", "answered", None),
    ("delivered late", owed(response("done", COMPLETION, "05-06", None), judged("substantive", "done"), kind=ObligationKind.DELIVER), "06-02", "answered_late", 2),
    ("an answer stays one when a newer letter is unread", owed(reply("05-02"), judged("substantive"), supplement("06-01")), "06-02", "answered", None),
    ("a substantive verdict needs no second reader", owed(reply("05-02"), judged("substantive", signed=False)), "05-20", "answered", None),
]

ENDED_OR_UNJUDGED = [
    ("the day before it is void", owed(look("05-12"), void("05-20")), "05-19", "overdue", 8),
    ("void from its day", owed(look("05-12"), void("05-20")), "05-20", "void", 8),
    ("void keeps the days, seen by a later look", owed(void("05-20"), look("06-12")), "06-20", "void", 16),
    ("void before the due day was never overdue", owed(void("04-20"), look("05-12")), "05-20", "void", None),
    ("void without a look keeps no days", owed(void("05-20")), "06-20", "void", None),
    ("void before that later look", owed(void("05-20"), look("06-12")), "06-11", "void", None),
    ("void keeps the days of a revoked order", owed(look("2026-11-03"), void("2025-01-20"), due="2024-02-27", start="2023-10-30"), "2026-11-03", "void", 328),
    ("void beats a reply nobody judged", owed(reply("04-20"), void("05-20")), "06-20", "void", None),
    ("void beats missing facts", owed(void("05-20"), due=None), "06-20", "void", None),
    ("a void taken back is none", owed(look("05-12"), replaced(void("05-20"))), "06-20", "overdue", 8),
    ("a transfer an editor recorded ends the duty", owed(void("04-20", ClockEntryKind.TRANSFER)), "06-20", "void", None),
    ("a reply waits to be judged", owed(reply("05-06")), "05-15", "awaiting_assessment", None),
    ("whatever the clock", owed(reply("03-20")), "03-21", "awaiting_assessment", None),
    ("an interim reply waits too", owed(response("i", INTERIM, "04-20", None), look("05-12")), "05-12", "awaiting_assessment", None),
    ("a completion report waits too", owed(response("c", COMPLETION, "04-20", None), look("05-12")), "05-12", "awaiting_assessment", None),
    ("a letter no person has classed waits too", owed(holding("04-20", classed_by_person=False), look("05-12")), "05-12", "awaiting_assessment", None),
    ("a letter without a kind waits too", owed(response("x", None, "04-20", None), look("05-12")), "05-12", "awaiting_assessment", None),
    ("an open finding proposes one", owed(look("05-12"), proposal("05-13")), "05-13", "awaiting_assessment", None),
    ("the day before the finding", owed(look("05-12"), proposal("05-13")), "05-12", "overdue", 8),
    ("a decided finding is none", owed(look("05-12"), replaced(proposal("05-13"))), "05-13", "overdue", 8),
    ("unjudged beats missing facts", owed(reply("05-06"), due=None), "05-15", "awaiting_assessment", None),
    ("unjudged beats no date", owed(reply("05-06"), **NO_DATE), "05-15", "awaiting_assessment", None),
    ("a supplement after a partial answer", owed(reply("05-02"), judged("partly"), supplement("05-20")), "05-21", "awaiting_assessment", None),
    ("a supplement after a hollow one", owed(reply("05-02"), judged("not"), supplement("05-20")), "05-21", "awaiting_assessment", None),
    ("a letter left out of the judged set, but later", owed(reply("04-01"), supplement("05-02"), judged("not"), look("05-12")), "05-12", "awaiting_assessment", None),
    ("an older letter found after the verdict", owed(reply("05-02"), judged("not"), response("i", INTERIM, "04-01", None), look("05-12")), "05-12", "awaiting_assessment", None),
    ("a `not` waits for its second reader", owed(reply("05-02"), judged("not", signed=False), look("05-12")), "05-12", "awaiting_assessment", None),
    ("a contested verdict waits for its second reader", owed(reply("05-02"), judged("partly", signed=False, contested=True)), "05-12", "awaiting_assessment", None),
    ("a withdrawn verdict leaves it unjudged", owed(reply("05-02"), judged("not", withdrawn=True), look("05-12")), "05-12", "awaiting_assessment", None),
    ("another group's verdict stands beside", owed(reply("05-02"), judged("not", counts=False), look("05-12")), "05-12", "awaiting_assessment", None),
    ("half of a substantive set withdrawn", owed(reply("05-02"), retracted(supplement("05-03"), "05-10"), judged("substantive", "reply", "supplement")), "05-12", "awaiting_assessment", None),
]

CLOCK = [
    ("neither date nor rule", owed(look("05-12"), due=None), "05-12", "unknown", None),
    ("a rule that cannot compute", owed(look("05-12"), due=None, rule_problem="no_sittings"), "05-12", "unknown", None),
    ("happened on an unknown day", owed(look("05-12"), **UNKNOWN_DAY), "05-12", "unknown", None),
    ("unknown trigger, stated date", owed(look("05-12"), due_stated=partly_known("05-04"), **UNKNOWN_DAY), "05-12", "overdue", 8),
    ("stated before the start", owed(due_stated=partly_known("03-08")), "04-01", "unknown", None),
    ("stated on the start is no conflict", owed(look("03-12"), due_stated=partly_known("03-09")), "03-12", "overdue", 3),
    ("stated a year off", owed(look("05-12"), due_stated=partly_known("2027-05-04")), "05-12", "unknown", None),
    ("a year off, decided for the stated date", owed(due_stated=partly_known("2027-05-04"), due_decided=DueSource.STATED), "05-12", "running", None),
    ("a year off, decided for the computed date", owed(look("05-12"), due_stated=partly_known("2027-05-04"), due_decided=DueSource.COMPUTED), "05-12", "overdue", 8),
    ("stated beats computed", owed(due_stated=partly_known("06-04")), "05-12", "running", None),
    ("stated as a month: its last day counts", owed(look("06-01"), due_stated=partly_known("2026-05")), "05-31", "due_soon", None),
    ("stated as a month: the day after", owed(look("06-01"), due_stated=partly_known("2026-05")), "06-01", "overdue", 1),
    ("two rules: the later one counts", owed(look("05-12"), due_computed_rival=on("05-12")), "05-12", "due_soon", None),
    ("two rules: the later one flags", owed(look("05-13"), due_computed_rival=on("05-12")), "05-13", "overdue", 1),
    ("a rule not confirmed shows before the day", owed(rule_checked=False), "05-04", "due_soon", None),
    ("a rule not confirmed flags nobody", owed(look("05-12"), rule_checked=False), "05-12", "unknown", None),
    ("a stated date needs no confirmed rule", owed(look("05-12"), rule_checked=False, due_stated=partly_known("05-04")), "05-12", "overdue", 8),
    ("trigger ahead", owed(**AHEAD), "05-12", "not_started", None),
    ("the day before the trigger", owed(), "03-08", "not_started", None),
    ("the day of the trigger", owed(), "03-09", "running", None),
    ("a month as trigger counts from its end", owed(start="2026-03"), "03-30", "not_started", None),
    ("a month as trigger, its last day", owed(start="2026-03"), "03-31", "running", None),
    ("no date was set", owed(**NO_DATE), "05-12", "waiting", None),
    ("no date and a holding reply", owed(holding("04-01"), **NO_DATE), "05-12", "waiting", None),
    ("no date and judged not", owed(reply("04-01"), judged("not", signed=False), **NO_DATE), "05-12", "waiting", None),
    ("running", owed(), "04-19", "running", None),
    ("soon from fourteen days before", owed(), "04-20", "due_soon", None),
    ("soon by the site's own number of days", owed(due_soon_days=3), "04-30", "running", None),
    ("the due day is not overdue", owed(look("05-04")), "05-04", "due_soon", None),
    ("a holding reply does not stop the clock", owed(holding("04-01")), "04-02", "running", None),
    ("inside a pause", owed(pause("04-01")), "05-20", "paused", None),
    ("the day before a pause", owed(pause("04-01")), "03-31", "running", None),
    ("the last day of a pause", owed(pause("04-01", "04-10", "05-14")), "04-10", "paused", None),
    ("the day after a pause", owed(pause("04-01", "04-10", "05-14")), "04-11", "running", None),
    ("a pause moved the due day", owed(look("05-14"), pause("04-01", "04-10", "05-14")), "05-14", "due_soon", None),
    ("the day after the moved day", owed(pause("04-01", "04-10", "05-14"), look("05-15")), "05-15", "overdue", 1),
    ("a pause on the due day works", owed(look("05-12"), pause("05-04")), "05-12", "paused", None),
    ("a pause after the due day does not", owed(look("05-12"), pause("05-05")), "05-12", "overdue", 8),
    ("a pause recorded late works from its day", owed(look("05-12"), look("05-13"), pause("04-01")), "05-14", "paused", None),
    ("a pause ended without a new day", owed(look("05-12"), pause("04-01", "04-10")), "05-12", "unknown", None),
    ("an extension given on the due day", owed(look("05-12"), extension("05-04", "06-01")), "05-12", "running", None),
    ("an extension given the day after only stands there", owed(look("05-12"), extension("05-05", "06-01")), "05-12", "overdue", 8),
    ("a late extension that cures", owed(look("05-12"), extension("05-10", "06-01", cures=True)), "05-12", "running", None),
    ("before a late extension that cures", owed(look("05-06"), extension("05-10", "06-01", cures=True)), "05-09", "overdue", 2),
    ("after the extended day", owed(extension("05-04", "06-01"), look("06-03")), "06-03", "overdue", 2),
    ("a second extension by the extended day", owed(extension("05-04", "06-01"), extension("06-01", "07-01"), look("06-20")), "06-20", "due_soon", None),
    ("an extension to an earlier day moves nothing", owed(extension("04-01", "04-20")), "04-30", "due_soon", None),
    ("an extension while the clock stands still", owed(pause("05-01"), extension("05-20", "06-20"), look("06-01")), "06-01", "paused", None),
    ("an open pause outlasts a short one", owed(pause("04-01"), pause("04-10", "04-12", "05-07"), look("05-12")), "05-12", "paused", None),
    ("a pause never brings the day nearer", owed(pause("04-01", "04-10", "04-20")), "05-04", "due_soon", None),
    ("an extension we took back", owed(replaced(extension("05-04", "06-01")), look("06-03")), "06-03", "overdue", 30),
]

AFTER_THE_DUE_DAY = [
    ("partly answered", owed(reply("05-02"), judged("partly")), "05-05", "partly_answered", None),
    ("partly answered late", owed(reply("05-06"), judged("partly")), "05-20", "partly_answered", 2),
    ("partly before the due day runs on", owed(reply("04-02"), judged("partly")), "05-04", "due_soon", None),
    ("partly, then a supplement makes it whole", owed(reply("05-02"), judged("partly"), supplement("05-04"), judged("substantive", "reply", "supplement")), "05-20", "answered", None),
    ("partly again when the supplement is withdrawn", owed(reply("05-02"), judged("partly"), retracted(supplement("05-04"), "05-10"), judged("substantive", "reply", "supplement")), "05-20", "partly_answered", None),
    ("not looked at", owed(), "05-12", "unchecked", None),
    ("a look on the due day is too early", owed(look("05-04")), "05-05", "unchecked", None),
    ("a look the day after", owed(look("05-05")), "05-05", "overdue", 1),
    ("a look tomorrow is none today", owed(look("05-13")), "05-12", "unchecked", None),
    ("a look within the publication lag", owed(look("05-11"), publication_lag_days=7), "05-12", "unchecked", None),
    ("a look after the publication lag", owed(look("05-12"), publication_lag_days=7), "05-12", "overdue", 8),
    ("a source read within its own lag", owed(look("05-11", lag_days=7)), "05-12", "unchecked", None),
    ("a source read after its own lag", owed(look("05-12", lag_days=7)), "05-12", "overdue", 8),
    ("a quarantined run is no look", owed(look("05-12", quarantined=True)), "05-12", "unchecked", None),
    ("a run with an undecided finding is no look", owed(look("05-12", finding_open=True)), "05-12", "unchecked", None),
    ("a feed of new things is no look", owed(look("05-12", feed_only=True)), "05-12", "unchecked", None),
    ("a look taken back is none", owed(replaced(look("05-12"))), "05-12", "unchecked", None),
    ("overdue by the last look, not by today", owed(look("05-06"), look("05-12")), "06-30", "overdue", 8),
    ("overdue and stale stays overdue", owed(look("05-12")), "12-30", "overdue", 8),
    ("a holding reply only", owed(holding("04-01"), look("05-12")), "05-12", "overdue_unsubstantive", 8),
    ("an acknowledgement only", owed(response("a", ACK, "04-01", None), look("05-12")), "05-12", "overdue_unsubstantive", 8),
    ("a claimed transfer is hollow", owed(response("t", TRANSFER, "04-01", None), look("05-12")), "05-12", "overdue_unsubstantive", 8),
    ("seeing a holding reply is a look", owed(holding("04-01", seen="05-10")), "05-12", "overdue_unsubstantive", 6),
    ("hollow and not looked at since", owed(holding("04-01")), "05-12", "unchecked", None),
    ("judged not an answer", owed(reply("04-01"), judged("not"), look("05-12")), "05-12", "overdue_unsubstantive", 8),
    ("judged not, where one reader is enough", owed(reply("04-01"), judged("not", signed=False), look("05-12"), countersign=False), "05-12", "overdue_unsubstantive", 8),
    ("an earlier verdict holds while a `not` is pending", owed(reply("04-01"), judged("partly"), judged("not", signed=False)), "05-12", "partly_answered", None),
    ("the later verdict counts", owed(reply("04-01"), judged("substantive"), judged("not"), look("05-12")), "05-12", "overdue_unsubstantive", 8),
    ("a withdrawn verdict gives way to the one before", owed(reply("04-01"), judged("substantive"), judged("not", withdrawn=True)), "05-12", "answered", None),
    ("a letter judged by an earlier verdict is not news", owed(supplement("05-01"), judged("partly", "supplement"), reply("04-01"), judged("not"), look("05-12")), "05-12", "overdue_unsubstantive", 8),
    ("an older interim the reader left aside is not news", owed(response("i", INTERIM, "04-01", None), reply("05-02"), judged("not"), look("05-12")), "05-12", "overdue_unsubstantive", 8),
    ("before the supplement came, the verdict before it counts", owed(reply("04-01"), judged("not"), supplement("05-20"), judged("partly", "reply", "supplement"), look("05-12")), "05-12", "overdue_unsubstantive", 8),
    ("a holding reply after a `not` changes nothing", owed(reply("04-01"), judged("not"), holding("04-20"), look("05-12")), "05-12", "overdue_unsubstantive", 8),
    ("a struck reply never was", owed(struck(reply("04-01")), judged("substantive"), look("05-12")), "05-12", "overdue", 8),
    ("seeing a struck reply is no look", owed(struck(reply("04-01", seen="05-10"))), "05-12", "unchecked", None),
    ("the day before an answer is withdrawn", owed(retracted(reply("04-01"), "05-20"), judged("substantive"), look("05-12")), "05-19", "answered", None),
    ("an answer withdrawn, not looked at since", owed(retracted(reply("04-01"), "05-20"), judged("substantive"), look("05-12")), "05-20", "unchecked", None),
    ("an answer withdrawn counts from that day", owed(retracted(reply("04-01"), "05-20"), judged("substantive"), look("05-25")), "05-25", "overdue", 5),
    ("an answer withdrawn before the due day", owed(retracted(reply("04-01"), "04-20"), judged("substantive"), look("05-12")), "05-12", "overdue", 8),
    ("holding, then a reply, then its withdrawal", owed(holding("04-01"), retracted(reply("04-20"), "05-20"), judged("substantive"), look("05-25")), "05-25", "overdue_unsubstantive", 5),
    ("a withdrawn reply judged not stops no count", owed(retracted(reply("04-20"), "05-20"), judged("not"), look("05-25")), "05-25", "overdue", 21),
    ("a supporting body is never flagged", owed(look("05-12"), role=Role.SUPPORTING), "05-12", "waiting", None),
    ("a supporting body is never called unchecked", owed(role=Role.SUPPORTING), "05-12", "waiting", None),
    ("a supporting body has a date", owed(role=Role.SUPPORTING), "04-02", "running", None),
    ("a joint body owes like a lead", owed(look("05-12"), role=Role.JOINT), "05-12", "overdue", 8),
    ("asked by a date: the same standing", owed(look("05-12"), basis=Basis.REQUEST), "05-12", "overdue", 8),
    ("not delivered", owed(look("05-12"), kind=ObligationKind.DELIVER, start=None), "05-12", "overdue", 8),
    ("a response ahead of today is not there yet", owed(reply("05-20"), judged("substantive"), look("05-12")), "05-12", "overdue", 8),
]

# fmt: on
PATTERNS = [*ANSWERED, *ENDED_OR_UNJUDGED, *CLOCK, *AFTER_THE_DUE_DAY]


@pytest.mark.parametrize(
    ("facts", "day", "expected", "days"), [p[1:] for p in PATTERNS], ids=[p[0] for p in PATTERNS]
)
def test_the_table_of_standings(facts: Facts, day: str, expected: str, days: int | None) -> None:
    found = standing(facts, on(day))
    assert (found.standing.value, found.late_days if found.late_days is not None else found.days_overdue) == (
        expected,
        days,
    )


def test_every_standing_is_reached() -> None:
    assert {pattern[3] for pattern in PATTERNS} == {standing.value for standing in Standing}
