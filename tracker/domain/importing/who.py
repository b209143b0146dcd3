"""Who owes, by the columns of a row: lead, joint and supporting apart, several in one cell where a sign parts them."""

import re
from collections.abc import Iterator

from tracker.domain.importing.planned import PlannedAddressee, PlannedBody, PlannedDeadline
from tracker.domain.importing.row import Reader, Row, spelt
from tracker.domain.importing.template import Template
from tracker.domain.words import BodyKind, ItemKind, ObligationKind, Role

OWED = {ItemKind.RECOMMENDATION: ObligationKind.RESPOND, ItemKind.COMMITMENT: ObligationKind.DELIVER}
LONGEST_NAME = 200
"""Of a body as it is written; what is longer is a list or a sentence."""
LONGEST_CALLED = 300
MOST = 40
MOST_PERIODS = 200


def addressees_of(
    reader: Reader, row: Row, kind: ItemKind, deadline: PlannedDeadline
) -> Iterator[PlannedAddressee]:
    """The bodies of a row, each once, with the duty and its date."""
    seen: set[str] = set()
    for said in reader.said.addressee:
        role = reader.word(row, Role, said.role_column, said.role)
        owes = reader.word(row, ObligationKind, said.owes_column, said.owes or OWED[kind])
        if role is None or owes is None:
            continue
        names = parted(said.body.filled(row.cells), said.split)
        if len(names) > MOST:
            reader.error(row, f"More than {MOST} bodies stand in one cell.", said.body.first_column())
            continue
        for written in names:
            called = " ".join(said.called.filled(row.cells).split())[:LONGEST_NAME]
            body = body_of(reader, row, written, said.body.first_column(), called)
            if body is not None and body.name.casefold() not in seen:
                seen.add(body.name.casefold())
                yield PlannedAddressee(
                    body, role, owes, deadline, row.number, _period(reader, row, said.period)
                )


def _period(reader: Reader, row: Row, said: Template) -> int | None:
    written = said.filled(row.cells)
    if not written:
        return None
    if written.isascii() and written.isdigit() and int(written[:9]) <= MOST_PERIODS:
        return int(written[:9])
    sentence = f"Which report of several this is, is a number from 0 to {MOST_PERIODS}."
    reader.error(row, sentence, said.first_column(), written)
    return None


def parted(cell: str, signs: tuple[str, ...]) -> list[str]:
    """The names in a cell; a blank at either side of a sign is part of a word such as ` and `."""
    if not signs:
        return [" ".join(cell.split())] if cell.strip() else []
    pattern = "|".join(re.escape(sign.strip("\n") or sign) for sign in signs)
    parts = re.split(pattern, cell) if pattern else [cell]
    return list(dict.fromkeys(name for part in parts if (name := " ".join(part.split()).strip(" .;,"))))


def _answered(reader: Reader, name: str) -> str:
    """What a name is called in the end, where one answer leads on to another; a circle ends where it began."""
    met = {spelt(name)}
    while (further := reader.names.get(spelt(name))) is not None and spelt(further) not in met:
        met.add(spelt(further))
        name = further
    return name


def body_of(reader: Reader, row: Row, written: str, column: str, called: str = "") -> PlannedBody | None:
    """A body under the name this site gives it; None and a question where it is no name."""
    said = reader.said.bodies
    named = reader.names.get(spelt(written))
    name = written if named is None else named
    if name and said.name and named is None:
        name = said.name.filled({**row.cells, "body": name}) or name
    name = _answered(reader, name)
    if len(written) > LONGEST_NAME or len(name) > LONGEST_CALLED:
        reader.ask(
            row,
            f"A name of a body is at most {LONGEST_NAME} characters: is this one body? Say what parts them (split), "
            'or give it a name: [bodies.names] "…" = "its name".',
            column,
            written,
        )
        return None
    if not name:
        return None
    # One body however it is spelt in this table: the first spelling counts.
    name = reader.spellings.setdefault(spelt(name), name)
    kind = reader.word(row, BodyKind, said.kind_column, said.kind)
    return PlannedBody(name, kind or said.kind, said.jurisdiction.filled(row.cells)[:20], called)
