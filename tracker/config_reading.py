"""Strict reading of TOML and environment into frozen dataclasses; every error names file, line and key."""

import difflib
import math
import re
import tomllib
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

PREFIX = "ANSWERBY_"
NOT_SETTINGS = frozenset({"ANSWERBY_CONFIG"})
_WORDS_FOR_BOOL = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}
_HEADER = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(?:\"([^\"]+)\"|'([^']+)'|([A-Za-z0-9_.-]+))\s*=")

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """Where a setting was written: a file and line, or an environment variable."""

    file: str
    line: int | None = None
    key: str = ""

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{where}: {self.key}" if self.key else where


class ConfigError(Exception):
    """A configuration that cannot be used; the sentence says where, what and how to mend it."""

    def __init__(self, place: Place, complaint: str) -> None:
        super().__init__(f"{place} {complaint}")
        self.place = place


Places = Callable[[str], Place]


class Text:
    """A configuration's text, which knows on which line each key stands."""

    def __init__(self, toml: str, name: str) -> None:
        self.toml = toml.removeprefix("\ufeff")
        self.name = name
        self._lines = _lines_of_keys(self.toml)

    def values(self) -> dict[str, Any]:
        """The parsed tables; raises ConfigError where it is no TOML."""
        try:
            return tomllib.loads(self.toml)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"at line (\d+)", str(error))
            place = Place(self.name, int(line[1]) if line else None)
            raise ConfigError(
                place, f"is not valid TOML: {error}. Text needs quotes, lists need brackets."
            ) from error

    def place(self, key: str) -> Place:
        """Where a dotted key stands, or the nearest table around it."""
        parts = key.split(".")
        around = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        line = next((self._lines[name] for name in around if name in self._lines), None)
        return Place(self.name, line, key)


