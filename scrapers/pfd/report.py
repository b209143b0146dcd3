"""A report to prevent future deaths, from whatever it was printed on: its number, its days, whom it is sent to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from scrapers.model import Finding, Json, Problem, Result, WrittenDate
from scrapers.pfd.days import labelled_day, signed_days, stated_days
from scrapers.pfd.organisations import Addressee, addressees_of

USUAL = timedelta(days=56)
FURTHEST = timedelta(days=28)
"""A stated day further than this from the usual 56 days is kept, and asked about."""
_REFERENCE = re.compile(r"(?<!\d)(20\d{2})\s?[-–/]\s?(\d{4})(?!\d)")
_LABELLED_REFERENCE = re.compile(
    r"\bRef(?:erence)?(?:\s*(?:no|number))?\s*[:.]?\s*(20\d{2}\s?[-–/]\s?\d{4})(?!\d)", re.I
)
_SENT_TO = re.compile(r"(?:THIS\s+)?REPORT IS BEING SENT TO\s*:?\s*(?P<first>.*)", re.I)
_ENTRY = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]\s*(?P<rest>.*)")
_AFTER_LIST = re.compile(
    r"(?:1[.)]?\s+)?(?:THE )?CORONER\b(?!.*\bOffice\b)|2[.)]?\s+CORONER|I am\b|Category\s*:|Date of report|Ref\b"
    r"|Deceased name",
    re.I,
)
_FOOT = re.compile(r"(?:8[.)]?\s+)?COPIES\b.*\bPUBLICATION", re.I)
_FORM = re.compile(r"REPORT TO PREVENT FUTURE DEATHS|prevention of future deaths", re.I)
LONGEST_LIST = 60


@dataclass(frozen=True, slots=True)
class Report:
    """What is kept of a report: nobody's name."""

    reference: str = ""
    dated_on: WrittenDate | None = None
    due_stated_on: WrittenDate | None = None
    sentence: str = ""
    addressees: tuple[Addressee, ...] = ()
    questions: tuple[Problem, ...] = field(default=())

    @property
    def organisations(self) -> list[str]:
        """The addressees that are surely organisations, in the order of the list."""
        return list(dict.fromkeys(one.organisation for one in self.addressees if one.organisation))

    def to_state(self) -> dict[str, Json]:
        """What a report's page notes for the file it leads to."""
        dated = self.dated_on.to_dict() if self.dated_on else None
        return {"reference": self.reference, "dated_on": dated, "addressees": self.organisations}


def is_report(text: str) -> bool:
    """Whether this is such a report, filled in or blank."""
    return bool(_FORM.search(text)) and bool(_SENT_TO.search(text))


def read_report(
    lines: Sequence[str], state: Mapping[str, Json], name: str = "", *, on_one_line: bool = False
) -> Report:
    """The report in these lines; what it lacks is taken from the page that led to it, then from its name.

    A page of the web has its whole list of addressees on the line that begins it.
    """
    text = " ".join(lines)
    stated = list(dict.fromkeys(stated_days(text)))
    days = list(dict.fromkeys(day for day, _ in stated))
    dated, dated_questions = _dated(lines, text, state)
    listed = tuple(addressees_of(_beside(lines) if on_one_line else _entries(lines))) or _listed(state)
    due = days[0] if len(days) == 1 else None
    questions = [*dated_questions, *_due_questions(days, dated), *_addressee_questions(listed)]
    reference = _reference(text, state, name)
    if not reference:
        sentence = "The report carries no reference number; a person has to enter it."
        questions.append(Problem("no_reference", sentence, "question", "reference"))
    return Report(reference, dated, due, stated[0][1] if due else "", listed, tuple(questions))


def _reference(text: str, state: Mapping[str, Json], name: str) -> str:
    labelled = _LABELLED_REFERENCE.search(text)
    places = (labelled[1] if labelled else "", str(state.get("reference") or ""), name, text[:400])
    found = (_REFERENCE.search(place) for place in places)
    return next((f"{match[1]}-{match[2]}" for match in found if match), "")


def _dated(
    lines: Sequence[str], text: str, state: Mapping[str, Json]
) -> tuple[WrittenDate | None, list[Problem]]:
    """The day of the report: as labelled, as its page says, or beside the signature."""
    noted = state.get("dated_on")
    day = labelled_day(text) or (WrittenDate.from_dict(noted) if isinstance(noted, dict) else None)
    days = [day] if day else list(dict.fromkeys(signed_days(_foot(lines))))
    written = "; ".join(one.as_written for one in days)
    if len(days) > 1:
        sentence = "The report is dated differently in two places; which day holds is for a person to say."
        return None, [Problem("dates_differ", sentence, "question", "date of report", written)]
    if not days:
        return None, [
            Problem("no_date", "The report carries no date that can be read.", "question", "date of report")
        ]
    if days[0].value is None:
        return days[0], [_unreadable("date of report", written)]
    return days[0], []


