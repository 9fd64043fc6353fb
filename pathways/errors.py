"""Refusals: one class each; the facts are attributes and the sentence says what is possible.

`code` is stable and language-free: the API's problem `type`, and the key of the sentence in fi and sv.
"""

from typing import Any, ClassVar


class PathwayError(Exception):
    """The root of everything this product refuses."""

    code: ClassVar[str] = "refused"

    @property
    def facts(self) -> dict[str, Any]:
        """What the reader's own language needs to fill its sentence."""
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}


class UnknownThing(PathwayError):
    """It doesn't exist, or it isn't yours to see: the answer is the same."""

    code = "not_found"

    def __init__(self, kind: str, key: str) -> None:
        self.kind, self.key = kind, key
        super().__init__(f"No such {kind} that you may see: {key}.")


class NotAllowed(PathwayError):
    """You see the case, but this act belongs to somebody else."""

    code = "not_allowed"

    def __init__(self, act: str, needs: str) -> None:
        self.act, self.needs = act, needs
        super().__init__(f"Can't {act}: this needs {needs}.")


class OutcomeNotPossible(PathwayError):
    code = "outcome_not_possible"

    def __init__(self, outcome: str, step: str, possible: tuple[str, ...]) -> None:
        self.outcome, self.step, self.possible = outcome, step, possible
        super().__init__(f'Can\'t end {step} with "{outcome}"; possible now: {_listed(possible)}.')


class NoSuchStep(PathwayError):
    code = "step_not_open"

    def __init__(self, step: str, possible: tuple[str, ...]) -> None:
        self.step, self.possible = step, possible
        super().__init__(f'Step "{step}" is not open; open now: {_listed(possible)}.')


class StepAmbiguous(PathwayError):
    code = "step_ambiguous"

    def __init__(self, step: str, possible: tuple[str, ...]) -> None:
        self.step, self.possible = step, possible
        super().__init__(f'Step "{step}" is open more than once; name the run: {_listed(possible)}.')


class StepNotReady(PathwayError):
    """Something must be done first."""

    code = "step_not_ready"

    def __init__(self, step: str, waiting_for: tuple[str, ...]) -> None:
        self.step, self.waiting_for = step, waiting_for
        super().__init__(f"{step} can't be ended yet; still waiting for: {_listed(waiting_for)}.")


class LoopBoundReached(PathwayError):
    code = "loop_bound_reached"

    def __init__(self, step: str, at_most: int) -> None:
        self.step, self.at_most = step, at_most
        super().__init__(f"{step} has been entered {at_most} times; a team lead decides whether it is entered again.")


class ReasonMissing(PathwayError):
    code = "reason_missing"

    def __init__(self, what: str, choices: tuple[str, ...] = ()) -> None:
        self.what, self.choices = what, choices
        tail = f"; choose one of: {_listed(choices)}" if choices else ""
        super().__init__(f"Give a reason for {what}{tail}.")


class CaseIsClosed(PathwayError):
    code = "case_closed"

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"Case {number} is closed; a new contact opens it again.")


class CannotClose(PathwayError):
    code = "cannot_close"

    def __init__(self, why: str, until: str | None = None) -> None:
        self.why, self.until = why, until
        super().__init__(f"Can't close the case: {why}" + (f" (until {until})." if until else "."))


class WorkerNotFit(PathwayError):
    """The named worker can't take this: wrong profession, on leave, of another unit …"""

    code = "worker_not_fit"

    def __init__(self, worker: str, why: str, fit: tuple[str, ...]) -> None:
        self.worker, self.why, self.fit = worker, why, fit
        super().__init__(f"{worker} can't be named: {why}; who can: {_listed(fit)}.")


class ArrowNotPossible(PathwayError):
    """A plan, consultation, promise or hand-over can't move that way from where it stands."""

    code = "arrow_not_possible"

    def __init__(self, kind: str, verb: str, state: str, possible: tuple[str, ...]) -> None:
        self.kind, self.verb, self.state, self.possible = kind, verb, state, possible
        super().__init__(f"Can't {verb} a {kind} that is {state}; possible now: {_listed(possible)}.")


class PauseRefused(PathwayError):
    code = "pause_refused"

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"The clock can't be paused: {why}.")


class TimeRefused(PathwayError):
    """A time in the future, before the contact, or without an offset."""

    code = "time_refused"

    def __init__(self, field: str, why: str) -> None:
        self.field, self.why = field, why
        super().__init__(f"{field}: {why}.")


class PlanNotReady(PathwayError):
    code = "plan_not_ready"

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        super().__init__(f"The plan can't be agreed yet; missing: {_listed(missing)}.")


class RevisionStale(PathwayError):
    """Somebody changed it since you looked. Nothing was saved."""

    code = "revision_stale"

    def __init__(self, yours: int, current: int, by: str, what: str) -> None:
        self.yours, self.current, self.by, self.what = yours, current, by, what
        super().__init__(f"Nothing was saved: {by} changed this since you opened it ({what}).")


class KeyReused(PathwayError):
    code = "idempotency_key_reused"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__("This Idempotency-Key was used with another body; use a new key for a new request.")


class PathwayNotStartable(PathwayError):
    code = "pathway_not_startable"

    def __init__(self, pathway: str, why: str, possible: tuple[str, ...] = ()) -> None:
        self.pathway, self.why, self.possible = pathway, why, possible
        tail = f"; you can start: {_listed(possible)}" if possible else ""
        super().__init__(f'No case can be opened on "{pathway}": {why}{tail}.')


class DuplicateClients(PathwayError):
    """Somebody like this is already known; say which one, or that it is somebody new."""

    code = "duplicate_clients"

    def __init__(self, client_ids: tuple[str, ...]) -> None:
        self.client_ids = client_ids
        super().__init__("A client with the same name and birth date is already known; choose one or say it is new.")


class Malformed(PathwayError):
    """A field says something it can't mean."""

    code = "malformed"

    def __init__(self, field: str, why: str) -> None:
        self.field, self.why = field, why
        super().__init__(f"{field}: {why}.")


class NotRecorded(PathwayError):
    """The read can't be accounted for, so client data is not shown."""

    code = "use_log_unavailable"

    def __init__(self) -> None:
        super().__init__("Client data isn't shown now, because the read can't be written to the use log.")


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) if names else "nothing"
