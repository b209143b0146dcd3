"""One official source per file: a pure `read(page, source)` each, found by being here."""

import importlib
import pkgutil
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from types import ModuleType


class UnknownReader(LookupError):  # noqa: N818
    """No file of that name; the text lists those there are."""


def reader_keys(package: str = __name__) -> tuple[str, ...]:
    """The readers there are, by the names of their files."""
    folder = importlib.import_module(package).__path__
    return tuple(sorted(module.name for module in pkgutil.iter_modules(folder) if module.name[0] != "_"))


def reader_for(key: str, package: str = __name__) -> ModuleType:
    """The reader in the file `<key>.py`; it has `read` and may have `VOCABULARY`."""
    keys = reader_keys(package)
    if key not in keys:
        near = get_close_matches(key, keys, 1)
        meant = f" (did you mean {near[0]!r}?)" if near else ""
        raise UnknownReader(f"There is no reader {key!r}{meant}; there are: {', '.join(keys)}.")
    return importlib.import_module(f"{package}.{key}")


@cache
def compares(key: str) -> bool:
    """Whether a reader wants the page as it was last read well too (`before` in its state)."""
    return key in reader_keys() and bool(getattr(reader_for(key), "COMPARES", False))


def page_to_watch(key: str, pages: Sequence[str]) -> str:
    """Where an answer would appear, among the page a thing was found on and those that led to it; may be empty.

    It is the page itself, unless its reader knows better (`page_to_watch`).
    """
    if key not in reader_keys():
        return pages[0]
    chosen = getattr(reader_for(key), "page_to_watch", None)
    return str(chosen(pages)) if chosen else pages[0]
