"""`answerby export`: the public data as open data, or the whole public site as files."""

from pathlib import Path

import click

from tracker.commands.copying import copied_site
from tracker.commands.failing import composed_of, sentences
from tracker.compose import Composed
from tracker.services.export_tables import FORMATS, export_tables

SITE = "site"


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    type=click.Choice((*FORMATS, SITE)),
    default="csv",
    show_default=True,
    help="Tables for a spreadsheet, JSON lines, or every page of the public site as a file.",
)
@click.option(
    "--base-url",
    default="",
    help="With site: the address the copy will have; else feeds and canonical addresses name the live site.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="With site: how many processes make pages at the same time; at most one for each core.",
)
@click.pass_context
@sentences
def export(context: click.Context, folder: Path, kind: str, base_url: str, jobs: int) -> None:
    """Write what is public into FOLDER: as tables with a README of their columns, or as a copy of the site that
    any file server carries. A copy that is there already is brought up to date.
    """
    if folder.exists() and not folder.is_dir():
        raise click.ClickException(f"{folder} is a file: name a folder.")
    if base_url and (kind != SITE or not base_url.startswith(("http://", "https://"))):
        raise click.UsageError("--base-url goes with --format site and is a full address: https://…")
    found = composed_of(context)
    if kind == SITE:
        _site(found, folder, base_url, jobs)
    else:
        _tables(found, folder, kind)


def _tables(found: Composed, folder: Path, kind: str) -> None:
    with found.database.reading() as session:
        counts = export_tables(
            session,
            found.now(),
            folder,
            kind,
            lambda name, rows: click.echo(f"{name}: {rows} rows", err=True),
        )
    click.echo(f"export: {sum(counts.values())} rows in {len(counts)} files in {folder}")


def _site(found: Composed, folder: Path, base_url: str, jobs: int) -> None:
    done = copied_site(found, folder, base_url, jobs)
    for address in done.missing:
        click.echo(f"not copied, it gives nothing: {address}", err=True)
    click.echo(f"export: {done.files} files in {folder}; {done.written} written, {done.deleted} deleted")
