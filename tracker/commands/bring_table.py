"""`answerby import` of a table: what it comes to and what is wrong with it; `answerby imports`."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from tracker.commands.failing import composed_of, sentences
from tracker.domain.importing.problems import MappingError, RowProblem
from tracker.services.import_bodies import UnknownBody, unknown_bodies, without_offers
from tracker.services.import_table import Imported, import_table, preview
from tracker.services.read_file import File
from tracker.services.read_table import planned, preset_mapping, read_table, table_cage
from tracker.services.undo_import import undo_import
from tracker.storage import imports

ACTOR = "command:import"
MOST_SHOWN = 60
LARGEST_MAPPING = 1 << 20


def bring_table(
    context: click.Context, preset: str, file: File, own: Path | None, *, dry_run: bool, as_json: bool
) -> None:
    """Import a table with the mapping of a preset, or with one's own."""
    found = composed_of(context)
    now = found.now()
    try:
        said = preset_mapping(preset, _text_of(own) if own else "")
        with table_cage() as cage:
            read = read_table(cage, file, said, now)
        _told(f"read: {len(read.sheet.rows)} rows", as_json=as_json)
        plan = planned(read, said)
    except MappingError as error:
        raise click.ClickException(f"The mapping {own or preset}: {error}") from error
    if dry_run:
        with found.database.reading() as session:
            done = preview(session, plan, said, read)
            unknown = unknown_bodies(session, done.comparison)
    else:
        with found.database.writing() as session:
            done = import_table(
                session,
                now,
                plan,
                said,
                read,
                file,
                preset=preset,
                actor=ACTOR,
                progress=lambda written, of: _told(f"written: {written} of {of} items", as_json=as_json),
            )
        unknown = without_offers(done.comparison)
    made = said.bodies.create
    click.echo(
        json.dumps(_data(done, read.sha256, unknown), ensure_ascii=False)
        if as_json
        else _text(done, unknown, dry_run=dry_run, made=made)
    )


def _told(line: str, *, as_json: bool) -> None:
    if not as_json:
        click.echo(line, err=True)


def _text_of(path: Path) -> str:
    if not path.is_file():
        raise click.ClickException(f"There is no mapping {path}: check its name and folder.")
    if path.stat().st_size > LARGEST_MAPPING:
        raise click.ClickException(f"{path} is too large for a mapping.")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{path} is no text in UTF-8: save the mapping again.") from None


def _text(done: Imported, unknown: Sequence[UnknownBody], *, dry_run: bool, made: bool) -> str:
    lines = [str(one) for one in done.comparison.problems[:MOST_SHOWN]]
    more = len(done.comparison.problems) - MOST_SHOWN
    lines += [f"… and {more} more; --json has them all"] if more > 0 else []
    lines += [_unknown(one, made=made) for one in unknown[:MOST_SHOWN]]
    more = len(unknown) - MOST_SHOWN
    lines += [f"… and {more} more bodies; --json has them all"] if more > 0 else []
    if done.before is not None:
        lines.append(
            f"note: this very file was imported already on {done.before.made_at:%Y-%m-%d} (import {done.before.id})"
        )
    return "\n".join([*lines, f"import: {_sentence(done, dry_run=dry_run)}"])


def _unknown(one: UnknownBody, *, made: bool) -> str:
    """Nothing new is made without being named, nor a body that may be there already without saying so."""
    said = "new body" if made else "no known body"
    offers = " or ".join(f"{offer.name} ({offer.value})" for offer in one.offers)
    asked = f"; is it {offers}? Then say so under [bodies.names]" if offers else ""
    return f"{said}: {one.name} ({one.rows} times){asked}"


def _sentence(done: Imported, *, dry_run: bool) -> str:
    counts = done.counts
    items = (
        f"{counts['rows']} rows, {counts['items']} items: {counts['new']} new, {counts['changed']} changed, "
        f"{counts['unchanged']} unchanged, {counts['untouched']} others untouched"
    )
    beside = (
        f"{counts['addressees']} addressees, {counts['responses']} responses, {counts['claims']} claims, "
        f"{counts['new_bodies']} new bodies"
    )
    asked = f"{counts['errors']} errors, {counts['questions']} questions"
    kept = "nothing kept" if dry_run or done.act is None else f"kept as import {done.act.id}"
    return f"{items}; {beside}; {asked}; {kept}"


def _data(done: Imported, sha256: str, unknown: Sequence[UnknownBody]) -> Mapping[str, Any]:
    problems: list[RowProblem] = done.comparison.problems
    return {
        "sha256": sha256,
        "import": done.act.id if done.act else None,
        "imported_before": done.before.made_at.isoformat() if done.before else None,
        "counts": dict(done.counts),
        "problems": [one.as_data() for one in problems],
        "unknown_bodies": [
            {"name": one.name, "times": one.rows, "perhaps": [offer.value for offer in one.offers]}
            for one in unknown
        ],
    }


@click.command("imports")
@click.option(
    "--undo", "undone", type=int, default=None, metavar="ID", help="Take this import back as a whole."
)
@click.pass_context
@sentences
def list_imports(context: click.Context, undone: int | None) -> None:
    """Lists the tables that were imported, or takes one back as a whole."""
    found = composed_of(context)
    if undone is not None:
        with found.database.writing() as session:
            act = undo_import(session, found.now(), undone, actor=ACTOR)
        click.echo(f"import {undone} undone: {_undone(act.undo)}")
        return
    with found.database.reading() as session:
        for act, batch in imports.acts(session):
            state = f"; undone {act.undone_at:%Y-%m-%d}" if act.undone_at else ""
            counts = act.counts
            made = f"{counts.get('new', 0)} new, {counts.get('changed', 0)} changed"
            click.echo(
                f"{act.id}: {act.made_at:%Y-%m-%d %H:%M} {batch.preset} {batch.file_name}: {made}{state}"
            )


def _undone(undo: Mapping[str, Any]) -> str:
    done = (
        f"{undo['items']} items, {undo['responses']} responses and {undo['claims']} claims withdrawn, "
        f"{undo['changed_back']} changes taken back"
    )
    if not undo["kept"]:
        return done
    return f"{done}; kept, because somebody worked on them since: {', '.join(undo['kept'][:20])}"
