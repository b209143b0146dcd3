"""A worker as a process of its own: `python -m tests.jobs.worker_process URL PORT FOLDER INSTANT ROUNDS JOB…`."""

import sys
from datetime import datetime
from pathlib import Path

from tests.services.told import Clock, site
from tracker.jobs import run_once


def main(url: str, port: str, folder: str, instant: str, rounds: str, *jobs: str) -> None:
    """So many rounds of the jobs, at an instant that does not pass."""
    composed = site(url, Clock(datetime.fromisoformat(instant)), int(port), Path(folder))
    for _ in range(int(rounds)):
        for name in jobs:
            run_once(name, composed)
    composed.database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
