"""The step vocabulary, one noun per file; importing this package teaches it whole."""

from features.steps import (
    access,
    breaches,
    case_progress,
    client_plan,
    clients,
    closing,
    consultations,
    contact,
    county,
    events,
    messages,
    promises,
    refusal,
    responsibility,
    time,
    workers,
)

__all__ = [
    "access",
    "breaches",
    "case_progress",
    "client_plan",
    "clients",
    "closing",
    "consultations",
    "contact",
    "county",
    "events",
    "messages",
    "promises",
    "refusal",
    "responsibility",
    "time",
    "workers",
]
