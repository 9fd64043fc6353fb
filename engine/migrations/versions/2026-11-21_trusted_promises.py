"""What service promises that can be trusted need: see each table's own docstring."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_trusted_promises"
down_revision = "20261121_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    say_what_promises_count_from()
    count_the_lags()


def say_what_promises_count_from() -> None:
    """A promise keeps everything its due instant follows from; only `same day` counted from an opening until now."""
    column = sa.Column("counted_from", sa.String(length=12), nullable=False, server_default="received")
    op.add_column("service_promise", column)


def count_the_lags() -> None:
    op.create_table(
        "sweep_lag",
        sa.Column("sweeper", sa.String(length=36), nullable=False),
        sa.Column("sweeps", sa.BigInteger(), nullable=False),
        sa.Column("lag_seconds", sa.Float(), nullable=False),
        sa.Column("upto_10ms", sa.BigInteger(), nullable=False),
        sa.Column("upto_50ms", sa.BigInteger(), nullable=False),
        sa.Column("upto_100ms", sa.BigInteger(), nullable=False),
        sa.Column("upto_500ms", sa.BigInteger(), nullable=False),
        sa.Column("upto_1s", sa.BigInteger(), nullable=False),
        sa.Column("upto_5s", sa.BigInteger(), nullable=False),
        sa.Column("upto_30s", sa.BigInteger(), nullable=False),
        sa.Column("upto_2min", sa.BigInteger(), nullable=False),
        sa.Column("upto_10min", sa.BigInteger(), nullable=False),
        sa.Column("upto_1h", sa.BigInteger(), nullable=False),
        sa.Column("upto_1d", sa.BigInteger(), nullable=False),
        sa.Column("upto_3d", sa.BigInteger(), nullable=False),
        sa.Column("longer", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found_lag", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("sweeper"),
    )
