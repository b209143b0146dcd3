"""The worker's schedule on one page: what is done, how often, and the loops that drain one unit at a time.

Any number of workers may run: a unit is claimed in the database, the scheduler only knocks. What is due is read
from the database at each knock, so a knock missed is a knock less and nothing else.
"""

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Event
from typing import Any, Protocol

from tracker.services import recompute
from tracker.services.archive import Publication, renew_archive
from tracker.services.ask_limits import forget_counts
from tracker.services.check_counts import count_everything, counts_are_wrong, fold_counts
from tracker.services.collect import Tell, collect_one, collect_some, due_count
from tracker.services.collect_all import collect_all
from tracker.services.deliver import Post
from tracker.services.fetch_told import fetch_told
from tracker.services.import_ordered import import_ordered
from tracker.services.keep_sources import keep_sources, wrong_by_key
from tracker.services.make_room import retain
from tracker.services.mend_index import MendIndex, is_behind
from tracker.services.object_contact import forget_contacts
from tracker.services.queue_news import queue_news
from tracker.services.remind import next_to_remind
from tracker.services.reread import reread
from tracker.services.retired_keys import retired_keys
from tracker.services.send_letters import send_letters
from tracker.services.send_news import send_news
from tracker.services.sequence import BrokenChain, keep_look, looked_over, sequence, sign
from tracker.services.signing_key import signing_key
from tracker.services.stop_address import forget_reports
from tracker.services.sweep import next_to_sweep, sweep
from tracker.services.tell_editors import begin_alerts, tell_editors
from tracker.services.tip import answer_tips
from tracker.services.unsubscribe import forget_unconfirmed
from tracker.services.watched_now import to_reread
from tracker.services.webhook_round import WebhookPost, WebhookRound
from tracker.services.write_letter import forget_letters

log = logging.getLogger(__name__)


class Composed(Protocol):
    """What the edge put together."""

    @property
    def config(self) -> Any: ...
    @property
    def database(self) -> Any: ...
    @property
    def now(self) -> Callable[[], datetime]: ...
    @property
    def loaded_at(self) -> datetime: ...
    @property
    def post(self) -> Post: ...
    @property
    def webhook_post(self) -> WebhookPost | None: ...
    @property
    def gate(self) -> Any: ...
    @property
    def cage(self) -> Any: ...


Find = Callable[[Any, datetime, int], int | None]
Act = Callable[[Any, int, datetime], bool]


class Round:
    """One round of a job: units done one after the other, each in its own transaction, until none is left."""

    def __init__(self, composed: Composed, stopping: Event) -> None:
        """A round ends early when the process is told to stop."""
        self.composed, self.stopping = composed, stopping

    def each(self, find: Find, act: Act) -> int:
        """Act on every unit that `find` names, by ascending id; one that fails is logged and passed by."""
        done, last = 0, 0
        while (unit := self._next(find, last)) is not None:
            try:
                done += self._acted(act, unit)
            except Exception:
                log.exception("%s of %d failed; the next ones go on", act.__name__, unit)
            last = unit
        return done

    def _next(self, find: Find, last: int) -> int | None:
        if self.stopping.is_set():
            return None
        with self.composed.database.reading() as session:
            return find(session, self.composed.now(), last)

    def _acted(self, act: Act, unit: int) -> int:
        with self.composed.database.writing() as session:
            return int(act(session, unit, self.composed.now()))

    def again(self, step: Callable[[Any, datetime], int]) -> int:
        """Repeat a step, each time in a transaction of its own, until it finds nothing to do."""
        done = 0
        while not self.stopping.is_set():
            with self.composed.database.writing() as session:
                worked = step(session, self.composed.now())
            if not worked:
                break
            done += worked
        return done


def _sweep(round_: Round) -> int:
    return round_.each(next_to_sweep, sweep)


