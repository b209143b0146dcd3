"""Text fit for XML, calendars and titles: nothing that breaks a format or reorders the words beside it."""

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0 characters only, without the control characters and non-characters it discourages."""
_REORDERS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
"""Any white space, save the blanks at which no line breaks: French sets them before its colons."""
_LINE_ENDS = re.compile("\r\n|[\r\n\u0085\u2028\u2029\u000b\u000c]")


def clean(text: str) -> str:
    """The text with XML 1.0 characters only and every form of line end as a newline."""
    return _NOT_XML.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The text on one line, without marks that would reorder the words around it."""
    return _BLANKS.sub(" ", _REORDERS.sub("", clean(text))).strip()


def shortened(text: str, longest: int) -> str:
    """One line of at most so many characters; cut at a word, with an ellipsis."""
    line = one_line(text)
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    head, _, _ = cut.rpartition(" ")
    return f"{head or cut}…"
