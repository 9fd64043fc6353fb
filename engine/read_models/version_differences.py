"""Two versions of a pathway compared, for pages and programs: the sentences, and both definitions to draw. No client data."""

from dataclasses import dataclass
from functools import cache

from engine.difference_words import Told, differences_in_words
from engine.handle import Reading
from engine.shelf import SHIPPED, load_shelf
from pathways.definition import PathwayDefinition
from pathways.time_words import Language
from pathways.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class VersionsCompared:
    """What `new` says otherwise than `old`."""

    old: PathwayDefinition
    new: PathwayDefinition
    told: tuple[Told, ...]


def version_differences(
    reading: Reading, pathway_id: str, versions: tuple[int, int], language: Language
) -> VersionsCompared:
    """Compare two published versions; `UnknownThing` when one isn't published here."""
    published, tenant_id = reading.engine.published, reading.actor.tenant_id
    old, new = (published.version(reading.connection, tenant_id, pathway_id, v).definition for v in versions)
    return VersionsCompared(old, new, differences_in_words(old, new, language, _shared_words()))


@cache
def _shared_words() -> Vocabulary:
    """What phrases are called: a definition itself holds only the words that its cases need."""
    return load_shelf((SHIPPED,), None).vocabulary
