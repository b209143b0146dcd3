"""The first and the last of many are found at the end of an index: answers, looks, and the beginning of the record."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_CAME = "coalesce(received_on, published_on)"


def upgrade() -> None:
    # Holds all that is added up, so that the rows themselves are not looked at.
    columns = ["scope", "at", "scope_id", "standing", "basis", "flagged", "stale", "dated", "n"]
    op.create_index("ix_standing_shift_by_time", "standing_shift", columns)
    op.create_index("ix_event_recorded", "event", ["recorded_at"])
    unstruck = sa.text("struck_at IS NULL")
    op.create_index(
        "ix_response_seen", "response", ["first_seen_on"], sqlite_where=unstruck, postgresql_where=unstruck
    )
    op.execute(f"CREATE INDEX ix_response_came ON response ({_CAME}, id)")
