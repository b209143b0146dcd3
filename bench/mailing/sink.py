"""A relay that takes everything, in a process of its own: `python -m bench.mailing.sink [JOURNAL]` prints its port."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

OFFERS = b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
ANSWERS = {b"DATA": b"354 go on\r\n", b"EHLO": OFFERS, b"QUIT": b"221 bye\r\n"}
_ID = re.compile(rb"^Message-ID: *(\S+)", re.IGNORECASE | re.MULTILINE)
ROOT = Path(__file__).parents[2]


class Sink(asyncio.Protocol):
    """Answers each command; writes the id of each message into the journal before it says that it took it."""

    def __init__(self, journal: BinaryIO | None) -> None:
        """Waits for a caller."""
        self.journal, self.heard, self.in_content = journal, bytearray(), False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        """Commands line by line, content to its lone dot."""
        self.heard += data
        while True:
            end = self.heard.find(b"\r\n.\r\n" if self.in_content else b"\r\n")
            if end < 0:
                return
            said = bytes(self.heard[:end])
            del self.heard[: end + (5 if self.in_content else 2)]
            self._answer(said)

    def _answer(self, said: bytes) -> None:
        if self.in_content:
            found = _ID.search(said)
            if self.journal is not None and found is not None:
                self.journal.write(found[1] + b"\n")
                self.journal.flush()
            self.in_content = False
            self.transport.write(b"250 taken\r\n")
            return
        verb = said[:4].upper()
        self.in_content = verb == b"DATA"
        self.transport.write(ANSWERS.get(verb, b"250 ok\r\n"))


async def serve(journal: Path | None) -> None:
    """Until the process is ended."""
    kept = journal.open("ab") if journal else None
    server = await asyncio.get_running_loop().create_server(lambda: Sink(kept), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def running(journal: Path | None = None) -> Iterator[int]:
    """The sink's port; ended with the block."""
    command = [sys.executable, "-m", "bench.mailing.sink", *([str(journal)] if journal else [])]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
