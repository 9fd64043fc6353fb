"""The HTTP edge: JSON, pages and the stream of changes, as thin FastAPI routes."""
