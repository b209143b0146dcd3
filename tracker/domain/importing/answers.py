"""What came back and what is claimed, by the columns of a row; numbered columns are one answer for each number."""

from collections.abc import Iterator

from tracker.domain.importing.mapping import ClaimMap, ResponseMap
from tracker.domain.importing.planned import PlannedClaim, PlannedItem, PlannedResponse
from tracker.domain.importing.row import Reader, Row
from tracker.domain.importing.template import Template
from tracker.domain.importing.who import body_of
from tracker.domain.partial import PartialDate
from tracker.domain.words import ClaimState, Position, ResponseKind, Role, Speaker


def responses_of(reader: Reader, row: Row, item: PlannedItem) -> Iterator[PlannedResponse]:
    """The answers of a row."""
    for place, said in enumerate(reader.said.response, 1):
        for number in reader.numbers(said):
            found = _response(reader, row, item, said, f"{place}.{number}", number)
            if found is not None:
                yield found


def _response(
    reader: Reader, row: Row, item: PlannedItem, said: ResponseMap, place: str, number: int
) -> PlannedResponse | None:
    word = said.position.filled(row.cells, number)
    if not _says_anything(said, row, number):
        return None
    to, kind = _to(reader, row, item, said), _kind(reader, row, said)
    if to is None:
        reader.ask(
            row, "An answer without a body that owes it was left out: say whose it is (`by`).", "", word
        )
    if to is None or kind is None:
        return None
    url, by, asked = (
        _address(reader, row, said, number),
        said.by.filled(row.cells, number),
        "[response.positions]",
    )
    speaker = body_of(reader, row, by, said.by.first_column()) if by else None
    column = said.position.first_column(number)
    return PlannedResponse(
        row=row.number,
        place=place,
        to=to,
        by=speaker.name if speaker else to,
        kind=kind,
        position=reader.meaning(row, said.positions, Position, word, column, asked) if word else None,
        position_written=word[:200],
        published=_day(reader, row, said.published, number),
        received=_day(reader, row, said.received, number),
        title=said.title.filled(row.cells, number)[:500],
        text=said.text.filled(row.cells, number) or ("" if url else word),
        url=url,
        quote=said.quote.filled(row.cells, number),
    )


def _says_anything(said: ResponseMap, row: Row, number: int) -> bool:
    if said.when and not said.when.filled(row.cells, number):
        return False
    parts = (said.text, said.url, said.position, said.published, said.received)
    return any(part.filled(row.cells, number) for part in parts) and _numbered_says(said, row, number)


def _address(reader: Reader, row: Row, said: ResponseMap, number: int) -> str:
    url = said.url.filled(row.cells, number)[:2000]
    if not url or url.startswith(("http://", "https://")):
        return url
    sentence = "This is no web address that begins with http:// or https://: it was left out."
    reader.ask(row, sentence, said.url.first_column(number), url)
    return ""


def _day(reader: Reader, row: Row, template: Template, number: int) -> PartialDate | None:
    column = template.first_column(number)
    return reader.calendar.read(template.filled(row.cells, number), row.number, column).value


def _numbered_says(said: ResponseMap, row: Row, number: int) -> bool:
    """Of numbered columns one of that number must hold something: a status beside them is no answer of its own."""
    templates = (said.text, said.url, said.position, said.published, said.received)
    numbered = [one for one in templates if one.is_numbered()]
    return not numbered or any(one.filled(row.cells, number) for one in numbered)


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
        for number in reader.numbers(said):
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
    state = reader.meaning(
        row, said.states, ClaimState, written, said.state.first_column(number), "[claim.states]"
    )
    speaker = reader.word(row, Speaker, said.speaker_column, said.speaker)
    if state is None or speaker is None:
        return None
    on = reader.calendar.read(said.on.filled(row.cells, number), row.number, said.on.first_column(number))
    to = said.body.filled(row.cells) or next(
        (one.body.name for one in item.addressees if one.row == row.number), ""
    )
    name, url = said.speaker_name.filled(row.cells, number)[:300], said.url.filled(row.cells, number)[:2000]
    url = url if url.startswith(("http://", "https://")) else ""
    return PlannedClaim(row.number, place, to, speaker, state, written[:300], name, on.value, url)
