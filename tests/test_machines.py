"""The container and docs/machines.md agree with the project's metadata and with each other."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from tests.small_clone import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
DEVCONTAINER = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
PAGE = (ROOT / "docs" / "machines.md").read_text()
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!## ).*\n)*)", PAGE, re.MULTILINE))
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
# Debian release -> the Python that comes with it.
PYTHON_OF = {"12": "3.11", "13": "3.13"}
AS_OWNER = ROOT / ".devcontainer" / "as-owner"


def test_the_image_is_a_named_release_whose_python_the_course_takes() -> None:
    (release,) = re.findall(r"^FROM debian:(\d+)-slim$", DOCKERFILE, re.MULTILINE)
    assert f"Python {PYTHON_OF[release]};" in DOCKERFILE
    assert SpecifierSet(PROJECT["requires-python"]).contains(PYTHON_OF[release])
    assert f"Debian {release}" in PAGE


def test_what_the_image_copies_is_there_and_nothing_else_is_sent() -> None:
    copied = {word for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE) for word in line.split()}
    sent = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert copied == set(sent) and all((ROOT / name).exists() for name in copied)
    assert "*" in (ROOT / ".dockerignore").read_text().splitlines()
    assert {"requirements.txt", PROJECT["readme"], *PROJECT["license-files"], PROJECT["name"]} <= copied
    assert "-r requirements.txt" in DOCKERFILE


def test_the_folder_of_the_course_lies_where_the_image_looks_for_it() -> None:
    (place,) = re.findall(r"^WORKDIR (.+)$", DOCKERFILE, re.MULTILINE)
    (name,) = COMPOSE["services"]
    assert COMPOSE["services"][name]["volumes"] == [f".:{place}"]
    assert (DEVCONTAINER["service"], DEVCONTAINER["workspaceFolder"]) == (name, place)
    assert (ROOT / ".devcontainer" / DEVCONTAINER["dockerComposeFile"]).resolve() == ROOT / "compose.yaml"
    assert f"--uid 1000 {DEVCONTAINER['remoteUser']}" in DOCKERFILE and "user=1000" in AS_OWNER.read_text()
    assert f'["as-owner", "{next(iter(PROJECT["scripts"]))}"]' in DOCKERFILE
    python = DEVCONTAINER["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
    assert python.removesuffix("/bin/python") in DOCKERFILE
    text = (ROOT / "README.md").read_text() + PAGE
    assert set(re.findall(r"docker compose run (?:--\S+ )*(\w+)", text)) == {name}


def test_nothing_of_the_container_asks_for_privileges() -> None:
    asked = set(COMPOSE["services"]["course"]) | set(DEVCONTAINER)
    assert not asked & {"privileged", "cap_add", "capAdd", "security_opt", "securityOpt", "user", "runArgs"}


def test_as_owner_writes_files_of_the_folders_owner(tmp_path: Path) -> None:
    owner = 4321 if os.geteuid() == 0 else os.geteuid()
    folder = tmp_path / "course"
    folder.mkdir()
    os.chown(folder, owner, -1)
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents:  # pytest closes its folders to other users
        if parent.is_relative_to(Path(tempfile.gettempdir())) and parent != Path(tempfile.gettempdir()):
            parent.chmod(0o755)
    words = ["sh", AS_OWNER, "sh", "-c", 'touch made "$HOME/own"; id -u']
    run = subprocess.run(words, cwd=folder, env={**os.environ, "TMPDIR": str(tmp_path)}, capture_output=True, text=True)
    assert (run.stdout, run.stderr) == (f"{owner}\n", "")
    assert (folder / "made").stat().st_uid == owner == (tmp_path / "home" / "own").stat().st_uid


def test_a_folder_that_only_root_may_write_is_worked_in_as_root(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can have such a folder")
    folder = tmp_path / "course"
    folder.mkdir(mode=0o700)
    words = ["sh", AS_OWNER, "id", "-u"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    assert subprocess.check_output(words, cwd=folder, env=environment, text=True) == "0\n"
    folder.chmod(0o777)
    for parent in (tmp_path, *[p for p in tmp_path.parents if "pytest" in p.name]):
        parent.chmod(0o755)
    assert subprocess.check_output(words, cwd=folder, env=environment, text=True) == "1000\n"


@pytest.mark.parametrize("system", SECTIONS)
def test_five_lines_are_enough_for_each_system(system: str) -> None:
    lines = [line for line in SECTIONS[system].splitlines() if line.strip() and not line.startswith("```")]
    assert 1 <= len(lines) <= 5


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_can_be_read_by_a_shell(command: str) -> None:
    assert subprocess.run(["sh", "-n", "-c", command]).returncode == 0


def test_the_page_and_its_commands_are_found_from_the_readme() -> None:
    assert "(docs/machines.md)" in (ROOT / "README.md").read_text()
    assert any(line.startswith("docker compose run --rm course grade") for line in COMMANDS)