def _sequence(round_: Round) -> int:
    """Places first; the head is signed once the chain was rebuilt from its rows, outside the writing."""
    composed = round_.composed
    placed = round_.again(sequence)
    key = signing_key(composed.config.logs.signing_key_file)
    with composed.database.reading() as session:
        seen = looked_over(
            session, key.public_key(), composed.now(), retired_keys(composed.config.logs.signing_key_file)
        )
    if seen is None:
        return placed
    with composed.database.writing() as session:
        keep_look(session, *seen, composed.now())
        if not seen[0].problem:
            sign(session, seen[0], key, composed.now())
    if seen[0].problem:
        raise BrokenChain(f"Nothing is signed. {seen[0].sentence}")
    return placed


def _deliver(round_: Round) -> int:
    """News travels by its place in the log, so places are given first, whoever runs this."""
    round_.again(sequence)
    queue_news(round_.composed.database, round_.composed.now, round_.stopping.is_set)
    round_.again(forget_unconfirmed)
    round_.again(forget_contacts)
    round_.again(forget_letters)
    round_.again(forget_reports)
    round_.again(forget_counts)
    round_.again(lambda session, now: answer_tips(session, now, round_.composed.post.seal))
    return _drained(round_, "email") + _letters(round_)


def _webhooks(round_: Round) -> int:
    """What is told by webhook: a job of its own, so that a slow one never holds up mail."""
    composed = round_.composed
    round_.again(sequence)
    queue_news(composed.database, composed.now, round_.stopping.is_set)
    if composed.webhook_post is None:
        return 0
    return WebhookRound(composed.database, composed.webhook_post, composed.now, round_.stopping).go()


def _letters(round_: Round) -> int:
    """Letters that are no news: to a body's contacts and to whoever told us something."""
    composed, post = round_.composed, round_.composed.post
    channel, word = post.channels.get("email"), post.letter
    if channel is None or word is None:
        return 0
    return send_letters(composed.database, channel, word, post.seal, composed.now, round_.stopping.is_set)


def _drained(round_: Round, *channels: str) -> int:
    """What waits for these channels; how many messages were taken."""
    composed = round_.composed
    return send_news(composed.database, composed.post.only(*channels), composed.now, round_.stopping.is_set)


def _collect(round_: Round, tell: Tell | None = None) -> int:
    """Several at a time, none of them from the same host; one that upsets our reader waits its turn like any other."""
    composed = round_.composed
    means = (composed.database, composed.gate, composed.cage, composed.now)
    read = partial(collect_some, *means, stopped=round_.stopping.is_set, tell=tell)
    waiting = due_count(composed.database, composed.now())
    done = collect_all(read, min(composed.config.worker.readers, waiting), round_.stopping)
    fetch_told(composed.database, composed.gate, composed.now, round_.stopping.is_set)
    return done


def _reread(round_: Round) -> int:
    """Pages on which answers are awaited, each source's in one go; several sources at a time."""
    composed = round_.composed
    ahead = deque(to_reread(composed.database, composed.now()))

    def read_next() -> bool:
        try:
            source_id = ahead.popleft()
        except IndexError:
            return False
        reread(composed.database, composed.gate, composed.cage, composed.now, source_id)
        return True

    return collect_all(read_next, min(composed.config.worker.readers, len(ahead)), round_.stopping)


def _retain(round_: Round) -> int:
    """Evidence within its days and its budget; kept counts folded, and compared with the lists, once a day."""
    database, now = round_.composed.database, round_.composed.now
    with database.writing() as session:
        dropped = retain(session, now()).dropped
        folded = fold_counts(session, now())
    if folded:
        with database.reading() as session:
            wrong = counts_are_wrong(session, now())
        if wrong:
            with database.writing() as session:
                count_everything(session)
    return dropped


def _imports(round_: Round) -> int:
    """Large tables that somebody had imported on the page."""
    return import_ordered(round_.composed.database, round_.composed.now, round_.stopping.is_set)


