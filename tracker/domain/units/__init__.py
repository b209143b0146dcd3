"""The units a deadline rule may count in: one file each, found by being there.

A unit is a module with `NAME`, `USES_CALENDAR`, `end`, `inside` and `move` (see `Unit`).
"""

import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import cast

from tracker.domain.nearest import nearest
from tracker.domain.units.counting import Almanac, Count, Unit

__all__ = ["Almanac", "Count", "Unit", "unit", "units"]

_NOT_A_UNIT = "counting"


@lru_cache(maxsize=1)
def units() -> Mapping[str, Unit]:
    """Every unit by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != _NOT_A_UNIT)
    found = (cast(Unit, import_module(f"{__name__}.{name}")) for name in names)
    return {each.NAME: each for each in found}


def unit(name: str) -> Unit:
    """The unit of that name; a KeyError naming the nearest ones where there is none."""
    found = units().get(name)
    if found is None:
        raise KeyError(f"{name!r} is no unit; use one of {', '.join(units())}{nearest(name, units())}")
    return found
