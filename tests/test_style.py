"""House rules that ruff and mypy do not check."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted([*(ROOT / "course").rglob("*.py"), *(ROOT / "tests").glob("*.py"), *(ROOT / "benchmarks").glob("*.py")])


def called(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def requirements() -> dict[str, Requirement]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


@pytest.mark.parametrize("path", CODE, ids=called)
def test_a_module_is_named_for_what_it_is_about(path):
    assert path.stem not in {"utils", "util", "helpers", "helper", "common", "misc"}


@pytest.mark.parametrize("path", CODE, ids=called)
def test_nothing_is_left_to_do(path):
    left = re.compile("#.*\\b(TO" + "DO|FIX" + "ME)\\b")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if left.search(line)] == []


@pytest.mark.parametrize("path", [path for path in CODE if path.is_relative_to(ROOT / "tests")], ids=called)
def test_no_test_is_a_library_for_others(path):
    imported = re.findall(
        r"^(?:from tests\.test_|from tests import .*\btest_|import tests\.test_).*", path.read_text(), re.M
    )
    assert imported == [], "what tests share stands in a module of its own"


@pytest.mark.parametrize("path", [path for path in CODE if path.is_relative_to(ROOT / "course")], ids=called)
def test_a_file_can_be_read_in_one_sitting(path):
    # About 300 lines; a few more are no reason to split a module.
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 330


def test_every_requirement_is_pinned_and_has_its_reason_in_contributing():
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for requirement in requirements().values():
        pins = list(requirement.specifier)
        assert len(pins) == 1 and pins[0].operator == "==", f"{requirement} is not pinned"
        assert re.search(rf"`{re.escape(requirement.name)}`", contributing), f"why {requirement.name}? CONTRIBUTING.md"


def test_the_packages_own_dependencies_agree_with_the_pins():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = requirements()
    extras = project["optional-dependencies"].values()
    for line in [*project["dependencies"], *(line for extra in extras for line in extra)]:
        wanted = Requirement(line)
        if wanted.name == "course":  # an extra that includes others
            continue
        pin = pinned.get(canonicalize_name(wanted.name))
        assert pin is not None, f"{wanted.name} is missing from requirements.txt"
        (version,) = (specifier.version for specifier in pin.specifier)
        assert wanted.specifier.contains(version), f"requirements.txt pins {pin}, pyproject.toml wants {wanted}"


def test_nothing_that_is_read_or_run_names_the_host_of_a_package_registry():
    # the package index is a pip setting that differs between machines
    hosts = re.compile(r"download\.pytorch\.org|pythonhosted\.org|pypi\.org/simple|--(?:extra-)?index-url")
    folders = ("course", "lessons", "docs", "source", "release", "benchmarks", ".ci")
    files = [f for folder in folders for f in (ROOT / folder).rglob("*") if f.suffix != ".pyc" and f.is_file()]
    files += [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "pyproject.toml", "requirements.txt")]
    assert [called(f) for f in files if hosts.search(f.read_text(encoding="utf-8", errors="replace"))] == []
