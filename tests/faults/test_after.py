"""The checker itself: every kind of wrong is counted once somebody does it."""

from sqlalchemy import text

from engine.sweep import sweep
from tests.faults.after import WRONG
from tests.faults.cliff import Cliff

MISDEEDS = (
    "DELETE FROM promise_tier WHERE ctid = (SELECT ctid FROM promise_tier LIMIT 1)",
    "DELETE FROM promise_breach WHERE ctid = (SELECT ctid FROM promise_breach LIMIT 1)",
    "UPDATE timer SET fired_at = NULL WHERE timer_id = (SELECT timer_id FROM timer WHERE fired_at IS NOT NULL LIMIT 1)",
    """INSERT INTO case_event (tenant_id, case_id, sequence, type, v, occurred_at, recorded_at, actor, revision, payload)
        SELECT tenant_id, case_id, 9999, type, v, occurred_at, recorded_at, actor, revision, payload
        FROM case_event WHERE type = 'tier_fired' LIMIT 1""",
    """UPDATE promise_tier SET noted_at = fire_at - interval '1 hour'
        WHERE ctid = (SELECT ctid FROM promise_tier WHERE state = 'fired' LIMIT 1)""",
    "DELETE FROM outbox WHERE ctid = (SELECT ctid FROM outbox WHERE kind = 'promise_rung' LIMIT 1)",
    "UPDATE sweep_lag SET longer = 0",
    "UPDATE client_case SET set_aside_at = now() WHERE ctid = (SELECT ctid FROM client_case LIMIT 1)",
)


def test_what_was_swept_in_peace_is_right_and_every_misdeed_is_counted(cliff: Cliff) -> None:
    sweep(cliff.engine)
    assert cliff.after().wrong == {}

    with cliff.engine.database.begin() as connection:
        for misdeed in MISDEEDS:
            connection.execute(text(misdeed))

    assert set(cliff.after(acknowledged=["a command nobody sent"]).wrong) == set(WRONG)
