"""What an address of the API may ask for: one table that validates it and that `openapi.json` is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from tracker.domain.listing import MAX_FILTER_LENGTH, Filters, ListName
from tracker.domain.words import Basis, ProcessKind, Standing
from tracker.rendering.clean_text import one_line
from tracker.web.api.shapes import DAY, TEXT, TRUTH, WHOLE, Schema, words

SHORT: Schema = {**TEXT, "maxLength": MAX_FILTER_LENGTH, "pattern": r"^[^\x00-\x1f]*$"}
"""Text of a reasonable length."""
NEEDED: Schema = {**TEXT, "pattern": r"^[^\x00-\x1f]*[^\s\x00-\x1f][^\x00-\x1f]*$"}
"""Text that says something."""
PLAIN_DAY: Schema = {**DAY, "pattern": "^(1[89]|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
KEY: Schema = {**TEXT, "pattern": "^[a-z0-9][a-z0-9-]{0,79}$"}
LARGEST_ID = 2**31 - 1
PER_PAGE, MOST_PER_PAGE = 50, 200


class Refusal(ValueError):  # noqa: N818 - an answer, not an error of ours
    """What cannot be read: a sentence, and the parameter or field it is about."""

    def __init__(self, message: str, parameter: str = "", status: int = 400) -> None:
        """`status` is the answer's."""
        super().__init__(message)
        self.message, self.parameter, self.status = message, parameter, status


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of an address: how it is read and described."""

    name: str
    about: str
    schema: Schema
    read: Callable[[str], object]
    """Raises ValueError with the rest of the sentence "name=value …"."""
    in_path: bool = False
    required: bool = False
    repeats: bool = False

    @property
    def where(self) -> str:
        """In which part of the address it stands."""
        return "path" if self.in_path else "query"

    def value(self, given: str) -> object:
        """What is meant by it; Refusal where it means nothing."""
        try:
            return self.read(given.strip(" "))
        except ValueError as error:
            raise Refusal(f"{self.name}={one_line(given)[:60]} {error}.", self.name) from error


def arguments(table: tuple[Parameter, ...], given: "MultiDict[str, str]") -> dict[str, object]:
    """The arguments of a query by name; Refusal for an unknown, repeated, missing or unreadable one."""
    known = {parameter.name: parameter for parameter in table if not parameter.in_path}
    for name in given:
        if name not in known:
            raise Refusal(
                f"{name[:60]} is not a parameter here: use one of {', '.join(sorted(known))}.", name[:60]
            )
    found: dict[str, object] = {}
    for name, parameter in known.items():
        values = [value for value in given.getlist(name) if value.strip() or not _may_be_empty(parameter)]
        if len(values) > 1 and not parameter.repeats:
            raise Refusal(f"{name} is given {len(values)} times: give it once.", name)
        if parameter.required and not values:
            raise Refusal(f"{name} is missing: {parameter.about[:1].lower()}{parameter.about[1:]}", name)
        if values:
            read = [parameter.value(value) for value in values]
            found[name] = read if parameter.repeats else read[0]
    return found


def _may_be_empty(parameter: Parameter) -> bool:
    """An empty text is none; an empty day or number is a mistake of whoever asks, and must not mean today."""
    schema = parameter.schema
    return schema["type"] == "string" and not {"enum", "format"} & set(schema)


def short_text(given: str) -> str:
    """Text of a reasonable length."""
    if len(given) > MAX_FILTER_LENGTH:
        raise ValueError(f"is longer than {MAX_FILTER_LENGTH} characters: shorten it")
    if any(ord(letter) < 32 or 0xD800 <= ord(letter) <= 0xDFFF for letter in given):
        raise ValueError("holds a control character: take it out")
    return given


def day(given: str) -> date:
    """A day, written in full."""
    try:
        found = date.fromisoformat(given) if len(given) == 10 else None
    except ValueError:
        found = None
    if found is None or not 1800 <= found.year <= 2999:
        raise ValueError("is not a day: write it as YYYY-MM-DD, such as 2026-05-04")
    return found


def whole(least: int, most: int) -> Callable[[str], int]:
    """A whole number between two others."""

    def read(given: str) -> int:
        if (
            not given.isascii()
            or not given.removeprefix("-").isdigit()
            or not least <= int(given[:12]) <= most
        ):
            raise ValueError(f"is not a whole number from {least} to {most}")
        return int(given)

    return read


def one_of(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    """One of the product's words."""

    def read(given: str) -> StrEnum:
        try:
            return kind(given)
        except ValueError:
            raise ValueError(f"is unknown: use one of {', '.join(member.value for member in kind)}") from None

    return read


def truth(given: str) -> bool:
    """1 or 0."""
    found = {"1": True, "true": True, "0": False, "false": False}.get(given.lower())
    if found is None:
        raise ValueError("is neither 1 nor 0")
    return found


_FILTER_WORDS: Mapping[str, type[StrEnum]] = {"kind": ProcessKind, "standing": Standing, "basis": Basis}
_FILTERS_ABOUT: Mapping[str, str] = {
    "body": "Key of a body; its parts and, for a group of bodies, its members count too.",
    "process": "Key of a process.",
    "document": "Key of a document.",
    "item": "Key of an item.",
    "topic": "Key of a top topic.",
    "jurisdiction": "Code of a jurisdiction; GB takes in GB-SCT.",
    "kind": "Kind of process.",
    "group": "Key of the watchdog group that owns the process.",
    "standing": "Where the obligation stands; for events, the ones by which it came to stand there.",
    "basis": "Why the date binds.",
    "q": "Words that all stand in the item, body, process or document.",
}


def among(name: str, about: str, *allowed: str) -> Parameter:
    """A parameter that takes one of some words that are written down nowhere else."""

    def read(given: str) -> str:
        if given not in allowed:
            raise ValueError(f"is unknown: use one of {', '.join(allowed)}")
        return given

    return Parameter(name, about, {**TEXT, "enum": list(allowed)}, read)


def _filter(name: str) -> Parameter:
    kind = _FILTER_WORDS.get(name)
    schema, read = (words(kind), one_of(kind)) if kind else (SHORT, short_text)
    return Parameter(name, _FILTERS_ABOUT[name], schema, read)


FILTERS = tuple(_filter(one.name) for one in fields(Filters))
LIST = Parameter("list", "One of the public lists.", words(ListName), one_of(ListName))
AS_OF = Parameter(
    "as_of",
    "What was on record by the end of that day (UTC), seen on that day where the debtor is.",
    PLAIN_DAY,
    day,
)
HINDSIGHT = Parameter(
    "hindsight", "With as_of: that day by today's facts, instead of what was known then.", TRUTH, truth
)
PAGING = (
    Parameter(
        "per_page",
        f"Rows of a page; {PER_PAGE} unless said.",
        {**WHOLE, "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
        whole(1, MOST_PER_PAGE),
    ),
    Parameter(
        "cursor",
        "Where the page begins; take it from meta.next and do not make it up.",
        {**WHOLE, "minimum": 0, "maximum": LARGEST_ID},
        whole(0, LARGEST_ID),
    ),
)
MOMENT = (AS_OF, HINDSIGHT)


def key_in_path(about: str) -> Parameter:
    """The key of an object in its address."""
    return Parameter("key", about, KEY, short_text, in_path=True, required=True)


ID_IN_PATH = Parameter(
    "id",
    "The obligation's id.",
    {**WHOLE, "minimum": 1, "maximum": LARGEST_ID},
    whole(1, LARGEST_ID),
    in_path=True,
    required=True,
)
