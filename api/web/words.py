"""Closed sets of words the pages use: states, kinds, grounds, and what was just done. One table per set."""

from collections.abc import Iterable, Mapping
from gettext import NullTranslations

from engine.read_models.people_shown import AssignmentShown


class Words:
    """The words of one language."""

    def __init__(self, catalogue: NullTranslations) -> None:
        self._t = catalogue

    def run_states(self) -> dict[str, str]:
        t = self._t
        return {
            "waiting": t.pgettext("step", "waits for its day"),
            "open": t.pgettext("step", "not begun"),
            "started": t.pgettext("step", "in progress"),
            "done": t.pgettext("step", "done"),
            "not_needed": t.pgettext("step", "not needed"),
            "cancelled": t.pgettext("step", "cancelled"),
        }

    def branch_states(self) -> dict[str, str]:
        states = self.run_states()
        return {"open": self._t.pgettext("branch", "open"), "done": states["done"], "not_needed": states["not_needed"]}

    def plan_states(self) -> dict[str, str]:
        t = self._t
        return {
            "draft": t.pgettext("plan", "draft"),
            "with_client": t.pgettext("plan", "with the client to read"),
            "agreed": t.pgettext("plan", "agreed"),
            "to_review": t.pgettext("plan", "to be reviewed"),
            "ended": t.pgettext("plan", "ended"),
        }

    def consultation_states(self) -> dict[str, str]:
        t = self._t
        return {
            "requested": t.pgettext("consultation", "waits to be taken"),
            "accepted": t.pgettext("consultation", "being answered"),
            "returned": t.pgettext("consultation", "returned for more information"),
            "answered": t.pgettext("consultation", "answered, waits to be read"),
            "acknowledged": t.pgettext("consultation", "answered and read"),
            "declined": t.pgettext("consultation", "declined"),
            "withdrawn": t.pgettext("consultation", "withdrawn"),
        }

    def breached(self) -> dict[str, str]:
        """What a breach is called, by the kind of the clock."""
        t = self._t
        return {
            "promise": t.gettext("The promise was not kept"),
            "statutory": t.gettext("The deadline was exceeded"),
            "target": t.gettext("The target was missed"),
        }

    def language_name(self, code: str) -> str:
        t = self._t
        names = {
            "fi": t.pgettext("language", "Finnish"),
            "sv": t.pgettext("language", "Swedish"),
            "en": t.pgettext("language", "English"),
            "se": t.pgettext("language", "Northern Sámi"),
            "ru": t.pgettext("language", "Russian"),
            "ar": t.pgettext("language", "Arabic"),
            "so": t.pgettext("language", "Somali"),
        }
        return names.get(code, code)

    def relation_name(self, key: str) -> str:
        t = self._t
        names = {
            "self": t.pgettext("relation", "client"),
            "guardian": t.pgettext("relation", "guardian"),
            "huoltaja": t.pgettext("relation", "guardian"),
            "spouse": t.pgettext("relation", "spouse"),
            "puoliso": t.pgettext("relation", "spouse"),
            "carer": t.pgettext("relation", "informal carer"),
            "omaishoitaja": t.pgettext("relation", "informal carer"),
            "child": t.pgettext("relation", "child"),
            "lapsi": t.pgettext("relation", "child"),
            "laheinen": t.pgettext("relation", "close person"),
        }
        return names.get(key, key)

    def ground_name(self, key: str) -> str:
        """Why somebody belongs to the care team."""
        t = self._t
        names = {
            "responsible": t.pgettext("ground", "responsible worker"),
            "own_worker": t.pgettext("ground", "own worker"),
            "substitute": t.pgettext("ground", "substitute"),
            "assignee": t.pgettext("ground", "has a step"),
            "consultant": t.pgettext("ground", "asked for a consultation"),
            "asked": t.pgettext("ground", "asked for a consultation"),
            "handover": t.pgettext("ground", "hands over"),
            "member": t.pgettext("ground", "in the team"),
        }
        return names.get(key, "")

    def why_responsible(self, named: AssignmentShown) -> list[str]:
        """Why exactly this worker answers: each recorded reason as a sentence."""
        return [self._reason(code) for code in named.explanation] or [self._reason(named.ground)]

    def _reason(self, recorded: str) -> str:
        t = self._t
        code, _, fact = recorded.partition(":")
        sentences = {
            "fit": t.ngettext(
                "%(fact)s worker of the unit could have taken this.",
                "%(fact)s workers of the unit could have taken this.",
                _number(fact),
            ),
            "continuity": t.gettext("Has worked with the client before."),
            "already_responsible": t.gettext("Answered for the client already."),
            "language": t.gettext("Serves the client in the client's own language."),
            "load": t.ngettext(
                "Had the lightest load: %(fact)s client.", "Had the lightest load: %(fact)s clients.", _number(fact)
            ),
            "only_one": t.gettext("The only one in the unit with the right profession."),
            "named": t.gettext("Named by a colleague."),
            "named_by_hand": t.gettext("Named by a colleague."),
            "claimed": t.gettext("Took the client from the queue."),
            "queue": t.gettext("The pathway puts new clients in the unit's queue."),
            "team_lead": t.gettext("Nobody was named in time, so the team lead answers."),
            "target_missed": t.gettext("Nobody was named in time, so the team lead answers."),
            "handover": t.gettext("Accepted a hand-over."),
        }
        return sentences[code] % {"fact": fact} if code in sentences else recorded

    def unfit(self) -> dict[str, str]:
        """Why somebody can't be named."""
        t = self._t
        return {
            "wrong_profession": t.gettext("profession doesn't suit this role"),
            "on_leave": t.gettext("away today, without a substitute"),
            "language": t.gettext("doesn't serve in Swedish"),
            "skill": t.gettext("lacks a skill this pathway asks for"),
            "load": t.gettext("has as many clients as agreed"),
            "other_unit": t.gettext("works in another unit"),
        }

    def late_reasons(self) -> list[tuple[str, str]]:
        """Why something is recorded more than an hour after it happened."""
        t = self._t
        return [
            ("home_visit", t.gettext("Done away from the desk")),
            ("system_down", t.gettext("The system was down")),
            ("heard_later", t.gettext("I heard of it later")),
            ("other", t.gettext("Another reason")),
        ]

    def done(self, key: str) -> str:
        """What was just done, said at the top of the next page; empty for a word nobody wrote."""
        t = self._t
        said = {
            "contact": t.gettext("The contact is saved. The clock of the promise is running."),
            "joined": t.gettext("The contact joined the client's open case."),
            "act": t.gettext("Recorded."),
            "started": t.gettext("The step is begun."),
            "outcome": t.gettext("The step is done. What is next is below."),
            "closed": t.gettext("The client relationship has ended."),
            "taken": t.gettext("You are now responsible for this client."),
            "named": t.gettext("The responsible worker is named."),
            "acknowledged": t.gettext("Acknowledged."),
            "assigned": t.gettext("The step is yours."),
            "event": t.gettext("Saved. What follows from it is shown below."),
            "plan": t.gettext("The plan is saved as a new version."),
            "plan_sent": t.gettext("The plan is with the client to read."),
            "agreement": t.gettext("The client's view is recorded."),
            "asked": t.gettext("The question is sent."),
            "answered": t.gettext("The answer is sent."),
            "moved": t.gettext("Saved. The asker is told."),
            "paused": t.gettext("The clock is paused."),
            "resumed": t.gettext("The clock is running again."),
            "reason": t.gettext("The reason is saved."),
            "urgency": t.gettext("The urgency is changed."),
            "handover": t.gettext("The hand-over is decided."),
            "seen": t.gettext("All are marked as seen."),
            "proposed": t.gettext("Saved. Your unit may now confirm or decline this proposal."),
            "concern": t.gettext("Your concern is noted. The night's count weighs it with the rest."),
            "confirmed": t.gettext("Confirmed. Joint work begins here: look at the situation together."),
            "declined": t.gettext("Declined. The same reasons are silent for half a year."),
            "counted": t.gettext("Counted. The reasons are up to date."),
            "signed_out": t.gettext("You have signed out."),
        }
        return said.get(key, "")


def _number(fact: str) -> int:
    return int(fact) if fact.isdigit() else 0


TIMELINE_ICONS: Mapping[str, str] = {
    "case": "flag",
    "step": "git-branch",
    "contact": "phone",
    "promise": "handshake",
    "person": "user",
    "consultation": "stethoscope",
    "plan": "file-text",
    "promise_breached": "triangle-alert",
    "promise_kept": "check",
    "promise_paused": "pause",
    "promise_resumed": "play",
}
"""By the type of the event where it has its own, else by its category."""


def options(titled: Iterable[object]) -> list[tuple[str, str]]:
    """Things with a key and a title as the choices of a field."""
    return [(str(getattr(one, "key", "")), str(getattr(one, "title", ""))) for one in titled]
