"""People and groups: who may enter and judge, and the tokens that let somebody act once."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from tracker.domain.words import UserRole
from tracker.storage.columns import data, instant, long_text, word


class Group(SQLModel, table=True):
    """A watchdog group: what is public of a verdict is its name, never a person's."""

    __tablename__ = "user_group"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=80, unique=True, index=True)
    name: str = Field(max_length=300)
    about: str = long_text()
    paid_by: str = long_text()
    website: str = Field(default="", max_length=2000)
    created_at: datetime = instant()


class User(SQLModel, table=True):
    """A person who may log in."""

    __tablename__ = "user_account"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, unique=True, index=True)
    password_hash: str = Field(max_length=200)
    epoch: int = 0
    """Raised at logout, password change and disabling: ends every session."""
    created_at: datetime = instant()
    disabled_at: datetime | None = instant(nullable=True)
    last_login_at: datetime | None = instant(nullable=True)


class Membership(SQLModel, table=True):
    """A user's role in a group."""

    __tablename__ = "membership"

    user_id: int = Field(foreign_key="user_account.id", primary_key=True)
    group_id: int = Field(foreign_key="user_group.id", primary_key=True)
    role: UserRole = word(UserRole)


class Token(SQLModel, table=True):
    """A single-purpose secret, kept as a hash, that expires."""

    __tablename__ = "token"
    __table_args__ = (UniqueConstraint("secret_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    purpose: str = Field(max_length=40, index=True)
    """confirm, manage, unsubscribe, reset, api, objection."""
    secret_hash: str = Field(max_length=64)
    subject: str = Field(default="", max_length=120)
    """What it acts on, e.g. `subscription:12`."""
    detail: dict[str, object] = data()
    created_at: datetime = instant()
    expires_at: datetime | None = instant(nullable=True)
    used_at: datetime | None = instant(nullable=True)
