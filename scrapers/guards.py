"""Judges a run before anything of it is used: too little, too much, or too much changed at once quarantines it.

What is usual is learned from the last good runs. A quarantined run changes nothing in public, and its words blame the
reader and not the body.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median_high

from scrapers.counting import Counts as Counts
from scrapers.counting import count as count
from scrapers.model import Problem, Source
from scrapers.moving import Moved

SMALLEST_TO_COMPARE = 5
"""Below this many entries a halving says nothing."""
SMALLEST_TO_FOLLOW = 20
"""Below this many a list is short, and has guards of its own; and a field that few have is no rule."""
FEWEST_CHANGED, MOST_KEPT_OF_SHORT = 3, 0.5
"""So many entries of a short list, and this share of it, are never replaced or renamed at once by themselves."""
_DROP_OF_SHORT = 1 / 3
SMALLEST_TO_BE_ALIKE = 10
SMALLEST_TO_EXPLODE = 100
LARGEST_GROWTH = 10
MOST_MISSED = 0.1
"""A list that lost more than this part may still be used; but what is not on it may stand on what it lost."""
RUNS_LEARNED_FROM = 5
_LATELY = 3
_DIFFERENT, _THE_SAME = 0.8, 0.98
ROLLING_READERS = frozenset({"feed"})
"""Of what they read only the latest is there: that entries go is how it is made."""


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
    is_a_look: bool = True
    """Whether what a healthy run does not show is not there: not so where it holds far fewer entries than usual."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A run with all it is compared with."""

    counts: Counts
    usual: Counts
    highest: int
    known: bool
    """Whether there is a good run to compare with."""
    moved: Moved
    source: Source

    @property
    def max_drop(self) -> float:
        """The share that may be lost at once."""
        return self.source.expectations.max_drop

    @property
    def is_rolling(self) -> bool:
        """Whether only the latest entries are there."""
        return self.source.expectations.rolling or self.source.reader in ROLLING_READERS

    def is_mass_loss(self, before: int, now: float) -> bool:
        """Whether as much is lost as may not be."""
        return self._is_loss(before, now, self.max_drop)

    def has_lost_entries(self, before: int, now: int) -> bool:
        """The same of entries: of a short list less may go, unless only the latest are there or more was allowed."""
        is_strict = (
            before < SMALLEST_TO_FOLLOW and not self.is_rolling and self.max_drop <= MOST_KEPT_OF_SHORT
        )
        return self._is_loss(before, now, min(self.max_drop, _DROP_OF_SHORT) if is_strict else self.max_drop)

    def is_mass_change_of_few(self, before: int, changed: int, allowed: float) -> bool:
        """Whether at least half of a short list, and no less than three of it, became something else at once."""
        return (
            before < SMALLEST_TO_FOLLOW and changed >= max(FEWEST_CHANGED, before * allowed) and allowed < 1
        )

    @staticmethod
    def _is_loss(before: int, now: float, allowed: float) -> bool:
        return before >= SMALLEST_TO_COMPARE and allowed < 1 and 0 < before - now >= before * allowed


def judge(
    counts: Counts,
    previous: Sequence[Counts],
    problems: Iterable[Problem],
    source: Source,
    moved: Moved | None = None,
) -> Verdict:
    """Whether a run is healthy, given the counts of earlier healthy runs (oldest first) and what readers met.

    `moved` is what changed since the last of them, entry by entry.
    """
    highest = max((one.entries for one in previous), default=0)
    judged = _Judged(counts, usual(previous), highest, bool(previous), moved or Moved(), source)
    # Of a page that could not be read at all there is nothing more to count.
    reasons = list(_fatal(problems)) or [reason for guard in _GUARDS for reason in guard(judged)]
    return Verdict(not reasons, tuple(reasons), not _has_fewer(judged))


