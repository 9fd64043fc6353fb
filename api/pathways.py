"""The catalogue of pathways: what can be begun, in which versions, and what each says. No client data."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path

from api.deps import Me
from api.moments import Moment, Out
from engine.read_models.pathway_catalogue import PathwayRow, VersionShown, pathway_catalogue, pathway_page

router = APIRouter(prefix="/api/v1/pathways", tags=["pathways"])


class VersionOut(Out):
    version: int
    approved: bool
    missing_approvals: list[str]
    hash: str
    published_at: Moment
    retired_at: Moment | None
    open_cases: int

    @classmethod
    def of(cls, shown: VersionShown) -> "VersionOut":
        same = {name: getattr(shown, name) for name in cls.model_fields if name != "missing_approvals"}
        return cls(**same, missing_approvals=list(shown.missing_approvals))


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


@router.get("/{pathway}/versions/{version}", summary="One version with its whole definition")
def pathway_version(
    pathway: Annotated[str, Path(max_length=80)], version: Annotated[int, Path(ge=1, le=1_000_000)], me: Me
) -> PathwayVersionOut:
    with me.reading() as reading:
        page = pathway_page(reading, pathway, version, me.language)
    return PathwayVersionOut(
        pathway=page.row.pathway_id,
        title=page.row.title,
        version=VersionOut.of(page.version),
        open_runs=page.open_runs,
        definition=json.loads(page.definition.to_json()),
    )
