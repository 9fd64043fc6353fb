"""The catalogue of pathways: what can be begun, in which versions, and what each says. No client data."""

import json
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path

from api.deps import Me
from api.moments import Moment, Out
from engine.difference_words import Told
from engine.read_models.pathway_catalogue import PathwayRow, VersionShown, pathway_catalogue, pathway_page
from engine.read_models.version_differences import version_differences

router = APIRouter(prefix="/api/v1/pathways", tags=["pathways"])


class ApprovalOut(Out):
    kind: Literal["clinical", "legal", "data_protection"]
    by: str
    on: date


class VersionOut(Out):
    """One version. `closed_by` and `closed_why` tell who retired or withdrew it; `needs_migrating` counts its cases."""

    version: int
    approved: bool
    missing_approvals: list[str]
    hash: str
    published_at: Moment
    published_by: str
    approvals: list[ApprovalOut]
    retired_at: Moment | None
    withdrawn_at: Moment | None
    closed_by: str
    closed_why: str
    takes_cases: bool
    open_cases: int
    needs_migrating: int

    @classmethod
    def of(cls, shown: VersionShown) -> "VersionOut":
        told_apart = {"missing_approvals", "approvals"}
        same = {name: getattr(shown, name) for name in cls.model_fields if name not in told_apart}
        approvals = [ApprovalOut.model_validate(each, from_attributes=True) for each in shown.approvals]
        return cls(**same, approvals=approvals, missing_approvals=list(shown.missing_approvals))


class PathwayOut(Out):
    pathway: str
    title: str
    purpose: str
    register_kind: str
    phases: list[str]
    versions: list[VersionOut]
    open_cases: int
    startable: bool

    @classmethod
    def of(cls, row: PathwayRow) -> "PathwayOut":
        return cls(
            pathway=row.pathway_id,
            title=row.title,
            purpose=row.purpose,
            register_kind=row.register,
            phases=list(row.phases),
            versions=[VersionOut.of(version) for version in row.versions],
            open_cases=row.open_cases,
            startable=row.startable,
        )


@router.get("", summary="Every published pathway")
def pathways(me: Me) -> list[PathwayOut]:
    with me.reading() as reading:
        return [PathwayOut.of(row) for row in pathway_catalogue(reading, me.language)]


class PathwayVersionOut(Out):
    """One version. `definition` is the expanded text cases run from, as its hash was taken."""

    pathway: str
    title: str
    version: VersionOut
    open_runs: dict[str, int]
    definition: dict[str, Any]


PathwayKey = Annotated[str, Path(max_length=80)]
VersionNumber = Annotated[int, Path(ge=1, le=1_000_000)]


@router.get("/{pathway}/versions/{version}", summary="One version with its whole definition")
def pathway_version(pathway: PathwayKey, version: VersionNumber, me: Me) -> PathwayVersionOut:
    with me.reading() as reading:
        page = pathway_page(reading, pathway, version, me.language)
    return PathwayVersionOut(
        pathway=page.row.pathway_id,
        title=page.row.title,
        version=VersionOut.of(page.version),
        open_runs=page.open_runs,
        definition=json.loads(page.definition.to_json()),
    )


class DifferenceOut(Out):
    """One thing that is otherwise in the new version. `before` and `after` are what the definitions say.

    `length` tells how a time changed: longer or shorter, where both count the same unit.
    """

    area: str
    area_title: str
    change: Literal["added", "removed", "renamed", "changed"]
    key: str
    aspect: str
    before: Any
    after: Any
    length: Literal["longer", "shorter"] | None
    sentence: str

    @classmethod
    def of(cls, told: Told) -> "DifferenceOut":
        return cls(area_title=told.about, **told.as_facts())


class DifferencesOut(Out):
    pathway: str
    old_version: int
    new_version: int
    differences: list[DifferenceOut]


@router.get("/{pathway}/versions/{version}/differences/{other}", summary="What another version says otherwise")
def pathway_differences(pathway: PathwayKey, version: VersionNumber, other: VersionNumber, me: Me) -> DifferencesOut:
    with me.reading() as reading:
        compared = version_differences(reading, pathway, (version, other), me.language)
    differences = [DifferenceOut.of(told) for told in compared.told]
    return DifferencesOut(pathway=pathway, old_version=version, new_version=other, differences=differences)
