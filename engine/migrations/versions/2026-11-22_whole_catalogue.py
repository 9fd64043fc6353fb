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
    find_candidates()


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


def find_candidates() -> None:
    """Clients who may need many services: what other systems tell, who the rules propose and why, what is muted."""
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "external_count",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("count_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("register_kind", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("profession", sa.String(length=80), nullable=True),
        sa.Column("mode", sa.String(length=20), nullable=True),
        sa.Column("series", sa.String(length=80), nullable=True),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "count_id"),
        sa.UniqueConstraint("tenant_id", "source", "reference"),
    )
    op.create_index("external_count_client", "external_count", ["tenant_id", "client_id", "happened_at"], unique=False)
    op.create_table(
        "counted_after_all",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("thing_id", sa.String(length=80), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "thing_id"),
    )
    op.create_index("counted_after_all_client", "counted_after_all", ["tenant_id", "client_id"], unique=False)
    op.create_table(
        "candidate_book",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("body", json, nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "hash"),
    )
    op.create_table(
        "candidate_run",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("run_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("renewed", sa.Integer(), nullable=False),
        sa.Column("lapsed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "run_id"),
    )
    op.create_index("candidate_run_started", "candidate_run", ["tenant_id", "started_at"], unique=False)
    op.create_table(
        "candidate",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("candidate_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("found_by", sa.String(length=12), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("point_limit", sa.Integer(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("unknown", json, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.String(length=80), nullable=True),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("late_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'confirmed', 'declined', 'lapsed')"),
        sa.PrimaryKeyConstraint("tenant_id", "candidate_id"),
    )
    op.create_index("candidate_client", "candidate", ["tenant_id", "client_id"], unique=False)
    op.create_index("candidate_found", "candidate", ["tenant_id", "unit_id", "found_at"], unique=False)
    op.create_index(
        "candidate_one_open",
        "candidate",
        ["tenant_id", "unit_id", "client_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "candidate_hit",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("candidate_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("counts", json, nullable=False),
        sa.Column("thresholds", json, nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("cross_register", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "candidate_id", "rule"),
    )
    op.create_table(
        "candidate_mute",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("client_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("candidate_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "unit_id", "client_id", "rule"),
    )
