"""Who owes, in one line of text: `Ministry of Water; Ofcom (joint); Water Ltd [new: company, GB]`."""

import re
from dataclasses import dataclass

from tracker.domain.words import BodyKind, Role

_ONE = re.compile(
    r"(?P<name>[^\[\]]*?)\s*(?:\((?P<role>[^()]{1,30})\))?\s*"
    r"(?P<new>\[\s*(?:new|nouveau|nouvelle|nuevo|nueva)\s*(?::\s*(?P<kind>[^,\]]*?)\s*)?(?:,\s*(?P<place>[^\]]*?)\s*)?\])?\s*",
    re.I,
)
_KIND_WORDS: tuple[tuple[BodyKind, str], ...] = (
    (
        BodyKind.COMPANY,
        r"\b(?:ltd|limited|plc|inc|llc|llp|gmbh|ag|s\.?a\.?s?|s\.?l\.?|b\.?v\.?|corp|corporation|company|group)\.?$",
    ),
    (
        BodyKind.PARLIAMENT,
        r"\b(?:parliament|assembly|senate|senedd|congress|parlement|sénat|parlamento|cortes|bundestag|house of)\b",
    ),
    (
        BodyKind.REGULATOR,
        r"\b(?:regulator|inspectorate|ombudsman|authority|executive|of[a-z]{2,4}|autorité|autoridad|agencia|agence|commissioner)\b",
    ),
    (BodyKind.INTERNATIONAL, r"\b(?:united nations|european|international|world|nato|oecd|unesco)\b"),
    (
        BodyKind.ASSOCIATION,
        r"\b(?:association|federation|union|society|foundation|institute|institution|college|council of|trust)\b",
    ),
)


@dataclass(frozen=True, slots=True)
class OwingText:
    """One body as somebody named it in a line."""

    name: str
    role: str = ""
    """As typed; empty: the first leads, the others are joint."""
    is_new: bool = False
    kind: str = ""
    place: str = ""


def owing_of(text: str) -> list[OwingText]:
    """The bodies of a line, divided by semicolons or line ends."""
    found = []
    for part in re.split(r"[;\n]", text):
        named = " ".join(part.split())
        if named:
            found.append(_one(named))
    return found


def _one(text: str) -> OwingText:
    match = _ONE.fullmatch(text)
    if match is None or not match["name"]:
        return OwingText(text)
    name, role = match["name"], (match["role"] or "").strip()
    if role and not match["new"] and role.lower() not in _ROLES:
        name, role = f"{name} ({role})", ""
    return OwingText(
        name, role, bool(match["new"]), (match["kind"] or "").strip(), (match["place"] or "").strip()
    )


_ROLES = {
    **{role.value: role for role in Role},
    "chef de file": Role.LEAD,
    "conjoint": Role.JOINT,
    "associé": Role.JOINT,
    "en appui": Role.SUPPORTING,
    "soutien": Role.SUPPORTING,
    "responsable": Role.LEAD,
    "principal": Role.LEAD,
    "conjunto": Role.JOINT,
    "conjunta": Role.JOINT,
    "de apoyo": Role.SUPPORTING,
    "apoyo": Role.SUPPORTING,
}


def line_of(one: OwingText) -> str:
    """One body as it would be typed."""
    about = f": {one.kind}{', ' if one.place else ''}{one.place}" if one.kind or one.place else ""
    role = f"({one.role})" if one.role else ""
    return " ".join(filter(None, (one.name, role, f"[new{about}]" if one.is_new else "")))


def role_of(typed: str, place: int) -> Role | None:
    """The role as typed; without one the first body leads and the others are joint. None: no such role."""
    return (Role.LEAD if place == 0 else Role.JOINT) if not typed else _ROLES.get(typed.strip().lower())


def kind_of(name: str) -> BodyKind:
    """What a new body probably is, by its name; a person sees it before it is kept."""
    told = " ".join(name.lower().split())
    return next((kind for kind, words in _KIND_WORDS if re.search(words, told)), BodyKind.GOVERNMENT)


def text_of(names: list[tuple[str, Role]]) -> str:
    """The line for bodies and their roles; a role is written where it is not what its place says."""
    parts = []
    for place, (name, role) in enumerate(names):
        plain = role is role_of("", place)
        parts.append(name if plain else f"{name} ({role.value})")
    return "; ".join(parts)
