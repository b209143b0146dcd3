"""What can go wrong with a page in the cage: only this page is lost."""


class Caged(Exception):  # noqa: N818
    """A page could not be read; only this page is lost, and the text says what happened."""


class TookTooLong(Caged):
    """The reader was stopped by the clock."""


class Died(Caged):
    """The child ended without an answer, for example because its memory was used up."""


class ReaderFailed(Caged):
    """The reader itself met something it was not written for."""
