"""Flags that say the same of one process, gathered for a page that is read in ten seconds; none is merged."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from tracker.storage.lines import Line

__all__ = ["Gathered", "gathered"]


@dataclass(frozen=True)
class Gathered:
    """One flag, or several of one process that fell due on one day and rest on looks of one day."""

    lines: list[Line] = field(default_factory=list)
    cut: bool = False
    """Whether others of it may lie beyond what was read."""

    @property
    def first(self) -> Line:
        """What holds for each of them is read from it."""
        return self.lines[0]

    @cached_property
    def bodies(self) -> int:
        """How many bodies owe."""
        return len({line.body_id for line in self.lines})

    @cached_property
    def items(self) -> int:
        """How many items they owe it about."""
        return len({line.item_id for line in self.lines})


def gathered(lines: Iterable[Line], limit: int, *, more: bool) -> list[Gathered]:
    """The first few groups in the order of the lines; `more`: others follow the lines that were read."""
    groups: dict[object, list[Line]] = {}
    for line in lines:
        groups.setdefault(_said(line), []).append(line)
    found = [Gathered(group) for group in groups.values()]
    if more and found:
        days = found[-1].first.days_overdue
        found = [Gathered(one.lines, one.first.days_overdue == days) for one in found]
    return found[:limit]


def _said(line: Line) -> object:
    """What must be the same to be said once; an objection and a change of debtor are told one by one."""
    if line.objected is not None or line.debtor_key:
        return line.id
    return (
        line.process_id,
        line.standing,
        line.basis,
        line.kind,
        line.due_on,
        line.days_overdue,
        line.checked_on,
        line.stale,
        line.detail.get("verdict"),
    )
