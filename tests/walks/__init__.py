"""Walks: pathways moved by whatever their pages offer, at random and to every end, and what must hold at every moment."""
