"""The composition root: reads the settings and wires engine, api and worker into commands."""
