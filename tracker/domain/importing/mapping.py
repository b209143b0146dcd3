"""A mapping: which columns of a table mean what, as TOML; an unknown key is refused with its nearest neighbour."""

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, fields
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from tracker.domain.importing.problems import MappingError
from tracker.domain.importing.template import Template
from tracker.domain.nearest import nearest
from tracker.domain.words import (
    Basis,
    BodyKind,
    ClaimState,
    ItemKind,
    ObligationKind,
    Position,
    ProcessKind,
    ResponseKind,
    Role,
    Speaker,
    Trigger,
)

Made = TypeVar("Made")
NONE = Template()
ORDERS = {"day-first": "dmy", "month-first": "mdy", "iso": "", "ask": "", "year-first": ""}
REPEATED = ("refuse", "merge", "number")


@dataclass(frozen=True, slots=True)
class Reading:
    """How the file is read: which sheet or list, which line names the columns, what is filled down."""

    sheet: tuple[str, ...] = ()
    """One, or several that are read as one table."""
    header_row: int = 0
    delimiter: str = ""
    encoding: str = ""
    rows: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    restore: bool = False
    """Take away the apostrophe that our own export puts before what a spreadsheet would run."""
    nothing: tuple[str, ...] = ()
    """Words that stand for an empty cell, such as NA."""
    as_above: tuple[str, ...] = ()
    """Words that stand for the cell above, such as `see above`."""
    html: tuple[str, ...] = ()
    """Columns whose cells are HTML; a `#` stands for any number."""


@dataclass(frozen=True, slots=True)
class ProcessMap:
    """The process the items belong to, the same for all rows or by columns."""

    name: Template = NONE
    key: Template = NONE
    kind: ProcessKind = ProcessKind.ACTION_PLAN
    kind_column: str = ""
    organiser: Template = NONE
    jurisdiction: Template = NONE
    language: str = "en"
    language_column: str = ""
    url: Template = NONE


@dataclass(frozen=True, slots=True)
class DocumentMap:
    """The document that carries the items."""

    title: Template = NONE
    key: Template = NONE
    published: Template = NONE
    url: Template = NONE


@dataclass(frozen=True, slots=True)
class ItemMap:
    """One item for each row, or for all rows of one key."""

    key: Template = NONE
    title: Template = NONE
    kind: ItemKind = ItemKind.RECOMMENDATION
    kind_column: str = ""
    own_key: bool = False
    """The key is that of the item's own address here."""
    ref: Template = NONE
    text: Template = NONE
    language: Template = NONE
    parent: Template = NONE
    parent_until: str = ""
    """The parent's key is this key up to the last such sign."""
    repeats: Template = NONE
    repeated: str = "refuse"
    source: Template = NONE
    tags: Template = NONE


@dataclass(frozen=True, slots=True)
class AddresseeMap:
    """Who owes, from one column."""

    body: Template
    called: Template = NONE
    """The name of a new one, where the column holds its key."""
    role: Role = Role.LEAD
    role_column: str = ""
    split: tuple[str, ...] = ()
    owes: ObligationKind | None = None
    owes_column: str = ""
    period: Template = NONE
    """Which report of a duty that repeats, or which stage."""


