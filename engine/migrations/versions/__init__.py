"""One migration each, named by its day and why."""
