"""What a relay may say in one answer: so many lines and bytes, whatever time would allow."""

import smtplib
from typing import IO, Any

MOST_LINES, MOST_BYTES = 200, 65_536
"""Of one answer; the longest honest ones list a relay's extensions, in some twenty lines."""


class Answers:
    """What the relay says, cut off where one answer grows too long."""

    def __init__(self, heard: IO[bytes]) -> None:
        """Nothing is read yet."""
        self._heard, self._lines, self._bytes = heard, 0, 0

    def begin(self) -> None:
        """Another answer follows."""
        self._lines = self._bytes = 0

    def readline(self, size: int = -1) -> bytes:
        """The next line; raises OSError, as for a broken line, where the answer is too long."""
        line = self._heard.readline(size)
        self._lines, self._bytes = self._lines + 1, self._bytes + len(line)
        if self._lines > MOST_LINES or self._bytes > MOST_BYTES:
            raise OSError(f"the relay's answer is longer than {MOST_LINES} lines or {MOST_BYTES} bytes")
        return line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._heard, name)


class _Bounded(smtplib.SMTP):
    def getreply(self) -> tuple[int, bytes]:
        """The next answer, of bounded length."""
        if self.file is None and self.sock is not None:
            self.file = Answers(self.sock.makefile("rb"))
        if self.file is not None:
            self.file.begin()
        return super().getreply()


class PlainConversation(_Bounded):
    """A conversation that begins in the open."""


class TlsConversation(_Bounded, smtplib.SMTP_SSL):
    """A conversation that is encrypted from the first byte."""
