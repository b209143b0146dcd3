"""When the clock starts and when it ends."""

from tests.web.api.story import STATED, TWO_MONTHS, Pattern, confirmed, corrected, looked, stands

RULE = "gb-commons-select-committee"
PATTERNS = (
    Pattern(
        "a rule counts two months from the day of publication; soon begins fourteen days before",
        TWO_MONTHS,
        (),
        {
            "2026-04-19": stands("running", start_on="2026-03-04", due_computed_on="2026-05-04"),
            "2026-04-20": stands("due_soon"),
            "2026-05-04": stands("due_soon"),
            "2026-05-05": stands("unchecked", since=1),
        },
    ),
    Pattern(
        "a month as trigger counts from its last day",
        {"rule": RULE, "trigger_on": "2026-02"},
        (),
        {"2026-04-01": stands("running", start_on="2026-02-28", due="2026-04-28", trigger_on="2026-02")},
    ),
    Pattern(
        "a quarter as trigger counts from its last day, to the last of a month that has no such day",
        {"rule": RULE, "trigger_on": "2025-Q4"},
        (),
        {"2026-02-28": stands("due_soon", start_on="2025-12-31", due="2026-02-28")},
        entered="2026-01-05",
    ),
    Pattern(
        "a year as trigger counts from its last day",
        {"rule": RULE, "trigger_on": "2025"},
        (),
        {"2026-03-01": stands("unchecked", start_on="2025-12-31", due="2026-02-28", since=1)},
        entered="2026-01-05",
    ),
    Pattern(
        "a month as trigger that is not over is still ahead",
        {"rule": RULE, "trigger_on": "2026-04"},
        (),
        {
            "2026-04-29": stands("not_started", due="2026-06-30"),
            "2026-04-30": stands("running", due="2026-06-30", start_on="2026-04-30"),
        },
    ),
    Pattern(
        "an event still ahead has not started the clock, and a look changes nothing",
        {"rule": RULE, "trigger_ahead": True},
        (looked("2026-05-12"),),
        {"2026-05-12": stands("not_started", due=None), "2027-05-12": stands("not_started", due=None)},
    ),
    Pattern(
        "an event on a day ahead starts the clock on that day",
        {"rule": RULE, "trigger_on": "2026-06-01"},
        (),
        {
            "2026-05-31": stands("not_started", due="2026-08-01"),
            "2026-06-01": stands("running", due="2026-08-01"),
        },
    ),
    Pattern(
        "an event that happened on an unknown day leaves the date unknown, however often one looks",
        {"rule": RULE},
        (looked("2026-05-12"),),
        {"2026-05-12": stands("unknown", due=None), "2027-05-12": stands("unknown", due=None)},
    ),
    Pattern(
        "an event ahead beats a date that is stated all the same",
        {"rule": RULE, "trigger_ahead": True, "due_stated": "2026-05-04"},
        (),
        {"2026-04-20": stands("not_started", due_stated_on="2026-05-04")},
    ),
    Pattern(
        "a stated date needs no event",
        STATED,
        (),
        {"2026-05-04": stands("due_soon", start_on=None), "2026-05-05": stands("unchecked", since=1)},
    ),
    Pattern(
        "a stated date two days from the computed one wins, and both are shown",
        TWO_MONTHS | {"due_stated": "2026-05-06"},
        (looked("2026-05-12"),),
        {
            "2026-05-12": stands(
                "overdue",
                due="2026-05-06",
                due_stated_on="2026-05-06",
                due_computed_on="2026-05-04",
                overdue=6,
            ),
        },
    ),
    Pattern(
        "a stated date before the start is no date until an editor decides",
        TWO_MONTHS | {"due_stated": "2026-03-03"},
        (looked("2026-05-12"),),
        {"2026-05-12": stands("unknown", due="2026-03-03", due_stated_on="2026-03-03", since=None)},
    ),
    Pattern(
        "a stated date on the day of the start is odd but a date",
        TWO_MONTHS | {"due_stated": "2026-03-04"},
        (looked("2026-05-12"),),
        {"2026-05-12": stands("overdue", due="2026-03-04", overdue=69)},
    ),
    Pattern(
        "a stated date off by a year is no date until an editor decides",
        TWO_MONTHS | {"due_stated": "2027-05-04"},
        (looked("2026-05-12"),),
        {
            "2026-05-12": stands("unknown", due="2027-05-04"),
            "2027-05-12": stands("unknown", due="2027-05-04"),
        },
    ),
    Pattern(
        "an editor decides that the stated date is wrong by a year",
        TWO_MONTHS | {"due_stated": "2027-05-04"},
        (
            looked("2026-05-12"),
            corrected("2026-05-13", **TWO_MONTHS, due_stated="2027-05-04", decided="computed"),
        ),
        {
            "2026-05-13": stands("overdue", overdue=8, since=9),
            "as of 2026-05-12": stands("unknown", due="2027-05-04"),
            "hindsight 2026-05-12": stands("overdue", overdue=8, since=8),
        },
    ),
    Pattern(
        "an event that was ahead has happened: the clock starts on its day",
        {"rule": RULE, "trigger_ahead": True},
        (corrected("2026-03-20", rule=RULE, trigger_on="2026-03-18"),),
        {
            "2026-03-20": stands("running", due="2026-05-18", start_on="2026-03-18"),
            "as of 2026-03-19": stands("not_started", due=None),
        },
    ),
    Pattern(
        "the unknown day of an event is found",
        {"rule": RULE},
        (corrected("2026-04-20", **TWO_MONTHS),),
        {"2026-04-20": stands("due_soon"), "as of 2026-04-19": stands("unknown", due=None)},
    ),
    Pattern(
        "of two official rules the later one flags, and the earlier one is shown",
        {"rule": "gb-eaw-coroner-pfd", "second_rule": RULE, "trigger_on": "2026-03-09"},
        (looked("2026-05-12"),),
        {
            "2026-05-09": stands("due_soon", due="2026-05-09"),
            "2026-05-12": stands("overdue", due="2026-05-09", due_computed_on="2026-05-04", overdue=3),
        },
    ),
    Pattern(
        "of two official rules the later one flags, whichever was named first",
        {"rule": RULE, "second_rule": "gb-eaw-coroner-pfd", "trigger_on": "2026-03-09"},
        (looked("2026-05-12"),),
        {"2026-05-12": stands("overdue", due="2026-05-09", overdue=3)},
    ),
    Pattern(
        "a rule an editor has confirmed flags from then on",
        {"rule": "gb-lgo-report", "trigger_on": "2026-02-04"},
        (looked("2026-05-12"), confirmed("gb-lgo-report", "2026-05-14")),
        {
            "2026-05-14": stands("overdue", overdue=8, since=10, flagged=True),
            "as of 2026-05-13": stands("unknown", flagged=False),
        },
    ),
    Pattern(
        "a stated month is due on its last day and shown as written",
        STATED | {"due_stated": "2026-05"},
        (),
        {
            "2026-05-31": stands("due_soon", due="2026-05-31", due_stated="2026-05"),
            "2026-06-01": stands("unchecked", due="2026-05-31", since=1),
        },
    ),
    Pattern(
        "a stated quarter is due on its last day",
        STATED | {"due_stated": "2026-Q2"},
        (),
        {"2026-06-30": stands("due_soon", due="2026-06-30", due_stated="2026-Q2")},
    ),
    Pattern(
        "a stated year is due on its last day",
        STATED | {"due_stated": "2026"},
        (),
        {"2026-06-30": stands("running", due="2026-12-31", due_stated="2026")},
    ),
    Pattern(
        "where no date was set, it waits, looked for or not",
        {"basis": "request"},
        (looked("2026-05-12"),),
        {"2026-04-01": stands("waiting", due=None), "2027-05-12": stands("waiting", due=None)},
    ),
    Pattern(
        "a rule that sets no date leaves it waiting",
        {"rule": "no-date", "trigger_on": "2026-03-04"},
        (),
        {"2026-05-12": stands("waiting", due=None, start_on="2026-03-04")},
    ),
    Pattern(
        "a rule nobody has checked computes a date, shows it, and accuses nobody",
        {"rule": "gb-sct-parliament-committee", "trigger_on": "2026-03-04"},
        (looked("2026-05-12"),),
        {
            "2026-05-04": stands("due_soon"),
            "2026-05-12": stands("unknown", flagged=False),
        },
    ),
    Pattern(
        "fifty-six days of a coroner, the day of the report not counted",
        {"rule": "gb-eaw-coroner-pfd", "trigger_on": "2026-03-09"},
        (),
        {"2026-05-04": stands("due_soon", basis="statute"), "2026-05-05": stands("unchecked", since=1)},
    ),
    Pattern(
        "twenty working days leave out the bank holiday of 4 May",
        {"rule": "gb-foi-s10", "trigger_on": "2026-04-07"},
        (),
        {"2026-04-08": stands("running", due="2026-05-06")},
        entered="2026-04-07",
    ),
    Pattern(
        "an end on a Sunday before a bank holiday rolls to the Tuesday",
        {"rule": "generic-20-calendar-days-roll", "trigger_on": "2026-04-13"},
        (),
        {
            "2026-05-05": stands("due_soon", due="2026-05-05"),
            "2026-05-06": stands("unchecked", due="2026-05-05"),
        },
        entered="2026-04-13",
    ),
)
