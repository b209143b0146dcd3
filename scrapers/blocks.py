"""A page as a flat list of headings, paragraphs and list points: what people see, whatever the layout around it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scrapers.plain import BLOCKS, one_line

_LEFT_OUT = "script,style,template,noscript,svg,footer,form,button,select,textarea"
_HEADING = re.compile(r"h[1-6]")
LONGEST_BLOCK = 20_000


@dataclass(frozen=True, slots=True)
class Link:
    """A link's text and its address as written."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list point or other piece of text, on one line."""

    tag: str
    text: str
    links: tuple[Link, ...] = ()
    is_current: bool = False
    """Whether the page marks this piece, or what it stands in, as the current one."""

    @property
    def level(self) -> int:
        """1 to 6 for a heading, 0 for anything else."""
        return int(self.tag[1]) if _HEADING.fullmatch(self.tag) else 0


@dataclass(slots=True)
class _Open:
    tag: str = "body"
    is_current: bool = False
    texts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def taken(self) -> Block:
        block = Block(
            self.tag, one_line("".join(self.texts), LONGEST_BLOCK), tuple(self.links), self.is_current
        )
        self.texts.clear()
        self.links.clear()
        return block


def parsed(html: str | bytes) -> LexborHTMLParser:
    """The page without what nobody reads."""
    tree = LexborHTMLParser(html)
    for node in tree.css(_LEFT_OUT):
        node.decompose()
    return tree


def blocks_of(tree: LexborHTMLParser) -> list[Block]:
    """The page's pieces in reading order, empty ones left out."""
    return [block for block in _walk(tree.body) if block.text or block.links] if tree.body else []


def _walk(top: LexborNode) -> Iterator[Block]:
    # By hand and not by recursion: pages may be nested deeper than Python calls may be.
    held = [_Open()]
    end = top.mem_id  # two nodes are compared by all their HTML, which is slow
    node: LexborNode | None = top.child
    while node is not None:
        if node.tag in BLOCKS:
            yield held[-1].taken()
            held.append(_Open(_tag(node, held[-1]), _is_current(node) or held[-1].is_current))
        _collect(node, held[-1])
        if node.child is not None:
            node = node.child
            continue
        while node is not None and node.mem_id != end:
            if node.tag in BLOCKS:
                yield held.pop().taken()
            if node.next is not None:
                break
            node = node.parent
        node = node.next if node is not None and node.mem_id != end else None
    yield held[-1].taken()


def _tag(node: LexborNode, around: _Open) -> str:
    """A heading or list point stays one when its text is wrapped in a plain division."""
    tag = node.tag or ""
    wraps = tag in ("div", "p", "br") and (around.tag == "li" or _HEADING.fullmatch(around.tag))
    return around.tag if wraps else tag


def _is_current(node: LexborNode) -> bool:
    return "--current" in (node.attributes.get("class") or "") or "aria-current" in node.attributes


def _collect(node: LexborNode, block: _Open) -> None:
    if node.tag == "-text":
        block.texts.append(node.text_content or "")
    if node.tag == "a" and node.attributes.get("href"):
        block.links.append(Link(one_line(node.text()), node.attributes["href"] or ""))


def sections(blocks: Iterable[Block]) -> dict[str, list[Block]]:
    """Blocks by the heading they stand under, at whatever level; several of one name are joined."""
    found: dict[str, list[Block]] = {}
    here: list[Block] = found.setdefault("", [])
    for block in blocks:
        if block.level:
            here = found.setdefault(block.text, [])
        else:
            here.append(block)
    return found


def labelled(blocks: Iterable[Block], label: str) -> list[str]:
    """What follows `Label:` on the page, once for each place it stands."""
    pattern = re.compile(rf"{re.escape(label)}\s*:\s*(.+)", re.IGNORECASE)
    return [found[1] for block in blocks if (found := pattern.fullmatch(block.text))]