def _lines_of_keys(toml: str) -> dict[str, int]:
    found: dict[str, int] = {}
    table, counts = "", dict[str, int]()
    for number, line in enumerate(toml.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _table_name(header[2].strip(), bool(header[1]), counts)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = key[1] or key[2] or key[3]
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def _table_name(name: str, repeated: bool, counts: dict[str, int]) -> str:
    """`sources` the second time it is repeated is `sources.1`; `sources.options` beneath it `sources.1.options`."""
    if repeated:
        counts[name] = counts.get(name, -1) + 1
        return f"{name}.{counts[name]}"
    first, dot, rest = name.partition(".")
    return f"{first}.{counts[first]}{dot}{rest}" if first in counts else name


def build(kind: type[T], values: object, places: Places, key: str = "") -> T:
    """Makes a dataclass of a table; refuses unknown keys, missing ones and wrong types."""
    table = _a_table(values, places, key)
    known = {item.name: item for item in fields(kind)}  # type: ignore[arg-type]
    for name in table:
        if name not in known:
            raise ConfigError(places(_join(key, name)), f"is not a key{_nearest(name, known)}")
    for name, item in known.items():
        if name not in table and _is_required(item):
            raise ConfigError(places(key), f'needs the key "{name}".')
    hints = get_type_hints(kind)
    return kind(
        **{name: _value(hints[name], value, places, _join(key, name)) for name, value in table.items()}
    )


def _a_table(values: object, places: Places, key: str) -> Mapping[str, object]:
    if isinstance(values, Mapping):
        return values
    raise ConfigError(places(key), f"must be a table: write [{key}] and its keys beneath it.")


def _value(hint: Any, value: object, places: Places, key: str) -> Any:
    if is_dataclass(hint):
        return build(hint, value, places, key)  # type: ignore[arg-type]
    if get_origin(hint) is tuple:
        return _several(get_args(hint)[0], value, places, key)
    read, words = _READERS[get_origin(hint) or hint]
    try:
        return read(value)
    except ValueError as error:
        raise ConfigError(places(key), f"must be {words}, not {_shown(value)}.") from error


def _several(hint: Any, values: object, places: Places, key: str) -> tuple[Any, ...]:
    if isinstance(values, list):
        return tuple(_value(hint, value, places, f"{key}.{number}") for number, value in enumerate(values))
    mend = f"write [[{key}]] with two brackets" if is_dataclass(hint) else "write it in brackets"
    raise ConfigError(places(key), f"must be a list, not {_shown(values)}; {mend}.")


def _shown(value: object) -> str:
    words: dict[type, str] = {bool: str(value).lower(), str: f'"{value}"', list: "a list", dict: "a table"}
    return words.get(type(value), str(value))


def _exactly(*kinds: type) -> Callable[[object], object]:
    def read(value: object) -> object:
        if type(value) not in kinds:
            raise ValueError
        return value

    return read


def _path(value: object) -> Path:
    if not isinstance(value, str) or not value:
        raise ValueError
    return Path(value)


def _day(value: object) -> date:
    if isinstance(value, datetime) or not isinstance(value, (date, str)):
        raise ValueError
    return date.fromisoformat(value) if isinstance(value, str) else value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError
    return float(value)


def _mapping(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError
    return types.MappingProxyType(dict(value))


_READERS: dict[Any, tuple[Callable[[object], object], str]] = {
    str: (_exactly(str), "text in quotes"),
    bool: (_exactly(bool), "true or false"),
    int: (_exactly(int), "a whole number"),
    float: (_number, "a number"),
    Path: (_path, "a path in quotes"),
    date: (_day, "a day such as 2026-05-04"),
    Mapping: (_mapping, "a table of options"),
}


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _is_required(item: "Field[Any]") -> bool:
    return item.default is MISSING and item.default_factory is MISSING


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f'; did you mean "{near[0]}"?' if near else f"; known here: {', '.join(known)}."


def overridden(
    values: dict[str, Any], environ: Mapping[str, str], kind: type, text: Text
) -> tuple[dict[str, Any], Places]:
    """The file's values with `ANSWERBY_…` over them, and where each value was written in the end."""
    settable = _settable(kind)
    written: dict[str, Place] = {}
    for variable in sorted(environ):
        if variable.startswith(PREFIX) and variable not in NOT_SETTINGS:
            section, name, hint, raw = _from_environment(variable, environ[variable], settable)
            table = _a_table(values.setdefault(section, {}), text.place, section)
            values[section] = {**table, name: _from_words(hint, raw)}
            written[f"{section}.{name}"] = Place(f"environment variable {variable}", None)
    return values, lambda key: written.get(key) or text.place(key)


def _settable(kind: type) -> dict[str, tuple[str, str, Any]]:
    """Environment name → (section, key, type), for every key of a plain section."""
    return {
        f"{PREFIX}{section}_{item.name}".upper(): (section, item.name, get_type_hints(hint)[item.name])
        for section, hint in get_type_hints(kind).items()
        if is_dataclass(hint)
        for item in fields(hint)
        if not _holds_tables(get_type_hints(hint)[item.name])
    }


def _holds_tables(hint: Any) -> bool:
    return any(is_dataclass(part) for part in get_args(hint))


def _from_environment(
    variable: str, raw: str, settable: Mapping[str, tuple[str, str, Any]]
) -> tuple[str, str, Any, str]:
    if variable in settable:
        return (*settable[variable], raw)
    direct = variable.removesuffix("_FILE")
    if direct in settable:
        return (*settable[direct], _secret(variable, raw))
    raise ConfigError(
        Place(f"environment variable {variable}"), f"is not a setting{_nearest(variable, settable)}"
    )


def _secret(variable: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        place = Place(f"environment variable {variable}")
        raise ConfigError(place, f"names the file {file}, which cannot be read ({error}).") from error


def _from_words(hint: Any, raw: str) -> object:
    """A variable's text as TOML would have given it; what does not fit stays text and is refused by its type."""
    if get_origin(hint) is tuple:
        return [part.strip() for part in raw.split(",") if part.strip()]
    if hint is bool:
        return _WORDS_FOR_BOOL.get(raw.strip().lower(), raw)
    if hint in (int, float):
        return _number_in(raw)
    return raw


def _number_in(raw: str) -> object:
    try:
        return int(raw) if re.fullmatch(r"[+-]?\d+", raw.strip()) else float(raw)
    except ValueError:
        return raw
