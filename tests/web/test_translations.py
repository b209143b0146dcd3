"""Every language is complete: nothing missing, nothing fuzzy, nothing left over, every value in its place."""

import re
import tomllib
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tests.shared import ROOT
from tracker.config import Site

FOLDER = ROOT / "tracker" / "translations"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "NN_": (1, 2),
    "refuse": (2,),
    "Point": (2,),
    "AddressError": None,
    "lazy_gettext": None,
}
LANGUAGES = [code for code in Site().languages if code != "en"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@cache
def written() -> Catalog:
    """Every message of the code and the templates."""
    mappings = tomllib.loads((FOLDER / "babel.toml").read_text(encoding="utf-8"))["mappings"]
    methods = [(one["pattern"], one["method"]) for one in mappings]
    options = {
        one["pattern"]: {key: one[key] for key in one.keys() & {"trimmed", "silent"}} for one in mappings
    }
    found = Catalog()
    for name in ("tracker", "templates"):
        for _file, _line, message, _comments, context in extract_from_dir(
            str(ROOT / name), *_below(name, methods, options), keywords=KEYWORDS
        ):
            found.add(message, context=context)
    return found


def _below(
    name: str, methods: list[tuple[str, str]], options: dict[str, dict[str, str]]
) -> tuple[list[tuple[str, str]], dict[str, dict[str, str]]]:
    """The mappings of one folder, with patterns counted from it."""
    cut = len(name) + 1
    inside = [(pattern[cut:], method) for pattern, method in methods if pattern.startswith(f"{name}/")]
    return inside, {
        pattern[cut:]: kept for pattern, kept in options.items() if pattern.startswith(f"{name}/")
    }


def catalogue(language: str) -> Catalog:
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing(language: str) -> None:
    there = catalogue(language)
    missing = [
        message.id
        for message in written()
        if message.id and not ((found := there.get(message.id)) and all(forms(found)))
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_or_left_over(language: str) -> None:
    there = catalogue(language)
    assert [message.id for message in there if message.id and message.fuzzy] == []
    assert [message.id for message in there if message.id and message.id not in written()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_its_place(language: str) -> None:
    def values(texts: list[str]) -> set[str]:
        return {name for text in texts for name in PLACEHOLDER.findall(text)}

    wrong = [
        message.id
        for message in catalogue(language)
        if message.id and values(ids(message)) != values(forms(message))
    ]
    assert wrong == []
