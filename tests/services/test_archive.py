"""Everything public as one file: whole, checkable, and never given out once something in it was withheld."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from tests.whole.marked_site import LATER, MARKS, Place, marked
from tracker.services import archive
from tracker.services.archive import Publication, renew_archive
from tracker.services.export_columns import TABLES

ABOUT = Publication(
    "Answers",
    "City Watch",
    "https://answers.example.org",
    "desk@example.org",
    "CC BY 4.0",
    "https://cc.example/by",
)
NOW = LATER + timedelta(days=2)


def renewed(place: Place, folder: Path, days: int = 0) -> bool:
    with place.site.database.reading() as session:
        return renew_archive(session, NOW + timedelta(days=days), folder, ABOUT)


def is_given_out(place: Place, folder: Path) -> bool:
    with place.site.database.reading() as session:
        return archive.current(session, folder) is not None


def opened(folder: Path) -> zipfile.ZipFile:
    found = archive.made(folder)
    assert found is not None
    return zipfile.ZipFile(folder / found.file)


def test_the_archive_holds_every_table_twice_with_its_description(sqlite_url: str, tmp_path: Path) -> None:
    with marked(sqlite_url) as place:
        assert renewed(place, tmp_path)
    found = opened(tmp_path)
    assert found.testzip() is None
    package = json.loads(found.read("datapackage.json"))
    for resource in package["resources"]:
        said = found.read(resource["path"]).decode()
        columns = [field["name"] for field in resource["schema"]["fields"]]
        rows = (
            list(csv.DictReader(io.StringIO(said, newline="")))
            if resource["format"] == "csv"
            else [json.loads(line) for line in said.splitlines()]
        )
        assert len(rows) == resource["rows"]
        assert all(list(row) == columns for row in rows)
    assert len(package["resources"]) == 2 * len(TABLES)
    assert ABOUT.licence_url in found.read("LICENSE.txt").decode()
    assert MARKS["item"] in found.read("jsonl/items.jsonl").decode()


def test_its_note_tells_the_hash_and_the_size_of_the_file(sqlite_url: str, tmp_path: Path) -> None:
    with marked(sqlite_url) as place:
        renewed(place, tmp_path)
    found = archive.made(tmp_path)
    assert found is not None
    whole = (tmp_path / found.file).read_bytes()
    assert (hashlib.sha256(whole).hexdigest(), len(whole)) == (found.sha256, found.size)


@pytest.mark.parametrize("kind", MARKS)
def test_once_a_thing_is_withheld_the_archive_is_given_out_only_without_it(
    sqlite_url: str, tmp_path: Path, kind: str
) -> None:
    with marked(sqlite_url) as place:
        renewed(place, tmp_path)
        assert is_given_out(place, tmp_path)
        place.withhold(kind)
        assert not is_given_out(place, tmp_path)
        assert renewed(place, tmp_path)
        assert is_given_out(place, tmp_path)
    found = opened(tmp_path)
    assert not [name for name in found.namelist() if MARKS[kind].encode() in found.read(name)]
    assert len(list(tmp_path.glob("*.zip"))) == 1


def test_it_is_made_anew_after_a_day_only_if_anything_was_told(sqlite_url: str, tmp_path: Path) -> None:
    with marked(sqlite_url) as place:
        assert renewed(place, tmp_path)
        assert not renewed(place, tmp_path, days=5)


def test_a_note_that_was_cut_off_counts_as_no_archive(sqlite_url: str, tmp_path: Path) -> None:
    with marked(sqlite_url) as place:
        renewed(place, tmp_path)
        (tmp_path / archive.STATE).write_text('{"file": "ans', encoding="utf-8")
        assert archive.made(tmp_path) is None
        assert renewed(place, tmp_path)
