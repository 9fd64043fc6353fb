"""What service promises that can be trusted need: see each table's own docstring."""

revision = "20261121_trusted_promises"
down_revision = "20261121_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
