"""The project as a whole: rooms, what installs it, and what runs it, say the same thing everywhere."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ["policies", "templates"]
NAME = "firstcall-absence"
#: Checked like a room, and in no wheel: it makes data for a room, and nothing that runs imports it.
WORKSHOPS = ["training"]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def rooms() -> list[str]:
    """The packages that the wheel brings, as pyproject.toml lists them."""
    included = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    return sorted(set(included) - set(DATA))


def requirements(name: str) -> dict[str, list[str]]:
    """From `name==version ; marker` to its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split("--hash=") for line in text.splitlines() if line.strip()]
    return {first.strip(): [one.strip() for one in hashes] for first, *hashes in lines}


def names(requirement_lines: list[str]) -> set[str]:
    return {re.split(r"[=<>;\[ ]", line, maxsplit=1)[0].casefold() for line in requirement_lines}


def wanted(name: str) -> list[str]:
    lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith("-")]


def test_the_packages_are_the_folders() -> None:
    folders = sorted(path.parent.name for path in ROOT.glob("*/__init__.py"))
    missing = "pyproject.toml, tool.hatch…only-include, must list each folder that has an __init__.py"
    assert folders == sorted(rooms() + WORKSHOPS), missing


@pytest.mark.parametrize("tool", ["mypy", "import-linter", "make", "ruff"])
def test_every_tool_looks_at_all_rooms(tool: str) -> None:
    settings = project()["tool"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    listed = {
        "mypy": settings["mypy"]["packages"],
        "import-linter": settings["importlinter"]["root_packages"],
        "make": re.findall(r"^PACKAGES = (.+)$", makefile, re.MULTILINE)[0].split(),
        "ruff": settings["ruff"]["lint"]["isort"]["known-first-party"],
    }[tool]
    assert sorted(set(listed) - {"tests"}) == sorted(rooms() + WORKSHOPS)


def test_every_room_has_its_place_in_the_order_of_imports() -> None:
    layers = project()["tool"]["importlinter"]["contracts"][0]["layers"]
    assert sorted(room for layer in layers for room in layer.split(" | ")) == rooms()


@pytest.mark.parametrize("folder", DATA)
def test_all_data_folders_travel_in_the_wheel(folder: str) -> None:
    sources = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["sources"]
    inside = [path.relative_to(ROOT).as_posix() for path in (ROOT / folder).iterdir() if path.is_dir()]
    unmoved = [path for path in inside if path not in sources and folder not in sources]
    assert not unmoved, f"give these a place in tool.hatch.build.targets.wheel.sources: {unmoved}"


def test_no_other_distribution_owns_one_of_our_names() -> None:
    owners = packages_distributions()
    taken = {room: owners[room] for room in rooms() if set(owners.get(room, ())) - {NAME}}
    assert not taken, f"another installed package has the name of a room: {taken}; remove it, or rename the room"


def imported() -> Iterator[tuple[str, Path]]:
    """Each top-level module that a room imports, with the file that does."""
    for room in rooms():
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    yield from ((alias.name.partition(".")[0], path) for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module:
                    yield node.module.partition(".")[0], path


def test_what_is_imported_is_asked_for_by_name() -> None:
    owners, asked = packages_distributions(), names(wanted("requirements.in"))
    unasked = {
        f"{module} in {path.relative_to(ROOT)}"
        for module, path in imported()
        if module not in sys.stdlib_module_names and module not in rooms()
        if not {owner.casefold().replace("_", "-") for owner in owners.get(module, ())} & asked
    }
    assert not unasked, "it comes with something else, which may drop it: name it in requirements.in and pyproject.toml"


def test_an_index_would_refuse_the_distribution() -> None:
    assert project()["project"]["name"] == NAME
    assert "Private :: Do Not Upload" in project()["project"]["classifiers"]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_and_hashed_and_name_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.findall(r"^\s*(?!--hash=)-\S+", text, re.MULTILINE), "an option stands in the file"
    for requirement, hashes in requirements(name).items():
        assert re.match(r"[a-z0-9._-]+==[^\s*]+( ; .+)?$", requirement), f"{requirement} is not pinned"
        assert hashes, f"{requirement} has no hash; run make requirements"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes)


def test_what_is_asked_for_is_pinned() -> None:
    run, dev = names(list(requirements("requirements.txt"))), names(list(requirements("requirements-dev.txt")))
    assert names(wanted("requirements.in")) <= run, "run make requirements"
    assert names(wanted("requirements-dev.in")) <= dev, "run make requirements"


def test_tests_run_with_the_versions_that_run_the_service() -> None:
    pinned = {line.partition("==")[0]: line for line in requirements("requirements.txt")}
    differing = [
        line for line in requirements("requirements-dev.txt") if pinned.get(line.partition("==")[0], line) != line
    ]
    assert not differing, "run make requirements"


def test_pyproject_and_requirements_ask_for_the_same() -> None:
    assert sorted(project()["project"]["dependencies"]) == sorted(set(wanted("requirements.in")) - {"hatchling"})
