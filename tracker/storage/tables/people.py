"""People and groups: who may enter and judge, and the tokens that let somebody act once."""

from datetime import datetime

from sqlalchemy import Index
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
    """Raised at password change, another role, removal and disabling: ends every session."""
    created_at: datetime = instant()
    disabled_at: datetime | None = instant(nullable=True)
    last_login_at: datetime | None = instant(nullable=True)
    site_admin_at: datetime | None = instant(nullable=True)
    """Since then they administer the whole site, every group of it."""


class Membership(SQLModel, table=True):
    """A user's role in a group."""

    __tablename__ = "membership"

    user_id: int = Field(foreign_key="user_account.id", primary_key=True)
    group_id: int = Field(foreign_key="user_group.id", primary_key=True)
    role: UserRole = word(UserRole)


class Token(SQLModel, table=True):
    """A single-purpose secret, kept as a hash, that expires."""

    __tablename__ = "token"
    __table_args__ = (UniqueConstraint("secret_hash"), Index("ix_token_subject", "subject", "purpose"))

    id: int | None = Field(default=None, primary_key=True)
    purpose: str = Field(max_length=40, index=True)
    """confirm, manage, unsubscribe, invite, reset, api, objection."""
    secret_hash: str = Field(max_length=64)
    subject: str = Field(default="", max_length=120)
    """What it acts on, e.g. `subscription:12`."""
    detail: dict[str, object] = data()
    created_at: datetime = instant()
    expires_at: datetime | None = instant(nullable=True)
    used_at: datetime | None = instant(nullable=True)


class LoginSession(SQLModel, table=True):
    """A browser somebody is signed in with: no row, no session."""

    __tablename__ = "login_session"

    id: int | None = Field(default=None, primary_key=True)
    secret_hash: str = Field(max_length=64, unique=True, index=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    group_id: int = Field(foreign_key="user_group.id")
    begun_at: datetime = instant()
    confirmed_at: datetime = instant()
    """When password and code were last given."""
    browser: str = Field(default="", max_length=120)


class SecondFactor(SQLModel, table=True):
    """The secret a person's telephone makes codes of (RFC 6238)."""

    __tablename__ = "second_factor"

    user_id: int = Field(foreign_key="user_account.id", primary_key=True)
    secret: str = Field(max_length=64)
    begun_at: datetime = instant()
    confirmed_at: datetime | None = instant(nullable=True)
    """None: shown, but no code was given yet."""
    last_step: int = 0
    """The thirty seconds whose code was used last: no code works twice."""


class RecoveryCode(SQLModel, table=True):
    """A code that lets somebody in once without their telephone, kept as a hash."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", index=True)
    code_hash: str = Field(max_length=64)
    used_at: datetime | None = instant(nullable=True)
