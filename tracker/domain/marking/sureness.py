"""How often each mark was right when it first met replies nobody had prepared for: what "how sure" means."""

from tracker.domain.marking.forms import Code

RIGHT: dict[str, dict[Code, tuple[int, int]]] = {
    "en": {
        Code.POSITION: (23, 27),
        Code.REASON: (9, 17),
        Code.ACTION: (44, 52),
        Code.OWNER: (5, 23),
        Code.DATE: (24, 25),
        Code.HOLDING: (8, 9),
        Code.ACKNOWLEDGEMENT: (3, 5),
        Code.REFERRAL: (3, 8),
    },
    "fr": {
        Code.POSITION: (20, 20),
        Code.REASON: (6, 12),
        Code.ACTION: (30, 39),
        Code.OWNER: (4, 5),
        Code.DATE: (20, 21),
        Code.HOLDING: (9, 13),
        Code.ACKNOWLEDGEMENT: (3, 10),
        Code.REFERRAL: (2, 8),
    },
    "es": {
        Code.POSITION: (16, 22),
        Code.REASON: (6, 12),
        Code.ACTION: (32, 41),
        Code.OWNER: (6, 11),
        Code.DATE: (13, 14),
        Code.HOLDING: (7, 8),
        Code.ACKNOWLEDGEMENT: (3, 6),
        Code.REFERRAL: (2, 2),
    },
}
"""For each language and code, at the first look and never counted again: right among those marked."""
UNTRIED = 0.5


def sureness(language: str, code: Code) -> float:
    """Share of right marks, the lower the fewer there were (one right and two wrong added)."""
    right, marked = RIGHT.get(language, {}).get(code, (0, 0))
    return (right + 1) / (marked + 3) if marked else UNTRIED
