"""The people of a case's page: clients, who answers, the care team, contacts and hand-overs."""

from engine.access import is_in_force, may
from engine.read_models.case_around import Around
from engine.read_models.case_parts import ContactShown, HandoverShown, MemberShown
from engine.read_models.people_shown import AssignmentShown, ClientShown, client_shown
from engine.read_models.titles import channel_title, organisation_title, role_title
from pathways.case import Assignment, Handover


def clients_shown(around: Around) -> tuple[ClientShown, ...]:
    """Everybody on the case today, the primary client first."""
    rows = around.seen.loaded.clients
    present = [c for c in around.case.clients.values() if c.until is None and c.client_id in rows]
    present.sort(key=lambda client: (not client.primary, client.since))
    return tuple(
        client_shown(around.reading, rows[client.client_id], client.relation, primary=client.primary)
        for client in present
    )


def assignment_shown(around: Around, assignment: Assignment | None) -> AssignmentShown | None:
    """Who answers, with today's substitute and absence."""
    if assignment is None:
        return None
    worker_id = assignment.worker_id
    substitute = assignment.substitute_id if is_in_force(assignment.substitute_until, around.reading.today) else None
    return AssignmentShown(
        assignment_id=assignment.assignment_id,
        kind=assignment.kind,
        role=assignment.role,
        role_title=role_title(around.seen.pathway, assignment.role, around.language),
        unit_id=assignment.unit_id,
        unit_name=around.units.get(assignment.unit_id, ""),
        worker=around.workers.maybe(worker_id),
        since=assignment.since,
        ground=assignment.ground,
        explanation=assignment.explanation,
        acknowledged_at=assignment.acknowledged_at,
        substitute=around.workers.maybe(substitute),
        substitute_until=assignment.substitute_until if substitute else None,
        away_until=around.away.get(worker_id) if worker_id else None,
    )


def members_shown(around: Around) -> tuple[MemberShown, ...]:
    """The care team today, each person once, by the ground they have had longest."""
    present = [
        member
        for member in around.case.members.values()
        if member.left_at is None and is_in_force(member.until, around.reading.today)
    ]
    first: dict[str, MemberShown] = {}
    for member in sorted(present, key=lambda member: member.since):
        worker = around.workers.named(member.worker_id)
        first.setdefault(member.worker_id, MemberShown(worker, member.ground, member.since, member.until))
    return tuple(first.values())


def contacts_shown(around: Around) -> tuple[ContactShown, ...]:
    """Every contact, newest first, with its words."""
    return tuple(
        ContactShown(
            contact_id=row["contact_id"],
            channel=row["channel"],
            channel_title=channel_title(around.seen.pathway, row["channel"], around.language),
            received_at=row["received_at"],
            effective_at=row["effective_at"],
            matter=around.texts.body(row["matter_text"]),
            urgency=row["urgency"],
            language=row["language"],
            callback=row["callback"],
            callback_safe=row["callback_safe"],
            taken_by=around.workers.named(row["taken_by"]),
        )
        for row in around.contacts
    )


def handovers_shown(around: Around) -> tuple[HandoverShown, ...]:
    """Hand-overs, newest first. The receiving unit decides; another organisation's answer is recorded by those here."""
    handovers = sorted(around.case.handovers.values(), key=lambda handover: handover.proposed_at, reverse=True)
    return tuple(
        HandoverShown(
            handover_id=handover.handover_id,
            state=handover.state,
            proposed_at=handover.proposed_at,
            proposed_by=around.workers.named(handover.proposed_by),
            to_unit=handover.to_unit,
            to_unit_name=around.units.get(handover.to_unit) if handover.to_unit else None,
            to_organisation=handover.to_organisation,
            to_organisation_title=organisation_title(around.seen.pathway, handover.to_organisation, around.language),
            run_id=handover.run_id,
            decided_at=handover.decided_at,
            can=("accept", "reject") if handover.state == "proposed" and _may_decide(around, handover) else (),
        )
        for handover in handovers
    )


def _may_decide(around: Around, handover: Handover) -> bool:
    if handover.to_organisation:
        return may(around.reading.actor, "hand-over", around.seen.facts)
    return handover.to_unit in around.reading.actor.units
