"""Settings come from the environment and one file, and a misspelt one is named instead of passed over."""

import os
from pathlib import Path

import pytest

from cli.settings import PREFIX, Settings, SettingsRefused, names, read_settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)


def test_nothing_set_is_enough_to_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings()

    assert (settings.host, settings.port, settings.data) == ("127.0.0.1", 8000, Path("var"))
    assert settings.database_url is None


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHWAYS_PORT", "9000")
    monkeypatch.setenv("PATHWAYS_DEFINITIONS", "/srv/polut:/srv/lisaa")

    settings = read_settings()

    assert settings.port == 9000
    assert settings.definitions == (Path("/srv/polut"), Path("/srv/lisaa"))


def test_a_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "pathways.env"
    file.write_text("PATHWAYS_PORT=9000\nPATHWAYS_HOST=0.0.0.0\n")
    monkeypatch.setenv("PATHWAYS_SETTINGS", str(file))
    monkeypatch.setenv("PATHWAYS_PORT", "9001")

    settings = read_settings()

    assert (settings.host, settings.port) == ("0.0.0.0", 9001)  # noqa: S104 - what the file says


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("PATHWAYS_DATABSE_URL", "did you mean PATHWAYS_DATABASE_URL?"),
        ("PATHWAYS_DATABASE", "did you mean PATHWAYS_DATABASE_URL?"),
        ("PATHWAYS_XYZZY", "There are: PATHWAYS_DATABASE_URL, PATHWAYS_REDIS_URL"),
    ],
)
def test_an_unknown_name_is_refused_with_the_near_miss(monkeypatch: pytest.MonkeyPatch, name: str, hint: str) -> None:
    monkeypatch.setenv(name, "x")

    with pytest.raises(SettingsRefused, match=f"There is no setting {name}") as refused:
        read_settings()

    assert hint in str(refused.value)


def test_an_unknown_name_in_the_file_is_refused_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "pathways.env"
    file.write_text("PATHWAYS_REDISURL=redis://localhost\n")
    monkeypatch.setenv("PATHWAYS_SETTINGS", str(file))

    with pytest.raises(
        SettingsRefused, match=r"PATHWAYS_REDISURL \(in .*pathways.env\); did you mean PATHWAYS_REDIS_URL"
    ):
        read_settings()


def test_a_file_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHWAYS_SETTINGS", "/nowhere/pathways.env")

    with pytest.raises(SettingsRefused, match="there is no such file"):
        read_settings()


def test_what_the_tests_are_told_is_not_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHWAYS_TEST_DATABASE_URL", "postgresql://elsewhere")

    assert read_settings().database_url is None


def test_a_value_that_means_nothing_is_refused_without_being_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHWAYS_PORT", "hunter2")

    with pytest.raises(SettingsRefused, match="PATHWAYS_PORT") as refused:
        read_settings()

    assert "hunter2" not in str(refused.value)


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHWAYS_SECRET_KEY", "correct horse battery")

    assert "horse" not in repr(read_settings())


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_every_setting_stands_in_the_table_for_operators() -> None:
    page = (Path(__file__).parents[2] / "docs/running.md").read_text(encoding="utf-8")

    assert [name for name in names() if f"`{name}`" not in page] == []
