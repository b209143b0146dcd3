"""The attribute `lang` of words that are not in the language of the page."""

from markupsafe import Markup

from tracker.domain.spoken import foreign
from tracker.web.locale import language


def lang(*codes: str | None) -> Markup:
    """` lang="fr"` for the first language given, its own and else its process's; nothing in that of the page."""
    code = foreign(language(), *codes)
    return Markup(' lang="{}"').format(code) if code else Markup("")
