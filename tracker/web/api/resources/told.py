"""What is on record about obligations: claims, statements, objections, verdicts, looks, clock entries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tracker.domain.words import ObjectionKind, ObjectionState
from tracker.storage import public_facts as stored
from tracker.storage.lines import Moment
from tracker.storage.tables import Assessment, Check, Claim, ClockEntry, Objection, Statement
from tracker.web.api.operations import Call, Operation, Rows, page_of
from tracker.web.api.parameters import FILTERS, LARGEST_ID, MOMENT, PAGING, Parameter, whole
from tracker.web.api.resources.claiming import CLAIM, STATEMENT
from tracker.web.api.resources.obligations import ASSESSMENT, CHECK, CLOCK_ENTRY
from tracker.web.api.shapes import DAY, INSTANT, TEXT, WHOLE, Field, Shape, many, maybe, words


@dataclass(frozen=True, slots=True)
class Then:
    """An objection as it stood at a moment."""

    row: Objection
    at: Moment

    @property
    def ended_at(self) -> datetime | None:
        """When it ended, if it had by then."""
        ended = self.row.ended_at
        return None if ended and self.at.known_by and ended > self.at.known_by else ended

    @property
    def state(self) -> ObjectionState:
        """How it stood."""
        return self.row.state if self.ended_at else ObjectionState.OPEN


@dataclass(frozen=True, slots=True)
class Made:
    """A look, and which obligations it was for."""

    row: Check
    obligations: Sequence[int]


OBJECTION = Shape(
    "Objection",
    "What a body says against an entry, from a verified contact; the contact is never told.",
    (
        Field("id", WHOLE, "Its permanent id.", lambda o: o.row.id),
        Field("obligation", WHOLE, "What it is about.", lambda o: o.row.obligation_id),
        Field("kind", words(ObjectionKind), "What the body says.", lambda o: o.row.kind),
        Field("state", words(ObjectionState), "Open, or how it ended.", lambda o: o.state),
        Field(
            "number", maybe(TEXT), "Of its receipt; what came in one form shares it.", lambda o: o.row.number
        ),
        Field(
            "said_on",
            maybe(DAY),
            "The day the body says it answered on, or until which the date was extended.",
            lambda o: o.row.said_on,
        ),
        Field("source_url", TEXT, "Where the body says it can be seen.", lambda o: o.row.url),
        Field("recorded_at", INSTANT, "When it was recorded.", lambda o: o.row.recorded_at),
        Field("ended_at", maybe(INSTANT), "When it ended.", lambda o: o.ended_at),
        Field("outcome", TEXT, "Why it ended so.", lambda o: o.row.outcome if o.ended_at else ""),
    ),
)


def _of_check(one: Field) -> Field:
    return replace(one, get=lambda made: one.get(made.row))


_FOR = Field("obligations", many(WHOLE), "What was looked for.", lambda made: made.obligations)
CHECK_MADE = Shape("CheckMade", CHECK.about, (*map(_of_check, CHECK.fields), _FOR))
OBLIGATION = Parameter(
    "obligation",
    "Id of an obligation.",
    {**WHOLE, "minimum": 1, "maximum": LARGEST_ID},
    whole(1, LARGEST_ID),
)
Dressing = Callable[[Call, Sequence[Any]], Sequence[Any]]


def _as_they_are(_call: Call, rows: Sequence[Any]) -> Sequence[Any]:
    return rows


def _judged(call: Call, rows: Sequence[Any]) -> Sequence[Any]:
    return stored.with_groups(call.session, rows)


def _objected(call: Call, rows: Sequence[Any]) -> Sequence[Any]:
    return [Then(row, call.at) for row in rows]


def _looked(call: Call, rows: Sequence[Any]) -> Sequence[Any]:
    found = stored.looked_for(call.session, rows, call.at)
    return [Made(row, found.get(row.id, [])) for row in rows]


def _listing(table: Any, shape: Shape, dress: Dressing) -> Callable[[Call], Rows]:
    def listed(call: Call) -> Rows:
        of = call.values.get("obligation")
        found = stored.facts(
            call.session,
            table,
            call.filters,
            call.at,
            limit=call.per_page + 1,
            after_id=call.cursor,
            obligation_id=of,
        )
        page, cursor = page_of(list(found), call.per_page, lambda row: row.id)
        total = stored.count(call.session, table, call.filters, call.at, obligation_id=of)
        return Rows([shape.data(row) for row in dress(call, page)], total, cursor)

    return listed


_LISTS: tuple[tuple[str, str, Any, Shape, Dressing], ...] = (
    ("/claims", "Implementation as each speaker states it.", Claim, CLAIM, _as_they_are),
    ("/statements", "What the askers say of the answers.", Statement, STATEMENT, _as_they_are),
    ("/objections", "What bodies say against entries.", Objection, OBJECTION, _objected),
    ("/assessments", "Verdicts; superseded and withdrawn ones say so.", Assessment, ASSESSMENT, _judged),
    ("/checks", "Looks for an answer.", Check, CHECK_MADE, _looked),
    ("/clock-entries", "What moved or stopped clocks.", ClockEntry, CLOCK_ENTRY, _as_they_are),
)
SHAPES = (OBJECTION, CHECK_MADE)
OPERATIONS = tuple(
    Operation(
        path,
        about,
        shape,
        _listing(table, shape, dress),
        (OBLIGATION, *FILTERS, *MOMENT, *PAGING),
        is_list=True,
    )
    for path, about, table, shape, dress in _LISTS
)