@dataclass(frozen=True, slots=True)
class BodiesMap:
    """What bodies are called here, and what new ones are."""

    name: Template = NONE
    """Around `{body}`: a ministry of one country among many."""
    kind: BodyKind = BodyKind.GOVERNMENT
    kind_column: str = ""
    jurisdiction: Template = NONE
    create: bool = True
    names: Table[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeadlineMap:
    """When it is due and why that binds."""

    due: Template = NONE
    start: Template = NONE
    trigger: Trigger | None = None
    trigger_column: str = ""
    rule: Template = NONE
    basis: Basis | None = None
    basis_column: str = ""
    amount: Template = NONE
    calendar: Template = NONE
    written: Template = NONE
    legal_basis: Template = NONE
    source: Template = NONE
    no_date: tuple[str, ...] = ()
    """Words that say that no date was set, such as Ongoing."""


@dataclass(frozen=True, slots=True)
class DatesMap:
    """In which order days and months stand, in the file or in one of its columns."""

    order: str = "ask"
    columns: Table[str, str] = field(default_factory=dict)
    words: Table[str, str] = field(default_factory=dict)
    """Periods in words, such as `first semester 2025`, and the dates they mean."""


@dataclass(frozen=True, slots=True)
class TopicsMap:
    """Topics from words or from marked columns; words nobody knows become tags."""

    source: Template = NONE
    split: tuple[str, ...] = (";", ",")
    words: Table[str, str] = field(default_factory=dict)
    flags: Table[str, str] = field(default_factory=dict)
    flagged: tuple[str, ...] = ("1", "x", "X", "yes", "true", "TRUE")


@dataclass(frozen=True, slots=True)
class ResponseMap:
    """What came back, from one set of columns or from numbered ones."""

    when: Template = NONE
    kind: ResponseKind = ResponseKind.REPLY
    kind_column: str = ""
    kinds: Table[str, str] = field(default_factory=dict)
    published: Template = NONE
    received: Template = NONE
    text: Template = NONE
    title: Template = NONE
    url: Template = NONE
    position: Template = NONE
    positions: Table[str, str] = field(default_factory=dict)
    quote: Template = NONE
    by: Template = NONE
    numbers: int = 0
    """Of numbered columns, the last; 0 is as many as the table has."""


@dataclass(frozen=True, slots=True)
class ClaimMap:
    """Implementation as somebody states it."""

    state: Template
    speaker: Speaker = Speaker.REVIEWER
    speaker_column: str = ""
    speaker_name: Template = NONE
    on: Template = NONE
    url: Template = NONE
    states: Table[str, str] = field(default_factory=dict)
    body: Template = NONE
    numbers: int = 0


@dataclass(frozen=True, slots=True)
class Only:
    """Rows that count: a column is, or is not, one of these words, is like them (`*` is any text), or is filled."""

    column: str
    values: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """All of it."""

    name: str = ""
    about: str = ""
    read: Reading = field(default_factory=Reading)
    process: ProcessMap = field(default_factory=ProcessMap)
    document: DocumentMap = field(default_factory=DocumentMap)
    item: ItemMap = field(default_factory=ItemMap)
    above: tuple[ItemMap, ...] = ()
    addressee: tuple[AddresseeMap, ...] = ()
    bodies: BodiesMap = field(default_factory=BodiesMap)
    deadline: DeadlineMap = field(default_factory=DeadlineMap)
    dates: DatesMap = field(default_factory=DatesMap)
    topics: TopicsMap = field(default_factory=TopicsMap)
    response: tuple[ResponseMap, ...] = ()
    claim: tuple[ClaimMap, ...] = ()
    only: tuple[Only, ...] = ()
    answers: Table[str, str] = field(default_factory=dict)
    """What a person answered, by `row 12, End Date`."""
    text: str = ""
    """The mapping as it was written."""


def read_mapping(text: str) -> Mapping:
    """A mapping from its TOML; raises MappingError."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"The mapping is not TOML: {error}. Mend that line.") from None
    made = _made(Mapping, {**found, "text": text}, "")
    _insist(made)
    return made


def _insist(made: Mapping) -> None:
    if not made.process.name and not made.process.key:
        raise MappingError("[process]: say its name, or its key.")
    if not (made.item.title or made.item.text):
        raise MappingError("[item]: say which column is its title, or its text.")
    if made.item.repeated not in REPEATED:
        raise MappingError(f"[item] repeated is one of: {', '.join(REPEATED)}.")
    for order in (made.dates.order, *made.dates.columns.values()):
        if order not in ORDERS:
            raise MappingError(f"[dates]: an order is one of: {', '.join(ORDERS)}; not {order[:40]!r}.")
    said = made.deadline
    if said.due and not (said.basis or said.basis_column or said.rule):
        words = ", ".join(basis.value for basis in Basis)
        raise MappingError(f"[deadline]: say why the date binds (`basis`): {words}.")
    _insist_on_words(made)


def _insist_on_words(made: Mapping) -> None:
    for response in made.response:
        _words("[response.positions]", response.positions, Position, empty=True)
        _words("[response.kinds]", response.kinds, ResponseKind, empty=True)
    for claim in made.claim:
        _words("[claim.states]", claim.states, ClaimState, empty=True)


def _words(where: str, words: Table[str, str], kind: Any, *, empty: bool) -> None:
    known = [member.value for member in kind]
    for word, meaning in words.items():
        if meaning not in known and not (empty and meaning == ""):
            raise MappingError(
                f"{where}: {word[:40]!r} means none of: {', '.join(known)}{nearest(meaning, known)}."
            )


def _made(kind: type[Made], table: Any, where: str) -> Made:
    """A part of a mapping from its table, every key known and of its type."""
    if not isinstance(table, dict):
        raise MappingError(f"{where or 'The mapping'} is no table.")
    hints = get_type_hints(kind)
    names = [one.name for one in fields(kind)]  # type: ignore[arg-type]
    for name in table:
        if name not in names:
            shown = [one for one in names if one != "text" or where]
            raise MappingError(f"{where or 'The mapping'}: unknown key {name[:60]!r}{nearest(name, shown)}.")
    values = {name: _value(hints[name], value, f"{where}[{name}]") for name, value in table.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise MappingError(f"{where}: {str(error).partition(')')[2].strip() or error}.") from None


def _value(hint: Any, value: Any, where: str) -> Any:
    if isinstance(hint, UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    if hint is Template:
        return Template(_texts(value, where))
    if get_origin(hint) is tuple:
        return _several(get_args(hint)[0], value, where)
    if get_origin(hint) is not None:
        return _dictionary(value, where)
    if hint in (str, int, bool):
        return _plain(hint, value, where)
    if isinstance(value, dict):
        return _made(hint, value, where)
    try:
        return hint(value)
    except ValueError:
        words = ", ".join(member.value for member in hint)
        raise MappingError(f"{where}: {str(value)[:40]!r} is none of: {words}.") from None


def _several(inner: Any, value: Any, where: str) -> tuple[Any, ...]:
    if inner is str:
        return _texts(value, where)
    tables = value if isinstance(value, list) else [value]
    return tuple(_made(inner, table, where) for table in tables)


def _dictionary(value: Any, where: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise MappingError(f"{where} is a table of words.")
    return value


def _texts(value: Any, where: str) -> tuple[str, ...]:
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) for text in texts):
        raise MappingError(f"{where} is a text, or a list of texts.")
    return tuple(texts)


def _plain(hint: Any, value: Any, where: str) -> Any:
    if type(value) is not hint:
        raise MappingError(
            f"{where} is a {'text' if hint is str else 'number' if hint is int else 'yes or no'}."
        )
    return value
