"""`answerby import`: a file read with the reader of a source, proposed to people."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import click

from scrapers.model import Finding
from tracker.commands.bring_table import bring_table
from tracker.commands.failing import composed_of, sentences
from tracker.services.read_file import (
    LARGEST,
    Brought,
    File,
    insist_on_reader,
    keep_file,
    place_for,
    read_file,
)
from tracker.services.read_table import presets

ACTOR = "command:import"


@click.command("import")
@click.argument("preset")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--source", default="", help="The key of the source it belongs to, with its options and process."
)
@click.option("--address", default="", help="Where the file was found on the web: what its findings link to.")
@click.option(
    "--map", "own_map", type=click.Path(path_type=Path), help="A mapping of your own for a table (TOML)."
)
@click.option("--dry-run", is_flag=True, help="Read and show, keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="What was found, as data.")
@click.pass_context
@sentences
def bring_in(
    context: click.Context,
    preset: str,
    file: Path,
    source: str,
    address: str,
    own_map: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Import the table FILE by the mapping PRESET (items, ogp, upr, table with --map, …), or read FILE with the
    reader PRESET (pfd, eci, response_pdf, …) and propose what it says.
    """
    if preset in presets():
        table = File(file.name, _bytes_of(file))
        bring_table(context, preset, table, own_map, dry_run=dry_run, as_json=as_json)
        return
    insist_on_reader(preset, presets())
    brought_file = File(file.name, _bytes_of(file), _address(address))
    found = composed_of(context)
    now = found.now()
    with found.database.reading() as session:
        place = place_for(session, preset, source)
    brought = read_file(found.cage, place, brought_file, now)
    if not dry_run:
        with found.database.writing() as session:
            brought = keep_file(session, brought, brought_file, now, actor=ACTOR)
    click.echo(_as_json(brought) if as_json else _as_text(brought, dry_run=dry_run))


def _bytes_of(file: Path) -> bytes:
    if not file.exists():
        raise click.ClickException(f"There is no file {file}: check its name and folder.")
    if file.is_dir():
        raise click.ClickException(f"{file} is a folder: name one file in it.")
    if file.stat().st_size > LARGEST:
        raise click.ClickException(
            f"{file} is larger than {LARGEST // 1024 // 1024} MB: split it, or read it by hand."
        )
    return file.read_bytes()


def _address(written: str) -> str:
    parts = urlsplit(written)
    if written and (parts.scheme not in ("http", "https") or not parts.hostname or len(written) > 2000):
        raise click.UsageError(
            f"{written[:80]} is no web address: write it whole, such as https://www.gov.example/a.pdf."
        )
    return written


def _as_text(brought: Brought, *, dry_run: bool) -> str:
    lines = [_line(finding) for finding in brought.findings]
    for problem in brought.problems:
        where = f" ({problem.locator})" if problem.locator else ""
        written = f": {problem.as_written}" if problem.as_written else ""
        lines.append(f"{problem.weight}: {problem.sentence}{where}{written}")
    if brought.further_pages:
        lines.append(f"note: The file leads to {brought.further_pages} further pages; they were not read.")
    kept = "nothing kept" if dry_run else f"{brought.proposed} new in the review queue"
    return "\n".join([*lines, f"import: {len(brought.findings)} found, {kept}"])


def _line(finding: Finding) -> str:
    days = ", ".join(
        f"{name} {written.value or written.as_written}" for name, written in finding.dates.items()
    )
    where = f" ({finding.locator})" if finding.locator else ""
    said = f" [{finding.extra['position']}]" if finding.extra.get("position") else ""
    return f"{finding.kind} {finding.key}{said}: {finding.title}{f'; {days}' if days else ''}{where}"


def _as_json(brought: Brought) -> str:
    source = brought.reading.source
    told = {
        "reader": source.reader,
        "source": source.key,
        "sha256": brought.sha256,
        "found": [finding.to_dict() for finding in brought.findings],
        "problems": [problem.to_dict() for problem in brought.problems],
        "further_pages": brought.further_pages,
        "new_in_review": brought.proposed,
    }
    return json.dumps(told, ensure_ascii=False)
