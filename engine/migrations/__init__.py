"""Migrations: how a database came to its tables, one file per change, named by its day and why.

`engine.schema` is the only door to them.
"""
