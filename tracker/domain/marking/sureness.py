"""How often each mark was right on the labelled replies, by language: what "how sure" means (docs/marking.md)."""

from tracker.domain.marking.forms import Code

RIGHT: dict[str, dict[Code, tuple[int, int]]] = {
    "en": {
        Code.POSITION: (111, 111),
        Code.REASON: (10, 10),
        Code.ACTION: (69, 77),
        Code.OWNER: (2, 3),
        Code.DATE: (22, 26),
        Code.HOLDING: (13, 13),
        Code.ACKNOWLEDGEMENT: (5, 10),
        Code.REFERRAL: (5, 7),
    },
    "fr": {
        Code.POSITION: (40, 40),
        Code.REASON: (14, 14),
        Code.ACTION: (22, 23),
        Code.OWNER: (3, 3),
        Code.DATE: (11, 11),
        Code.HOLDING: (11, 11),
        Code.ACKNOWLEDGEMENT: (6, 7),
        Code.REFERRAL: (5, 5),
    },
    "es": {
        Code.POSITION: (40, 40),
        Code.REASON: (14, 16),
        Code.ACTION: (22, 22),
        Code.OWNER: (3, 5),
        Code.DATE: (11, 11),
        Code.HOLDING: (12, 12),
        Code.ACKNOWLEDGEMENT: (6, 7),
        Code.REFERRAL: (5, 5),
    },
}
"""For each language and code: right among those marked. A test recomputes it from the labels."""
UNTRIED = 0.5


def sureness(language: str, code: Code) -> float:
    """Share of right marks, a little lower the fewer there were (one right and one wrong added)."""
    right, marked = RIGHT.get(language, {}).get(code, (0, 0))
    return (right + 1) / (marked + 2) if marked else UNTRIED