def _foot(lines: Sequence[str]) -> list[str]:
    starts = [at for at, line in enumerate(lines) if _FOOT.search(line)]
    return list(lines[starts[-1] + 1 :]) if starts else []


def _due_questions(days: Sequence[WrittenDate], dated: WrittenDate | None) -> Iterator[Problem]:
    written = "; ".join(day.as_written for day in days)
    if len(days) > 1:
        sentence = "The report names different days for the answer; which one holds is for a person to say."
        yield Problem("due_dates_differ", sentence, "question", "your response", written)
    elif not days:
        sentence = "The report names no day for the answer that can be read; the rule of 56 days may hold."
        yield Problem("no_due_date", sentence, "question", "your response")
    elif days[0].value is None:
        yield _unreadable("your response", written)
    elif dated and dated.value:
        usual = dated.value + USUAL
        if days[0].value < dated.value:
            sentence = "The day stated for the answer lies before the report itself; it was kept as written."
            yield Problem("due_before_report", sentence, "question", "your response", written)
        elif abs(days[0].value - usual) > FURTHEST:
            sentence = (
                "The day stated for the answer is far from 56 days after the report; it was kept as written."
            )
            yield Problem("due_far_off", sentence, "question", "your response", written)


def _unreadable(locator: str, written: str) -> Problem:
    return Problem(
        "unreadable_date", "This is not a real day; it stays unknown.", "question", locator, written
    )


def _addressee_questions(listed: Sequence[Addressee]) -> Iterator[Problem]:
    unsure = [str(one.place) for one in listed if not one.organisation or one.names_others]
    if not listed:
        sentence = "No addressee was found on the report; a person has to name them."
        yield Problem("no_addressees", sentence, "question", "this report is being sent to")
    elif unsure:
        sentence = (
            "These addressees are not surely one organisation, so what could be a person’s name was not kept; "
            "a person has to look at the report."
        )
        yield Problem(
            "addressee_unsure",
            sentence,
            "question",
            "this report is being sent to",
            f"no. {', '.join(unsure)}",
        )


def _entries(lines: Sequence[str]) -> Iterator[str]:
    """The entries of the list of addressees, each on one line; a list without numbers has one a line."""
    listed = list(_list(lines))
    if not any(_ENTRY.match(line) for line in listed):
        yield from listed
        return
    held = ""
    for line in listed:
        entry = _ENTRY.match(line)
        if entry and held:
            yield held
            held = ""
        held = ", ".join(filter(None, (held.rstrip(" ,"), entry["rest"] if entry else line)))
    if held:
        yield held


def _beside(lines: Sequence[str]) -> Iterator[str]:
    return (found["first"] for line in lines if (found := _SENT_TO.search(line)))


def _list(lines: Sequence[str]) -> Iterator[str]:
    inside = 0
    for line in lines:
        begins = _SENT_TO.search(line)
        if begins:
            inside = 1
            line = begins["first"]
        elif inside and (_AFTER_LIST.match(line) or inside > LONGEST_LIST):
            inside = 0
        if inside:
            inside += 1
            if line.strip(" :"):
                yield line


def _listed(state: Mapping[str, Json]) -> tuple[Addressee, ...]:
    noted = state.get("addressees")
    names = [str(name) for name in noted] if isinstance(noted, list) else []
    return tuple(Addressee(name, place) for place, name in enumerate(names, 1))


def results_of(report: Report, key: str, link: str) -> Iterable[Result]:
    """The report as one new item, and what a person has to look at."""
    name = report.reference or "without a number"
    about = report.reference or key
    dates = {"dated_on": report.dated_on, "due_stated_on": report.due_stated_on}
    reasons = [("coroners_report", about)]
    if report.due_stated_on:
        reasons.append(("due_stated", report.due_stated_on.as_written))
    organisations = report.organisations
    for question in report.questions:
        yield Problem(
            question.code,
            question.sentence,
            question.weight,
            f"{about}, {question.locator}",
            question.as_written,
        )
    yield Finding(
        kind="new_item",
        key=about,
        title=f"Report to prevent future deaths {name}",
        body_name=organisations[0] if organisations else "",
        dates={label: day for label, day in dates.items() if day},
        link=link,
        locator="this report is being sent to",
        confidence=0.4 if report.questions else 0.9,
        reasons=tuple(reasons),
        extra={
            "trigger": "dated" if report.dated_on else None,
            "addressees": organisations,
            "due_sentence": report.sentence,
        },
    )
