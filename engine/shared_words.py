"""Shared words written in: the ladders a pathway names and the words of the vocabulary it uses."""

import re
from collections.abc import Iterator

from engine.source import Node, Shelf, laid_under, planted
from pathways.definition_parts import LANGUAGES

ASKED_OF_PEOPLE = ("professions", "breach_reasons", "channels")
"""Words a worker may choose while a case runs, whether or not the pathway names them."""


def with_ladders(pathway: Node, shelf: Shelf) -> Node:
    """Return the pathway with the ladders its promises name, where it has none of its own by that name."""
    ladders = pathway.at("ladders") or Node({}, pathway.place)
    promises = pathway.at("promises")
    for promise in promises.entries().values() if promises else ():
        named = promise.at("ladder")
        if named is not None and named.text() not in ladders.entries() and named.text() in shelf.ladders:
            ladders = ladders.with_entry(named.text(), shelf.ladders[named.text()])
    return pathway.with_entry("ladders", ladders) if ladders.entries() else pathway


def with_schools(node: Node, shelf: Shelf) -> Node:
    """Return the pathway with the county's schools in every field that lets a worker choose among them."""
    if isinstance(node.value, list):
        return Node([with_schools(below, shelf) for below in node.value], node.place)
    for key, below in node.entries().items():
        if isinstance(below.value, dict | list):
            node = node.with_entry(key, with_schools(below, shelf))
    chosen = node.entries().get("choices_from")
    if chosen is None or chosen.text() != "schools":
        return node
    schools = Node(dict(shelf.schools), chosen.place)
    own = node.entries().get("choices")
    return node.with_entry("choices", laid_under(schools, own) if own else schools)


def with_vocabulary(pathway: Node, shelf: Shelf) -> Node:
    """Return the pathway with the words it uses and those people choose from; another word added changes no hash."""
    vocabulary = shelf.vocabulary
    if vocabulary is None:
        return pathway
    words = set(_words(pathway))
    kept = planted({}, pathway.place)
    for section, entries in vocabulary.entries().items():
        asked_of_people = section in ASKED_OF_PEOPLE
        used = {key: below for key, below in entries.entries().items() if asked_of_people or key in words}
        if used:
            kept = kept.with_entry(section, Node(used, entries.place, entries.keys))
    return _with_end_words(pathway, vocabulary).with_entry("vocabulary", kept)


def _with_end_words(pathway: Node, vocabulary: Node) -> Node:
    """An end the pathway names takes what the vocabulary says of it, where the pathway doesn't say otherwise."""
    ends = pathway.at("ends")
    for key, end in ends.entries().items() if ends else ():
        shared = vocabulary.at("ends", key)
        if shared is not None and ends is not None:
            ends = ends.with_entry(key, laid_under(shared, end))
    return pathway.with_entry("ends", ends) if ends is not None else pathway


def _words(node: Node) -> Iterator[str]:
    """Give every key and every word of a pathway but those of its texts for people."""
    if isinstance(node.value, dict):
        for key, below in node.value.items():
            yield key
            if key not in LANGUAGES:
                yield from _words(below)
    elif isinstance(node.value, list):
        for below in node.value:
            yield from _words(below)
    elif isinstance(node.value, str):
        yield from re.findall(r"[a-z][a-z0-9_]*", node.value)
