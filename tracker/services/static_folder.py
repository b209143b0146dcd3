"""The folder of a static copy: files appear whole, what did not change is left alone, what is gone is deleted."""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

OURS = ".answerby-copy"
"""Beside the pages: what was written, and what is being written."""
STATE = "state"


class NotACopyError(OSError):
    """The folder holds something else."""


def digest(name: str) -> int:
    """A short sign of a name, so that half a million of them fit into memory."""
    return int.from_bytes(
        hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A file that is written whole and has no name yet."""

    path: Path
    sha256: str


def written_beside(parts: Path, chunks: Iterable[bytes]) -> Part:
    """Write a file beside the copy, in whichever process."""
    hashed = hashlib.sha256()
    with NamedTemporaryFile(dir=parts, prefix="part-", delete=False) as out:
        for chunk in chunks:
            hashed.update(chunk)
            out.write(chunk)
    Path(out.name).chmod(0o644)
    return Part(Path(out.name), hashed.hexdigest())


class Folder:
    """A folder that holds a copy, or will."""

    def __init__(self, folder: Path) -> None:
        """Raises NotACopyError where the folder holds files that are none of a copy."""
        self.folder, self.ours = folder, folder / OURS
        if folder.is_dir() and not self.ours.is_dir() and any(folder.iterdir()):
            raise NotACopyError(
                f"{folder} holds files that are no copy of this site: name an empty or a new folder."
            )
        self.parts = self.ours / "unfinished"
        shutil.rmtree(self.parts, ignore_errors=True)
        self.parts.mkdir(parents=True, exist_ok=True)
        self.kept: set[int] = set()
        self.written = self.deleted = 0
        self._journal = (self.ours / "written").open("a", encoding="utf-8")
        self._manifest = (self.parts / "manifest").open("w", encoding="utf-8")
        self._queue = (self.parts / "queue").open("w", encoding="utf-8")
        self._line = (self.parts / "queue").open(encoding="utf-8")

    def close(self) -> None:
        """Let go of the files."""
        for one in (self._journal, self._manifest, self._queue, self._line):
            one.close()
        shutil.rmtree(self.parts, ignore_errors=True)

    def is_of(self, state: str) -> bool:
        """Whether the last whole copy was made of this state and each of its files is still there."""
        note = self.ours / STATE
        if not note.is_file() or note.read_text(encoding="utf-8") != state or self._stopped_since():
            return False
        return all(self._place(name).is_file() for name in self._once_written())

    def _stopped_since(self) -> bool:
        written = self.ours / "written"
        return written.is_file() and written.stat().st_size > 0

    def begin(self) -> None:
        """From now on the folder may hold pages of two states."""
        (self.ours / STATE).unlink(missing_ok=True)

    def whole(self, state: str) -> None:
        """The copy is complete, and of the state that was found when it was begun."""
        note = self.parts / STATE
        note.write_text(state, encoding="utf-8")
        note.replace(self.ours / STATE)

    def count(self) -> int:
        """Files of the last whole copy."""
        return sum(1 for _ in self._once_written())

    def keep(self, name: str, part: Part, same: Callable[[bytes, bytes], bool] | None = None) -> None:
        """Keep what was written beside under a name; a file that is there and says the same stays as it is."""
        target = self._place(name)
        self.kept.add(digest(name))
        if _is_same(target, part.path, same):
            part.path.unlink()
        else:
            self._journal.write(f"{name}\n")
            self._journal.flush()
            target.parent.mkdir(parents=True, exist_ok=True)
            part.path.replace(target)
            self.written += 1
        self._manifest.write(f"{part.sha256}  {name}\n")

    def _place(self, name: str) -> Path:
        """Where a name lies; one that leads out of the folder is a fault of ours."""
        parts = Path(name).parts
        if not parts or Path(name).is_absolute() or ".." in parts or parts[0] == OURS:
            raise NotACopyError(f"{name[:200]} cannot be the name of a file.")
        return self.folder / name

    def ahead(self, address: str) -> None:
        """Line up an address to be copied later; the line is kept on the disk."""
        self._queue.write(f"{address}\n")

    def lined_up(self, most: int) -> Iterator[str]:
        """The next addresses in the line, up to a number; fewer where no more have joined it yet."""
        self._queue.flush()
        for _ in range(most):
            address = self._line.readline()
            if not address:
                return
            yield address.rstrip("\n")

    def drop_others(self) -> None:
        """Delete what an earlier copy wrote and this one did not: withheld, or no more; note what is left."""
        for name in self._once_written():
            if digest(name) not in self.kept:
                self._drop(name)
        self._manifest.flush()
        (self.parts / "manifest").replace(self.ours / "manifest")
        self._journal.truncate(0)

    def drop(self, name: str) -> None:
        """Delete one file at once."""
        if digest(name) not in self.kept:
            self._drop(name)

    def _drop(self, name: str) -> None:
        file = self._place(name)
        if not file.is_file():
            return
        file.unlink()
        self.deleted += 1
        for above in file.relative_to(self.folder).parents:
            try:
                if above != Path():
                    (self.folder / above).rmdir()
            except OSError:
                return

    def _once_written(self) -> Iterator[str]:
        """What the last whole copy holds, and what was written since by one that was stopped."""
        for file, skipped in ((self.ours / "manifest", 66), (self.ours / "written", 0)):
            if file.is_file():
                with file.open(encoding="utf-8") as lines:
                    yield from (
                        line.rstrip("\n")[skipped:] for line in lines if len(line.rstrip("\n")) > skipped
                    )


def _is_same(there: Path, part: Path, same: Callable[[bytes, bytes], bool] | None) -> bool:
    if not there.is_file():
        return False
    if same is not None:
        return same(there.read_bytes(), part.read_bytes())
    if there.stat().st_size != part.stat().st_size:
        return False
    with there.open("rb") as one, part.open("rb") as other:
        while chunk := one.read(1 << 20):
            if chunk != other.read(1 << 20):
                return False
    return True
