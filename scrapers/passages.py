"""What a page says as a list of passages, and how two such lists differ, as text that a person can read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from selectolax.lexbor import LexborHTMLParser

from scrapers.blocks import blocks_of
from scrapers.plain import one_line

MOST_PASSAGES = 5000
LONGEST_PASSAGE = 1000
LONGEST_DIFFERENCE = 8000
_MOST_COMPARED = 400
_NEVER_READ = "nav,button,select,textarea,svg,[hidden],[aria-hidden=true]"
_AROUND = "header,footer,aside"


@dataclass(frozen=True, slots=True)
class Difference:
    """The passages that are gone and those that are new, in reading order, and both as readable text."""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    text: str


def passages_of(
    tree: LexborHTMLParser, select: str, ignore: Iterable[str], without: Iterable[str]
) -> list[str]:
    """The passages of the parts selected, or of the page's main part; those that hold ignored words are left out."""
    for selector in ignore:
        for node in tree.css(selector):
            node.decompose()
    words = [word.casefold() for word in without if word]
    found = (one_line(text, LONGEST_PASSAGE) for text in _texts(tree, select))
    kept = (text for text in found if text and not any(word in text.casefold() for word in words))
    return [text for _, text in zip(range(MOST_PASSAGES), kept, strict=False)]


def _texts(tree: LexborHTMLParser, select: str) -> Iterable[str]:
    if select:
        inside: set[int] = set()
        for node in tree.css(select):
            # What stands within a part that was taken already is taken already.
            if not _is_below(node, inside):
                inside.add(node.mem_id)
                yield from (block.text for block in blocks_of(LexborHTMLParser(node.html or "")))
        return
    for node in tree.css(_NEVER_READ):
        node.decompose()
    main = tree.css_first("main") or tree.css_first("[role=main]")
    has_main = main is not None and main.text(strip=True)
    for node in () if has_main else tree.css(_AROUND):
        node.decompose()
    part = LexborHTMLParser(main.html or "") if main is not None and has_main else tree
    yield from (block.text for block in blocks_of(part))


def _is_below(node: object, taken: set[int]) -> bool:
    above = getattr(node, "parent", None)
    while above is not None:
        if above.mem_id in taken:
            return True
        above = above.parent
    return False


def difference(before: Sequence[str], after: Sequence[str]) -> Difference | None:
    """What changed between two readings; None where nothing did."""
    if list(before) == list(after):
        return None
    start, end = _alike(before, after)
    gone, new = before[start : len(before) - end], after[start : len(after) - end]
    steps = _steps(gone, new) if max(len(gone), len(new)) <= _MOST_COMPARED else _by_count(gone, new)
    lines = [*([f"  {before[start - 1]}"] if start else []), *(f"{sign} {text}" for sign, text in steps)]
    return Difference(
        tuple(text for sign, text in steps if sign == "−"),
        tuple(text for sign, text in steps if sign == "+"),
        _bounded(lines),
    )


def _alike(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many passages are the same at the start and at the end."""
    shorter = min(len(before), len(after))
    start = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    left = shorter - start
    end = next((at for at in range(left) if before[-1 - at] != after[-1 - at]), left)
    return start, end


def _steps(gone: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Each change in its place, with the passage before it where changes stand apart."""
    steps: list[tuple[str, str]] = []
    for tag, at, to, begin, finish in SequenceMatcher(None, gone, new, autojunk=False).get_opcodes():
        if tag == "equal":
            steps += [(" ", gone[to - 1])] if to < len(gone) or finish < len(new) else []
            continue
        steps += [("−", text) for text in gone[at:to]]
        steps += [("+", text) for text in new[begin:finish]]
    return steps


def _by_count(gone: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Where too much changed to compare place by place: what is gone altogether and what is new altogether."""
    was, now = Counter(gone), Counter(new)
    return [
        *(("−", text) for text in gone if text not in now),
        *(("+", text) for text in new if text not in was),
    ]


def _bounded(lines: Iterable[str]) -> str:
    kept: list[str] = []
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > LONGEST_DIFFERENCE:
            return "\n".join([*kept, "…"])
        kept.append(line)
    return "\n".join(kept)