def usual(previous: Sequence[Counts]) -> Counts:
    """What a good run of this source looks like: medians, so that one odd run and a slow decline do not mislead.

    The higher of the last five's and the last three's, so that a source that grew is soon held to its new size. What
    came before a person said that the source really changed is left out.
    """
    changed = max((place for place, one in enumerate(previous) if one.released), default=0)
    learned = list(previous[changed:])[-RUNS_LEARNED_FROM:]
    names = {name for one in learned for name in (*one.with_field, *one.alike)}
    return Counts(
        entries=_usual([one.entries for one in learned]),
        with_field={name: _usual([one.with_field.get(name, 0) for one in learned]) for name in names},
        alike={name: _usual([one.alike.get(name, 0) for one in learned]) for name in names},
        gone=max((one.gone for one in learned), default=0.0),
        parts=_usual([one.parts for one in learned]),
    )


def _usual(numbers: Sequence[int]) -> int:
    return max((median_high(numbers), median_high(numbers[-_LATELY:])), default=0) if numbers else 0


def _fatal(problems: Iterable[Problem]) -> Iterable[Reason]:
    sentences = {problem.code: problem.sentence for problem in problems if problem.weight == "fatal"}
    return [Reason(code, f"Our reader could not read the source. {text}") for code, text in sentences.items()]


def _too_few(judged: _Judged) -> Iterator[Reason]:
    expected, found = judged.source.expectations.min_entries, judged.counts.entries
    if found < expected:
        yield Reason(
            "too_few_entries", f"Our reader found {_entries(found)} where at least {expected} are expected."
        )


def _dropped(judged: _Judged) -> Iterator[Reason]:
    before, now = judged.usual.entries, judged.counts.entries
    if before and not now:
        yield Reason("nothing_left", f"Our reader found nothing where it found {_entries(before)} before.")
    elif judged.has_lost_entries(before, now):
        yield Reason("mass_drop", f"Our reader found {_entries(now)} where it found {before} before.")


def _has_fewer(judged: _Judged) -> bool:
    before = judged.usual.entries
    return not judged.is_rolling and before - judged.counts.entries > before * MOST_MISSED


def _ended_early(judged: _Judged) -> Iterator[Reason]:
    """A list of several pages of which the last ones did not come, though nothing said that they failed."""
    before, now = judged.usual, judged.counts
    lost, pages = before.entries - now.entries, before.parts
    if 0 < now.parts < pages and lost >= FEWEST_CHANGED and not judged.is_rolling and judged.max_drop < 1:
        yield Reason("list_ended_early", f"Our reader found {now.parts} of the list's {pages} pages.")


def _exploded(judged: _Judged) -> Iterator[Reason]:
    before, now = judged.highest, judged.counts.entries
    if judged.known and now >= SMALLEST_TO_EXPLODE and now > LARGEST_GROWTH * max(before, 1):
        sentence = f"Our reader found {now} entries where it never found more than {before}."
        yield Reason("mass_growth", sentence)


def _fields_missing(judged: _Judged) -> Iterator[Reason]:
    entries = judged.counts.entries
    for name in judged.source.expectations.required_fields:
        if entries and not any(judged.counts.with_field.get(one) for one in _spellings(name)):
            yield Reason(
                "field_missing", f"Our reader found no {_words(name)} in any of {_entries(entries)}."
            )


def _fields_lost(judged: _Judged) -> Iterator[Reason]:
    """A field that counts and that too many entries have lost, beyond what fewer entries explain."""
    if not judged.counts.entries:
        return
    lost = [name for name in sorted(judged.usual.with_field) if _is_lost(name, judged)]
    if lost:
        told = (
            _fewer(judged.usual.with_field[one], judged.counts.with_field.get(one, 0), one) for one in lost
        )
        yield Reason("mass_field_loss", f"Our reader found less in the entries: {', '.join(told)}.")


def _is_lost(name: str, judged: _Judged) -> bool:
    before, now = judged.usual.with_field[name], judged.counts.with_field.get(name, 0)
    share = now / judged.counts.entries * judged.usual.entries
    return _counts_on(name, before, judged) and all(judged.is_mass_loss(before, n) for n in (now, share))


def _fewer(before: int, now: int, name: str) -> str:
    return f"{_words(name)} in {now or 'none'} of them ({before} before)"


def _entries(number: int) -> str:
    return "one entry" if number == 1 else f"{number} entries"


def _counts_on(name: str, number: int, judged: _Judged) -> bool:
    required = {one for field in judged.source.expectations.required_fields for one in _spellings(field)}
    followed = number >= SMALLEST_TO_FOLLOW and not judged.is_rolling
    return name in required or number * 2 > judged.usual.entries or followed


