"""What can go wrong between us and an address: one class per thing a caller would do differently."""

from scrapers.model import Page


class WalkError(Exception):
    """A page could not be had; the text is one plain sentence, fit to show on the page of sources."""


class Refused(WalkError):  # noqa: N818
    """We did not go there, or did not take what was sent."""


class Unreachable(WalkError):  # noqa: N818
    """The other side could not be reached or broke off; worth another try later."""


class TooLarge(WalkError):  # noqa: N818
    """More bytes than allowed, packed or unpacked."""


class TooSlow(WalkError):  # noqa: N818
    """The whole exchange took longer than its deadline."""


class Backoff(WalkError):  # noqa: N818
    """The other side asks for patience."""

    def __init__(self, sentence: str, retry_after_seconds: float) -> None:
        super().__init__(sentence)
        self.retry_after_seconds = retry_after_seconds


class HttpError(WalkError):
    """An answer, but not a page."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status
        self.said: Page | None = None
        """What was sent instead of a page that is gone: evidence of that, and of nothing else."""
