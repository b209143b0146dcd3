"""The language of words that are not the page's own: what a title or a text is read out in."""

import re

_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def spoken(*codes: str | None) -> str:
    """The first language given, such as an item's own and else its process's; empty where none is known, or several.

    Words on record of a process held in two languages may be in either of them.
    """
    first = next((code.strip() for code in codes if code and code.strip()), "")
    return first if _CODE.fullmatch(first) else ""


def foreign(page: str, *codes: str | None) -> str:
    """The same where it is another language than the page's; a variety of that one is none other."""
    code = spoken(*codes)
    return "" if code.partition("-")[0].lower() == page.partition("-")[0].lower() else code
