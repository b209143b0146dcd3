"""What a static copy says of itself."""

from tracker.rendering.tongue import N_, Tongue

_COPY = N_("This is a copy made of files. Search, filters, forms and past days are on the live site.")
_FORM = N_("Search, choose or send something on the live site")
_LIVE = N_("This page on the live site")


def copy_words(tongue: Tongue) -> tuple[str, str, str]:
    """What stands on every page, in the place of a form, and on the link to the live site."""
    return tongue.say(_COPY), tongue.say(_FORM), tongue.say(_LIVE)
