"""Answers about names of bodies, written into a mapping: `[bodies.names]`, with all else as it was."""

import json
import re
import tomllib
from collections.abc import Mapping

from tracker.domain.importing.mapping import read_mapping
from tracker.domain.importing.problems import MappingError
from tracker.domain.importing.row import spelt

HEAD = re.compile(r"[ \t]*\[[ \t]*bodies[ \t]*\.[ \t]*names[ \t]*\][ \t]*(#.*)?")
ANY_HEAD = re.compile(r"[ \t]*\[")


def with_names(text: str, called: Mapping[str, str]) -> str:
    """The mapping with these names given to these bodies (names or keys); raises MappingError where it cannot be."""
    if not called:
        return text
    made = "\n".join(_with(text.split("\n"), called))
    try:
        read_mapping(made)
    except MappingError as error:
        raise MappingError(
            f"The names could not be put into the mapping: write them under [bodies.names] by hand. {error}"
        ) from error
    return made


def _with(lines: list[str], called: Mapping[str, str]) -> list[str]:
    new = [f"{_text(name)} = {_text(body)}" for name, body in called.items()]
    at = next((number for number, line in enumerate(lines) if HEAD.fullmatch(line)), None)
    if at is None:
        while lines and not lines[-1].strip():
            lines = lines[:-1]
        return [*lines, "", "[bodies.names]", *new, ""]
    end = next((n for n in range(at + 1, len(lines)) if ANY_HEAD.match(lines[n])), len(lines))
    answered = {spelt(name) for name in called} - {""}
    kept = [line for line in lines[at + 1 : end] if spelt(_named(line)) not in answered]
    return [*lines[: at + 1], *new, *kept, *lines[end:]]


def _named(line: str) -> str:
    """The name a line is about."""
    try:
        return next(iter(tomllib.loads(line)), "")
    except tomllib.TOMLDecodeError:
        return ""


def _text(value: str) -> str:
    """A basic string of TOML: that of JSON, where DEL is written out."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
