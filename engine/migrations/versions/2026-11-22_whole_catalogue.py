"""What the whole catalogue needs: see each table's own docstring."""

revision = "20261122_whole_catalogue"
down_revision = "20261121_trusted_promises"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
