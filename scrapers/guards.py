"""Judges a run before anything of it is used: too little, or too much lost at once, quarantines it.

A quarantined run changes nothing in public, and its words blame the reader and not the body.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scrapers.model import Finding, Json, Problem, Result, Seen, Source

SMALLEST_TO_COMPARE = 5
"""Below this many entries a halving says nothing."""
_LARGEST_LOSS = 0.5


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a run found: different entries, and how many of them had each field."""

    entries: int = 0
    with_field: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Json]:
        """The same as plain JSON, to be kept with the run."""
        return {"entries": self.entries, "with_field": dict(self.with_field)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Json]) -> "Counts":
        """Back from plain JSON."""
        return cls(data["entries"], dict(data["with_field"]))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a run was quarantined: a code, and a sentence for the page of sources."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a run may be used, and why not."""

    healthy: bool
    reasons: tuple[Reason, ...] = ()


def count(results: Iterable[Result]) -> Counts:
    """The counts of a run: findings by different kind and key, with the fields that hold something.

    What a page holds besides, and is no finding, counts as an entry too.
    """
    results = list(results)
    findings = {(result.kind, result.key): result for result in results if isinstance(result, Finding)}
    others = sum(result.entries for result in results if isinstance(result, Seen))
    with_field: dict[str, int] = {}
    for finding in findings.values():
        for name in _fields_of(finding):
            with_field[name] = with_field.get(name, 0) + 1
    return Counts(len(findings) + others, with_field)


def judge(counts: Counts, previous: Sequence[Counts], problems: Iterable[Problem], source: Source) -> Verdict:
    """Whether a run is healthy, given the counts of earlier healthy runs (oldest first) and what readers met."""
    reasons = [
        *_fatal(problems),
        *_too_few(counts, source),
        *_dropped(counts, previous),
        *_fields_missing(counts, source),
        *_fields_lost(counts, previous, source),
    ]
    return Verdict(not reasons, tuple(reasons))


def _fields_of(finding: Finding) -> Iterable[str]:
    texts = ("title", "body_name", "summary", "link", "status")
    yield from (name for name in texts if getattr(finding, name))
    yield from (name for name, written in finding.dates.items() if written.value)
    yield from (f"extra.{name}" for name, value in finding.extra.items() if value)


def _fatal(problems: Iterable[Problem]) -> Iterable[Reason]:
    sentences = {problem.code: problem.sentence for problem in problems if problem.weight == "fatal"}
    return [Reason(code, f"Our reader could not read the source. {text}") for code, text in sentences.items()]


def _too_few(counts: Counts, source: Source) -> Iterable[Reason]:
    expected = source.expectations.min_entries
    if counts.entries < expected:
        sentence = f"Our reader found {counts.entries} entries where at least {expected} are expected."
        yield Reason("too_few_entries", sentence)


def _dropped(counts: Counts, previous: Sequence[Counts]) -> Iterable[Reason]:
    before = previous[-1].entries if previous else 0
    if before and not counts.entries:
        yield Reason("nothing_left", f"Our reader found nothing where it found {before} entries before.")
    elif _is_mass_loss(before, counts.entries):
        sentence = f"Our reader found {counts.entries} entries where it found {before} before."
        yield Reason("mass_drop", sentence)


def _fields_missing(counts: Counts, source: Source) -> Iterable[Reason]:
    for name in source.expectations.required_fields:
        if counts.entries and not counts.with_field.get(name):
            yield Reason(
                "field_missing", f"Our reader found no {_words(name)} in any of {counts.entries} entries."
            )


def _fields_lost(counts: Counts, previous: Sequence[Counts], source: Source) -> Iterable[Reason]:
    """A required field, or any field most entries had, that most entries have lost since the last healthy run."""
    if not previous or not counts.entries:
        return
    before = previous[-1]
    required = set(source.expectations.required_fields)
    for name, number in before.with_field.items():
        counts_on = name in required or number * 2 > before.entries
        if counts_on and _is_mass_loss(number, counts.with_field.get(name, 0)):
            now = counts.with_field.get(name, 0)
            sentence = (
                f"Our reader found {_words(name)} in {now} entries where it found it in {number} before."
            )
            yield Reason("mass_field_loss", sentence)


def _is_mass_loss(before: int, now: int) -> bool:
    return before >= SMALLEST_TO_COMPARE and now < before * _LARGEST_LOSS


def _words(field_name: str) -> str:
    return field_name.removeprefix("extra.").replace("_", " ")
