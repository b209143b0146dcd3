"""HTML in cells as plain text: paragraphs and list points on lines of their own, scripts and styles left out."""

import re
from collections.abc import Collection
from html.parser import HTMLParser

_ELEMENT = re.compile(r"</?(?:p|br|div|ul|ol|li|strong|em|b|i|a|span|h[1-6]|table)(?:\s[^<>]*)?/?>", re.I)
_BLOCKS = frozenset("p div br ul ol li h1 h2 h3 h4 h5 h6 table tr blockquote section article pre".split())
_UNSEEN = frozenset({"script", "style", "template", "noscript", "iframe", "object"})


def is_markup(cell: str) -> bool:
    """Whether a cell holds HTML elements."""
    return "<" in cell and bool(_ELEMENT.search(cell))


def plain_text(cell: str) -> str:
    """The text of a cell of HTML, as a reader of the page would see it."""
    reader = _Text()
    reader.feed(cell)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line and line != "-")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: Collection[object]) -> None:
        self.unseen += tag in _UNSEEN
        if tag in _BLOCKS:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_startendtag(self, tag: str, attrs: Collection[object]) -> None:
        self.parts.append("\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(0, self.unseen - (tag in _UNSEEN))
        self.parts.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(re.sub(r"\s", " ", data))
