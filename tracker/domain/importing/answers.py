"""What came back and what is claimed, by the columns of a row; numbered columns are one answer for each number."""

from collections.abc import Iterator

from tracker.domain.importing.mapping import ClaimMap, ResponseMap
from tracker.domain.importing.planned import PlannedClaim, PlannedItem, PlannedResponse
from tracker.domain.importing.row import Reader, Row
from tracker.domain.importing.who import body_of
from tracker.domain.words import ClaimState, Position, ResponseKind, Role, Speaker


def responses_of(reader: Reader, row: Row, item: PlannedItem) -> Iterator[PlannedResponse]:
    """The answers of a row."""
    for place, said in enumerate(reader.said.response, 1):
        for number in range(1, said.numbers + 1):
            found = _response(reader, row, item, said, f"{place}.{number}", number)
            if found is not None:
                yield found


def _response(
    reader: Reader, row: Row, item: PlannedItem, said: ResponseMap, place: str, number: int
) -> PlannedResponse | None:
    text, url = said.text.filled(row.cells, number), said.url.filled(row.cells, number)
    word = said.position.filled(row.cells, number)
    if said.when and not said.when.filled(row.cells, number):
        return None
    days = [template.filled(row.cells, number) for template in (said.published, said.received)]
    if not (text or url or word or any(days)) or not _numbered_says(said, row, number):
        return None
    if url and not url.startswith(("http://", "https://")):
        reader.ask(
            row,
            "This is no web address that begins with http:// or https://: it was left out.",
            said.url.first_column(),
            url,
        )
        url = ""
    to = _to(reader, row, item, said)
    if to is None:
        reader.ask(
            row,
            "An answer without a body that owes it was left out: say whose it is (`by`).",
            "",
            text[:80] or word,
        )
        return None
    kind = _kind(reader, row, said)
    if kind is None:
        return None
    published = reader.calendar.read(
        days[0], row.number, _column(said.published.columns(number), said.published.first_column())
    )
    received = reader.calendar.read(
        days[1], row.number, _column(said.received.columns(number), said.received.first_column())
    )
    position = (
        reader.meaning(
            row, said.positions, Position, word, said.position.first_column(), "[response.positions]"
        )
        if word
        else None
    )
    title = said.title.filled(row.cells, number)[:500]
    by = said.by.filled(row.cells, number)
    speaker = body_of(reader, row, by, said.by.first_column()) if by else None
    return PlannedResponse(
        row=row.number,
        place=place,
        to=to,
        by=speaker.name if speaker else to,
        kind=kind,
        position=position,
        position_written=word[:200],
        published=published.value,
        received=received.value,
        title=title,
        text=text or ("" if url else word),
        url=url[:2000],
        quote=said.quote.filled(row.cells, number),
    )


def _numbered_says(said: ResponseMap, row: Row, number: int) -> bool:
    """Of numbered columns one of that number must hold something: a status beside them is no answer of its own."""
    templates = (said.text, said.url, said.position, said.published, said.received)
    numbered = [one for one in templates if one.is_numbered()]
    return not numbered or any(one.filled(row.cells, number) for one in numbered)


def _column(found: Iterator[str], otherwise: str) -> str:
    return next(found, otherwise)


def _to(reader: Reader, row: Row, item: PlannedItem, said: ResponseMap) -> str | None:
    """The addressee an answer is about: of this row, the speaker where it owes itself, else the one that leads."""
    own = [one for one in item.addressees if one.row == row.number] or item.addressees
    by = said.by.filled(row.cells)
    speaker = body_of(reader, row, by, said.by.first_column()) if by else None
    named = [one for one in item.addressees if speaker and one.body.name == speaker.name]
    leading = [one for one in own if one.role is not Role.SUPPORTING] or own
    found = (named or leading)[:1]
    return found[0].body.name if found else None


def _kind(reader: Reader, row: Row, said: ResponseMap) -> ResponseKind | None:
    written = row.cells.get(said.kind_column, "") if said.kind_column else ""
    if not written:
        return said.kind
    return reader.meaning(row, said.kinds, ResponseKind, written, said.kind_column, "[response.kinds]")


def claims_of(reader: Reader, row: Row, item: PlannedItem) -> Iterator[PlannedClaim]:
    """The claims of a row, in the speaker's own word; a word for nothing is claimed by nobody unless it is listed."""
    for place, said in enumerate(reader.said.claim, 1):
        for number in range(1, said.numbers + 1):
            found = _claim(reader, row, item, said, f"{place}.{number}", number)
            if found is not None:
                yield found


def _claim(
    reader: Reader, row: Row, item: PlannedItem, said: ClaimMap, place: str, number: int
) -> PlannedClaim | None:
    # NA, ND and NR are three different things: a listed word counts even where it stands for nothing elsewhere.
    written = said.state.filled(row.written, number)
    listed = {word.casefold() for word in said.states}
    if not written or (written in reader.said.read.nothing and written.casefold() not in listed):
        return None
    if not item.addressees:
        reader.note(row, "Nobody owes this item: what is claimed about it was left out.", "", written)
        return None
    state = reader.meaning(row, said.states, ClaimState, written, said.state.first_column(), "[claim.states]")
    speaker = reader.word(row, Speaker, said.speaker_column, said.speaker)
    if state is None or speaker is None:
        return None
    on = reader.calendar.read(said.on.filled(row.cells, number), row.number, said.on.first_column())
    to = said.body.filled(row.cells) or next(
        (one.body.name for one in item.addressees if one.row == row.number), ""
    )
    name, url = said.speaker_name.filled(row.cells, number)[:300], said.url.filled(row.cells, number)[:2000]
    url = url if url.startswith(("http://", "https://")) else ""
    return PlannedClaim(row.number, place, to, speaker, state, written[:300], name, on.value, url)
