"""Official sources at the command line: read them, try one out, and how they fare."""

import sys
from collections.abc import Iterator

import click

from scrapers.model import Finding, Problem, WrittenDate
from tracker.commands.failing import composed_of, sentences
from tracker.compose import Composed
from tracker.domain.words import FindingState, RunState
from tracker.services.judge_reading import judge_reading
from tracker.services.keep_sources import wrong_by_key, wrong_sources
from tracker.services.reading import Reading
from tracker.storage.findings import of_run
from tracker.storage.health import SourceHealth
from tracker.storage.health import sources as health_of_sources
from tracker.storage.runs import of_source
from tracker.storage.sources import by_key
from tracker.storage.tables import Finding as FoundNew
from tracker.storage.tables import Run

LONGEST_SHOWN = 300
HOUR = 3600
KINDS = {"new_item": "a new item", "response": "a response", "update": "an update"}


@click.command()
@click.argument("keys", nargs=-1, metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="Read and show what would be proposed; keep nothing.")
@click.pass_context
@sentences
def collect(context: click.Context, keys: tuple[str, ...], dry_run: bool) -> None:
    """Read the sources that are due, or the named ones now."""
    from tracker import jobs

    found = composed_of(context)

    def tell(reading: Reading) -> None:
        for line in _tried_out(found, reading) if dry_run else _in_short(found, reading):
            click.echo(line)

    read = jobs.collect_now(found, keys, dry_run=dry_run, tell=tell)
    click.echo(f"collect: {read} read{', nothing kept' if dry_run else ''}")
    wrong = wrong_by_key(found.config.sources, found.gate.vet)
    for said in (said for key, said in wrong.items() if not keys or key in keys):
        click.echo(f"Error: {said}", err=True)
    if wrong.keys() & set(keys or wrong):
        sys.exit(1)


def _in_short(found: Composed, reading: Reading) -> Iterator[str]:
    """What one reading brought that is new, a line each, and whether it is used."""
    key = reading.source.key
    if reading.failure:
        yield f"{key}: could not be read. {reading.failure}"
        return
    yield from (_problem(problem, visit.address) for visit, problem in reading.problems())
    with found.database.reading() as session:
        source = by_key(session, key)
        run = next(iter(of_source(session, source.id or 0, 1)), None) if source is not None else None
        if run is None:
            return
        new = [] if reading.rests_on else of_run(session, run.id or 0, FindingState.OPEN)
        yield from _used(key, run, new, sum(1 for _ in reading.findings()))


def _used(key: str, run: Run, new: list[FoundNew], told: int) -> Iterator[str]:
    if run.state is not RunState.HEALTHY:
        yield f"{key}: this reading was set aside, and nothing changed in public"
        yield from (f"   {sentence}" for sentence in run.problems)
        return
    for one in new:
        kind = KINDS.get(one.kind, one.kind)
        yield f"{key}: {kind}: {_short(str(one.content.get('title') or one.external_key))}"
    known = max(told - sum(one.kind in KINDS for one in new), 0)
    brought = f"{len(new)} new, which wait for a decision" if new else "nothing new"
    yield f"{key}: used, {run.entries} entries: {brought}{f'; {known} known before' if known else ''}"


def _tried_out(found: Composed, reading: Reading) -> Iterator[str]:
    """What one reading would propose, in words, and whether it would be used at all."""
    key, pages = reading.source.key, sum(visit.page is not None for visit in reading.visits)
    if reading.failure:
        yield f"{key}: could not be read. {reading.failure}"
        return
    number = 0
    for number, (visit, finding) in enumerate(reading.findings(), 1):
        yield from _finding(number, finding, visit.address)
    for visit, problem in reading.problems():
        yield _problem(problem, visit.address)
    yield f"{key}: {number} findings among {reading.counts().entries} entries on {_pages(pages)}"
    yield from _foretold(found, reading)


def _finding(number: int, finding: Finding, address: str) -> Iterator[str]:
    yield f"{number}. {KINDS[finding.kind]}: {_short(finding.title)}"
    kind = str(finding.extra.get("response_kind") or "")
    told = {
        "key": finding.key,
        "body": finding.body_name,
        "status": finding.status,
        "kind of response": kind.replace("_", " "),
        **{name.replace("_", " "): _day(written) for name, written in finding.dates.items()},
        "link": finding.link,
        "says": finding.summary,
        "because": ", ".join(": ".join(filter(None, reason)) for reason in finding.reasons),
        "stands at": f"{finding.locator}, {address}" if finding.locator else address,
    }
    yield from (f"   {name}: {_short(text)}" for name, text in told.items() if text)


def _day(written: WrittenDate) -> str:
    if written.value is None:
        return f"unknown (written {written.as_written!r})"
    told = f"{written.value.isoformat()}{'' if written.precision == 'day' else f' ({written.precision})'}"
    return (
        told if written.as_written in ("", written.value.isoformat()) else f"{told}, {written.as_written!r}"
    )


def _problem(problem: Problem, address: str) -> str:
    where = ", ".join(filter(None, (problem.locator, address)))
    written = f": {_short(problem.as_written)!r}" if problem.as_written else ""
    return f"{problem.weight}: {problem.sentence}{written} ({where})"


def _foretold(found: Composed, reading: Reading) -> Iterator[str]:
    key = reading.source.key
    with found.database.reading() as session:
        source = by_key(session, key)
        verdict = judge_reading(session, source.id or 0, reading).verdict if source is not None else None
    if verdict is None or verdict.healthy:
        yield f"{key}: this reading would be used"
        return
    yield f"{key}: this reading would be set aside, and nothing would change in public"
    yield from (f"   {reason.sentence}" for reason in verdict.reasons)


def _pages(number: int) -> str:
    return "one page" if number == 1 else f"{number} pages"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"


@click.command()
@click.pass_context
@sentences
def sources(context: click.Context) -> None:
    """The health of each source, and what is wrong with their configuration."""
    from tracker import jobs

    found = composed_of(context)
    wrong = wrong_sources(found.config.sources, found.gate.vet)
    if not wrong:
        jobs.know_sources(found)
    with found.database.reading() as session:
        known = health_of_sources(session)
    for one in known:
        for line in _health(one):
            click.echo(line)
    if not known and not wrong:
        click.echo("No source is configured: add [[sources]] to the configuration.")
    for said in wrong:
        click.echo(f"Error: {said}", err=True)
    sys.exit(1 if wrong else 0)


def _health(one: SourceHealth) -> Iterator[str]:
    source = one.source
    read = f"{source.last_success_at:%Y-%m-%d %H:%M} UTC" if source.last_success_at else "never read"
    yield f"{source.key}\t{source.reader}\t{read}\t{_state(one)}"
    lag = f", publishes up to {source.publication_lag_days} days late" if source.publication_lag_days else ""
    feeds = f", feeds {one.process.key}" if one.process else ""
    entries = f", {source.entries_last} entries" if source.entries_last is not None else ""
    due = f", next {source.next_due_at:%Y-%m-%d %H:%M} UTC" if source.enabled and source.next_due_at else ""
    yield f"\tevery {source.every_seconds / HOUR:g} hours{due}{entries}{lag}{feeds}"
    yield f"\t{source.address}"


def _state(one: SourceHealth) -> str:
    source = one.source
    if not source.enabled:
        return "no longer in the configuration"
    if source.broken_since_at:
        return f"broken since {source.broken_since_at:%Y-%m-%d}: {source.problem}"
    if source.failures:
        return f"could not be read at the last try: {source.problem}"
    return "ok" if source.last_success_at else "not read yet"
