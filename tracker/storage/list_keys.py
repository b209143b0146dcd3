"""Which subscriptions follow the same list: one key for a list with its filters."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def list_key(list_name: str, filters: Mapping[str, object]) -> str:
    """The same for the same list and the same filters, in whatever order they were given."""
    given = {name: str(value) for name, value in filters.items() if value}
    return hashlib.sha256(json.dumps([list_name, given], sort_keys=True).encode()).hexdigest()


def key_of_row(context: Any) -> str:
    """The key of a row that is being kept."""
    row = context.get_current_parameters()
    return list_key(row["list_name"], row.get("filters") or {})