def _recompute(round_: Round) -> int:
    """Nothing to do is one look; else batch after batch, each a transaction of its own."""
    loaded_at = round_.composed.loaded_at
    with round_.composed.database.reading() as session:
        if not recompute.is_behind(session, loaded_at):
            return 0
    return round_.again(lambda session, now: recompute.catch_up(session, now, loaded_at))


def _mend_index(round_: Round) -> int:
    """What the search lacks words of: two databases' tools, or an upgrade cut short, may leave some out."""
    with round_.composed.database.reading() as session:
        if not is_behind(session):
            return 0
    walk = MendIndex()
    round_.again(walk.step)
    return walk.mended


def _remind(round_: Round) -> int:
    """The letters that remind bodies of their days; the next round of sending takes them."""
    return round_.each(*next_to_remind(round_.composed.post.seal))


def _alerts(round_: Round) -> int:
    """The mails that tell people who edit what waits for them; without a relay nothing counts as told."""
    composed, post = round_.composed, round_.composed.post
    if "email" not in post.channels:
        return 0
    language = composed.config.site.default_language
    round_.again(lambda session, now: begin_alerts(session, now, language))
    return round_.again(lambda session, now: tell_editors(session, now, post.seal))


def _archive(round_: Round) -> int:
    """Everything public as one file; it is made of one reading, and replaces the one before when it is whole.

    The log is signed first, so that the first archive of a site bears a head too; where it cannot be, that is told
    by the job that signs.
    """
    with suppress(BrokenChain):
        _sequence(round_)
    config = round_.composed.config
    site = config.site
    about = Publication(
        site.name,
        site.publisher,
        site.base_url,
        site.contact_email,
        site.data_license,
        site.data_license_url,
    )
    with round_.composed.database.reading() as session:
        return int(renew_archive(session, round_.composed.now(), config.archive.folder, about))


def know_sources(composed: Composed) -> None:
    """What the configuration lists, and nothing else, is read."""
    with composed.database.writing() as session:
        keep_sources(session, composed.config.sources, composed.gate.vet)


def collect_now(
    composed: Composed, keys: Sequence[str] = (), *, dry_run: bool = False, tell: Tell | None = None
) -> int:
    """Read the named sources now, or those that are due, telling what each brought; how many. Raises UnknownSource.

    A source that is wrong in the configuration keeps no other from being read: it is left as it was.
    """
    wrong = wrong_by_key(composed.config.sources, composed.gate.vet)
    right = [one for one in composed.config.sources if one.key not in wrong]
    with composed.database.writing() as session:
        keep_sources(session, right, composed.gate.vet, spared=wrong)
    read = partial(collect_one, composed.database, composed.gate, composed.cage, composed.now, tell=tell)
    if not keys:
        return int(read(dry_run=True)) if dry_run else _collect(Round(composed, Event()), tell)
    return sum(read(only=key, dry_run=dry_run) for key in keys if key not in wrong)


@dataclass(frozen=True)
class Job:
    """A job: how it is done and which key of `[worker]` says how often."""

    work: Callable[[Round], int]
    cadence: str


JOBS: Mapping[str, Job] = {
    "sweep": Job(_sweep, "sweep_seconds"),
    "collect": Job(_collect, "collect_seconds"),
    "deliver": Job(_deliver, "deliver_seconds"),
    "webhooks": Job(_webhooks, "deliver_seconds"),
    "alerts": Job(_alerts, "deliver_seconds"),
    "sequence": Job(_sequence, "sequence_seconds"),
    "imports": Job(_imports, "sequence_seconds"),
    "search": Job(_mend_index, "recompute_seconds"),
    "remind": Job(_remind, "remind_seconds"),
    "recompute": Job(_recompute, "recompute_seconds"),
    "reread": Job(_reread, "reread_seconds"),
    "retain": Job(_retain, "retain_seconds"),
    "archive": Job(_archive, "archive_seconds"),
}


def run_once(name: str, composed: Composed, stopping: Event | None = None) -> int:
    """One round of a job, for cron and for people; how many units it did. Raises what stopped the whole round."""
    return JOBS[name].work(Round(composed, stopping or Event()))
