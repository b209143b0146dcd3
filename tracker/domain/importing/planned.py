"""What a table comes to before anything is compared or kept: items, who owes, what came back, what is claimed."""

from dataclasses import dataclass, field

from tracker.domain.partial import PartialDate
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


@dataclass(frozen=True, slots=True)
class PlannedProcess:
    """A process as the table names it."""

    key: str
    name: str
    kind: ProcessKind
    organiser: str = ""
    jurisdiction: str = ""
    language: str = "en"
    url: str = ""


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document of a process as the table names it."""

    title: str
    key: str = ""
    published: PartialDate | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class PlannedBody:
    """A body as the table names it, and what it is where it is new."""

    name: str
    """As it is looked up: name, alias or key."""
    kind: BodyKind = BodyKind.GOVERNMENT
    jurisdiction: str = ""
    called: str = ""
    """The name of a new one, where `name` is its key."""


@dataclass(frozen=True, slots=True)
class PlannedDeadline:
    """When something is due, as far as the table says."""

    due: PartialDate | None = None
    start: PartialDate | None = None
    trigger: Trigger | None = None
    rule: str = ""
    basis: Basis | None = None
    amount: int | None = None
    calendar: str = ""
    written: str = ""
    legal_basis: str = ""
    source: str = ""
    unknown: bool = False
    """There is a date, and it could not be read for certain."""


@dataclass(frozen=True, slots=True)
class PlannedAddressee:
    """A body in the role of owing, with the duty and its date."""

    body: PlannedBody
    role: Role
    owes: ObligationKind
    deadline: PlannedDeadline
    row: int
    period: int | None = None
    """Which report or stage; None where the table does not say: the first."""


@dataclass(frozen=True, slots=True)
class PlannedResponse:
    """A communication; `by` is the speaker, `to` the addressee whose duty it is about."""

    row: int
    place: str
    """Which of the row's responses: its identity beside the item's key and the body."""
    to: str
    by: str
    kind: ResponseKind
    position: Position | None = None
    position_written: str = ""
    published: PartialDate | None = None
    received: PartialDate | None = None
    title: str = ""
    text: str = ""
    url: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class PlannedClaim:
    """Implementation as somebody states it, about what one addressee owes (all of them where none is named)."""

    row: int
    place: str
    to: str
    speaker: Speaker
    state: ClaimState
    written: str
    speaker_name: str = ""
    on: PartialDate | None = None
    url: str = ""


@dataclass(slots=True)
class PlannedItem:
    """An item with all that the table says of it; later rows of its key add to it."""

    row: int
    key: str
    process: PlannedProcess
    document: PlannedDocument
    kind: ItemKind
    title: str
    text: str = ""
    ref: str = ""
    language: str = ""
    parent: str = ""
    repeats: str = ""
    source: str = ""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    addressees: list[PlannedAddressee] = field(default_factory=list)
    responses: list[PlannedResponse] = field(default_factory=list)
    claims: list[PlannedClaim] = field(default_factory=list)
