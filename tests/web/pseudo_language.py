"""A language that is none: French by its dates and numbers, every message of the interface wrapped in ⟦ ⟧."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tests.web.test_translations import written

CODE = "fr"
_VALUE = re.compile(r"(%\(\w+\)[sd]|%%)")


def marked(message: str) -> str:
    """The message's own words within the marks; values stand outside, so that they answer for themselves."""
    pieces = _VALUE.split(message)
    return "".join(piece if n % 2 else _wrapped(piece) for n, piece in enumerate(pieces))


def _wrapped(words: str) -> str:
    """Blanks at the ends stay outside: pages cut them off."""
    inner = words.strip()
    if not inner:
        return words
    before, _, after = words.partition(inner)
    return f"{before}⟦{inner}⟧{after}"


def write_catalogue(folder: Path) -> Path:
    """The catalogue, compiled, where a real language's would stand; the folder of all languages."""
    catalogue = Catalog(locale=CODE)
    for message in written():
        if not message.id:
            continue
        if isinstance(message.id, str):
            catalogue.add(message.id, marked(message.id))
        else:
            catalogue.add(message.id, tuple(marked(one) for one in message.id))
    file = folder / CODE / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_mo(out, catalogue)
    return folder


def unmarked(text: str) -> Iterator[str]:
    """What stands outside the marks, piece by piece."""
    depth, piece = 0, ""
    for sign in text:
        if sign in "⟦⟧":
            if depth == 0:
                yield piece
            depth, piece = (depth + 1, "") if sign == "⟦" else (max(0, depth - 1), "")
        elif depth == 0:
            piece += sign
    if depth == 0:
        yield piece
