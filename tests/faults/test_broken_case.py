"""A poisoned case is set aside; the others go on; mended, it catches up with its true instants (rule 26)."""

import pytest
from sqlalchemy import text

from engine.diagnosis import diagnose
from engine.sweep import sweep
from tests.faults.cliff import Cliff
from tests.faults.ledger import Ledger

POISON = "UPDATE service_promise SET tiers = '[[\"aloitus\"]]' WHERE case_id = ANY(:cases)"
MEND = """UPDATE service_promise p SET tiers = (SELECT jsonb_agg(jsonb_build_array(r->>'key', r->>'fire_at') ORDER BY n)
    FROM (SELECT payload FROM case_event e WHERE e.case_id = p.case_id AND e.payload->>'promise_id' = p.promise_id::text
          AND e.payload ? 'rungs' AND e.payload->'rungs' <> 'null' ORDER BY sequence DESC LIMIT 1) AS last,
         jsonb_array_elements(last.payload->'rungs') WITH ORDINALITY AS rung(r, n)) WHERE case_id = ANY(:cases)"""


@pytest.mark.rule(26)
def test_poisoned_cases_stop_nobody_and_catch_up_once_they_are_mended(cliff: Cliff, full: bool, ledger: Ledger) -> None:
    poisoned = cliff.cases()[1 :: 200 if full else 25][:10]
    _do(cliff, POISON, poisoned)

    swept = sweep(cliff.engine)

    assert swept.set_aside == len(poisoned)
    assert cliff.unfired() == 2 * len(poisoned)
    assert [each.kind for each in diagnose(cliff.engine)].count("case_set_aside") == len(poisoned)
    _do(cliff, MEND, poisoned)
    _do(cliff, "UPDATE client_case SET set_aside_until = clock_timestamp() WHERE case_id = ANY(:cases)", poisoned)
    sweep(cliff.engine)
    ledger.note("poisoned cases among the others, mended afterwards", cliff.after())


def _do(cliff: Cliff, statement: str, cases: list[str]) -> None:
    with cliff.engine.database.begin() as connection:
        connection.execute(text(statement.replace(":cases", "cast(:cases AS uuid[])")), {"cases": cases})
