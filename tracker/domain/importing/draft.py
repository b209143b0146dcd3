"""A mapping made by choosing what each column means: TOML that can be read, changed and kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MEANINGS = (
    "key", "ref", "title", "text", "parent", "process", "document", "lead", "joint", "supporting", "due", "start",
    "topics", "tags", "url", "reply_text", "reply_on", "reply_url", "position", "claim",
)  # fmt: skip
_ITEM = {
    "key": "key",
    "ref": "ref",
    "title": "title",
    "text": "text",
    "parent": "parent",
    "tags": "tags",
    "url": "source",
}
_REPLY = {"reply_text": "text", "reply_on": "published", "reply_url": "url", "position": "position"}
_ROLES = ("lead", "joint", "supporting")


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose."""

    columns: Mapping[str, str]
    """Meaning of each column that has one."""
    process: str
    kind: str = "action-plan"
    item: str = "recommendation"
    basis: str = "request"
    order: str = "ask"
    split: str = ";"
    sheet: str = ""
    rows: str = ""
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The different words of the columns whose words need a meaning."""


def draft(said: Choices) -> str:
    """The mapping as TOML; words of the source that need a meaning are listed for a person to fill in."""
    by = {meaning: column for column, meaning in said.columns.items()}
    parts = [_table("read", {"sheet": said.sheet, "rows": said.rows})]
    process = _cell(by["process"]) if "process" in by else said.process
    parts.append(_table("process", {"name": process, "kind": said.kind}))
    if "document" in by:
        parts.append(_table("document", {"title": _cell(by["document"])}))
    item = {"kind": said.item} | {
        name: _cell(by[meaning]) for meaning, name in _ITEM.items() if meaning in by
    }
    parts.append(_table("item", item | ({"repeated": "merge"} if "key" in by else {})))
    owing = {
        role: {"body": _cell(by[role]), "role": role, "split": said.split} for role in _ROLES if role in by
    }
    parts += [_table("addressee", values, several=True) for values in owing.values()]
    parts += _clock(said, by) + _answers(said, by)
    return "\n".join(part for part in parts if part)


def _clock(said: Choices, by: Mapping[str, str]) -> list[str]:
    dates = {"due": _cell(by["due"])} if "due" in by else {}
    dates |= {"start": _cell(by["start"])} if "start" in by else {}
    topics = {"source": _cell(by["topics"])} if "topics" in by else {}
    return [
        _table("deadline", dates | {"basis": said.basis}),
        _table("dates", {"order": said.order}),
        _table("topics", topics),
    ]


def _answers(said: Choices, by: Mapping[str, str]) -> list[str]:
    reply = {name: _cell(by[meaning]) for meaning, name in _REPLY.items() if meaning in by}
    parts = [_table("response", reply, several=True)] if reply else []
    if "position" in by:
        parts.append(_words("response.positions", by["position"], said))
    if "claim" in by:
        parts.append(_table("claim", {"state": _cell(by["claim"]), "speaker": "body"}, several=True))
        parts.append(_words("claim.states", by["claim"], said))
    return parts


def _words(name: str, column: str, said: Choices) -> str:
    """Words nobody has given a meaning yet stand as remarks: as they are, they are asked."""
    found = dict(said.words).get(column, ())
    lines = [f"# {_text(word)} = " for word in found]
    return f"[{name}]\n" + "\n".join(lines) + "\n"


def _cell(column: str) -> str:
    return f"{{{column}}}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _table(name: str, values: Mapping[str, str], *, several: bool = False) -> str:
    lines = [f"{key} = {_text(value)}" for key, value in values.items() if value]
    if not lines:
        return ""
    return "\n".join([f"[[{name}]]" if several else f"[{name}]", *lines]) + "\n"
