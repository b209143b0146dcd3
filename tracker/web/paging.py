"""The pages of anything that is no list of obligations."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of how many is shown, and what keeps an address on it."""

    total: int
    number: int
    per_page: int
    arguments: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def offset(self) -> int:
        """How many come before this page."""
        return (self.number - 1) * self.per_page

    @property
    def first(self) -> int:
        """The place of the first that is shown, counted from one; 0 where there is none."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """The place of the last that is shown."""
        return min(self.offset + self.per_page, self.total)
