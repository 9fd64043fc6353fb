"""The API draws a version with how many stand where, and a case with how far it has come; it refuses what isn't there."""

from collections.abc import Iterator

import pytest

from tests.integration.api_town import ApiTown, api_town
from tests.unit.drawing import parsed

PATHWAY = "/api/v1/pathways/nuorten_mielenterveys/versions/1"


@pytest.fixture
def here(database_url: str) -> Iterator[ApiTown]:
    with api_town(database_url) as settled:
        yield settled


def test_a_version_is_drawn_with_how_many_stand_where_when_that_is_asked(here: ApiTown) -> None:
    here.contact()
    plain = here["nurse"].raw("GET", f"{PATHWAY}/drawing.svg?lang=fi")
    counted = here["nurse"].raw("GET", f"{PATHWAY}/drawing.svg?lang=fi&counts=true")
    client = here["nurse"].raw("GET", f"{PATHWAY}/drawing.svg?lang=sv&view=client&counts=true")

    assert plain.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in plain.headers["content-security-policy"]
    assert parsed(plain.text).attrib["lang"] == "fi"
    assert "Nyt 1" in counted.text
    assert "Nyt 1" not in plain.text
    assert "pw-client" in client.text
    assert "Nu 1" not in client.text
    assert here["nurse"].raw("GET", f"{PATHWAY}/drawing.mmd").text.count("flowchart LR") == 1


def test_a_case_is_drawn_with_how_its_steps_stand(here: ApiTown) -> None:
    case_id = here.contact()["case_id"]
    worker = here["nurse"].raw("GET", f"/cases/{case_id}/drawing.svg?lang=fi")
    client = here["nurse"].raw("GET", f"/cases/{case_id}/drawing.svg?lang=fi&view=client")

    assert 'aria-current="step"' in worker.text
    assert "for-case" in worker.text
    assert "Käynnissä" in client.text
    assert "nukuttua" not in worker.text + client.text


def test_what_is_not_there_is_not_drawn(here: ApiTown) -> None:
    missing = here["nurse"].get("/api/v1/pathways/nuorten_mielenterveys/versions/99/drawing.svg", 404)

    assert missing["code"] == "not_found"
    assert here["nurse"].get(f"{PATHWAY}/drawing.svg?view=everybody", 422)["status"] == 422
