"""What a run found, in figures: how much of each field, how alike, and which entries, small enough to be kept."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from scrapers.model import Finding, Json, Problem, Result, Seen

_OWN_TEXTS = ("title", "body_name", "summary", "link", "status")
_UNKNOWN = "unknown_"
LONGEST_SHORT_LIST = 40
_NOT_WORDS = frozenset({"unknown_encoding"})
_Values = list[tuple[str, str]]
"""Each field of a finding that holds something, as text."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a run found: different entries, and how many of them had each field."""

    entries: int = 0
    with_field: Mapping[str, int] = field(default_factory=dict)
    alike: Mapping[str, int] = field(default_factory=dict)
    """How many entries hold the commonest value of a field; where it is the same as of any other, 1."""
    unknown_words: int = 0
    """Rows with a word that the source was not said to use."""
    gone: float = 0.0
    """The share of the entries of the run before that this one no longer had."""
    parts: int = 0
    """Over how many pages the list went on; pages that hold nothing are none."""
    released: bool = False
    """A person said that the source really changed: what came before is no measure any more."""

    def to_dict(self) -> dict[str, Json]:
        """The same as plain JSON, to be kept with the run."""
        return {
            "entries": self.entries,
            "with_field": dict(self.with_field),
            "alike": dict(self.alike),
            "unknown_words": self.unknown_words,
            "gone": self.gone,
            "parts": self.parts,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Json]) -> "Counts":
        """Back from plain JSON; what an older run did not count yet is left out of comparisons."""
        return cls(
            int(data.get("entries", 0)),
            dict(data.get("with_field") or {}),
            dict(data.get("alike") or {}),
            int(data.get("unknown_words", 0)),
            float(data.get("gone", 0.0)),
            int(data.get("parts", 0)),
            bool(data.get("released", False)),
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """Which entries a run found: by a digest of kind and key, one of what hardly changes, and the fields it had."""

    fields: tuple[str, ...] = ()
    entries: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """The digest of title, body, status and dates; the fields as bits, by their place in `fields`."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Of a short list: the digest of title and body alone, which a thing keeps while its status moves on."""

    def to_dict(self) -> dict[str, Json]:
        """The same as plain JSON, to be kept with the run."""
        plain = {
            "fields": list(self.fields),
            "entries": {key: list(one) for key, one in self.entries.items()},
        }
        return plain | ({"names": dict(self.names)} if self.names else {})

    @classmethod
    def from_dict(cls, data: Mapping[str, Json]) -> "Listing":
        """Back from plain JSON."""
        entries = {key: (digest, bits) for key, (digest, bits) in data["entries"].items()}
        return cls(tuple(data["fields"]), entries, dict(data.get("names") or {}))

    def fields_of(self, key: str) -> frozenset[str]:
        """The fields an entry had."""
        bits = self.entries[key][1]
        return frozenset(name for place, name in enumerate(self.fields) if bits >> place & 1)


def count(results: Iterable[Result]) -> Counts:
    """The counts of a run: findings by different kind and key, with the fields that hold something.

    What a page holds besides, and is no finding, counts as an entry too.
    """
    return counted_and_listed(results)[0]


def listed(results: Iterable[Result]) -> Listing:
    """Which entries a run found."""
    return counted_and_listed(results)[1]


def counted_and_listed(results: Iterable[Result]) -> tuple[Counts, Listing]:
    """Both, for one look at every field of every finding."""
    results = list(results)
    held = [(finding, _values(finding)) for finding in _different(results)]
    return _counts(results, [values for _, values in held]), _listing(held)


def _counts(results: list[Result], held: list[_Values]) -> Counts:
    others = sum(result.entries for result in results if isinstance(result, Seen))
    with_field = Counter(name for values in held for name, _ in values)
    unknown = sum(isinstance(result, Problem) and _is_unknown_word(result.code) for result in results)
    return Counts(len(held) + others, dict(with_field), _alike(held), unknown)


def _listing(held: list[tuple[Finding, _Values]]) -> Listing:
    fields = tuple(sorted({name for _, values in held for name, _ in values}))
    bits = {name: 1 << place for place, name in enumerate(fields)}
    entries = {
        entry_key(finding.kind, finding.key): (_essence(finding), sum(bits[name] for name, _ in values))
        for finding, values in held
    }
    names = {
        entry_key(one.kind, one.key): _digest(repr((one.title, one.body_name)), 8)
        for one, _ in held
        if len(held) <= LONGEST_SHORT_LIST
    }
    return Listing(fields, entries, names)


def entry_key(kind: str, key: str) -> str:
    """By what an entry is found again in a listing."""
    return _digest(f"{kind}\0{key}", 12)


def _different(results: Iterable[Result]) -> list[Finding]:
    found = {(result.kind, result.key): result for result in results if isinstance(result, Finding)}
    return list(found.values())


def _values(finding: Finding) -> _Values:
    """Each field that holds something, as text."""
    held = [(name, text) for name in _OWN_TEXTS if (text := getattr(finding, name))]
    held += [(name, written.value.isoformat()) for name, written in finding.dates.items() if written.value]
    held += [(f"extra.{name}", str(value)) for name, value in finding.extra.items() if value]
    return held


def _alike(values: Iterable[Iterable[tuple[str, str]]]) -> dict[str, int]:
    """Of texts and dates; what a reader adds besides may well be the same everywhere."""
    by_field: dict[str, Counter[str]] = {}
    for held in values:
        for name, text in held:
            if not name.startswith("extra."):
                by_field.setdefault(name, Counter())[text] += 1
    return {name: values.most_common(1)[0][1] for name, values in by_field.items()}


def _essence(finding: Finding) -> str:
    dates = sorted((name, written.as_written) for name, written in finding.dates.items())
    return _digest(repr((finding.title, finding.body_name, finding.status, dates)), 8)


def _is_unknown_word(code: str) -> bool:
    return code.startswith(_UNKNOWN) and code not in _NOT_WORDS


def _digest(text: str, length: int) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:length]
