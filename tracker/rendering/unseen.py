"""What is not known of an item, in words: the fields nobody read in the source itself."""

from collections.abc import Iterable, Mapping

from tracker.rendering.tongue import N_, Tongue

FIELDS: Mapping[str, str] = {
    "legal_basis": N_("the legal basis"),
    "due_on": N_("the due day"),
    "deadline_rule": N_("the deadline rule"),
    "ref": N_("the reference"),
    "addressees": N_("who is addressed"),
    "clock_start": N_("the day the clock started"),
    "summary": N_("the wording"),
    "published_on": N_("the day of publication"),
}


def unseen_words(fields: Iterable[str], tongue: Tongue) -> list[str]:
    """The fields by name; an unlisted one as it is called in the data."""
    return [tongue.say(FIELDS[name]) if name in FIELDS else name.replace("_", " ") for name in fields if name]
