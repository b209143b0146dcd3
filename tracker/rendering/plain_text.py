"""Plain text in lines that every mail program shows whole."""

from textwrap import TextWrapper

from tracker.rendering.clean_text import one_line

WIDTH = 72


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """The text in lines of at most 72 characters; addresses and long words are not broken.

    `first` stands before the first line, `rest` before the others.
    """
    lines = TextWrapper(
        WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    ).wrap(one_line(text))
    return "\n".join(lines)


def folded(text: str) -> str:
    """Several lines, each wrapped for itself; what begins with an asterisk hangs behind it."""
    return "\n".join(wrapped(line, rest="  " if line.startswith("* ") else "") for line in text.splitlines())
