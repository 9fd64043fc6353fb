"""What service promises that can be trusted need: see each table's own docstring."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261121_trusted_promises"
down_revision = "20261121_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("timer_case", "timer")
    op.create_index("timer_case", "timer", ["tenant_id", "case_id", "fire_at"], unique=False)
    recalculate_openly()
    say_what_promises_count_from()
    count_the_lags()
    freeze_months()
    tell_what_came_late_and_what_never_fired()
    show_the_worst_first()
    keep_quiet_hours()
    count_breaches_by_case()
    load_cases_by_what_is_live()


def say_what_promises_count_from() -> None:
    """A promise keeps everything its due instant follows from; only `same day` counted from an opening until now."""
    column = sa.Column("counted_from", sa.String(length=12), nullable=False, server_default="received")
    op.add_column("service_promise", column)


def count_the_lags() -> None:
    op.create_index(
        "client_case_aside",
        "client_case",
        ["set_aside_until"],
        unique=False,
        postgresql_where=sa.text("set_aside_at IS NOT NULL"),
        sqlite_where=sa.text("set_aside_at IS NOT NULL"),
    )
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


def recalculate_openly() -> None:
    """Calendars as data, promises whose due instant moves, and breaches that may come again after one was voided."""
    op.create_table(
        "calendar_version",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "key", "version"),
    )
    op.create_table(
        "recalculation",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("recalculation_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(length=36), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("later", sa.Integer(), nullable=False),
        sa.Column("earlier", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("stayed", sa.Integer(), nullable=False),
        sa.Column("breaches_voided", sa.Integer(), nullable=False),
        sa.Column("breaches_appeared", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "recalculation_id"),
    )
    op.create_index("recalculation_started", "recalculation", ["tenant_id", "started_at"], unique=False)
    op.add_column("contact", sa.Column("corrected_received_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("service_promise", sa.Column("arming", sa.Integer(), server_default="0", nullable=False))
    op.add_column("service_promise", sa.Column("breaches", sa.Integer(), server_default="0", nullable=False))
    op.add_column("service_promise", sa.Column("corrected_state", sa.String(length=12), nullable=True))
    postgres = op.get_bind().dialect.name == "postgresql"
    pauses = "jsonb_array_length(pauses)" if postgres else "json_array_length(pauses)"
    breaches = "CASE WHEN breached_at IS NULL THEN 0 ELSE 1 END"
    op.execute(f"UPDATE service_promise SET arming = {pauses}, breaches = {breaches}")  # noqa: S608
    _number_the_breaches(postgres)


def _number_the_breaches(postgres: bool) -> None:
    key = ["tenant_id", "promise_id", "number"]
    if postgres:
        op.add_column("promise_breach", sa.Column("number", sa.Integer(), server_default="1", nullable=False))
        op.drop_constraint("promise_breach_pkey", "promise_breach", type_="primary")
        op.create_primary_key("promise_breach_pkey", "promise_breach", key)
        return
    op.drop_index("promise_breach_case", "promise_breach")
    op.rename_table("promise_breach", "promise_breach_before")  # SQLite can't change a key: the rows move over
    op.create_table(
        "promise_breach",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("promise_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer(), server_default="1", nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("breached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_by", sa.String(length=36), nullable=True),
        sa.Column("void_why", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id", "case_id"], ["client_case.tenant_id", "client_case.case_id"]),
        sa.PrimaryKeyConstraint(*key),
    )
    op.create_index("promise_breach_case", "promise_breach", ["tenant_id", "case_id"], unique=False)
    names = "tenant_id, promise_id, case_id, breached_at, detected_at, unit_id, role, voided_at, voided_by, void_why"
    op.execute(f"INSERT INTO promise_breach ({names}) SELECT {names} FROM promise_breach_before")  # noqa: S608
    op.drop_table("promise_breach_before")


def tell_what_came_late_and_what_never_fired() -> None:
    """Ends that were recorded late show on the board; rungs that an end made needless are rows as those that fired."""
    op.add_column("service_promise", sa.Column("told_late_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("service_promise", sa.Column("late_reason", sa.String(length=80), nullable=True))
    op.add_column("service_promise", sa.Column("on_list", sa.String(length=16), nullable=True))
    op.create_index(
        "service_promise_on_list",
        "service_promise",
        ["tenant_id", "unit_id", "kind", "due_at", "promise_id"],
        unique=False,
        postgresql_where=sa.text("on_list IS NOT NULL"),
        sqlite_where=sa.text("on_list IS NOT NULL"),
    )
    op.create_index(
        "service_promise_told_late",
        "service_promise",
        ["tenant_id", "unit_id", "told_late_at"],
        unique=False,
        postgresql_where=sa.text("told_late_at IS NOT NULL"),
        sqlite_where=sa.text("told_late_at IS NOT NULL"),
    )
    ended = "state NOT IN ('running', 'paused')"
    fired = (
        "SELECT count(*) FROM promise_tier r WHERE r.tenant_id = service_promise.tenant_id"
        " AND r.promise_id = service_promise.promise_id AND r.arming = service_promise.arming"
    )
    if op.get_bind().dialect.name == "postgresql":
        length = "jsonb_array_length(tiers)"
        rungs = "CROSS JOIN LATERAL jsonb_array_elements(p.tiers) WITH ORDINALITY AS armed(rung, place)"
        row = "armed.rung ->> 0, p.arming, p.case_id, 'skipped', CAST(armed.rung ->> 1 AS timestamptz), p.ended_at"
        unfired = "armed.place > p.next_tier"
    else:
        length = "json_array_length(tiers)"
        rungs = "CROSS JOIN json_each(p.tiers) AS armed"
        said = "json_extract(armed.value, '$[1]')"  # in UTC; SQLite's own functions would round a breach's microsecond
        after = f"CASE substr({said}, 20, 1) WHEN '.' THEN substr({said}, 20, 7) ELSE '.000000' END"
        moment = f"replace(substr({said}, 1, 19), 'T', ' ') || {after}"
        row = f"json_extract(armed.value, '$[0]'), p.arming, p.case_id, 'skipped', {moment}, p.ended_at"
        unfired = "armed.key >= p.next_tier"
    op.execute(f"UPDATE service_promise SET next_tier = ({fired}) WHERE {ended} AND ({fired}) < {length}")  # noqa: S608
    columns = "tenant_id, promise_id, tier, arming, case_id, state, fire_at, noted_at"
    skipped = f"SELECT p.tenant_id, p.promise_id, {row} FROM service_promise p {rungs}"  # noqa: S608
    op.execute(f"INSERT INTO promise_tier ({columns}) {skipped} WHERE p.{ended} AND {unfired}")


def load_cases_by_what_is_live() -> None:
    """A case is loaded by its running promises and open branches; its history may be long."""
    for name, table, columns, where in (
        ("service_promise_live", "service_promise", ["tenant_id", "case_id"], "state IN ('running', 'paused')"),
        ("step_run_branches", "step_run", ["tenant_id", "parent_run_id"], "parent_run_id IS NOT NULL"),
    ):
        op.create_index(
            name, table, columns, unique=False, postgresql_where=sa.text(where), sqlite_where=sa.text(where)
        )


def show_the_worst_first() -> None:
    """What a board asks of a team stands in its own order in an index: never read and sorted, however long the backlog."""
    op.drop_index("service_promise_unit_due", "service_promise")
    op.drop_index("client_case_unit", "client_case")
    op.drop_index("assignment_worker", "assignment")
    worst_first = ["tenant_id", "unit_id", "kind", "due_at", "promise_id", "case_id"]
    waiting = "until IS NULL AND kind = 'responsible' AND worker_id IS NULL"
    owed = (
        "breached_at IS NOT NULL AND breach_voided_at IS NULL AND reason_code IS NULL"
        " AND kind IN ('promise', 'statutory')"
    )
    for name, table, columns, where in (
        ("service_promise_unit_due", "service_promise", worst_first, "state IN ('running', 'paused')"),
        ("service_promise_owed", "service_promise", worst_first, owed),
        (
            "service_promise_closed",
            "service_promise",
            ["tenant_id", "unit_id", "ended_at", "state"],
            "state IN ('kept', 'late')",
        ),
        ("client_case_unit", "client_case", ["tenant_id", "unit_id", "state", "case_id"], None),
        ("client_case_restricted", "client_case", ["tenant_id", "case_id"], "restricted"),
        ("assignment_worker", "assignment", ["tenant_id", "worker_id"], "until IS NULL AND worker_id IS NOT NULL"),
        ("assignment_queue", "assignment", ["tenant_id", "unit_id", "since", "case_id"], waiting),
        (
            "assignment_substitute",
            "assignment",
            ["tenant_id", "substitute_id"],
            "until IS NULL AND substitute_id IS NOT NULL",
        ),
        ("consultation_unanswered", "consultation", ["tenant_id", "case_id"], "state IN ('requested', 'accepted')"),
    ):
        some = sa.text(where) if where else None
        op.create_index(name, table, columns, postgresql_where=some, sqlite_where=some)


def freeze_months() -> None:
    op.create_table(
        "frozen_month",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promises", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "month"),
    )
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "frozen_month_group",
        sa.Column("tenant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("promise", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("pathway", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("counts", json, nullable=False),
        sa.Column("waits", json, nullable=False),
        sa.ForeignKeyConstraint(["tenant_id", "month"], ["frozen_month.tenant_id", "frozen_month.month"]),
        sa.PrimaryKeyConstraint("tenant_id", "month", "number"),
    )
    op.create_index("frozen_month_group_unit", "frozen_month_group", ["tenant_id", "month", "unit_id"], unique=False)


def keep_quiet_hours() -> None:
    """A worker may hear in hours of their own; messages that wait for an opening are passed over by an index."""
    op.add_column("worker", sa.Column("hours", sa.String(length=80), server_default="", nullable=False))
    op.create_index(
        "outbox_ready",
        "outbox",
        ["next_try_at"],
        unique=False,
        postgresql_where=sa.text("relayed_at IS NULL AND cancelled_at IS NULL"),
        sqlite_where=sa.text("relayed_at IS NULL AND cancelled_at IS NULL"),
    )


def count_breaches_by_case() -> None:
    """The second breach of a case goes further up at once: the case counts those that stand."""
    op.add_column("client_case", sa.Column("breaches", sa.Integer(), server_default="0", nullable=False))
    standing = (
        "SELECT count(*) FROM promise_breach b JOIN service_promise p"
        " ON p.tenant_id = b.tenant_id AND p.promise_id = b.promise_id"
        " WHERE b.tenant_id = client_case.tenant_id AND b.case_id = client_case.case_id"
        " AND b.voided_at IS NULL AND p.kind <> 'target'"
    )
    op.execute(f"UPDATE client_case SET breaches = ({standing})")  # noqa: S608
