"""Reads a file that somebody brought with the reader of a source: kept as evidence, proposed to people, public nowhere.

A file is no look at a page and no run of a source: it counts for no check, and it neither mends nor breaks a source.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from hashlib import sha256
from typing import Protocol
from urllib.parse import urlsplit

from sqlmodel import Session

from scrapers.cage import Caged
from scrapers.model import Finding, Follow, Page, Problem, Result, page_of
from scrapers.model import Source as Place
from scrapers.sources import reader_keys
from tracker.domain.words import RunState
from tracker.services.enter_process import kept
from tracker.services.keep_evidence import page_row, private_names, visit_of
from tracker.services.keep_sources import evidence_of, place_of
from tracker.services.make_room import no_room
from tracker.services.propose import propose
from tracker.services.reading import Reading, Visit
from tracker.services.settle import settle
from tracker.storage import pages, sources
from tracker.storage.entries import id_of
from tracker.storage.tables import ImportBatch, Run, Source

LARGEST = 64 * 1024 * 1024
"""Bytes; the longest report on record needs a tenth."""
_TYPES = {"pdf": "application/pdf", "html": "text/html", "htm": "text/html", "json": "application/json"}
_XML = {
    "xml": "application/xml",
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "csv": "text/csv",
}
CONTENT_TYPES: Mapping[str, str] = {**_TYPES, **_XML}
"""By the ending of a file's name: what a server would have said."""


class UnreadableFile(ValueError):  # noqa: N818
    """A file that cannot be read; the text says what is wrong with it and how to mend it."""


class Cage(Protocol):
    """Where files are read; see `scrapers.cage`."""

    def read(self, reader_key: str, page: Page, source: Place) -> list[Result]:
        """What a page says, or a Caged error."""


@dataclass(frozen=True, slots=True)
class File:
    """A file and where it was found, if somebody says so."""

    name: str
    body: bytes
    address: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file said, and how much of it is new to the reviewers."""

    reading: Reading
    sha256: str
    proposed: int = 0

    @property
    def findings(self) -> list[Finding]:
        """What was found."""
        return [finding for _, finding in self.reading.findings()]

    @property
    def problems(self) -> list[Problem]:
        """What could not be read for certain, the gravest first."""
        order = ("fatal", "question", "note")
        return sorted((one for _, one in self.reading.problems()), key=lambda one: order.index(one.weight))

    @property
    def further_pages(self) -> int:
        """Pages the file leads to, which a file cannot be followed to."""
        return sum(isinstance(result, Follow) for result in self.reading.visits[0].results)


def insist_on_reader(key: str, also: Sequence[str] = ()) -> None:
    """Raise UnreadableFile with the nearest names where there is no such reader."""
    keys = reader_keys()
    if key in keys:
        return
    keys = (*keys, *also)
    near = get_close_matches(key, keys, n=3, cutoff=0.5)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UnreadableFile(f"There is no preset {key!r}.{meant} There are: {', '.join(keys)}.")


def place_for(session: Session, reader: str, source_key: str) -> Place:
    """The source a file is read for: the named one, else one that stands for all files of this reader."""
    if not source_key:
        return Place(_files_key(reader), reader, "")
    row = sources.by_key(session, source_key)
    if row is None:
        raise UnreadableFile(f"There is no source {source_key!r}: `answerby sources` lists them.")
    if row.reader != reader:
        raise UnreadableFile(
            f"The source {source_key!r} is read by {row.reader}, not by {reader}: name one of this reader, or none."
        )
    return place_of(row)


def read_file(cage: Cage, place: Place, file: File, now: datetime) -> Brought:
    """What the reader makes of a file, in the cage; raises UnreadableFile. Nothing is kept yet."""
    insist_on_reader(place.reader)
    if len(file.body) > LARGEST:
        raise UnreadableFile(
            f"{file.name} is larger than {LARGEST // 1024 // 1024} MB: split it, or read it by hand."
        )
    page = _page(place, file, now)
    try:
        results = cage.read(place.reader, page, place)
    except Caged as error:
        raise UnreadableFile(f"{file.name} could not be read. {error}") from error
    brought = Brought(Reading(place, [Visit(page.address, page=page, results=results)]), page.sha256)
    fatal = [one.sentence for one in brought.problems if one.weight == "fatal"]
    if fatal:
        raise UnreadableFile(f"{file.name}: {' '.join(fatal)}")
    return brought


def keep_file(session: Session, brought: Brought, file: File, now: datetime, *, actor: str) -> Brought:
    """Keep what was read as evidence and put it before people; the same file twice proposes nothing new."""
    reader = brought.reading.source.reader
    full = no_room(session, brought.reading, now)
    if full:
        raise UnreadableFile(f"{file.name} was not kept. {full}")
    own = _files_source(session, reader)
    source = sources.by_key(session, brought.reading.source.key) or own
    run = kept(session, Run(source_id=id_of(own), state=RunState.HEALTHY, started_at=now, ended_at=now))
    run.entries, run.addresses = len(brought.findings), [brought.reading.visits[0].address]
    _keep_page(session, brought, run)
    names_persons = private_names(brought.reading.source)
    batch = ImportBatch(
        preset=reader,
        file_name="" if names_persons else file.name[:300],
        file_sha256=brought.sha256,
        started_at=now,
        ended_at=now,
        rows=len(brought.findings),
    )
    session.add(batch)
    done = propose(session, source, run, brought.reading, now)
    settle(session, done.touched, now, actor=actor)
    return Brought(brought.reading, brought.sha256, len(done.opened))


def _page(place: Place, file: File, now: datetime) -> Page:
    """The file as a page: at the address somebody gives, else named by its bytes where its name may hold a person's."""
    ending = file.name.rpartition(".")[2].lower()
    address = file.address or f"file:{urlsplit(file.name).path.rpartition('/')[2]}"
    if private_names(place):
        address = f"file:{sha256(file.body).hexdigest()[:16]}.{ending if ending in CONTENT_TYPES else 'bin'}"
    return page_of(
        file.body,
        address=address,
        fetched_at=now,
        content_type=CONTENT_TYPES.get(ending, ""),
        state={"file_name": file.name},
    )


def _files_key(reader: str) -> str:
    return f"files-{reader.replace('_', '-')}"


def _files_source(session: Session, reader: str) -> Source:
    """Stands for all files of a reader that belong to no source; it has no address and is never due."""
    row = sources.by_key(session, _files_key(reader))
    return row or kept(
        session, Source(key=_files_key(reader), name=reader, reader=reader, address="", enabled=False)
    )


def _keep_page(session: Session, brought: Brought, run: Run) -> None:
    page = brought.reading.visits[0].page
    assert page is not None  # noqa: S101 - read_file made it
    pages.keep_once(session, page_row(page, run, evidence_of(brought.reading.source)))
    pages.keep_visits(session, [visit_of(page, run)])
