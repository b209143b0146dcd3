"""`answerby export`: the public data as open data."""

from pathlib import Path

import click

from tracker.commands.failing import composed_of, sentences
from tracker.services.export_tables import FORMATS, export_tables


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    type=click.Choice(FORMATS),
    default="csv",
    show_default=True,
    help="Tables for a spreadsheet, or JSON lines.",
)
@click.pass_context
@sentences
def export(context: click.Context, folder: Path, kind: str) -> None:
    """Write what is public into FOLDER: items, obligations, responses, assessments, claims, bodies, processes,
    documents and events, with a README of their columns. Tables only: a static copy of the pages comes later.
    """
    if folder.exists() and not folder.is_dir():
        raise click.ClickException(f"{folder} is a file: name a folder.")
    found = composed_of(context)
    with found.database.reading() as session:
        counts = export_tables(
            session,
            found.now(),
            folder,
            kind,
            lambda name, rows: click.echo(f"{name}: {rows} rows", err=True),
        )
    click.echo(f"export: {sum(counts.values())} rows in {len(counts)} files in {folder}")
