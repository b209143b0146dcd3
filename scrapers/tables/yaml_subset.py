"""YAML as data files use it: indented mappings and lists, plain, quoted and block text; every value stays text.

Anchors, aliases, tags, several documents and whatever else can build or multiply things is refused, not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scrapers.model import Json
from scrapers.strict_json import DEEPEST
from scrapers.tables.refused import Unusable

_PAIR = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'\[{&*!|>%@`,?-][^#]*?|-?[^\s#:"']+?)\s*:(?:\s+(.*))?$"""
)
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", "0": ""}


@dataclass(slots=True)
class _Line:
    number: int
    indent: int
    text: str


def loaded(text: str) -> Json:
    """What the file holds; raises Unusable where it uses more of YAML than this reads."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _Reader(raw).document()


class _Reader:
    """Goes through the lines once."""

    def __init__(self, raw: list[str]) -> None:
        self.raw, self.at = raw, 0

    def document(self) -> Json:
        """The one document of the file."""
        if self.peek() and self.here().text == "---":
            self.at += 1
        value = self.block(0, 0)
        if self.peek():
            raise self.refused("The indentation changes here in a way that cannot be read")
        return value

    def peek(self) -> bool:
        """Whether a line with something on it follows."""
        while self.at < len(self.raw):
            line = self.raw[self.at].strip()
            if line and not line.startswith("#"):
                return True
            self.at += 1
        return False

    def here(self) -> _Line:
        line = self.raw[self.at]
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise self.refused("The line is indented with a tab")
        return _Line(self.at, len(line) - len(line.lstrip(" ")), line.strip())

    def refused(self, why: str) -> Unusable:
        text = self.raw[self.at] if self.at < len(self.raw) else ""
        return Unusable(
            "yaml_unread", f"{why}: save the file as JSON.", f"line {self.at + 1}", text.strip()[:80]
        )

    def block(self, least: int, depth: int) -> Json:
        """A mapping or a list that is indented at least so far."""
        if depth > DEEPEST:
            raise self.refused(f"The data is nested more than {DEEPEST} levels deep")
        if not self.peek() or self.here().indent < least:
            return ""
        first = self.here()
        if first.text.startswith("- ") or first.text == "-":
            return list(self.entries(first.indent, depth))
        if _PAIR.match(first.text):
            return self.pairs(first.indent, depth)
        self.at += 1
        return self.scalar(first.text)

    def entries(self, indent: int, depth: int) -> Iterator[Json]:
        while self.peek():
            line = self.here()
            if line.indent != indent or not (line.text.startswith("- ") or line.text == "-"):
                return
            rest = line.text[1:].strip()
            inner = indent + 1 + len(line.text[1:]) - len(line.text[1:].lstrip())
            if rest and not rest.startswith("#"):
                # The entry begins on the line of its dash: read it as if the dash were a blank.
                self.raw[self.at] = " " * inner + rest
                yield self.block(inner, depth + 1)
            else:
                self.at += 1
                yield self.block(indent + 1, depth + 1)

    def pairs(self, indent: int, depth: int) -> dict[str, Json]:
        found: dict[str, Json] = {}
        while self.peek() and self.here().indent == indent:
            match = _PAIR.match(self.here().text)
            if match is None:
                break
            key = self.scalar(match[1])
            if not isinstance(key, str) or key in found or key == "<<":
                raise self.refused("A name is given twice, or is none")
            found[key] = self.value((match[2] or "").strip(), indent, depth)
        return found

    def value(self, text: str, indent: int, depth: int) -> Json:
        number = self.at
        if text[:1] in ("|", ">"):
            self.at += 1
            return self.literal(indent, folded=text[0] == ">")
        bare = "" if text.startswith("#") else text
        if bare:
            value = self.scalar(bare)
            self.at = number + 1
            return value + self.continued(indent) if isinstance(value, str) else value
        self.at += 1
        follows = self.peek() and self.here()
        lists_may_stand_out = bool(follows) and self.here().text.startswith("- ")
        return self.block(indent if lists_may_stand_out else indent + 1, depth + 1)

    def continued(self, indent: int) -> str:
        """Further lines of plain text, which stand deeper than their name."""
        parts = []
        while self.peek() and self.here().indent > indent:
            parts.append(_COMMENT.sub("", self.here().text))
            self.at += 1
        return "".join(f" {part}" for part in parts)

    def literal(self, indent: int, *, folded: bool) -> str:
        lines: list[str] = []
        while self.at < len(self.raw):
            line = self.raw[self.at]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
                break
            lines.append(line.strip())
            self.at += 1
        return (" " if folded else "\n").join(lines).strip()

    def scalar(self, text: str) -> Json:
        if text[:1] == '"':
            return self.quoted(text, r'"((?:[^"\\]|\\.)*)"\s*(?:#.*)?')
        if text[:1] == "'":
            return self.quoted(text, r"'((?:[^']|'')*)'\s*(?:#.*)?")
        if text[:1] == "[" and text.endswith("]") and "{" not in text:
            return [self.scalar(part.strip()) for part in text[1:-1].split(",") if part.strip()]
        if text[:1] in ("&", "*", "!", "{", "[", "%", "@", "`") or text in ("---", "..."):
            raise self.refused("This part of YAML is not read here")
        plain = _COMMENT.sub("", text).strip()
        return "" if plain in ("null", "~", "Null", "NULL") else plain

    def quoted(self, text: str, pattern: str) -> str:
        match = re.fullmatch(pattern, text)
        if match is None:
            raise self.refused("A quotation mark is not closed on its line")
        if text[0] == "'":
            return match[1].replace("''", "'")
        return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), match[1])
