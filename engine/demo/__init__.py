"""The demo: an invented county filled through the engine's own door, the same at every start but for its dates."""

from engine.demo.filling import fill
from engine.demo.people import PERSONAS, Persona, personas_of

__all__ = ["PERSONAS", "Persona", "fill", "personas_of"]
