"""The pathways that are shipped, as data; read through importlib.resources."""
