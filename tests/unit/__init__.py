"""Which rule."""
