"""What moves, stops and ends a clock."""

from tests.web.api.story import STATED, Pattern, came, clock, followed_by, judged, looked, stands

TO_20_MAY = {"new_due_on": "2026-05-20"}
EXTENSIONS = (
    Pattern(
        "an extension given before the due day moves it",
        STATED,
        (clock("extension", "2026-05-01", **TO_20_MAY), looked("2026-05-12")),
        {
            "2026-05-12": stands("due_soon", due="2026-05-20"),
            "2026-05-20": stands("due_soon", due="2026-05-20"),
            "2026-05-21": stands("unchecked", due="2026-05-20", since=1),
            "as of 2026-04-30": stands("due_soon"),
        },
    ),
    Pattern(
        "an extension given on the due day moves it",
        STATED,
        (clock("extension", "2026-05-04", **TO_20_MAY),),
        {"2026-05-12": stands("due_soon", due="2026-05-20")},
    ),
    Pattern(
        "an extension given the day after is on record and moves nothing",
        STATED,
        (clock("extension", "2026-05-05", **TO_20_MAY), looked("2026-05-12")),
        {"2026-05-12": stands("overdue", overdue=8, since=8)},
    ),
    Pattern(
        "an extension given late moves the day where the entry says that it cures",
        STATED,
        (looked("2026-05-08"), clock("extension", "2026-05-10", cures=True, **TO_20_MAY)),
        {
            "2026-05-12": stands("due_soon", due="2026-05-20"),
            "as of 2026-05-09": stands("overdue", overdue=4, since=5),
        },
    ),
    Pattern(
        "an extension given late moves the day where the rule says that it cures",
        {"rule": "gb-eaw-coroner-pfd", "trigger_on": "2026-03-09"},
        (clock("extension", "2026-05-10", **TO_20_MAY),),
        {"2026-05-12": stands("due_soon", due="2026-05-20")},
    ),
    Pattern(
        "a second extension must be given by the day the first one gave",
        STATED,
        (
            clock("extension", "2026-05-01", **TO_20_MAY),
            clock("extension", "2026-05-20", new_due_on="2026-06-10"),
        ),
        {"2026-06-10": stands("due_soon", due="2026-06-10")},
    ),
    Pattern(
        "a second extension given the day after that moves nothing",
        STATED,
        (
            clock("extension", "2026-05-01", **TO_20_MAY),
            clock("extension", "2026-05-21", new_due_on="2026-06-10"),
            looked("2026-05-25"),
        ),
        {"2026-05-25": stands("overdue", due="2026-05-20", overdue=5, since=5)},
    ),
    Pattern(
        "an extension given in time and noted late works from the day it was given",
        STATED,
        (looked("2026-05-10"), clock("extension", "2026-05-03", noted="2026-05-12", **TO_20_MAY)),
        {
            "2026-05-12": stands("due_soon", due="2026-05-20"),
            "as of 2026-05-11": stands("overdue", overdue=6, since=7),
            "hindsight 2026-05-11": stands("due_soon", due="2026-05-20"),
        },
    ),
    Pattern(
        "an extension after which it runs out all the same counts from the new day",
        STATED,
        (clock("extension", "2026-05-01", **TO_20_MAY), looked("2026-05-30")),
        {"2026-05-30": stands("overdue", due="2026-05-20", overdue=10, since=10)},
    ),
)
PAUSES = (
    Pattern(
        "a pause of eleven days, its ends included, moves a stated day by eleven",
        STATED,
        (clock("pause", "2026-04-20", ends_on="2026-04-30"),),
        {
            "2026-04-20": stands("paused", due="2026-05-15"),
            "2026-04-30": stands("paused", due="2026-05-15"),
            "2026-05-01": stands("due_soon", due="2026-05-15"),
            "2026-05-15": stands("due_soon", due="2026-05-15"),
            "2026-05-16": stands("unchecked", due="2026-05-15", since=1),
        },
    ),
    Pattern(
        "a pause of one day moves it by one",
        STATED,
        (clock("pause", "2026-04-20", ends_on="2026-04-20"),),
        {"2026-04-21": stands("due_soon", due="2026-05-05")},
    ),
    Pattern(
        "a pause may begin on the due day",
        STATED,
        (clock("pause", "2026-05-04", ends_on="2026-05-10"),),
        {
            "2026-05-10": stands("paused", due="2026-05-11"),
            "2026-05-12": stands("unchecked", due="2026-05-11"),
        },
    ),
    Pattern(
        "a pause that begins after the due day stops nothing",
        STATED,
        (looked("2026-05-05"), clock("pause", "2026-05-05", ends_on="2026-05-20")),
        {"2026-05-12": stands("overdue", overdue=1, since=8)},
    ),
    Pattern(
        "a pause without an end stops the clock for good, looked for or not",
        STATED,
        (clock("pause", "2026-04-20"), looked("2026-05-12")),
        {"2026-05-12": {"standing": "paused", "days_overdue": None}, "2027-05-12": {"standing": "paused"}},
    ),
    Pattern(
        "a restart ends a pause, its own day included: the clock runs again on the day after",
        STATED,
        (clock("pause", "2026-04-20"), clock("restart", "2026-04-28")),
        {
            "2026-04-28": stands("paused", due="2026-05-13"),
            "2026-04-29": stands("due_soon", due="2026-05-13"),
            "as of 2026-04-27": {"standing": "paused"},
        },
    ),
    Pattern(
        "a pause moves a date counted in working days by the working days inside it",
        {"rule": "gb-foi-s10", "trigger_on": "2026-04-07"},
        (clock("pause", "2026-04-22", ends_on="2026-04-28"),),
        {"2026-04-29": stands("due_soon", due="2026-05-13")},
        entered="2026-04-08",
    ),
    Pattern(
        "a pause noted late works from its own day",
        STATED,
        (looked("2026-05-08"), clock("pause", "2026-04-20", noted="2026-05-10", ends_on="2026-04-30")),
        {
            "2026-05-10": stands("due_soon", due="2026-05-15"),
            "as of 2026-05-09": stands("overdue", overdue=4, since=5),
            "hindsight 2026-05-09": stands("due_soon", due="2026-05-15"),
            "hindsight 2026-04-25": stands("paused", due="2026-05-15"),
        },
    ),
    Pattern(
        "a full answer inside a pause is an answer",
        STATED,
        (
            clock("pause", "2026-04-20", ends_on="2026-06-30"),
            came("reply", published="2026-05-10"),
            judged("substantive", "2026-05-11"),
        ),
        {"2026-05-12": {"standing": "answered", "late_days": None}},
    ),
    Pattern(
        "an unjudged reply inside a pause waits to be judged",
        STATED,
        (clock("pause", "2026-04-20", ends_on="2026-06-30"), came("reply", published="2026-05-10")),
        {"2026-05-12": {"standing": "awaiting_assessment"}},
    ),
    Pattern(
        "where no date was set a pause leaves it waiting",
        {"basis": "request"},
        (clock("pause", "2026-04-20", ends_on="2026-06-30"),),
        {"2026-05-12": stands("waiting", due=None)},
    ),
)
ENDS = (
    Pattern(
        "what lapsed before the due day was never overdue",
        STATED,
        (clock("void", "2026-05-01"), looked("2026-05-12")),
        {"2026-05-12": {"standing": "void", "days_overdue": None}, "as of 2026-04-30": stands("due_soon")},
    ),
    Pattern(
        "what lapsed after the due day keeps the days it was overdue",
        STATED,
        (looked("2026-05-20"), clock("void", "2026-05-20")),
        {
            "2026-06-20": stands("void", overdue=16),
            "hindsight 2026-05-19": stands("unchecked", since=15),
        },
    ),
    Pattern(
        "what lapses on a day ahead runs until then",
        STATED,
        (looked("2026-05-12"), clock("void", "2026-06-01", noted="2026-05-12")),
        {"2026-05-31": stands("overdue", overdue=8, since=27), "2026-06-01": stands("void", overdue=8)},
    ),
    Pattern(
        "a full answer beats a lapse",
        STATED,
        (
            clock("void", "2026-05-20"),
            came("reply", published="2026-05-24"),
            judged("substantive", "2026-05-25"),
        ),
        {"2026-05-25": stands("answered_late", late=20)},
    ),
    Pattern(
        "a lapse beats a reply nobody has judged",
        STATED,
        (came("reply", published="2026-05-06"), clock("void", "2026-05-20")),
        {"2026-05-20": {"standing": "void"}, "as of 2026-05-19": stands("awaiting_assessment")},
    ),
    Pattern(
        "a lapse beats a partial answer and a date nobody set",
        {"basis": "request"},
        (came("reply", published="2026-05-06"), judged("partly", "2026-05-07"), clock("void", "2026-05-20")),
        {"2026-05-20": stands("void", due=None)},
    ),
)
PASSED_ON = (
    Pattern(
        "a transfer on record ends the duty of the body it passes from",
        STATED,
        (clock("transfer", "2026-04-20", to_body="bridges"), looked("2026-05-12")),
        {"2026-05-12": stands("void"), "as of 2026-04-19": stands("running")},
    ),
    Pattern(
        "a body that follows another owes from its day on; the due day stays and both are named",
        STATED,
        (followed_by("bridges", "2026-04-20"), looked("2026-05-12")),
        {
            "2026-05-12": stands("overdue", overdue=8, debtor="bridges"),
            "as of 2026-04-19": stands("running", debtor=None),
        },
    ),
)
PATTERNS = (*EXTENSIONS, *PAUSES, *ENDS, *PASSED_ON)
