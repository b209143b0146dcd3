"""A list in pages whose address keeps what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Pages:
    """Which page of how many; what `pager` of the listing macros needs."""

    total: int
    number: int
    per_page: int
    arguments: Mapping[str, str]
    """What keeps an address on this list."""

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))