def _lost_by_entries(judged: _Judged) -> Iterator[Reason]:
    """Entries that are still there and lost what they had, even where new ones make up for the number."""
    if any(True for _ in _fields_lost(judged)):
        return
    for name, keys in judged.moved.lost.items():
        had = judged.usual.with_field.get(name, 0)
        if len(keys) >= SMALLEST_TO_FOLLOW and judged.is_mass_loss(had, had - len(keys)):
            sentence = f"Our reader no longer found {_words(name)} in {len(keys)} of {had} entries that had it before."
            yield Reason("mass_field_loss", sentence)


def _gone(judged: _Judged) -> Iterator[Reason]:
    """Entries that went, though as many new ones came; what often happens here is learned."""
    before, gone = judged.moved.of, len(judged.moved.gone)
    allowed = max(judged.max_drop, min(1.0, 2 * judged.usual.gone))
    if judged.is_rolling or not (
        gone > before * allowed if before >= SMALLEST_TO_FOLLOW else _few_gone(judged, allowed)
    ):
        return
    yield Reason("mass_gone", f"Our reader no longer found {gone} of the {before} entries it found before.")


def _few_gone(judged: _Judged, allowed: float) -> bool:
    """Where rows have no name of their own, columns that changed places look like other rows in the same number."""
    before, came = judged.moved.of, len(judged.moved.came)
    return judged.is_mass_change_of_few(
        before, min(came, len(judged.moved.gone)), max(allowed, MOST_KEPT_OF_SHORT)
    )


def _rewritten(judged: _Judged) -> Iterator[Reason]:
    stayed, changed = judged.moved.stayed, len(judged.moved.rewritten)
    if stayed >= SMALLEST_TO_FOLLOW and changed > stayed * judged.max_drop:
        sentence = (
            f"Our reader found another title, body, status or date in {changed} of {stayed} entries at once."
        )
        yield Reason("mass_change", sentence)


def _renamed(judged: _Judged) -> Iterator[Reason]:
    """In a short list too, columns may have changed places: titles and bodies are what things keep."""
    stayed, changed = judged.moved.stayed, len(judged.moved.renamed)
    if judged.is_mass_change_of_few(stayed, changed, max(judged.max_drop, MOST_KEPT_OF_SHORT)):
        sentence = f"Our reader found another title or body in {changed} of {stayed} entries at once."
        yield Reason("mass_change", sentence)


def _all_alike(judged: _Judged) -> Iterator[Reason]:
    """A field with many values of which only one is left: a date of today in every row, one status for all."""
    for name, alike in sorted(judged.counts.alike.items()):
        have, had = judged.counts.with_field.get(name, 0), judged.usual.with_field.get(name, 0)
        was_different = (
            had >= SMALLEST_TO_BE_ALIKE and 0 < judged.usual.alike.get(name, 0) <= had * _DIFFERENT
        )
        if was_different and have >= SMALLEST_TO_BE_ALIKE and alike >= have * _THE_SAME:
            sentence = f"Our reader found the same {_words(name)} in {alike} of {have} entries; they differed before."
            yield Reason("all_alike", sentence)


def _unknown_words(judged: _Judged) -> Iterator[Reason]:
    """Few unknown words are questions for a person; many are another page, or another language of the source."""
    entries, unknown = judged.counts.entries, judged.counts.unknown_words
    most = judged.source.expectations.max_unknown
    if unknown > entries * most and (unknown >= SMALLEST_TO_COMPARE or not most):
        sentence = f"Our reader met words it was not told of in {unknown} of {entries} entries."
        yield Reason("unknown_words", sentence)


_GUARDS = (
    _too_few,
    _dropped,
    _ended_early,
    _exploded,
    _fields_missing,
    _fields_lost,
    _lost_by_entries,
    _gone,
    _rewritten,
    _renamed,
    _all_alike,
    _unknown_words,
)


def _spellings(name: str) -> tuple[str, str]:
    """What a reader adds to a finding may be named without saying so."""
    return (name, f"extra.{name}")


def _words(field_name: str) -> str:
    return field_name.removeprefix("extra.").removesuffix("_on").replace("_", " ")
