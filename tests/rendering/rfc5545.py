"""A reader of iCalendar written from RFC 5545 alone, strict where programs are: lines, folds, escapes, structure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

PARAMETER = r'[A-Za-z0-9-]+=(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)'
CONTENT_LINE = re.compile(
    rf"(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;{PARAMETER})*):(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
LONGEST = 75
"""Octets of a line, its end not counted (section 3.1)."""


@dataclass
class Component:
    """Properties by name, each with its parameters and raw value, and what it contains."""

    name: str
    properties: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    inside: "list[Component]" = field(default_factory=list)

    def raw(self, name: str) -> str:
        """The value of a property that is there once."""
        [(_, value)] = self.properties[name]
        return value

    def parameters(self, name: str) -> str:
        """What stands between a property's name and its value."""
        [(parameters, _)] = self.properties[name]
        return parameters

    def text(self, name: str) -> str:
        """A value of the type TEXT, as it was before it was escaped (section 3.3.11)."""
        return unescaped(self.raw(name))


def read(document: bytes) -> Component:
    """The one calendar of a document; AssertionError with the line that breaks a rule."""
    top = Component("")
    open_: list[Component] = [top]
    for line in unfolded(document):
        found = CONTENT_LINE.fullmatch(line)
        assert found, line
        name, value = found["name"].upper(), found["value"]
        if name == "BEGIN":
            open_.append(Component(value))
            open_[-2].inside.append(open_[-1])
        elif name == "END":
            assert open_.pop().name == value, line
        else:
            open_[-1].properties.setdefault(name, []).append((found["parameters"], value))
    assert len(open_) == 1 and len(top.inside) == 1
    return top.inside[0]


def unfolded(document: bytes) -> Iterator[str]:
    """The content lines: every line ends in CR LF, has 75 octets at most and is whole characters."""
    assert document.endswith(b"\r\n")
    line = ""
    for part in document[:-2].split(b"\r\n"):
        assert b"\r" not in part and b"\n" not in part and len(part) <= LONGEST, part
        text = part.decode("utf-8")
        if text[:1] in (" ", "\t"):
            line += text[1:]
            continue
        if line:
            yield line
        line = text
    yield line


def unescaped(value: str) -> str:
    """TEXT as it was: `\\n` `\\N` `\\,` `\\;` `\\\\`, and none of the four left bare."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), value
    assert not re.search(r"(?<!\\)(?:\\\\)*\\(?![nN,;\\])", value), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
