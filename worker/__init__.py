"""What happens later: sweeps, relayed messages and reports, as thin Celery tasks."""
