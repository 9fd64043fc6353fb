"""The county's settings written into a file that isn't a pathway: `${name}` becomes its value, in conditions and numbers."""

import re
from collections.abc import Mapping
from typing import Any

from engine.findings import Finding
from engine.model_errors import dotted
from engine.source import Node
from engine.source import Path as Where
from pathways.near_miss import near_or_nothing

SETTING = re.compile(r"\$\{([a-z][a-z0-9_]*)\}")


def filled(node: Node, settings: Mapping[str, Any], path: Where) -> tuple[Node, list[Finding]]:
    """Write the county's settings in; one it doesn't have is a finding and leaves its place as it was."""
    findings: list[Finding] = []
    if isinstance(node.value, dict | list):
        below = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
        made = {key: filled(each, settings, (*path, key)) for key, each in below}
        findings = [finding for _, found in made.values() for finding in found]
        nodes = {key: each for key, (each, _) in made.items()}
        value: Any = nodes if isinstance(node.value, dict) else list(nodes.values())
        return Node(value, node.place, node.keys), findings
    if not isinstance(node.value, str):
        return node, findings
    for name in SETTING.findall(node.value):
        if name not in settings:
            facts = {"name": name, "near": near_or_nothing(name, settings)}
            findings.append(Finding("PW102", node.place, dotted(path), facts))
    whole = SETTING.fullmatch(node.value)
    if whole and whole[1] in settings:
        return Node(settings[whole[1]], node.place), findings
    return Node(SETTING.sub(lambda slot: str(settings.get(slot[1], 0)), node.value), node.place), findings


def settings_named(node: Node | None) -> set[str]:
    """Return the settings named here. A county that has none of them doesn't use the file."""
    if node is None:
        return set()
    below = (*node.entries().values(), *node.items())
    return {*SETTING.findall(node.text()), *(name for one in below for name in settings_named(one))}
