"""What a password must be like: long, not one everybody tries, not the address itself (ASVS 6.2)."""

from collections.abc import Iterator

from tracker.domain.refusals import Refused, refuse

SHORTEST, LONGEST = 12, 128

_TRIED_FIRST = frozenset(
    "password passwort contraseña motdepasse qwerty qwertz azerty letmein welcome iloveyou admin administrator "
    "answerby changeme trustno football baseball dragon monkey sunshine princess abc secret".split()
)


def password_complaints(password: str, email: str = "", field: str = "password") -> Iterator[Refused]:
    """What speaks against a password."""
    if len(password) < SHORTEST:
        yield refuse(
            field, "Use at least %(least)s characters; three or four words make a good one.", least=SHORTEST
        )
    elif len(password) > LONGEST:
        yield refuse(field, "Use at most %(most)s characters.", most=LONGEST)
    elif _is_guessed(password, email):
        yield refuse(field, "That is among the first passwords anybody tries; choose words of your own.")


def _is_guessed(password: str, email: str) -> bool:
    lowered = password.casefold()
    bare = "".join(character for character in lowered if character.isalpha())
    name = email.casefold().partition("@")[0]
    return len(set(lowered)) < 5 or bare in _TRIED_FIRST | {""} or lowered in {email.casefold(), name}
