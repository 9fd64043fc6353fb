"""Shared blocks: what many pathways do alike, written once and included by name."""

from typing import Any

from pathways.definition_parts import Id, Part, Text


class Parameter(Part):
    """A value a block leaves open: given by `with`, else by the county's setting of the same name, else the default."""

    title: Text
    default: Any = None


class Block(Part):
    """A block's file. Its sections are laid under the pathway's own, which win key by key.

    The sections are read as they stand once `${name}` is replaced; only then do their words mean anything.
    """

    block: Id
    title: Text
    purpose: Text | None = None
    parameters: dict[Id, Parameter] = {}
    step: dict[str, Any] = {}
    """What a step with `use: <block>` begins from."""
    roles: dict[Id, Any] = {}
    promises: dict[Id, Any] = {}
    steps: dict[Id, Any] = {}
    ends: dict[Id, Any] = {}
    events: dict[Id, Any] = {}
    outcomes: dict[Id, Any] = {}
    ladders: dict[Id, Any] = {}
