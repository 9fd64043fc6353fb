"""The cliff by hand: one SQL statement that writes every row the product writes for promises that fall due together.

Written for the promises the loader arms: a breach, and the rung of the usual ladder that fires with it. Whoever hears
is looked up as simply as can be. What it leaves out is deciding: definitions, absences, empty places, broken cases.
"""

from datetime import datetime

import psycopg

BREACH = """
WITH due AS MATERIALIZED (
    SELECT p.tenant_id, p.case_id, p.promise_id, p.key, p.kind, p.unit_id, p.role, p.due_at, p.tiers, p.next_tier, p.arming,
           p.breaches, c.sequence, c.revision, c.unit_id AS case_unit
    FROM service_promise p JOIN client_case c USING (tenant_id, case_id)
    WHERE p.next_fire_at <= %(now)s ORDER BY p.next_fire_at {limit} FOR UPDATE OF c
), told AS MATERIALIZED (
    SELECT d.*, a.worker_id, coalesce(a.unit_id, d.unit_id) AS answers, coalesce(a.role, d.role) AS answering,
           array_remove(array_prepend(a.worker_id, l.leads), NULL) AS hears,
           row_number() OVER (PARTITION BY d.tenant_id, d.case_id ORDER BY d.promise_id) AS nth
    FROM due d
    LEFT JOIN assignment a ON a.tenant_id = d.tenant_id AND a.case_id = d.case_id AND a.kind = 'responsible'
         AND a.until IS NULL
    CROSS JOIN LATERAL (
        SELECT array_agg(m.worker_id ORDER BY m.worker_id) AS leads FROM unit_member m
        WHERE m.tenant_id = d.tenant_id AND m.unit_id = d.case_unit AND m.roles ? 'team_lead'
    ) l
), w_case AS (
    UPDATE client_case c SET sequence = c.sequence + n.events, breaches = c.breaches + n.breaches, recorded_at = %(now)s
    FROM (SELECT tenant_id, case_id, 3 * count(*) AS events, count(*) FILTER (WHERE kind <> 'target') AS breaches
          FROM told GROUP BY 1, 2) n
    WHERE c.tenant_id = n.tenant_id AND c.case_id = n.case_id
), w_promise AS (
    UPDATE service_promise p SET next_tier = t.next_tier + 2,
           next_fire_at = (t.tiers -> (t.next_tier + 2) ->> 1)::timestamptz,
           breached_at = t.due_at, breach_detected_at = %(now)s, breaches = t.breaches + 1
    FROM told t WHERE p.tenant_id = t.tenant_id AND p.promise_id = t.promise_id
), w_event AS (
    INSERT INTO case_event (tenant_id, case_id, sequence, type, v, occurred_at, recorded_at, actor, revision, payload)
    SELECT t.tenant_id, t.case_id, t.sequence + 3 * (t.nth - 1) + k, CASE k WHEN 1 THEN 'promise_breached' ELSE 'tier_fired' END,
           1, %(now)s, %(now)s, 'system', t.revision,
           CASE k WHEN 1 THEN jsonb_build_object('promise_id', t.promise_id, 'breached_at', t.due_at, 'unit_id', t.answers,
                                                 'role', t.answering, 'worker_id', t.worker_id)
                  WHEN 2 THEN jsonb_build_object('promise_id', t.promise_id, 'tier', t.tiers -> t.next_tier -> 0,
                                                 'sequence_in_promise', t.next_tier, 'told', '[]'::jsonb,
                                                 'fire_at', t.tiers -> t.next_tier -> 1, 'stands_for', '[]'::jsonb)
                  ELSE jsonb_build_object('promise_id', t.promise_id, 'tier', t.tiers -> (t.next_tier + 1) -> 0,
                                          'sequence_in_promise', t.next_tier + 1, 'told', to_jsonb(t.hears),
                                          'fire_at', t.tiers -> (t.next_tier + 1) -> 1,
                                          'stands_for', jsonb_build_array(t.tiers -> t.next_tier -> 0)) END
    FROM told t CROSS JOIN generate_series(1, 3) k
), w_breach AS (
    INSERT INTO promise_breach (tenant_id, promise_id, number, case_id, breached_at, detected_at, unit_id, role)
    SELECT tenant_id, promise_id, breaches + 1, case_id, due_at, %(now)s, answers, answering FROM told
), w_tier AS (
    INSERT INTO promise_tier (tenant_id, promise_id, tier, arming, case_id, state, fire_at, noted_at)
    SELECT tenant_id, promise_id, tiers -> (next_tier + k) ->> 0, arming, case_id, 'fired',
           (tiers -> (next_tier + k) ->> 1)::timestamptz, %(now)s
    FROM told CROSS JOIN generate_series(0, 1) k
), w_outbox AS (
    INSERT INTO outbox (tenant_id, message_id, case_id, kind, payload, made_at, tries)
    SELECT tenant_id, gen_random_uuid(), case_id, 'promise_rung',
           jsonb_build_object('to', to_jsonb(hears), 'promise_id', promise_id, 'promise', key,
                              'tier', tiers -> (next_tier + 1) -> 0, 'asks', 'reason_and_plan'), %(now)s, 0
    FROM told
)
INSERT INTO change (tenant_id, topic, subject_id, at)
SELECT t.tenant_id, k.topic, k.subject, %(now)s
FROM (SELECT DISTINCT ON (tenant_id, case_id) * FROM told) t
CROSS JOIN LATERAL (
    SELECT 'case' AS topic, t.case_id::text AS subject UNION ALL SELECT 'unit', t.case_unit::text
    UNION ALL SELECT 'worker', h::text FROM unnest(t.hears) h
) k"""

