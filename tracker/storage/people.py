"""People and groups: by address, by key, and whoever may act for a group."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.permissions import Acting
from tracker.domain.words import UserRole
from tracker.storage.tables import Group, Membership, User


@dataclass(frozen=True, slots=True)
class Member:
    """A person acting for a group, with the role they have in it."""

    user_id: int
    email: str
    epoch: int
    group_id: int
    group_key: str
    group_name: str
    role: UserRole
    disabled_at: datetime | None = None
    last_login_at: datetime | None = None
    site_admin: bool = False

    @property
    def acting(self) -> Acting:
        """The same, as the table of permissions asks for it."""
        return Acting(self.role, self.group_id, self.site_admin)

    @property
    def actor(self) -> str:
        """How the log and the facts call whoever did something: the group, never the person."""
        return f"group:{self.group_key}"


def user_by_email(session: Session, email: str) -> User | None:
    """The person of that address, whatever its case."""
    return session.execute(select(User).where(col(User.email) == email.strip().lower())).scalar_one_or_none()


def group_by_key(session: Session, key: str) -> Group | None:
    """The group of that key."""
    return session.execute(select(Group).where(col(Group.key) == key)).scalar_one_or_none()


def group_by_id(session: Session, id_: int) -> Group | None:
    """The group of that id."""
    return session.get(Group, id_)


def group_of(session: Session, actor: str) -> Group | None:
    """The group behind `group:<key>`; None for a source, an import or the clock."""
    kind, _, key = actor.partition(":")
    return group_by_key(session, key) if kind == "group" else None


def groups(session: Session) -> list[Group]:
    """All groups by name."""
    return list(session.execute(select(Group).order_by(col(Group.name))).scalars())


def members(session: Session, user_id: int | None = None) -> list[Member]:
    """Everybody who has or had access, by address; or one person in each of their groups."""
    wanted = (
        select(User, Group, Membership)
        .join(Membership, col(Membership.user_id) == col(User.id))
        .join(Group, col(Group.id) == col(Membership.group_id))
        .order_by(col(User.email), col(Group.key))
    )
    if user_id is not None:
        wanted = wanted.where(col(User.id) == user_id)
    return [_member(*row) for row in session.execute(wanted).all()]


def has_site_admin(session: Session, but: int | None = None) -> bool:
    """Whether somebody administers the whole site, besides a person."""
    wanted = select(col(User.id)).where(col(User.site_admin_at).is_not(None), col(User.disabled_at).is_(None))
    if but is not None:
        wanted = wanted.where(col(User.id) != but)
    return session.execute(wanted.limit(1)).first() is not None


def admins_left(session: Session, group_id: int, but: int) -> bool:
    """Whether a group has an administrator without this person."""
    wanted = (
        select(col(User.id))
        .join(Membership, col(Membership.user_id) == col(User.id))
        .where(
            col(Membership.group_id) == group_id,
            col(Membership.role) == UserRole.ADMIN,
            col(User.id) != but,
            col(User.disabled_at).is_(None),
        )
    )
    return session.execute(wanted.limit(1)).first() is not None


def _member(user: User, group: Group, membership: Membership) -> Member:
    assert user.id is not None and group.id is not None  # noqa: S101 - both come from the database
    return Member(
        user_id=user.id,
        email=user.email,
        epoch=user.epoch,
        group_id=group.id,
        group_key=group.key,
        group_name=group.name,
        role=membership.role,
        disabled_at=user.disabled_at,
        last_login_at=user.last_login_at,
        site_admin=user.site_admin_at is not None,
    )
