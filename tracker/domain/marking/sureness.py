"""How often each mark was right when it first met replies nobody had prepared for: what "how sure" means."""

from tracker.domain.marking.forms import Code

RIGHT: dict[str, dict[Code, tuple[int, int]]] = {
    "en": {
        Code.POSITION: (13, 17),
        Code.REASON: (6, 12),
        Code.ACTION: (28, 34),
        Code.OWNER: (1, 14),
        Code.DATE: (17, 18),
        Code.HOLDING: (4, 5),
        Code.ACKNOWLEDGEMENT: (1, 2),
        Code.REFERRAL: (1, 4),
    },
    "fr": {
        Code.POSITION: (24, 30),
        Code.REASON: (4, 9),
        Code.ACTION: (19, 28),
        Code.OWNER: (2, 3),
        Code.DATE: (11, 12),
        Code.HOLDING: (4, 6),
        Code.ACKNOWLEDGEMENT: (1, 6),
        Code.REFERRAL: (1, 7),
    },
    "es": {
        Code.POSITION: (21, 25),
        Code.REASON: (4, 9),
        Code.ACTION: (19, 26),
        Code.OWNER: (3, 8),
        Code.DATE: (7, 7),
        Code.HOLDING: (4, 5),
        Code.ACKNOWLEDGEMENT: (1, 2),
        Code.REFERRAL: (1, 1),
    },
}
"""For each language and code, at the first look and never counted again: right among those marked."""
UNTRIED = 0.5


def sureness(language: str, code: Code) -> float:
    """Share of right marks, the lower the fewer there were (one right and two wrong added)."""
    right, marked = RIGHT.get(language, {}).get(code, (0, 0))
    return (right + 1) / (marked + 3) if marked else UNTRIED
