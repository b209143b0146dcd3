"""One process that serves: web threads, with or without the worker, until it is told to stop."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from waitress.server import create_server

from tracker.compose import Composed
from tracker.ticking import ticking

DRAIN_SECONDS = 20


class Serving:
    """A bound server: its address is known before the first request is taken."""

    def __init__(self, composed: Composed, host: str, port: int) -> None:
        """Bind; raises OSError where the port is taken."""
        try:
            self._server: Any = create_server(
                composed.app, host=host, port=port, threads=composed.config.web.threads
            )
        except OSError as error:
            raise OSError(
                f"Nothing can be served at {host}:{port} ({error.strerror}): choose another port."
            ) from error
        self.address = f"http://{host}:{self._server.effective_port}"

    def run(self) -> None:
        """Serve until the process is told to stop; requests under way are finished."""
        with _stopped_by_signals(self.stop):
            self._server.run()
        self._server.task_dispatcher.shutdown(timeout=DRAIN_SECONDS)

    def stop(self) -> None:
        """Take no further requests."""
        self._server.close()
        raise KeyboardInterrupt


def work(composed: Composed) -> None:
    """The worker alone, until the process is told to stop."""
    stopped = threading.Event()
    with _stopped_by_signals(stopped.set), ticking(composed):
        stopped.wait()


@contextmanager
def _stopped_by_signals(stop: Any) -> Iterator[None]:
    def handle(_number: int, _frame: FrameType | None) -> None:
        stop()

    before = {number: signal.signal(number, handle) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
