"""Cells that a spreadsheet would run as a formula: neutralised on the way out, restored on the way in."""

import re

_RUNS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""What begins a formula, also behind apostrophes: so that taking one apostrophe away always restores the text."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def neutral(text: str) -> str:
    """The text as a spreadsheet will not run it."""
    kept = without_controls(text)
    return f"'{kept}" if _RUNS.match(kept) else kept


def restored(cell_text: str) -> str:
    """What a neutralised cell held: one apostrophe less where one was put."""
    return cell_text[1:] if cell_text.startswith("'") and _RUNS.match(cell_text[1:]) else cell_text


def without_controls(text: str) -> str:
    """The text without control characters and broken surrogates, which no reader agrees on."""
    return _CONTROLS.sub("", text)
