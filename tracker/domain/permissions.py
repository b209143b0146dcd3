"""Who may do what: one table of roles and acts, and the one question asked of it."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.words import UserRole


class Act(StrEnum):
    """What somebody wants to do."""

    SEE = "see"
    """Open the desk and what belongs to one's own account."""
    DRAFT = "draft"
    """Enter and mend drafts, put looks on record, propose."""
    MEND = "mend"
    """Change an item: a draft as its contributors may, a public one as editors may."""
    ENTER = "enter"
    """Publish, log and strike responses, move clocks, correct."""
    DECIDE = "decide"
    """Decide what was found."""
    TOKENS = "tokens"
    """Make tokens for programs."""
    REVIEW = "review"
    """Confirm rules, release and discard readings."""
    JUDGE = "judge"
    """Give a verdict; where several groups judge, the one that owns the process counts."""
    COUNTERSIGN = "countersign"
    """Read a verdict as the second person, of whatever group."""
    WITHHOLD = "withhold"
    """Say how far something may travel."""
    UNDO_IMPORT = "undo_import"
    """Take a whole import back."""
    HAND_OVER = "hand_over"
    """Give a process to another group."""
    PEOPLE = "people"
    """Invite people to the group, change their roles, take them out."""
    SITE = "site"
    """Make groups, shut people out of the whole site."""


ANYWHERE = frozenset({Act.SEE, Act.JUDGE, Act.COUNTERSIGN})
"""What may be done about another group's public objects too."""

_ADDED: dict[UserRole, frozenset[Act]] = {
    UserRole.CONTRIBUTOR: frozenset({Act.SEE, Act.DRAFT}),
    UserRole.EDITOR: frozenset({Act.MEND, Act.ENTER, Act.DECIDE, Act.TOKENS}),
    UserRole.REVIEWER: frozenset({Act.REVIEW, Act.JUDGE, Act.COUNTERSIGN}),
    UserRole.ADMIN: frozenset({Act.WITHHOLD, Act.UNDO_IMPORT, Act.HAND_OVER, Act.PEOPLE}),
}
RANKED = tuple(_ADDED)
"""The roles, the least first: each may do what the ones before it may."""


def _grown() -> dict[UserRole, frozenset[Act]]:
    allowed: frozenset[Act] = frozenset()
    table: dict[UserRole, frozenset[Act]] = {}
    for role, added in _ADDED.items():
        allowed = allowed | added
        table[role] = allowed
    return table


MAY: dict[UserRole, frozenset[Act]] = _grown()
"""The table: every act of every role. The site's administrators may do everything, everywhere."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody acting for a group."""

    role: UserRole
    group_id: int
    site_admin: bool = False


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose an object is, and whether it is not public yet."""

    group_id: int | None
    """None: everybody's, as a body or a source is."""
    hidden: bool = False


def at_least(role: UserRole, needed: UserRole) -> bool:
    """Whether a role reaches another one."""
    return RANKED.index(role) >= RANKED.index(needed)


def may(who: Acting, act: Act, owner: int | None = None) -> bool:
    """Whether somebody may do this to an object of that group (None: to what is everybody's)."""
    if who.site_admin:
        return True
    ours = owner is None or owner == who.group_id
    return act in MAY[who.role] and (ours or act in ANYWHERE)


def may_touch(who: Acting, act: Act, thing: Owned) -> bool:
    """Whether somebody may do this to that object."""
    return may(who, Act.DRAFT if act is Act.MEND and thing.hidden else act, thing.group_id)


def sees(who: Acting, thing: Owned) -> bool:
    """Whether an object is there at all for somebody: drafts are for the group that owns them."""
    return not thing.hidden or who.site_admin or thing.group_id in (None, who.group_id)