RELAY = """
WITH waiting AS MATERIALIZED (
    SELECT tenant_id, message_id, case_id, kind, payload FROM outbox
    WHERE relayed_at IS NULL AND cancelled_at IS NULL AND kind <> 'letter' ORDER BY made_at LIMIT 5000 FOR UPDATE
), told AS (
    SELECT w.tenant_id, h::uuid AS worker_id, jsonb_build_object('case_id', w.case_id) || (w.payload - 'to') AS rung,
           row_number() OVER (PARTITION BY w.tenant_id, h ORDER BY w.message_id) AS nth
    FROM waiting w CROSS JOIN LATERAL jsonb_array_elements_text(w.payload -> 'to') h
), digest AS MATERIALIZED (
    SELECT tenant_id, worker_id, count(*) AS rungs, jsonb_agg(rung) FILTER (WHERE nth <= 20) AS named
    FROM told GROUP BY 1, 2
), grown AS (
    UPDATE notification n
    SET payload = jsonb_build_object('count', (n.payload ->> 'count')::int + d.rungs, 'rungs', n.payload -> 'rungs')
    FROM digest d
    WHERE n.tenant_id = d.tenant_id AND n.worker_id = d.worker_id AND n.kind = 'promise_digest' AND n.seen_at IS NULL
          AND n.made_at > %(now)s - interval '15 minutes'
    RETURNING n.tenant_id, n.worker_id
), made AS (
    INSERT INTO notification (tenant_id, notification_id, worker_id, kind, payload, made_at)
    SELECT tenant_id, gen_random_uuid(), worker_id, 'promise_digest',
           jsonb_build_object('count', rungs, 'rungs', named), %(now)s
    FROM digest d WHERE NOT EXISTS (
        SELECT 1 FROM grown g WHERE g.tenant_id = d.tenant_id AND g.worker_id = d.worker_id)
), heard AS (
    INSERT INTO change (tenant_id, topic, subject_id, at)
    SELECT tenant_id, 'worker', worker_id::text, %(now)s FROM digest
)
UPDATE outbox o SET relayed_at = %(now)s FROM waiting w WHERE o.tenant_id = w.tenant_id AND o.message_id = w.message_id"""


class Floor:
    """One connection, one process, no decisions."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
        self._connection.execute("SET jit = off")

    def breach_all(self, now: datetime) -> int:
        """M: everything that is due, in one statement."""
        with self._connection.transaction():
            self._connection.execute(BREACH.format(limit=""), {"now": now})
        return 1

    def breach_and_relay(self, now: datetime) -> int:
        """E: in batches of 5000, then every message handed on, in batches of 5000."""
        batches = 0
        for statement in (BREACH.format(limit="LIMIT 5000"), RELAY):
            while True:
                done = self._connection.execute(statement, {"now": now})
                batches += 1
                if not done.rowcount:
                    break
        return batches

    def close(self) -> None:
        self._connection.close()
