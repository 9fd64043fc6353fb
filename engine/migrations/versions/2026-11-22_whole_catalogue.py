"""What the whole catalogue needs: see each table's own docstring."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261122_whole_catalogue"
down_revision = "20261121_trusted_promises"
branch_labels = None
depends_on = None


def upgrade() -> None:
    close_and_migrate_versions()


def close_and_migrate_versions() -> None:
    """Who retired or withdrew a version and why, and each migration of running cases with what it did to each."""
    for verb in ("retired", "withdrawn"):
        if verb == "withdrawn":
            op.add_column("published_pathway", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        op.add_column("published_pathway", sa.Column(f"{verb}_by", sa.String(length=36), nullable=True))
        op.add_column("published_pathway", sa.Column(f"{verb}_why", sa.String(length=400), nullable=True))
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "migration",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("migration_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("pathway_id", sa.String(length=80), nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=False),
        sa.Column("to_version", sa.Integer(), nullable=False),
        sa.Column("plan", json, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(length=36), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reversed_by", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "migration_id"),
    )
    op.create_index("migration_started", "migration", ["tenant_id", "started_at"], unique=False)
    op.create_table(
        "migration_case",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("migration_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("was", json, nullable=False),
        sa.Column("moves", json, nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "migration_id", "case_id"),
    )
    state = ["tenant_id", "migration_id", "state", "case_id"]
    op.create_index("migration_case_state", "migration_case", state, unique=False)
