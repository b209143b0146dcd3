"""What came back, when, and what it was judged to be."""

from tests.web.api.story import (
    STATED,
    TWO_MONTHS,
    Pattern,
    came,
    countersigned,
    judged,
    looked,
    retracted,
    stands,
    withdrawn,
)

LATENESS_UNKNOWN = stands("answered", lateness_unknown=True, answer_state="full")
IN_TIME = stands("answered", lateness_unknown=False, answer_state="full")
DELIVER = {"addressee": {"kind": "deliver"}}

HOLLOW = (
    Pattern(
        "a holding reply does not stop the clock",
        STATED,
        (came("holding", published="2026-05-01"), looked("2026-05-12")),
        {
            "2026-05-12": stands("overdue_unsubstantive", overdue=8, since=8, checked="2026-05-12"),
            "as of 2026-05-02": stands("due_soon", answer_state="hollow"),
        },
    ),
    Pattern(
        "an acknowledgement does not stop the clock",
        STATED,
        (came("acknowledgement", published="2026-05-01"), looked("2026-05-12")),
        {"2026-05-12": stands("overdue_unsubstantive", overdue=8)},
    ),
    Pattern(
        "a claimed transfer does not stop the clock",
        STATED,
        (came("transfer", published="2026-05-01"), looked("2026-05-12")),
        {"2026-05-12": stands("overdue_unsubstantive", overdue=8)},
    ),
    Pattern(
        "where no date was set a holding reply leaves it waiting",
        {"basis": "request"},
        (came("holding", published="2026-05-01"),),
        {"2026-05-12": stands("waiting", due=None, answer_state="hollow")},
    ),
    Pattern(
        "a holding reply, then a reply, which is then withdrawn: overdue again from that day",
        STATED,
        (
            came("holding", "H", published="2026-05-06"),
            came("reply", published="2026-05-12"),
            retracted("A", "2026-05-20"),
            looked("2026-05-25"),
        ),
        {
            "2026-05-25": stands("overdue_unsubstantive", overdue=5, since=21, checked="2026-05-25"),
            "as of 2026-05-19": stands("awaiting_assessment"),
            "as of 2026-05-11": stands("overdue_unsubstantive", overdue=2, since=7, checked="2026-05-06"),
        },
    ),
)
DAYS = (
    Pattern(
        "an answer on the due day is in time",
        STATED,
        (came("reply", published="2026-05-04"), judged("substantive", "2026-05-08")),
        {"2026-05-08": IN_TIME, "2027-05-08": IN_TIME},
    ),
    Pattern(
        "an answer on the day after is one day late",
        STATED,
        (came("reply", published="2026-05-05"), judged("substantive", "2026-05-08")),
        {"2026-05-08": stands("answered_late", late=1)},
    ),
    Pattern(
        "the day it was received comes before the day it was published",
        STATED,
        (came("reply", received="2026-05-04", published="2026-05-06"), judged("substantive", "2026-05-08")),
        {"2026-05-08": IN_TIME},
    ),
    Pattern(
        "received late is late however early it was published",
        STATED,
        (
            came("reply", received="2026-05-06", published="2026-05-01", seen="2026-05-06"),
            judged("substantive", "2026-05-08"),
        ),
        {"2026-05-08": stands("answered_late", late=2)},
    ),
    Pattern(
        "an answer found long after it was published was in time all along",
        STATED,
        (
            looked("2026-05-12"),
            came("reply", published="2026-05-01", seen="2026-05-20"),
            judged("substantive", "2026-05-20"),
        ),
        {
            "2026-05-20": IN_TIME,
            "as of 2026-05-19": stands("overdue", overdue=8, since=15),
            "hindsight 2026-05-12": IN_TIME,
        },
    ),
    Pattern(
        "an answer of some day in the month of the due day: late or not cannot be told",
        STATED,
        (came("reply", published="2026-05", seen="2026-05-28"), judged("substantive", "2026-05-28")),
        {"2026-05-28": LATENESS_UNKNOWN},
    ),
    Pattern(
        "an answer of some day in the month that ends on the due day is in time",
        STATED | {"due_stated": "2026-05-31"},
        (came("reply", published="2026-05", seen="2026-06-10"), judged("substantive", "2026-06-10")),
        {"2026-06-10": IN_TIME | {"due_on": "2026-05-31"}},
    ),
    Pattern(
        "an answer of some day in the month before is in time",
        STATED,
        (came("reply", published="2026-04", seen="2026-05-28"), judged("substantive", "2026-05-28")),
        {"2026-05-28": IN_TIME},
    ),
    Pattern(
        "an answer of some day in a later month is late, by twenty-eight days at the least",
        STATED,
        (came("reply", published="2026-06", seen="2026-06-30"), judged("substantive", "2026-06-30")),
        {"2026-06-30": stands("answered_late", late=28)},
    ),
    Pattern(
        "an answer without a date, first seen on the due day, is in time",
        STATED,
        (came("reply", seen="2026-05-04"), judged("substantive", "2026-05-08")),
        {"2026-05-08": IN_TIME},
    ),
    Pattern(
        "an answer without a date, first seen the day after: late or not cannot be told",
        STATED,
        (came("reply", seen="2026-05-05"), judged("substantive", "2026-05-08")),
        {"2026-05-08": LATENESS_UNKNOWN},
    ),
    Pattern(
        "an answer before the report was published is in time",
        TWO_MONTHS,
        (came("reply", published="2026-03-01", seen="2026-03-17"), judged("substantive", "2026-03-18")),
        {"2026-05-20": IN_TIME},
    ),
    Pattern(
        "an answer to what has not started is an answer",
        {"rule": "gb-commons-select-committee", "trigger_ahead": True},
        (came("reply", published="2026-05-01"), judged("substantive", "2026-05-08")),
        {"2026-05-08": IN_TIME | {"due_on": None}},
    ),
    Pattern(
        "an answer where the event's day is unknown: late or not cannot be told",
        {"rule": "gb-commons-select-committee"},
        (came("reply", published="2026-05-01"), judged("substantive", "2026-05-08")),
        {"2026-05-08": LATENESS_UNKNOWN | {"due_on": None}},
    ),
    Pattern(
        "an answer where no date was set is an answer",
        {"basis": "request"},
        (came("reply", published="2026-05-01"), judged("substantive", "2026-05-08")),
        {"2026-05-08": IN_TIME | {"due_on": None}},
    ),
)
VERDICTS = (
    Pattern(
        "a reply waits to be judged, whatever the clock",
        STATED,
        (came("reply", published="2026-05-01"),),
        {"2026-05-01": stands("awaiting_assessment"), "2026-08-01": stands("awaiting_assessment")},
    ),
    Pattern(
        "an interim reply waits to be judged",
        STATED,
        (looked("2026-05-12"), came("interim", published="2026-05-14")),
        {"2026-05-14": stands("awaiting_assessment", answer_state="unjudged")},
    ),
    Pattern(
        "a partial answer in time is shown beside the clock, and stays listed when it has run out",
        STATED,
        (came("reply", published="2026-04-28"), judged("partly", "2026-04-29")),
        {
            "2026-04-29": stands("due_soon", answer_state="partly"),
            "2026-05-05": stands("partly_answered", since=1),
        },
    ),
    Pattern(
        "a partial answer two days late is told as such",
        STATED,
        (came("reply", published="2026-05-06"), judged("partly", "2026-05-08")),
        {"2026-05-12": stands("partly_answered", late=2)},
    ),
    Pattern(
        "a partial answer where no date was set leaves it waiting",
        {"basis": "request"},
        (came("reply", published="2026-05-06"), judged("partly", "2026-05-08")),
        {"2026-05-12": stands("waiting", due=None, answer_state="partly")},
    ),
    Pattern(
        "a supplement to a partial answer waits to be judged, and both together settle on the later day",
        STATED,
        (
            came("reply", published="2026-05-06"),
            judged("partly", "2026-05-08"),
            came("supplement", "B", published="2026-05-20"),
            judged("substantive", "2026-05-22", "A", "B"),
        ),
        {
            "2026-05-22": stands("answered_late", late=16),
            "as of 2026-05-20": stands("awaiting_assessment"),
            "as of 2026-05-19": stands("partly_answered", late=2),
        },
    ),
    Pattern(
        "a supplement sent before the verdict and found after it waits to be judged",
        STATED,
        (
            came("reply", published="2026-05-01"),
            judged("partly", "2026-05-10"),
            came("supplement", "B", published="2026-05-08", seen="2026-05-12"),
        ),
        {"2026-05-12": stands("awaiting_assessment")},
    ),
    Pattern(
        "a holding reply after a partial answer changes nothing",
        STATED,
        (
            came("reply", published="2026-05-01"),
            judged("partly", "2026-05-02"),
            came("holding", "B", published="2026-05-12"),
        ),
        {"2026-05-12": stands("partly_answered")},
    ),
    Pattern(
        "a supplement to a full answer changes nothing",
        STATED,
        (
            came("reply", published="2026-05-01"),
            judged("substantive", "2026-05-02"),
            came("supplement", "B", published="2026-05-12"),
        ),
        {"2026-05-12": IN_TIME},
    ),
    Pattern(
        "a verdict that would flag is none until a second person agrees",
        STATED,
        (
            came("reply", published="2026-05-01", seen="2026-05-06"),
            judged("not", "2026-05-08"),
            countersigned("2026-05-11"),
        ),
        {
            "2026-05-12": stands("overdue_unsubstantive", overdue=2, since=8, checked="2026-05-06"),
            "as of 2026-05-10": stands("awaiting_assessment"),
        },
    ),
    Pattern(
        "a pending verdict does not take back the one in force",
        STATED,
        (
            came("reply", published="2026-05-01"),
            judged("substantive", "2026-05-02"),
            judged("not", "2026-05-08"),
        ),
        {"2026-05-12": IN_TIME},
    ),
    Pattern(
        "a later verdict takes the place of the earlier one",
        STATED,
        (
            came("reply", published="2026-05-06"),
            judged("partly", "2026-05-08"),
            judged("substantive", "2026-05-10"),
        ),
        {
            "2026-05-12": stands("answered_late", late=2),
            "as of 2026-05-09": stands("partly_answered", late=2),
        },
    ),
    Pattern(
        "a new reply after one without substance waits to be judged, and settles on its own day",
        STATED,
        (
            came("reply", published="2026-05-06"),
            judged("not", "2026-05-08"),
            countersigned("2026-05-09"),
            came("reply", "B", published="2026-05-20"),
            judged("substantive", "2026-05-22", "B"),
        ),
        {
            "2026-05-22": stands("answered_late", late=16),
            "as of 2026-05-21": stands("awaiting_assessment"),
            "as of 2026-05-19": stands("overdue_unsubstantive", overdue=2, since=15),
        },
    ),
    Pattern(
        "a withdrawn verdict leaves its reply unjudged",
        STATED,
        (
            came("reply", published="2026-05-01"),
            judged("substantive", "2026-05-02"),
            withdrawn("2026-05-10"),
        ),
        {"2026-05-10": stands("awaiting_assessment"), "as of 2026-05-09": IN_TIME},
    ),
    Pattern(
        "a promise is delivered by a completion report that is judged so",
        STATED | DELIVER | {"basis": "promise"},
        (
            came("completion_report", published="2026-05-06"),
            judged("substantive", "2026-05-08", points=("promised", "evidence")),
        ),
        {
            "2026-05-08": stands("answered_late", late=2, kind="deliver"),
            "as of 2026-05-07": stands("awaiting_assessment"),
        },
    ),
    Pattern(
        "a promise nobody reported as kept is overdue once somebody looked",
        STATED | DELIVER | {"basis": "promise"},
        (looked("2026-05-12"),),
        {"2026-05-12": stands("overdue", overdue=8, kind="deliver", basis="promise", flagged=True)},
    ),
)
PATTERNS = (*HOLLOW, *DAYS, *VERDICTS)
