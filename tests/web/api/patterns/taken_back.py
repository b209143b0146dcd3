"""What was logged by mistake, and what the body withdrew."""

from tests.web.api.patterns.answers import IN_TIME
from tests.web.api.story import STATED, Pattern, came, judged, looked, retracted, stands, struck

PATTERNS = (
    Pattern(
        "what was logged by mistake is as if it had never been there: nor had anybody looked",
        STATED,
        (
            came("reply", published="2026-05-06"),
            judged("substantive", "2026-05-08"),
            struck("A", "2026-05-20"),
        ),
        {
            "2026-05-20": stands("unchecked", since=16),
            "as of 2026-05-19": stands("answered_late", late=2),
            "hindsight 2026-05-19": stands("unchecked", since=15),
        },
    ),
    Pattern(
        "what was logged by mistake leaves the look that was made",
        STATED,
        (came("reply", published="2026-05-06"), looked("2026-05-12"), struck("A", "2026-05-20")),
        {"2026-05-20": stands("overdue", overdue=8, since=16, checked="2026-05-12")},
    ),
    Pattern(
        "an answer withdrawn by the body counted until the day before; then it is overdue from that day",
        STATED,
        (
            came("reply", published="2026-05-06"),
            judged("substantive", "2026-05-08"),
            retracted("A", "2026-05-20", noted="2026-05-22"),
            looked("2026-05-25"),
        ),
        {
            "2026-05-25": stands("overdue", overdue=5, since=21, checked="2026-05-25"),
            "hindsight 2026-05-19": stands("answered_late", late=2),
            "as of 2026-05-21": stands("answered_late", late=2),
        },
    ),
    Pattern(
        "a look before the withdrawal says nothing about what came after it",
        STATED,
        (
            came("reply", published="2026-05-06"),
            judged("substantive", "2026-05-08"),
            looked("2026-05-12"),
            retracted("A", "2026-05-20"),
        ),
        {"2026-05-22": stands("unchecked", since=18)},
    ),
    Pattern(
        "an answer withdrawn before the due day leaves the due day as it was",
        STATED,
        (
            came("reply", published="2026-04-20"),
            judged("substantive", "2026-04-21"),
            retracted("A", "2026-04-28"),
            looked("2026-05-12"),
        ),
        {
            "2026-05-12": stands("overdue", overdue=8, since=8),
            "as of 2026-04-28": stands("due_soon", answer_state="none"),
            "as of 2026-04-27": IN_TIME,
        },
    ),
    Pattern(
        "a partial answer withdrawn is none",
        STATED,
        (
            came("reply", published="2026-05-01"),
            judged("partly", "2026-05-02"),
            retracted("A", "2026-05-03"),
            looked("2026-05-12"),
        ),
        {"2026-05-12": stands("overdue", overdue=8)},
    ),
)
