"""Enter a process, a document or a body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from sqlmodel import Session, SQLModel

from tracker.domain.keys import free_key, is_key, key_of
from tracker.domain.partial import PartialDate
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import BodyKind, ProcessKind
from tracker.domain.zones import is_place
from tracker.services.named_pages import speak
from tracker.services.note_entering import note_entering
from tracker.storage import entries
from tracker.storage.columns import partial_fields
from tracker.storage.people import group_of
from tracker.storage.tables import Body, Document, Process
from tracker.storage.turns import turn_to_enter

Row = TypeVar("Row", bound=SQLModel)
WORLD = "intl"
LONGEST_NAME, LONGEST_URL = 300, 2000
PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,12})?")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterProcess:
    """What produces items: an assembly, an inquiry, an action plan."""

    name: str
    kind: ProcessKind
    key: str = ""
    organiser: str = ""
    jurisdiction: str = ""
    language: str = "en"
    url: str = ""
    started: PartialDate | None = None
    ended: PartialDate | None = None

    def complaints(self) -> Iterator[Refused]:
        """What keeps this from being a process."""
        yield from name_complaints("name", self.name)
        yield from key_complaints("key", self.key)
        yield from url_complaints("url", self.url)
        yield from place_complaints("jurisdiction", self.jurisdiction)
        yield from language_complaints("language", self.language)
        if self.started and self.ended and self.ended.last < self.started.first:
            yield refuse("ended", "It cannot end before it began.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterDocument:
    """The report, plan or text that carries items."""

    process: str
    """Key."""
    title: str
    key: str = ""
    published: PartialDate | None = None
    url: str = ""

    def complaints(self) -> Iterator[Refused]:
        """What keeps this from being a document."""
        yield from name_complaints("title", self.title)
        yield from key_complaints("key", self.key)
        yield from url_complaints("url", self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterBody:
    """A body that may owe an answer."""

    name: str
    kind: BodyKind = BodyKind.GOVERNMENT
    jurisdiction: str = ""
    key: str = ""
    website: str = ""
    zone: str = ""
    """IANA; empty: as the jurisdiction says."""

    def complaints(self, prefix: str = "") -> Iterator[Refused]:
        """What keeps this from being a body; `prefix` is how the form calls its fields."""
        yield from name_complaints(f"{prefix}name", self.name)
        yield from key_complaints(f"{prefix}key", self.key)
        yield from url_complaints(f"{prefix}website", self.website)
        yield from place_complaints(f"{prefix}jurisdiction", self.jurisdiction)
        if self.zone and self.zone not in available_timezones():
            yield refuse(
                f"{prefix}zone", "This is no time zone: write it like Europe/London, or leave it empty."
            )


def name_complaints(field: str, name: str) -> Iterator[Refused]:
    """A name is needed, and short enough to stand in a list."""
    if not name.strip():
        yield refuse(field, "This is needed.")
    elif len(name) > LONGEST_NAME:
        yield refuse(field, "Shorten this to %(most)s characters.", most=LONGEST_NAME)


def key_complaints(field: str, key: str) -> Iterator[Refused]:
    """A key is left to us or consists of small letters, digits and hyphens."""
    if key and not is_key(key):
        yield refuse(
            field, "A key consists of small letters, digits and hyphens, at most 80; or leave it empty."
        )


def url_complaints(field: str, url: str) -> Iterator[Refused]:
    """An address is left out or is one that a browser can open."""
    if url and not is_address(url):
        yield refuse(field, "Give a full address that begins with https:// or http://.")


def place_complaints(field: str, code: str) -> Iterator[Refused]:
    """A place is left out or is a code such as GB, GB-SCT or EU."""
    written = place_of(code)
    if written and written != WORLD and not (PLACE.fullmatch(written) and is_place(written)):
        yield refuse(
            field,
            "“%(code)s” is no code of a place: write it like GB, GB-SCT, EU or intl, or leave it empty.",
            code=code.strip()[:20],
        )


def place_of(code: str) -> str:
    """A code as it is kept: GB-SCT; intl where the whole world is meant."""
    return WORLD if code.strip().lower() == WORLD else code.strip().upper()


def language_complaints(field: str, code: str) -> Iterator[Refused]:
    """A language is left out or is a code such as en or pt-BR."""
    if code and not LANGUAGE.fullmatch(code):
        yield refuse(field, "This is no code of a language: write it like en or fr, or leave it empty.")


def is_address(url: str) -> bool:
    """Whether a text is an address that is safe to link."""
    if len(url) > LONGEST_URL or any(character <= " " or character == "\x7f" for character in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def enter_process(
    session: Session, now: datetime, said: EnterProcess, *, actor: str, user_id: int | None = None
) -> Process:
    """Write a process; it belongs to the group that entered it."""
    turn_to_enter(session)
    insist([*said.complaints(), *_taken(session, Process, said.key)])
    group = group_of(session, actor)
    row = Process(
        key=said.key or new_key(session, Process, said.name, "process"),
        kind=said.kind,
        name=said.name.strip(),
        organiser=said.organiser.strip(),
        jurisdiction=place_of(said.jurisdiction),
        language=said.language or "en",
        url=said.url,
        group_id=group.id if group else None,
        recorded_at=now,
        recorded_by=actor,
        **partial_fields("started", said.started),
        **partial_fields("ended", said.ended),
    )
    note_entering(session, now, kept(session, row), actor=actor)
    return row


def enter_document(
    session: Session, now: datetime, said: EnterDocument, *, actor: str, user_id: int | None = None
) -> Document:
    """Write a document of a process."""
    turn_to_enter(session)
    process = entries.process_by_key(session, said.process)
    unknown = (
        [refuse("process", "There is no process “%(key)s”.", key=said.process[:80])] if not process else []
    )
    insist([*said.complaints(), *_taken(session, Document, said.key), *unknown])
    assert process is not None and process.id is not None  # noqa: S101 - insisted on above
    row = Document(
        key=said.key or new_key(session, Document, f"{process.key} {said.title}", "document"),
        process_id=process.id,
        title=said.title.strip(),
        url=said.url,
        recorded_at=now,
        recorded_by=actor,
        **partial_fields("published", said.published),
    )
    note_entering(session, now, kept(session, row), actor=actor)
    return row


def enter_body(
    session: Session, now: datetime, said: EnterBody, *, actor: str, user_id: int | None = None
) -> Body:
    """Write a body; one of that name or alias is refused rather than doubled."""
    turn_to_enter(session)
    insist([*said.complaints(), *_taken(session, Body, said.key), *same_name(session, "name", said.name)])
    row = Body(
        key=said.key or new_key(session, Body, said.name, "body"),
        name=said.name.strip(),
        kind=said.kind,
        jurisdiction=place_of(said.jurisdiction),
        website=said.website,
        zone=said.zone or None,
        recorded_at=now,
        recorded_by=actor,
    )
    note_entering(session, now, kept(session, row), actor=actor)
    return row


def same_name(session: Session, field: str, name: str) -> Iterator[Refused]:
    """A body of that name or alias is there already."""
    for found in entries.bodies_named(session, name) if name.strip() else []:
        yield refuse(
            field, "%(name)s is there already (%(key)s); choose it instead.", name=found.name, key=found.key
        )


def new_key(session: Session, table: type[SQLModel], name: str, otherwise: str) -> str:
    """A key that no row of the table has yet."""
    return free_key(key_of(name, otherwise), lambda key: entries.is_taken(session, table, key))


def kept(session: Session, row: Row) -> Row:
    """The row, written so that it has its id."""
    speak(row)
    session.add(row)
    session.flush()
    return row


def _taken(session: Session, table: type[SQLModel], key: str) -> Iterator[Refused]:
    if key and entries.is_taken(session, table, key):
        yield refuse("key", "“%(key)s” is taken; choose another key or leave it empty.", key=key[:80])
