"""What a source, a page and a reader's results are: plain frozen data that crosses processes as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Literal, Protocol

from scrapers.tables.sheet import Sheet

Json = Any
"""A value that `json.dumps` takes as it is: text, number, truth, None, list or mapping of these."""

FindingKind = Literal["new_item", "response", "update"]
Precision = Literal["day", "month", "quarter", "season", "half", "year"]
Weight = Literal["note", "question", "fatal"]


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as a source wrote it; `value` is the first day of the period, None if no real date."""

    value: date | None
    precision: Precision = "day"
    as_written: str = ""

    def to_dict(self) -> dict[str, Json]:
        """The same as plain JSON."""
        iso = self.value.isoformat() if self.value else None
        return {"value": iso, "precision": self.precision, "as_written": self.as_written}

    @classmethod
    def from_dict(cls, data: Mapping[str, Json]) -> "WrittenDate":
        """Back from plain JSON."""
        value = date.fromisoformat(data["value"]) if data["value"] else None
        return cls(value, data["precision"], data["as_written"])


@dataclass(frozen=True, slots=True)
class Expectations:
    """What a healthy run of a source looks like; less than this quarantines it."""

    min_entries: int = 0
    required_fields: tuple[str, ...] = ()
    publication_lag_days: int = 0
    max_drop: float = 0.5
    """The share of entries, or of a field, that may be lost or rewritten from one run to the next."""
    max_unknown: float = 0.2
    """The share of entries whose words the source was not said to use; fewer are questions for a person."""
    rolling: bool = False
    """Only the latest entries are there: that earlier ones go is no loss."""


@dataclass(frozen=True, slots=True)
class Source:
    """An official place we read: its reader (a file in `sources/`), its address and what to expect of it."""

    key: str
    reader: str
    address: str
    options: Mapping[str, Json] = field(default_factory=dict)
    expectations: Expectations = field(default_factory=Expectations)
    verify_tls: bool = True
    """Whether its site has to prove who it is; the operator alone may say that it need not."""

    def to_dict(self) -> dict[str, Json]:
        """The same as plain JSON."""
        expected = {
            "min_entries": self.expectations.min_entries,
            "required_fields": list(self.expectations.required_fields),
            "publication_lag_days": self.expectations.publication_lag_days,
            "max_drop": self.expectations.max_drop,
            "max_unknown": self.expectations.max_unknown,
            "rolling": self.expectations.rolling,
        }
        plain = {"key": self.key, "reader": self.reader, "address": self.address}
        how = {} if self.verify_tls else {"verify_tls": False}
        return {**plain, "options": dict(self.options), "expectations": expected, **how}

    @classmethod
    def from_dict(cls, data: Mapping[str, Json]) -> "Source":
        """Back from plain JSON."""
        expected = dict(data.get("expectations") or {})
        expected["required_fields"] = tuple(expected.get("required_fields", ()))
        options = dict(data.get("options") or {})
        place = (data["key"], data["reader"], data["address"])
        return cls(*place, options, Expectations(**expected), data.get("verify_tls", True))


