"""What keeps a file from being read as a table: one sentence that says where and how to mend it."""


class Unusable(Exception):  # noqa: N818
    """The file cannot be read as a table at all."""

    def __init__(self, code: str, sentence: str, where: str = "", as_written: str = "") -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.where, self.as_written = code, sentence, where, as_written[:200]
