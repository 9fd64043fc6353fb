"""The pinned requirement files say what pyproject.toml asks for: no more, no less, and from no particular address."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = [Requirement(each) for each in PROJECT["project"]["dependencies"]]
TEST = [Requirement(each) for each in PROJECT["dependency-groups"]["test"]]
FILES = {"requirements.txt": RUN, "requirements-test.txt": [*RUN, *TEST]}


@pytest.mark.parametrize("file", FILES)
def test_every_dependency_is_pinned_within_its_bounds(file: str) -> None:
    pinned = pins(file)

    assert disagreements(FILES[file], pinned) == []


def test_a_missing_or_too_old_pin_is_told() -> None:
    pinned = {"celery": Requirement("celery==5.6.0")}

    assert disagreements([Requirement("celery>=5.7"), Requirement("redis")], pinned) == [
        "celery>=5.7 is not what is pinned: celery==5.6.0",
        "redis is not pinned",
    ]


@pytest.mark.parametrize("file", FILES)
def test_every_pin_is_asked_for_by_something(file: str) -> None:
    """Follow what the installed packages ask for, and end with exactly the pins that apply to this machine."""
    applying = {name for name, pin in pins(file).items() if pin.marker is None or pin.marker.evaluate()}

    assert asked_for(FILES[file]) == applying


@pytest.mark.parametrize("file", FILES)
def test_what_is_installed_is_what_is_pinned(file: str) -> None:
    applying = [pin for pin in pins(file).values() if pin.marker is None or pin.marker.evaluate()]

    assert [str(pin) for pin in applying if not pin.specifier.contains(metadata.version(pin.name))] == []


def test_the_test_requirements_hold_every_other_pin() -> None:
    run, test = pins("requirements.txt"), pins("requirements-test.txt")

    assert {name: str(test.get(name)) for name in run} == {name: str(pin) for name, pin in run.items()}


@pytest.mark.parametrize("file", FILES)
def test_every_pin_has_a_hash_and_the_file_no_address(file: str) -> None:
    text = (CHECKOUT / file).read_text(encoding="utf-8")

    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=)", text, re.MULTILINE)
    assert [pin for pin in entries(text) if "--hash=sha256:" not in pin] == []


def pins(file: str) -> dict[str, Requirement]:
    found = [Requirement(each.split(" --hash")[0]) for each in entries((CHECKOUT / file).read_text(encoding="utf-8"))]
    return {canonicalize_name(pin.name): pin for pin in found}


def entries(text: str) -> list[str]:
    """Split a requirement file into its entries, each with its hashes on one line."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [" ".join(entry.split()) for entry in "\n".join(lines).replace("\\\n", " ").splitlines()]


def disagreements(wanted: list[Requirement], pinned: dict[str, Requirement]) -> list[str]:
    told = []
    for each in wanted:
        pin = pinned.get(canonicalize_name(each.name))
        if pin is None:
            told.append(f"{each} is not pinned")
        elif not all(each.specifier.contains(exact.version) for exact in pin.specifier):
            told.append(f"{each} is not what is pinned: {pin}")
    return told


def asked_for(wanted: list[Requirement]) -> set[str]:
    reached: set[tuple[str, str]] = set()
    waiting = [(each, "") for each in wanted]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        for inner in {"", *requirement.extras}:
            if (name, inner) not in reached:
                reached.add((name, inner))
                waiting += [(Requirement(each), inner) for each in metadata.requires(name) or []]
    return {name for name, _ in reached}
