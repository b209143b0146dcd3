"""An obligation's due day as an entry of a calendar."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tracker.domain.words import ObligationKind, Role, Standing, Trigger
from tracker.rendering.calendar import Day
from tracker.rendering.clean_text import one_line, shortened
from tracker.rendering.doubt import NOT_RELIED_ON
from tracker.rendering.short_steps import short_steps
from tracker.rendering.standing_words import Shown, standing_words
from tracker.rendering.step_words import steps_from
from tracker.rendering.tongue import N_, Tongue
from tracker.rendering.words import BASIS_MEANS, stamp, word

LONGEST_TITLE = 140
_AHEAD = frozenset({Standing.RUNNING, Standing.DUE_SOON, Standing.PAUSED})
_DUE = {
    ObligationKind.RESPOND: N_("Answer due"),
    ObligationKind.DELIVER: N_("Delivery due"),
    ObligationKind.REPORT: N_("Report due"),
}


class Owed(Shown, Protocol):
    """What an entry is made of; a line of any list has it."""

    @property
    def id(self) -> int: ...
    @property
    def item_key(self) -> str: ...
    @property
    def item_title(self) -> str: ...
    @property
    def item_ref(self) -> str: ...
    @property
    def body_key(self) -> str: ...
    @property
    def body_name(self) -> str: ...
    @property
    def process_name(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def legal_basis(self) -> str: ...
    @property
    def due_as_written(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Dated:
    """The day of an entry, how it came about and how it changed."""

    on: date
    seen_on: date
    """The day its words are true on."""
    sequence: int
    changed_at: datetime
    steps: Iterable[Mapping[str, object]] = ()
    """How the rule makes the day, as kept with the terms."""
    trigger: Trigger | None = None


def due_day(owed: Owed, dated: Dated, tongue: Tongue, *, address: Callable[[str], str], host: str) -> Day:
    """The entry of one obligation; `host` makes its UID one of a kind."""
    url = address(f"/items/{owed.item_key}#{owed.body_key}")
    return Day(
        uid=f"obligation-{owed.id}@{host}",
        on=dated.on,
        summary=_summary(owed, tongue),
        description="\n".join((*_said(owed, dated, tongue), url)),
        url=url,
        sequence=dated.sequence,
        changed_at=dated.changed_at,
        cancelled=owed.standing is Standing.VOID,
        tentative=owed.standing is Standing.PAUSED,
        categories=(owed.basis.value, owed.standing.value),
    )


def _summary(owed: Owed, tongue: Tongue) -> str:
    """What is due while the day is ahead; where it stands afterwards."""
    said = (
        tongue.say(_DUE[owed.kind])
        if owed.standing in _AHEAD
        else stamp(owed.standing, owed.basis, owed.kind, tongue)
    )
    return f"{tongue.colon(said)} {one_line(owed.body_name)} — {shortened(owed.item_title, LONGEST_TITLE)}"


def _said(owed: Owed, dated: Dated, tongue: Tongue) -> Iterator[str]:
    yield one_line(owed.item_title)
    yield tongue.say(N_("From: %(process)s"), process=one_line(owed.process_name))
    yield f"{standing_words(owed, dated.seen_on, tongue)}."
    yield tongue.say(
        N_("Basis: %(basis)s. %(meaning)s"),
        basis=word(owed.basis, tongue),
        meaning=tongue.say(BASIS_MEANS[owed.basis]),
    )
    if owed.legal_basis:
        yield one_line(owed.legal_basis)
    if owed.due_as_written:
        yield tongue.say(N_("As written: %(words)s"), words=one_line(owed.due_as_written))
    counted = _counted(owed, dated, tongue)
    if counted:
        yield tongue.say(N_("How the day was counted: %(steps)s"), steps=one_line(counted))


def _counted(owed: Owed, dated: Dated, tongue: Tongue) -> str:
    return short_steps(
        steps_from(dated.steps), dated.trigger, tongue, dated.on, owed.standing in NOT_RELIED_ON
    )
