"""The catalogue of files: every pathway of some folders, read, checked and compiled by id and version."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.calendars import Calendars, shipped_calendars
from engine.checks import Proven, check_as_written, proven
from engine.checks.county import county_findings
from engine.checks.examined import Shelves
from engine.checks.proposals import pathways_proposed, proposal_findings
from engine.findings import DefinitionRefused, Finding, in_order
from engine.machine import CompiledPathway
from engine.reader import ReadPathway, read_definition, read_file
from engine.shelf import DEFAULT_COUNTY, SHIPPED, Shelved, load_shelf, pathway_files
from pathways.errors import UnknownThing


@dataclass(frozen=True)
class Checked:
    """What the checker saw: the pathways it could read, and every finding."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    read: Mapping[Path, ReadPathway] = field(default_factory=dict)
    proven: Mapping[Path, Proven] = field(default_factory=dict)
    """What was found in each pathway, and how much of it was explored."""

    @property
    def has_errors(self) -> bool:
        """Whether anything refuses a definition."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def is_unreadable(self) -> bool:
        """Whether some file couldn't be read at all."""
        return any(finding.is_unreadable for finding in self.findings)


@dataclass(frozen=True)
class Catalogue:
    """Compiled pathways by id and version."""

    pathways: Mapping[str, Mapping[int, CompiledPathway]]

    def newest(self, pathway: str) -> CompiledPathway:
        """Return the newest version of a pathway."""
        versions = self.pathways.get(pathway)
        if not versions:
            raise UnknownThing("pathway", pathway)
        return versions[max(versions)]

    def version(self, pathway: str, version: int) -> CompiledPathway:
        """Return one version of a pathway."""
        found = self.pathways.get(pathway, {}).get(version)
        if found is None:
            raise UnknownThing("pathway", f"{pathway} {version}")
        return found

    def __iter__(self) -> Iterator[CompiledPathway]:
        """Every version of every pathway."""
        return iter([version for versions in self.pathways.values() for version in versions.values()])


def load_catalogue(folders: Sequence[Path] = (SHIPPED,), county: str | None = DEFAULT_COUNTY) -> Catalogue:
    """Return every pathway of these folders, compiled; refuses with the errors that show as they are written.

    What only following their ways shows, `pathways check` and publishing refuse.
    """
    checked = check_paths(folders, county, follow=False)
    if checked.has_errors:
        raise DefinitionRefused(finding for finding in checked.findings if finding.severity == "error")
    pathways: dict[str, dict[int, CompiledPathway]] = {}
    for read in checked.read.values():
        compiled = CompiledPathway(read.definition)
        pathways.setdefault(compiled.id, {})[compiled.version] = compiled
    return Catalogue(pathways)


def check_paths(
    paths: Iterable[Path],
    county: str | None = DEFAULT_COUNTY,
    calendars: Calendars | None = None,
    beside: Iterable[Path] = (),
    *,
    follow: bool = True,
) -> Checked:
    """Check the pathway files at these paths: files, or folders with everything that stands in them.

    `beside`: folders whose county, words and blocks count too, and whose pathways are known but not checked.
    `follow`: go through every state their ways lead to, which takes a good part of a second for each pathway.
    """
    paths = tuple(paths) or (SHIPPED,)
    folders = _folders((*beside, *paths))
    files = _files(paths)
    try:
        shelved = load_shelf(folders, county)
    except DefinitionRefused as refused:
        return Checked(files, in_order(refused.findings))
    read, findings = _read_all(files, shelved)
    others, _ = _read_all(_named_beside(read, folders), shelved)
    shelves = Shelves(shelved.vocabulary, shelved.clocks, shelved.county, calendars or shipped_calendars())
    shelves = replace(
        shelves, pathways={one.definition.pathway: one.definition for one in (*read.values(), *others.values())}
    )
    checked = {path: proven(each, shelves) for path, each in read.items()} if follow else {}
    findings.extend(finding for each in checked.values() for finding in each.findings)
    if not follow:
        findings.extend(finding for each in read.values() for finding in check_as_written(each, shelves))
    if shelved.county and shelved.county_node:
        names = shelves.calendars.names
        findings.extend(county_findings(shelved.county, shelved.county_node, shelved.vocabulary, names))
    findings.extend(proposal_findings(folders, shelved, shelves.pathways))
    findings.extend(_said_twice(read))
    return Checked(files, in_order(findings), read, checked)


def _named_beside(read: Mapping[Path, ReadPathway], folders: Sequence[Path]) -> Sequence[Path]:
    """Return the files of the pathways that are named and not checked; all there are, when a name has no file of its own."""
    others = [path for path in pathway_files(folders) if path not in read]
    named = {handover.to for each in read.values() for handover in each.definition.handovers if not handover.external}
    wanted = {*named, *pathways_proposed(folders)} - {each.definition.pathway for each in read.values()}
    return [path for path in others if path.stem in wanted] if wanted <= {path.stem for path in others} else others


def _folders(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders whose blocks and words count: the shipped ones first, a county's own over them."""
    own = [path if path.is_dir() else _definition_folder(path) for path in paths]
    return tuple({folder.resolve(): folder for folder in (SHIPPED, *own)}.values())  # named as the caller names it


def _definition_folder(file: Path) -> Path:
    return (
        file.parent.parent if file.parent.name in ("blocks", "law", "county", "candidates", "segments") else file.parent
    )


def _files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the pathway files asked for; a file that shares words or blocks is read with the shelf."""
    named = [path for path in paths if not path.is_dir() and not _is_shared(path)]
    return tuple(dict.fromkeys((*pathway_files(path for path in paths if path.is_dir()), *named)))


def _is_shared(path: Path) -> bool:
    return path.exists() and (
        path.parent.name in ("blocks", "law", "county", "calendars", "candidates", "segments")
        or path.name in ("vocabulary.yaml", "ladders.yaml")
    )


def _read_all(files: Iterable[Path], shelved: Shelved) -> tuple[dict[Path, ReadPathway], list[Finding]]:
    read: dict[Path, ReadPathway] = {}
    findings: list[Finding] = []
    for path in files:
        try:
            read[path] = read_definition(read_file(path), shelved.shelf)
        except DefinitionRefused as refused:
            findings.extend(refused.findings)
    return read, findings


def _said_twice(read: Mapping[Path, ReadPathway]) -> Iterator[Finding]:
    """Give a finding for every version of a pathway that two files claim."""
    seen: dict[tuple[str, int], Path] = {}
    for path, each in read.items():
        key = (each.definition.pathway, each.definition.version)
        first = seen.setdefault(key, path)
        if first != path:
            place = each.node.place_of(("pathway",))
            yield Finding("PW037", place, "pathway", {"name": key[0], "version": str(key[1]), "file": str(first)})
