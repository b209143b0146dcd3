"""Looks for an answer, and whose day it is."""

from tests.web.api.story import STATED, Pattern, came, looked, stands

PATTERNS = (
    Pattern(
        "the day after the due day it is not overdue but not looked at",
        STATED,
        (),
        {
            "2026-05-05": stands("unchecked", since=1, checked=None),
            "2026-09-05": stands("unchecked", since=124),
        },
    ),
    Pattern(
        "a look on the due day is no look for an overdue answer",
        STATED,
        (looked("2026-05-04"),),
        {"2026-05-05": stands("unchecked", since=1), "2026-05-12": stands("unchecked", since=8)},
    ),
    Pattern(
        "a look the day after makes it one day overdue, and it stays one day until somebody looks again",
        STATED,
        (looked("2026-05-05"),),
        {
            "2026-05-05": stands("overdue", overdue=1, since=1, checked="2026-05-05"),
            "2026-05-15": stands("overdue", overdue=1, since=11, checked="2026-05-05"),
        },
    ),
    Pattern(
        "of looks before, on and after the due day the last counts",
        STATED,
        (looked("2026-05-02"), looked("2026-05-04"), looked("2026-05-12"), looked("2026-05-20")),
        {
            "2026-05-21": stands("overdue", overdue=16, since=17, checked="2026-05-20"),
            "as of 2026-05-19": stands("overdue", overdue=8, since=15, checked="2026-05-12"),
            "as of 2026-05-11": stands("unchecked", since=7),
            "as of 2026-05-04": stands("due_soon"),
        },
    ),
    Pattern(
        "a look noted six days later counts from the day it was made, and the site had not shown it before",
        STATED,
        (looked("2026-05-06", noted="2026-05-12"),),
        {
            "2026-05-12": stands("overdue", overdue=2, since=8, checked="2026-05-06"),
            "as of 2026-05-08": stands("unchecked", since=4),
            "hindsight 2026-05-08": stands("overdue", overdue=2, since=4, checked="2026-05-06"),
            "hindsight 2026-05-05": stands("unchecked", since=1),
        },
    ),
    Pattern(
        "an older look noted after a newer one takes nothing back",
        STATED,
        (looked("2026-05-12"), looked("2026-05-06", noted="2026-05-14")),
        {"2026-05-14": stands("overdue", overdue=8, since=10, checked="2026-05-12")},
    ),
    Pattern(
        "a flag is old when its last look is more than ninety days back",
        STATED,
        (looked("2026-05-12"),),
        {
            "2026-08-10": stands("overdue", overdue=8, stale=False),
            "2026-08-11": stands("overdue", overdue=8, stale=True, since=99),
        },
    ),
    Pattern(
        "seeing a holding reply after the due day is a look",
        STATED,
        (came("holding", published="2026-05-01", seen="2026-05-11"),),
        {"2026-05-12": stands("overdue_unsubstantive", overdue=7, since=8, checked="2026-05-11")},
    ),
    Pattern(
        "seeing a holding reply before the due day is none",
        STATED,
        (came("holding", published="2026-05-01"),),
        {"2026-05-12": stands("unchecked", since=8, answer_state="hollow")},
    ),
    Pattern(
        "in London the due day ends at eleven in the evening, universal time",
        STATED,
        (),
        {"2026-05-04T22:59:59Z": stands("due_soon"), "2026-05-04T23:00:00Z": stands("unchecked")},
    ),
    Pattern(
        "in New Zealand the due day is over at noon, universal time",
        STATED,
        (),
        {"2026-05-04T11:59:59Z": stands("due_soon"), "2026-05-04T12:00:00Z": stands("unchecked")},
        body={"jurisdiction": "NZ"},
    ),
    Pattern(
        "in New Zealand one may look on the day after while London still has the due day",
        STATED,
        (looked("2026-05-05", noted="2026-05-04T13:00:00Z"),),
        {"2026-05-04T13:00:00Z": stands("overdue", overdue=1, since=1, checked="2026-05-05")},
        body={"jurisdiction": "NZ"},
    ),
    Pattern(
        "as of a day means that day where the debtor is",
        STATED,
        (),
        {"2026-05-20": stands("unchecked"), "as of 2026-05-04": stands("due_soon")},
        body={"jurisdiction": "NZ"},
    ),
    Pattern(
        "of a body from nobody knows where the due day ends last on earth",
        STATED,
        (),
        {"2026-05-05T11:59:59Z": stands("due_soon"), "2026-05-05T12:00:00Z": stands("unchecked")},
        body={"jurisdiction": ""},
    ),
    Pattern(
        "a body may have a time zone of its own",
        STATED,
        (),
        {"2026-05-05T09:59:59Z": stands("due_soon"), "2026-05-05T10:00:00Z": stands("unchecked")},
        body={"jurisdiction": "US", "zone": "Pacific/Honolulu"},
    ),
    Pattern(
        "a supporting body is shown and never flagged",
        STATED | {"addressee": {"role": "supporting"}},
        (looked("2026-05-12"),),
        {"2026-05-12": stands("waiting", flagged=False, role="supporting")},
    ),
    Pattern(
        "a joint addressee is flagged like a lead",
        STATED | {"addressee": {"role": "joint"}},
        (looked("2026-05-12"),),
        {"2026-05-12": stands("overdue", overdue=8, flagged=True, role="joint")},
    ),
)
