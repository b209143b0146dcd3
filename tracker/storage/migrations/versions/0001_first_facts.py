"""First facts."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns
from tracker.storage.triggers import seal

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signed_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("size"),
    )
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("list_name", sa.String(length=60), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum("instant", "daily", "weekly", name="frequency", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("consent", sa.String(length=300), nullable=False),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.String(length=60), nullable=False),
        sa.Column("queued_to_seq", sa.Integer(), nullable=False),
        sa.Column("next_due_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_subscription_address"), "subscription", ["address"], unique=False)
    op.create_index(op.f("ix_subscription_address_hash"), "subscription", ["address_hash"], unique=False)
    op.create_index(op.f("ix_subscription_next_due_at"), "subscription", ["next_due_at"], unique=False)
    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("used_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("secret_hash"),
    )
    op.create_index(op.f("ix_token_purpose"), "token", ["purpose"], unique=False)
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_login_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_user_account_email"), "user_account", ["email"], unique=True)
    op.create_table(
        "user_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("paid_by", sa.Text(), nullable=False),
        sa.Column("website", sa.String(length=2000), nullable=False),
        sa.Column("created_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_user_group_key"), "user_group", ["key"], unique=True)
    op.create_table(
        "withheld",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("object_kind", sa.String(length=40), nullable=False),
        sa.Column("object_key", sa.String(length=80), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum(
                "public", "link_only", "withheld", "draft", name="visibility", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("object_kind", "object_key"),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("preset", sa.String(length=60), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("started_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["user_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "membership",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("editor", "reviewer", "admin", name="userrole", native_enum=False, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["user_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("user_id", "group_id"),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_revision_row_id"), "revision", ["row_id"], unique=False)
    op.create_index(op.f("ix_revision_table_name"), "revision", ["table_name"], unique=False)
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "government",
                "regulator",
                "parliament",
                "company",
                "association",
                "international",
                "group",
                name="bodykind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("jurisdiction", sa.String(length=20), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=True),
        sa.Column("website", sa.String(length=2000), nullable=False),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
        sa.Column("source_url", sa.String(length=2000), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum(
                "public", "link_only", "withheld", "draft", name="visibility", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["part_of_id"],
            ["body.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_body_jurisdiction"), "body", ["jurisdiction"], unique=False)
    op.create_index(op.f("ix_body_key"), "body", ["key"], unique=True)
    op.create_index(op.f("ix_body_part_of_id"), "body", ["part_of_id"], unique=False)
    op.create_index(op.f("ix_body_recorded_at"), "body", ["recorded_at"], unique=False)
    op.create_table(
        "process",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "citizens-assembly",
                "citizens-jury",
                "deliberative-poll",
                "participatory-budget",
                "digital-consultation",
                "municipal-oversight-panel",
                "community-review-board",
                "company-council",
                "action-plan",
                "multistakeholder-call",
                "statute",
                "notice-and-comment",
                "public-inquiry",
                "parliamentary-committee",
                "coroner",
                "european-citizens-initiative",
                "petition",
                "audit",
                "partnership-board",
                "un-review",
                name="processkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("organiser", sa.String(length=500), nullable=False),
        sa.Column("jurisdiction", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column(
            "started_precision",
            sa.Enum("day", "month", "quarter", "year", name="precision", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("started_as_written", sa.String(length=100), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "ended_precision",
            sa.Enum("day", "month", "quarter", "year", name="precision", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("ended_as_written", sa.String(length=100), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("url_seen", sa.Boolean(), nullable=False),
        sa.Column("facts_source", sa.String(length=2000), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column(
            "visibility",
            sa.Enum(
                "public", "link_only", "withheld", "draft", name="visibility", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["user_group.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_process_group_id"), "process", ["group_id"], unique=False)
    op.create_index(op.f("ix_process_jurisdiction"), "process", ["jurisdiction"], unique=False)
    op.create_index(op.f("ix_process_key"), "process", ["key"], unique=True)
    op.create_index(op.f("ix_process_kind"), "process", ["kind"], unique=False)
    op.create_index(op.f("ix_process_recorded_at"), "process", ["recorded_at"], unique=False)
    op.create_table(
        "body_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["body_id"],
            ["body.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_body_alias_body_id"), "body_alias", ["body_id"], unique=False)
    op.create_index(op.f("ix_body_alias_name"), "body_alias", ["name"], unique=False)
    op.create_index(op.f("ix_body_alias_recorded_at"), "body_alias", ["recorded_at"], unique=False)
    op.create_table(
        "body_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["body.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["body.id"],
        ),
        sa.PrimaryKeyConstraint("group_id", "member_id"),
    )
    op.create_table(
        "body_succession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("works_from_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("source_url", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["body_id"],
            ["body.id"],
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"],
            ["body.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("body_id", "successor_id", "works_from_on"),
    )
    op.create_index(op.f("ix_body_succession_body_id"), "body_succession", ["body_id"], unique=False)
    op.create_index(op.f("ix_body_succession_recorded_at"), "body_succession", ["recorded_at"], unique=False)
    op.create_index(
        op.f("ix_body_succession_successor_id"), "body_succession", ["successor_id"], unique=False
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column(
            "published_precision",
            sa.Enum("day", "month", "quarter", "year", name="precision", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("published_as_written", sa.String(length=100), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("url_seen", sa.Boolean(), nullable=False),
        sa.Column("facts_source", sa.String(length=2000), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum(
                "public", "link_only", "withheld", "draft", name="visibility", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["process.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_document_key"), "document", ["key"], unique=True)
    op.create_index(op.f("ix_document_process_id"), "document", ["process_id"], unique=False)
    op.create_index(op.f("ix_document_recorded_at"), "document", ["recorded_at"], unique=False)
    op.create_table(
        "response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("url_seen", sa.Boolean(), nullable=False),
        sa.Column("page_sha256", sa.String(length=64), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column(
            "received_precision",
            sa.Enum("day", "month", "quarter", "year", name="precision", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("received_as_written", sa.String(length=100), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column(
            "published_precision",
            sa.Enum("day", "month", "quarter", "year", name="precision", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("published_as_written", sa.String(length=100), nullable=False),
        sa.Column("first_seen_on", sa.Date(), nullable=False),
        sa.Column("struck_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("struck_reason", sa.String(length=1000), nullable=False),
        sa.Column("retracted_on", sa.Date(), nullable=True),
        sa.Column("retraction_recorded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("facts_source", sa.String(length=2000), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum(
                "public", "link_only", "withheld", "draft", name="visibility", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["body_id"],
            ["body.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_response_body_id"), "response", ["body_id"], unique=False)
    op.create_index(op.f("ix_response_key"), "response", ["key"], unique=True)
    op.create_index(op.f("ix_response_recorded_at"), "response", ["recorded_at"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("reader", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=True),
        sa.Column("every_seconds", sa.Integer(), nullable=False),
        sa.Column("publication_lag_days", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("next_due_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("claimed_until_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("last_checked_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_success_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("broken_since_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=1000), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("entries_last", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["process.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_source_key"), "source", ["key"], unique=True)
    op.create_index(op.f("ix_source_next_due_at"), "source", ["next_due_at"], unique=False)
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("recommendation", "commitment", name="itemkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("repeats_id", sa.Integer(), nullable=True),
        sa.Column("arises_from_id", sa.Integer(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("facts_source", sa.String(length=2000), nullable=False),
        sa.Column("unseen_fields", sa.JSON(), nullable=False),
        sa.Column("outcome_researched", sa.Boolean(), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum(
                "public", "link_only", "withheld", "draft", name="visibility", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["arises_from_id"],
            ["response.id"],
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["item.id"],
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["process.id"],
        ),
        sa.ForeignKeyConstraint(
            ["repeats_id"],
            ["item.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("process_id", "number", name="uq_item_process_number"),
    )
    op.create_index(op.f("ix_item_arises_from_id"), "item", ["arises_from_id"], unique=False)
    op.create_index(op.f("ix_item_document_id"), "item", ["document_id"], unique=False)
    op.create_index(op.f("ix_item_key"), "item", ["key"], unique=True)
    op.create_index(op.f("ix_item_parent_id"), "item", ["parent_id"], unique=False)
    op.create_index(op.f("ix_item_process_id"), "item", ["process_id"], unique=False)
    op.create_index(op.f("ix_item_recorded_at"), "item", ["recorded_at"], unique=False)
    op.create_index(op.f("ix_item_repeats_id"), "item", ["repeats_id"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running", "healthy", "quarantined", "failed", name="runstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("started_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("addresses", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_run_source_id"), "run", ["source_id"], unique=False)
    op.create_table(
        "addressee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("lead", "joint", "supporting", name="role", native_enum=False, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["body_id"],
            ["body.id"],
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("item_id", "body_id"),
    )
    op.create_index(op.f("ix_addressee_body_id"), "addressee", ["body_id"], unique=False)
    op.create_index(op.f("ix_addressee_item_id"), "addressee", ["item_id"], unique=False)
    op.create_index(op.f("ix_addressee_recorded_at"), "addressee", ["recorded_at"], unique=False)
    op.create_table(
        "check_made",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("facts_source", sa.String(length=2000), nullable=False),
        sa.Column("news_only", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["user_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["run.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_check_made_recorded_at"), "check_made", ["recorded_at"], unique=False)
    op.create_index(op.f("ix_check_made_run_id"), "check_made", ["run_id"], unique=False)
    op.create_table(
        "happening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column(
            "happened_precision",
            sa.Enum("day", "month", "quarter", "year", name="precision", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("happened_as_written", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("facts_source", sa.String(length=2000), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_happening_item_id"), "happening", ["item_id"], unique=False)
    op.create_index(op.f("ix_happening_recorded_at"), "happening", ["recorded_at"], unique=False)
    op.create_table(
        "item_topic",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.PrimaryKeyConstraint("item_id", "topic"),
    )
    op.create_index(op.f("ix_item_topic_topic"), "item_topic", ["topic"], unique=False)
    op.create_table(
        "page",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("final_address", sa.String(length=2000), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("content_type", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("fetched_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column(
            "visibility",
            sa.Enum(
                "public", "link_only", "withheld", "draft", name="visibility", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["run.id"],
        ),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_index(op.f("ix_page_address"), "page", ["address"], unique=False)
    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("addressee_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("respond", "deliver", "report", name="obligationkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column(
            "announced_standing",
            sa.Enum(
                "answered",
                "answered_late",
                "void",
                "awaiting_assessment",
                "unknown",
                "not_started",
                "waiting",
                "paused",
                "due_soon",
                "running",
                "partly_answered",
                "unchecked",
                "overdue_unsubstantive",
                "overdue",
                name="standing",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("announced_from_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["addressee_id"],
            ["addressee.id"],
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["body_id"],
            ["body.id"],
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("item_id", "body_id", "kind", "period"),
    )
    op.create_index(op.f("ix_obligation_addressee_id"), "obligation", ["addressee_id"], unique=False)
    op.create_index(op.f("ix_obligation_body_id"), "obligation", ["body_id"], unique=False)
    op.create_index(op.f("ix_obligation_item_id"), "obligation", ["item_id"], unique=False)
    op.create_index(op.f("ix_obligation_recorded_at"), "obligation", ["recorded_at"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("substantive", "partly", "not", name="verdict", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("checklist", sa.JSON(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("taken_over_from", sa.String(length=300), nullable=False),
        sa.Column("countersigned_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("countersigned_by_id", sa.Integer(), nullable=True),
        sa.Column("countersigned_group_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["countersigned_by_id"],
            ["user_account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["countersigned_group_id"],
            ["user_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["user_group.id"],
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_assessment_group_id"), "assessment", ["group_id"], unique=False)
    op.create_index(op.f("ix_assessment_obligation_id"), "assessment", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_assessment_recorded_at"), "assessment", ["recorded_at"], unique=False)
    op.create_table(
        "check_obligation",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["check_made.id"],
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.PrimaryKeyConstraint("check_id", "obligation_id"),
    )
    op.create_index(
        op.f("ix_check_obligation_obligation_id"), "check_obligation", ["obligation_id"], unique=False
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column(
            "speaker",
            sa.Enum("body", "watchdog", "reviewer", name="speaker", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("speaker_name", sa.String(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "not_started",
                "planned",
                "in_progress",
                "limited",
                "substantial",
                "complete",
                "stopped",
                "unknown",
                name="claimstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("as_written", sa.String(length=300), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column(
            "claimed_precision",
            sa.Enum("day", "month", "quarter", "year", name="precision", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("claimed_as_written", sa.String(length=100), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("facts_source", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_claim_obligation_id"), "claim", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_claim_recorded_at"), "claim", ["recorded_at"], unique=False)
    op.create_table(
        "clock_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "extension",
                "pause",
                "restart",
                "transfer",
                "void",
                name="clockentrykind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("works_from_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("cures", sa.Boolean(), nullable=False),
        sa.Column("to_body_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("source_url", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["to_body_id"],
            ["body.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_clock_entry_obligation_id"), "clock_entry", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_clock_entry_recorded_at"), "clock_entry", ["recorded_at"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "due_soon",
                "became_overdue",
                "became_overdue_unsubstantive",
                "response_found",
                "partly_answered",
                "answered",
                "answered_late",
                "reopened",
                "date_moved",
                "paused",
                "resumed",
                "void",
                "objected",
                "corrected",
                "logged",
                "source_broken",
                "source_mended",
                name="eventkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("announced_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("backfill", sa.Boolean(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("process_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"],
            ["body.id"],
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["item.id"],
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["process_id"],
            ["process.id"],
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_event_announced_at"), "event", ["announced_at"], unique=False)
    op.create_index(op.f("ix_event_body_id"), "event", ["body_id"], unique=False)
    op.create_index(op.f("ix_event_item_id"), "event", ["item_id"], unique=False)
    op.create_index(op.f("ix_event_key"), "event", ["key"], unique=True)
    op.create_index(op.f("ix_event_kind"), "event", ["kind"], unique=False)
    op.create_index(op.f("ix_event_obligation_id"), "event", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_event_process_id"), "event", ["process_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("page_sha256", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("external_key", sa.String(length=300), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "rejected",
                "quarantined",
                name="findingstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("obligation_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=True),
        sa.Column("suggestion", sa.JSON(), nullable=False),
        sa.Column("found_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["user_account.id"],
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["page_sha256"],
            ["page.sha256"],
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["run.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_finding_external_key"), "finding", ["external_key"], unique=False)
    op.create_index(op.f("ix_finding_fingerprint"), "finding", ["fingerprint"], unique=True)
    op.create_index(op.f("ix_finding_found_at"), "finding", ["found_at"], unique=False)
    op.create_index(op.f("ix_finding_obligation_id"), "finding", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_finding_run_id"), "finding", ["run_id"], unique=False)
    op.create_index(op.f("ix_finding_source_id"), "finding", ["source_id"], unique=False)
    op.create_index(op.f("ix_finding_state"), "finding", ["state"], unique=False)
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "we_answered",
                "wrong_body",
                "wrong_date",
                "extended",
                "private_reply",
                name="objectionkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "unverified",
                "open",
                "upheld",
                "corrected",
                "withdrawn",
                name="objectionstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("verified_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_objection_obligation_id"), "objection", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_objection_recorded_at"), "objection", ["recorded_at"], unique=False)
    op.create_table(
        "response_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "acknowledgement",
                "holding",
                "transfer",
                "interim",
                "reply",
                "supplement",
                "completion_report",
                name="responsekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "position",
            sa.Enum(
                "accepted",
                "in_principle",
                "in_part",
                "alternative",
                "noted",
                "rejected",
                "not_addressed",
                "unclear",
                name="position",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("position_as_written", sa.String(length=200), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_response_line_obligation_id"), "response_line", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_response_line_recorded_at"), "response_line", ["recorded_at"], unique=False)
    op.create_index(op.f("ix_response_line_response_id"), "response_line", ["response_id"], unique=False)
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "answered",
                "answered_late",
                "void",
                "awaiting_assessment",
                "unknown",
                "not_started",
                "waiting",
                "paused",
                "due_soon",
                "running",
                "partly_answered",
                "unchecked",
                "overdue_unsubstantive",
                "overdue",
                name="standing",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("until_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "statute",
                "convention",
                "promise",
                "request",
                "benchmark",
                name="basis",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "due_source",
            sa.Enum("stated", "computed", "none", name="duesource", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("days_overdue", sa.Integer(), nullable=True),
        sa.Column("late_days", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_segment_basis"), "segment", ["basis"], unique=False)
    op.create_index(op.f("ix_segment_due_on"), "segment", ["due_on"], unique=False)
    op.create_index(op.f("ix_segment_from_at"), "segment", ["from_at"], unique=False)
    op.create_index(op.f("ix_segment_obligation_id"), "segment", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_segment_standing"), "segment", ["standing"], unique=False)
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=True),
        sa.Column("asker", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mark", sa.String(length=60), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column(
            "stated_precision",
            sa.Enum("day", "month", "quarter", "year", name="precision", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("stated_as_written", sa.String(length=100), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_statement_obligation_id"), "statement", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_statement_recorded_at"), "statement", ["recorded_at"], unique=False)
    op.create_index(op.f("ix_statement_response_id"), "statement", ["response_id"], unique=False)
    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "statute",
                "convention",
                "promise",
                "request",
                "benchmark",
                name="basis",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rule_key", sa.String(length=80), nullable=False),
        sa.Column("rule_snapshot", sa.JSON(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("calendar", sa.String(length=40), nullable=False),
        sa.Column("legal_basis", sa.String(length=1000), nullable=False),
        sa.Column("as_written", sa.String(length=1000), nullable=False),
        sa.Column(
            "trigger",
            sa.Enum(
                "published",
                "laid",
                "received",
                "adopted",
                "threshold",
                "submitted",
                "dated",
                name="trigger",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("trigger_on", sa.Date(), nullable=True),
        sa.Column(
            "trigger_precision",
            sa.Enum("day", "month", "quarter", "year", name="precision", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("trigger_as_written", sa.String(length=100), nullable=False),
        sa.Column("trigger_ahead", sa.Boolean(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column(
            "stated_precision",
            sa.Enum("day", "month", "quarter", "year", name="precision", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("stated_as_written", sa.String(length=100), nullable=False),
        sa.Column("computed_on", sa.Date(), nullable=True),
        sa.Column("rival_on", sa.Date(), nullable=True),
        sa.Column("rival_rule_key", sa.String(length=80), nullable=False),
        sa.Column("no_date", sa.Boolean(), nullable=False),
        sa.Column(
            "decided",
            sa.Enum("stated", "computed", "none", name="duesource", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("rule_checked", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("calendar_version", sa.String(length=60), nullable=False),
        sa.Column("lag_days", sa.Integer(), nullable=False),
        sa.Column("source_url", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_terms_obligation_id"), "terms", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_terms_recorded_at"), "terms", ["recorded_at"], unique=False)
    op.create_index(op.f("ix_terms_rule_key"), "terms", ["rule_key"], unique=False)
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["obligation.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["source.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("obligation_id", "source_id", "address"),
    )
    op.create_index(op.f("ix_watch_obligation_id"), "watch", ["obligation_id"], unique=False)
    op.create_index(op.f("ix_watch_recorded_at"), "watch", ["recorded_at"], unique=False)
    op.create_index(op.f("ix_watch_source_id"), "watch", ["source_id"], unique=False)
    op.create_table(
        "assessment_response",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["response.id"],
        ),
        sa.PrimaryKeyConstraint("assessment_id", "response_id"),
    )
    op.create_index(
        op.f("ix_assessment_response_response_id"), "assessment_response", ["response_id"], unique=False
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("letter", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "failed",
                "dropped",
                name="deliverystate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("batch", sa.String(length=40), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("lease_until_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("queued_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("subscription_id", "event_id", "channel"),
    )
    op.create_index(op.f("ix_delivery_batch"), "delivery", ["batch"], unique=False)
    op.create_index(op.f("ix_delivery_event_id"), "delivery", ["event_id"], unique=False)
    op.create_index(op.f("ix_delivery_next_at"), "delivery", ["next_at"], unique=False)
    op.create_index(op.f("ix_delivery_state"), "delivery", ["state"], unique=False)
    op.create_index(op.f("ix_delivery_subscription_id"), "delivery", ["subscription_id"], unique=False)
    op.create_table(
        "log_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("sequenced_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("event_id"),
    )
    seal(op.get_bind())
