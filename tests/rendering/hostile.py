"""Texts that try to break a format, from the recorded corpus."""

import json

from tests.shared import shared


def texts() -> list[str]:
    """Every display text of the corpus, and what is known to break calendars."""
    strings = json.loads(shared("data", "badinputs", "text", "strings.json").read_text(encoding="utf-8"))
    values = json.loads(shared("data", "badinputs", "ics", "output_values.json").read_text(encoding="utf-8"))
    own = ["\ud800 alone", "a\x00b", "\x0b\x0c\x1f", "]]>", "<script>alert(1)</script>", "\u202egnp.exe"]
    return [str(entry["text"]) for entry in strings] + [str(entry["value"]) for entry in values] + own
