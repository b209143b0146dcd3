"""A worker in a process of its own: `python -m tests.services.collecting_worker URL HOST`; drains what is due."""

import sys
from datetime import UTC, datetime

from scrapers.cage import Cage
from scrapers.walk import Gate
from tracker.services.collect import collect_one
from tracker.storage.engine import Database


def main(url: str, host: str) -> None:
    """Read everything that is due, saying so before each source."""
    database = Database(url)

    def now() -> datetime:
        return datetime.now(UTC)

    gate = Gate(user_agent="Answerby-Test/1", clock=now, allow_hosts=[host], pause_seconds=0)
    with Cage() as cage:
        _say("ready")
        while collect_one(database, gate, cage, now):
            _say("read")
    database.close()


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
