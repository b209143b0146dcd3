"""Every correction and note the services record has its words."""

import re
from pathlib import Path

from tests.shared import ROOT
from tracker.rendering.event_words import CORRECTION, NOTED

WHAT = re.compile(r'"what": "([a-z_]+)"|what="([a-z_]+)"|correct_in_public\([^)]*?"([a-z_]+)"', re.DOTALL)
NO_CORRECTION = {"recomputed", "next_stage"}
"""A date that moved by itself and a stage that began have words of their own."""


def recorded() -> set[str]:
    files = sorted(Path(ROOT / "tracker" / "services").glob("*.py"))
    found = (WHAT.findall(file.read_text(encoding="utf-8")) for file in files)
    return {code for several in found for groups in several for code in groups if code}


def test_every_correction_and_note_has_words() -> None:
    assert recorded() >= {"clock", "terms", "verdict"}, "the pattern still finds what is recorded"
    assert recorded() - CORRECTION.keys() - NOTED.keys() == NO_CORRECTION
