"""The step vocabulary, one noun per file; importing this package teaches it whole."""

from features.steps import case_progress, clients, contact, county, promises, refusal, responsibility, time, workers

__all__ = [
    "case_progress",
    "clients",
    "contact",
    "county",
    "promises",
    "refusal",
    "responsibility",
    "time",
    "workers",
]
