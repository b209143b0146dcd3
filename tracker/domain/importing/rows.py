"""The rows of a table that count: names repeated, HTML as text, words for nothing as nothing, sums left out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from tracker.domain.importing.mapping import Mapping as Said
from tracker.domain.importing.mapping import Only, Reading
from tracker.domain.importing.markup import is_markup, plain_text
from tracker.domain.importing.problems import RowProblem, Weight, row_name
from tracker.domain.importing.row import Row

_SUM = re.compile(
    r"(?:(?:grand|sub|sous|gesamt|zwischen|net)[- ]?)?(?:totals?|totales|totaux|sum|summe|somme|suma|subtotal)"
    r"(?: g[ée]n[ée]ral| general|s)?\s*:?",
    re.I,
)
KEPT = "item"
"""The answer by which a row that looks like a sum counts."""


@dataclass(slots=True)
class Rows:
    """Goes through the rows once."""

    said: Said
    columns: Sequence[str]
    left_out: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    def wanted(self, rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Row]:
        """The rows that count, as they are read and as they are written."""
        read = self.said.read
        nothing, markup = frozenset(read.nothing), marked_up(read, self.columns)
        above: dict[str, str] = {}
        unread: dict[str, int] = {}
        for number, cells in rows:
            written = dict(zip(self.columns, cells, strict=True))
            if self._is_sum(number, written):
                continue
            _repeat(read, written, above)
            if not all(_wanted(only, written) for only in self.said.only):
                self.left_out += 1
                continue
            for name in markup:
                written[name] = plain_text(written[name])
            for name, cell in written.items():
                if name not in unread and is_markup(cell):
                    unread[name] = number
            yield Row(
                number, {name: "" if cell in nothing else cell for name, cell in written.items()}, written
            )
        self._say(unread)

    def _is_sum(self, number: int, written: Mapping[str, str]) -> bool:
        filled = [cell for cell in written.values() if cell]
        if len(filled) * 2 > len(written) or not any(_SUM.fullmatch(cell) for cell in filled[:2]):
            return False
        if self.said.answers.get(row_name(number)) == KEPT:
            return False
        sentence = (
            "This row looks like a sum of others: it was left out. If it is an item, say so: "
            f'[answers] "{row_name(number)}" = "{KEPT}"'
        )
        self.problems.append(RowProblem(Weight.QUESTION, sentence, number, "", " | ".join(filled)[:200]))
        self.left_out += 1
        return True

    def _say(self, unread: Mapping[str, int]) -> None:
        for name, number in unread.items():
            sentence = (
                "Cells of this column hold HTML, which is shown as it is written. To read it as text, "
                "list the column under [read] html."
            )
            self.problems.append(RowProblem(Weight.NOTE, sentence, number, name))


def marked_up(read: Reading, columns: Sequence[str]) -> list[str]:
    """The columns declared as HTML; `#` stands for any number."""
    found = []
    for wanted in read.html:
        form = re.compile(re.escape(wanted).replace(r"\#", r"\d+"))
        found += [name for name in columns if name == wanted or form.fullmatch(name)]
    return list(dict.fromkeys(found))


def _repeat(read: Reading, written: dict[str, str], above: dict[str, str]) -> None:
    """Cells that stand for the one above, because they are empty or because they say so."""
    for name in read.fill_down:
        written[name] = written[name] or above.get(name, "")
    if read.as_above:
        words = {word.casefold() for word in read.as_above}
        for name, cell in written.items():
            if cell.casefold() in words:
                written[name] = above.get(name, "")
    if read.fill_down or read.as_above:
        above.update(written)


def _wanted(only: Only, cells: Mapping[str, str]) -> bool:
    cell = cells[only.column]
    if (only.values and cell not in only.values) or cell in only.other_than or (only.filled and not cell):
        return False
    small = cell.casefold()
    likes = [fnmatchcase(small, one.casefold()) for one in only.like]
    return (not likes or any(likes)) and not any(fnmatchcase(small, one.casefold()) for one in only.unlike)
