"""A mail to somebody who edits: what the templates under `mail/alert` are filled with."""

from collections.abc import Callable
from typing import Any

from tracker.domain.letter import Letter
from tracker.rendering.alert_words import parts, subject
from tracker.rendering.tongue import N_, Tongue

CHOOSE = "/edit/alerts"
LIST = "alerts"


def alert_values(letter: Letter, tongue: Tongue, at: Callable[[str], str]) -> dict[str, Any]:
    """Its words and links; the link that turns these mails off stands where they can be turned off."""
    said = letter.said
    covers = N_("It covers what came from %(first)s to %(last)s and still waits.")
    return {
        "_": tongue.say,
        "tongue": tongue,
        "home_url": at("/"),
        "choose_url": at(CHOOSE),
        "leave_url": at(letter.path) if said["leaves"] and letter.path else "",
        "first": said["first"],
        "subject": subject(said, tongue),
        "range": tongue.say(covers, first=tongue.day(said["from"]), last=tongue.day(said["to"])),
        "parts": parts(said, tongue, at),
    }
