"""Everything public as one file: tables in two forms, what their columns mean, the licence, the head of the log."""

import hashlib
import io
import json
import os
import zipfile
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from urllib.parse import urlsplit

from sqlmodel import Session

from tracker.services.archive_words import Publication, about_archive, data_package, licence_text
from tracker.services.export_columns import TABLES
from tracker.services.export_tables import FORMATS, write_table
from tracker.services.publish_log import checkpoint
from tracker.storage import log, taken_out
from tracker.storage.taken_out import Mark

__all__ = ["Made", "Publication", "current", "made", "make_archive", "renew_archive"]

STATE = "archive.json"
AT_LEAST_EVERY = timedelta(days=1)
UNFINISHED = ".unfinished-"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Made:
    """The archive that lies in the folder."""

    file: str
    """Its name on the disk."""
    made_at: datetime
    sha256: str
    size: int
    """Bytes."""
    rows: dict[str, int]
    """Of each table."""
    mark: Mark

    @property
    def name(self) -> str:
        """What it is saved as."""
        return f"answerby-{self.made_at:%Y-%m-%d}.zip"


def made(folder: Path) -> Made | None:
    """What lies in the folder; None where there is none, or where its note cannot be read."""
    try:
        note = json.loads((folder / STATE).read_text(encoding="utf-8"))
        note |= {"made_at": datetime.fromisoformat(note["made_at"]), "mark": Mark(**note["mark"])}
        found = Made(**note)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found if (folder / found.file).is_file() else None


def current(session: Session, folder: Path) -> Made | None:
    """The archive, if nothing it may hold was put right or withheld since; else it must not be given out."""
    found = made(folder)
    return found if found is not None and taken_out.holds(session, found.mark) else None


def renew_archive(session: Session, now: datetime, folder: Path, about: Publication) -> bool:
    """Make it where there is none, where it must not be given out, or where it is a day old and the log grew."""
    found = made(folder)
    if found is not None and taken_out.holds(session, found.mark):
        young = now - found.made_at < AT_LEAST_EVERY
        if young or not taken_out.grew(session, found.mark):
            return False
    make_archive(session, now, folder, about)
    return True


def make_archive(session: Session, now: datetime, folder: Path, about: Publication) -> Made:
    """Write it beside the one that is there and put it in its place when it is whole; the older one goes."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = taken_out.mark(session)
    with NamedTemporaryFile(dir=folder, prefix=UNFINISHED, delete=False) as out:
        try:
            rows = _write(session, now, out, about)
            out.flush()
            os.fsync(out.fileno())
            sha256, size = _hash_of(Path(out.name))
            file = f"answerby-{now:%Y-%m-%d}-{sha256[:12]}.zip"
            Path(out.name).chmod(0o644)
            Path(out.name).replace(folder / file)
        except BaseException:
            Path(out.name).unlink(missing_ok=True)
            raise
    done = Made(file, now, sha256, size, rows, mark)
    _note(folder, done)
    _clear(folder, keep=file, now=now)
    return done


def _write(session: Session, now: datetime, out: IO[bytes], about: Publication) -> dict[str, int]:
    rows: dict[str, int] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in TABLES.items():
            for kind in FORMATS:
                entry = _entry(f"{kind}/{name}.{kind}", now)
                with (
                    archive.open(entry, "w", force_zip64=True) as raw,
                    io.TextIOWrapper(raw, encoding="utf-8", newline="") as text,
                ):
                    rows[name] = write_table(text, session, now, table, kind)
        for path, said in _beside(session, now, about, rows).items():
            archive.writestr(_entry(path, now), said)
    return rows


def _entry(path: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, (now.year, now.month, now.day, now.hour, now.minute, now.second))
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


def _beside(session: Session, now: datetime, about: Publication, rows: dict[str, int]) -> dict[str, str]:
    package = json.dumps(data_package(now, about, rows), ensure_ascii=False, indent=1)
    said = {
        "README.md": about_archive(now, about, rows),
        "datapackage.json": f"{package}\n",
        "LICENSE.txt": licence_text(about),
    }
    head = log.last_head(session)
    keys = {key.key_id: key for key in log.keys(session)}
    if head is not None and head.key_id in keys:
        said["log-checkpoint.txt"] = checkpoint(
            head, keys[head.key_id], urlsplit(about.base_url).netloc or "answerby"
        )
    return said


def _hash_of(file: Path) -> tuple[str, int]:
    found, size = hashlib.sha256(), 0
    with file.open("rb") as read:
        while part := read.read(CHUNK):
            found.update(part)
            size += len(part)
    return found.hexdigest(), size


def _note(folder: Path, done: Made) -> None:
    note = json.dumps({**asdict(done), "made_at": done.made_at.isoformat()})
    with NamedTemporaryFile("w", dir=folder, prefix=UNFINISHED, delete=False, encoding="utf-8") as out:
        out.write(note)
    Path(out.name).chmod(0o644)
    Path(out.name).replace(folder / STATE)


def _clear(folder: Path, *, keep: str, now: datetime) -> None:
    """Older archives, and what a process that was killed left behind a day ago."""
    for file in folder.glob("answerby-*.zip"):
        if file.name != keep:
            file.unlink(missing_ok=True)
    for file in folder.glob(f"{UNFINISHED}*"):
        if now.timestamp() - file.stat().st_mtime > AT_LEAST_EVERY.total_seconds():
            file.unlink(missing_ok=True)
