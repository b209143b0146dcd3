"""`answerby recompute`: dates after a rule or a calendar changed."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from sqlmodel import Session

from tracker.commands.failing import composed_of, sentences
from tracker.compose import Composed
from tracker.domain.calendars import calendar
from tracker.domain.catalogue import catalogue
from tracker.domain.nearest import nearest
from tracker.services import recompute as service
from tracker.services.mend_index import MendIndex
from tracker.services.move_dates import Moved
from tracker.services.recompute import Batch, Scope


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would move, change nothing.")
@click.option("--rule", default="", metavar="KEY", help="Only dates by a rule of the catalogue.")
@click.option("--calendar", "code", default="", metavar="CODE", help="Only dates that rest on a calendar.")
@click.option("--json", "as_json", is_flag=True, help="What moved, as data.")
@click.pass_context
@sentences
def recompute(context: click.Context, dry_run: bool, rule: str, code: str, as_json: bool) -> None:
    """Reckon open dates anew after a rule or a calendar changed; the worker does the same by itself."""
    if code:
        calendar(code)
    composed = composed_of(context)
    context.call_on_close(composed.database.close)
    scope = Scope(_known(composed, rule), code.strip().upper())
    batches = _tried(composed, scope) if dry_run else _kept(composed, scope)
    if not dry_run and not rule and not code:
        _mend_index(composed)
    told = _data if as_json else _words
    sys.exit(1 if told(list(batches), dry_run) else 0)


def _known(composed: Composed, key: str) -> str:
    with composed.database.reading() as session:
        if not key or key in catalogue() or service.uses_rule(session, key):
            return key
    raise click.BadParameter(f"there is no rule {key}{nearest(key, catalogue())}", param_hint="'--rule'")


def _kept(composed: Composed, scope: Scope) -> Iterator[Batch]:
    with composed.database.writing() as session:
        pass_id = service.begin(session, composed.now(), scope)
    done = Batch(0)
    while not done.finished:
        with composed.database.writing() as session:
            done = service.go_on(session, composed.now(), pass_id, scope)
        yield done


def _mend_index(composed: Composed) -> None:
    """The words of everything are compared with what the search holds."""
    walk, more = MendIndex(), 1
    while more:
        with composed.database.writing() as session:
            more = walk.step(session)


class _TakenBackError(Exception):
    """Ends a transaction of which nothing is to be kept."""


@contextmanager
def _taken_back(composed: Composed) -> Iterator[Session]:
    """The same work as in earnest, and nothing of it stays."""
    try:
        with composed.database.writing() as session:
            yield session
            raise _TakenBackError
    except _TakenBackError:
        return


def _tried(composed: Composed, scope: Scope) -> Iterator[Batch]:
    done = Batch(0)
    while not done.finished:
        with _taken_back(composed) as session:
            done = service.batch(session, composed.now(), done.last_id, scope)
        yield done


def _sums(batches: list[Batch]) -> dict[str, int]:
    moved = sum(len(batch.moved) for batch in batches)
    sums = {
        name: sum(getattr(batch, name) for batch in batches) for name in ("examined", "renewed", "failed")
    }
    return sums | {"moved": moved}


def _words(batches: list[Batch], dry_run: bool) -> int:
    from tracker.assets import translations
    from tracker.rendering.recomputation_words import why_words
    from tracker.rendering.tongue import tongue

    english, sums = tongue("en", translations()), _sums(batches)
    for moved in _all_moved(batches):
        why = why_words(moved.detail(), english)
        click.echo(f"{moved.item}, {moved.body}: {moved.old or 'no date'} → {moved.new or 'no date'} ({why})")
    would = "would move, nothing was changed" if dry_run else "moved"
    click.echo(f"recompute: {sums['examined']} open dates by a rule looked at, {sums['moved']} {would}")
    if sums["failed"]:
        click.echo(
            f"{sums['failed']} could not be reckoned and keep their date; the log above says why.", err=True
        )
    return sums["failed"]


def _data(batches: list[Batch], dry_run: bool) -> int:
    sums = _sums(batches)
    rows = [_row(one) for one in _all_moved(batches)]
    renewed = sums.pop("renewed")
    told: dict[str, Any] = {"dry_run": dry_run, **sums, "moved": [], "renewed": 0}
    # Of a trial nothing has moved and nothing was renewed: what would be says so in its name.
    told |= {"would_move": rows, "would_renew": renewed} if dry_run else {"moved": rows, "renewed": renewed}
    click.echo(json.dumps(told, ensure_ascii=False))
    return sums["failed"]


def _all_moved(batches: list[Batch]) -> Iterator[Moved]:
    return (moved for batch in batches for moved in batch.moved)


def _row(moved: Moved) -> dict[str, Any]:
    return {
        "item": moved.item,
        "title": moved.title,
        "body": moved.body,
        "period": moved.period,
        "old": _iso(moved.old),
        "new": _iso(moved.new),
        "why": list(moved.why),
        "standing": [moved.before.value, moved.after.value],
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
