"""How we know: unit, definitions, integration and acceptance."""
