"""How often each mark was right when it first met replies nobody had prepared for: what "how sure" means."""

from tracker.domain.marking.forms import Code

RIGHT: dict[str, dict[Code, tuple[int, int]]] = {
    "en": {
        Code.POSITION: (10, 13),
        Code.REASON: (6, 11),
        Code.ACTION: (23, 29),
        Code.OWNER: (1, 11),
        Code.DATE: (14, 15),
        Code.HOLDING: (3, 4),
        Code.ACKNOWLEDGEMENT: (1, 2),
        Code.REFERRAL: (1, 4),
    },
    "fr": {
        Code.POSITION: (17, 22),
        Code.REASON: (3, 8),
        Code.ACTION: (16, 22),
        Code.OWNER: (2, 3),
        Code.DATE: (10, 11),
        Code.HOLDING: (3, 5),
        Code.ACKNOWLEDGEMENT: (1, 5),
        Code.REFERRAL: (1, 5),
    },
    "es": {
        Code.POSITION: (17, 20),
        Code.REASON: (3, 7),
        Code.ACTION: (15, 21),
        Code.OWNER: (2, 6),
        Code.DATE: (5, 5),
        Code.HOLDING: (3, 4),
        Code.ACKNOWLEDGEMENT: (1, 2),
        Code.REFERRAL: (1, 1),
    },
}
"""For each language and code, at the first look and never counted again: right among those marked."""
UNTRIED = 0.5


def sureness(language: str, code: Code) -> float:
    """Share of right marks, drawn towards a half the fewer there were (one right and one wrong added)."""
    right, marked = RIGHT.get(language, {}).get(code, (0, 0))
    return (right + 1) / (marked + 2) if marked else UNTRIED
