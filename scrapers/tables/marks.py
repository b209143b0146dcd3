"""What a sheet says beside its values and a reading row by row leaves out: merged ranges, hidden rows and columns."""

import zipfile
from dataclasses import dataclass, field

from defusedxml.ElementTree import iterparse


@dataclass(slots=True)
class Marks:
    """The merged ranges as the file writes them, and how many rows and groups of columns are hidden."""

    merged: list[str] = field(default_factory=list)
    hidden: int = 0


def marks_of(archive: zipfile.ZipFile, part: str) -> Marks:
    """The marks of one sheet, read piece by piece."""
    found = Marks()
    with archive.open(part) as opened:
        for _, element in iterparse(opened):
            name = element.tag.rpartition("}")[2]
            if name == "mergeCell":
                found.merged.append(element.get("ref", ""))
            elif name in ("row", "col"):
                found.hidden += element.get("hidden") in ("1", "true")
                element.clear()
    return found
