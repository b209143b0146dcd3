"""`answerby warc` and `answerby withhold`: evidence taken away as a file, and what is kept from the public."""

from datetime import UTC, datetime
from pathlib import Path

import click

from tracker.commands.failing import composed_of, sentences
from tracker.services.export_warc import Exported, export_warc
from tracker.services.withhold import KINDS, find_one, let_out, withhold
from tracker.storage import sources
from tracker.storage.archive import Chosen

ACTOR = "command:withhold"
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--source", default="", help="The key of one source; default: all.")
@click.option("--since", type=DAY, help="Only what was read on or after this day (UTC).")
@click.option(
    "--link-only", is_flag=True, help="Also pages that are shown by link only: for your own archive."
)
@click.pass_context
@sentences
def warc(context: click.Context, file: Path, source: str, since: datetime | None, link_only: bool) -> None:
    """Write the pages that were read into FILE, a WARC archive; what is withheld is left out."""
    if not file.parent.is_dir():
        raise click.ClickException(f"There is no folder {file.parent}: make it first.")
    found = composed_of(context)
    chosen = Chosen(source, since.replace(tzinfo=UTC) if since else None, link_only)
    with found.database.reading() as session:
        if source and sources.by_key(session, source) is None:
            raise click.ClickException(f"There is no source {source!r}: `answerby sources` lists them.")
        config = found.config
        done = export_warc(
            session,
            file,
            chosen,
            found.now(),
            publisher=config.site.publisher,
            user_agent=config.fetch.user_agent,
        )
    click.echo(_told(file, done))


def _told(file: Path, done: Exported) -> str:
    out = done.left_out
    reasons = (
        (out.withheld, "withheld"),
        (out.unreleased, "shown by link only and not released (--link-only takes them along)"),
        (out.dropped, "whose bytes are no longer kept"),
    )
    left = "; ".join(f"{number} {why}" for number, why in reasons if number)
    return (
        f"warc: {done.pages} pages and {done.revisits} readings that found the same, in {file}"
        f"{f'; left out: {left}' if left else ''}"
    )


@click.command("withhold")
@click.argument("key")
@click.option(
    "--kind", type=click.Choice(sorted(KINDS)), help="What KEY names, where it could be several things."
)
@click.option("--reason", default="", help="Why, in public words; it stands on the tombstone.")
@click.option("--link-only", is_flag=True, help="Not gone, but only for those who have the address.")
@click.option("--undo", is_flag=True, help="Public again.")
@click.pass_context
@sentences
def withhold_it(
    context: click.Context, key: str, kind: str | None, reason: str, link_only: bool, undo: bool
) -> None:
    """Withhold KEY: an item, document or response by its key, or a page kept as evidence by its SHA-256."""
    found = composed_of(context)
    with found.database.writing() as session:
        one = find_one(session, key, kind)
        if undo:
            let_out(session, found.now(), one, reason, actor=ACTOR)
        else:
            withhold(session, found.now(), one, reason, link_only=link_only, actor=ACTOR)
    state = "public again" if undo else "shown by link only" if link_only else "withheld"
    click.echo(f"withhold: the {one.kind} {one.key} is {state}")