@dataclass(frozen=True, slots=True)
class Page:
    """What an address returned, as it came: the bytes are evidence and `sha256` is of exactly these bytes."""

    address: str
    final_address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    sha256: str
    fetched_at: datetime
    not_modified: bool = False
    state: Mapping[str, Json] = field(default_factory=dict)
    """What the reader itself noted on the `Follow` that led here."""
    peer: str = ""
    """The IP address it came from; no business of readers."""

    def header(self, name: str) -> str:
        """The first value of a header, without regard to case; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    def to_dict(self) -> dict[str, Json]:
        """All but the body as plain JSON; the body travels beside it, as the bytes it is."""
        return {
            "address": self.address,
            "final_address": self.final_address,
            "status": self.status,
            "headers": [list(pair) for pair in self.headers],
            "sha256": self.sha256,
            "fetched_at": self.fetched_at.isoformat(),
            "not_modified": self.not_modified,
            "state": dict(self.state),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Json], body: bytes) -> "Page":
        """Back from plain JSON and the body beside it."""
        return cls(
            data["address"],
            data["final_address"],
            data["status"],
            tuple((name, value) for name, value in data["headers"]),
            body,
            data["sha256"],
            datetime.fromisoformat(data["fetched_at"]),
            data["not_modified"],
            dict(data["state"]),
        )


def page_of(
    body: bytes,
    *,
    address: str,
    fetched_at: datetime,
    content_type: str = "",
    state: Mapping[str, Json] | None = None,
) -> Page:
    """A page from bytes at hand: a file an editor feeds to a reader, or a recording."""
    headers = (("Content-Type", content_type),) if content_type else ()
    digest = sha256(body).hexdigest()
    return Page(address, address, 200, headers, body, digest, fetched_at, False, dict(state or {}))


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reader thinks a page says of one thing: a proposal for a person, in the source's own words."""

    kind: FindingKind
    key: str
    """What the source itself calls the thing; stable from run to run."""
    title: str
    body_name: str = ""
    """The owing body as the source writes it."""
    summary: str = ""
    dates: Mapping[str, WrittenDate] = field(default_factory=dict)
    """By name ending in `_on`: `submitted_on`, `answered_on`, `published_on`, ..."""
    link: str = ""
    status: str = ""
    """The source's own word, untouched."""
    locator: str = ""
    """Where on the page this stands, for a person who looks it up."""
    confidence: float = 0.5
    reasons: tuple[tuple[str, str], ...] = ()
    """(code, detail) for each reason the reader had."""
    extra: Mapping[str, Json] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Json]:
        """The same as plain JSON."""
        return {
            "what": "finding",
            "kind": self.kind,
            "key": self.key,
            "title": self.title,
            "body_name": self.body_name,
            "summary": self.summary,
            "dates": {name: written.to_dict() for name, written in self.dates.items()},
            "link": self.link,
            "status": self.status,
            "locator": self.locator,
            "confidence": self.confidence,
            "reasons": [list(reason) for reason in self.reasons],
            "extra": dict(self.extra),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Json]) -> "Finding":
        """Back from plain JSON."""
        plain = {name: value for name, value in data.items() if name not in ("what", "dates", "reasons")}
        dates = {name: WrittenDate.from_dict(written) for name, written in data["dates"].items()}
        reasons = tuple((code, detail) for code, detail in data["reasons"])
        return cls(**plain, dates=dates, reasons=reasons)


@dataclass(frozen=True, slots=True)
class Follow:
    """A further page of the same source to read, with what the reader wants to remember there."""

    address: str
    state: Mapping[str, Json] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Json]:
        """The same as plain JSON."""
        return {"what": "follow", "address": self.address, "state": dict(self.state)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Json]) -> "Follow":
        """Back from plain JSON."""
        return cls(data["address"], dict(data["state"]))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reader could not read: `fatal` quarantines the run, a `question` goes to a person."""

    code: str
    sentence: str
    weight: Weight = "question"
    locator: str = ""
    as_written: str = ""

    def to_dict(self) -> dict[str, Json]:
        """The same as plain JSON."""
        plain = {"what": "problem", "code": self.code, "sentence": self.sentence, "weight": self.weight}
        return {**plain, "locator": self.locator, "as_written": self.as_written}

    @classmethod
    def from_dict(cls, data: Mapping[str, Json]) -> "Problem":
        """Back from plain JSON."""
        return cls(data["code"], data["sentence"], data["weight"], data["locator"], data["as_written"])


@dataclass(frozen=True, slots=True)
class Seen:
    """How many entries a page holds that are no finding, so that a page with nothing for us is no empty page."""

    entries: int
    keys: tuple[str, ...] = ()
    """What the source calls them, as far as the reader knows: they are still there, and say nothing new."""

    def to_dict(self) -> dict[str, Json]:
        """The same as plain JSON."""
        return {"what": "seen", "entries": self.entries, "keys": list(self.keys)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Json]) -> "Seen":
        """Back from plain JSON."""
        return cls(data["entries"], tuple(data.get("keys") or ()))


Result = Finding | Follow | Problem | Seen | Sheet

_RESULTS: Mapping[str, type[Finding] | type[Follow] | type[Problem] | type[Seen] | type[Sheet]] = {
    "finding": Finding,
    "follow": Follow,
    "problem": Problem,
    "seen": Seen,
    "sheet": Sheet,
}


def result_from_dict(data: Mapping[str, Json]) -> Result:
    """A finding, follow, problem or number of entries seen, back from plain JSON."""
    return _RESULTS[data["what"]].from_dict(data)


class Reader(Protocol):
    """A file in `sources/`: a pure function from a page to what it says, doing no I/O."""

    def read(self, page: Page, source: Source) -> Iterable[Result]:
        """What the page says."""
