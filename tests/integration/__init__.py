"""It survives: restarts, races, doubled messages."""
