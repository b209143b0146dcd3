"""The site's administrators; sessions, second factors; every process has a group."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_FIRST_GROUP = "UPDATE process SET group_id = (SELECT MIN(id) FROM user_group) WHERE group_id IS NULL"
_ADMINISTRATORS = """
UPDATE user_account SET site_admin_at = created_at
WHERE id IN (SELECT user_id FROM membership WHERE role = 'admin')
"""
"""Whoever administered people so far did so for the whole site."""


def upgrade() -> None:
    op.add_column(
        "user_account", sa.Column("site_admin_at", columns.UtcDateTime(timezone=True), nullable=True)
    )
    _sessions()
    _second_factors()
    op.execute(_FIRST_GROUP)
    op.execute(_ADMINISTRATORS)


def _sessions() -> None:
    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["user_group.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_login_session_secret_hash"), "login_session", ["secret_hash"], unique=True)
    op.create_index(op.f("ix_login_session_user_id"), "login_session", ["user_id"], unique=False)


def _second_factors() -> None:
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("begun_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "code_hash"),
    )
    op.create_index(op.f("ix_recovery_code_user_id"), "recovery_code", ["user_id"], unique=False)
