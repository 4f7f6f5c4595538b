"""Packages are installed by uv if it is on the PATH and by pip otherwise, with the same result."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from course.installation import TESTS, Installer
from tests.small_clone import ROOT, SmallClone

# An index, folders of wheels and a constraints file, as an institute or a machine may have configured them for pip.
SETTINGS = """\
global.index-url='https://packages.example.org/simple'
global.find-links='/old'
install.find-links='/wheels\\n/more'
:env:.constraint='/caps.txt'
:env:.timeout='60'
:env:.config-file='/etc/own.conf'
"""
FEW = ("numpy", "rich", "setuptools", "typer")


@pytest.fixture
def clone(tmp_path: Path) -> SmallClone:
    clone = SmallClone(tmp_path)
    clone.offer_uv()
    return clone


def log(clone: SmallClone) -> str:
    return (clone.root / ".venv" / "install.log").read_text()


def test_uv_installs_where_it_is_and_looks_where_pip_would(clone: SmallClone) -> None:
    run = clone.run("words", PIP_SETTINGS=SETTINGS, UV_CONSTRAINT="/own.txt")
    assert run.stdout.endswith("['words']\n")
    assert clone.calls() == ["venv", "uv", "uv"]
    requirements, itself = clone.calls_file.read_text().splitlines()[1:]
    assert f"--python {clone.root / '.venv' / 'bin' / 'python'} -r {clone.root / 'requirements.txt'}" in requirements
    libraries = clone.root / ".venv" / "lib"
    assert f"-m compileall -q -j 0 -x {TESTS} {libraries}" in log(clone), "on all processors, whoever installs"
    assert itself.endswith(f"--no-deps --no-build-isolation -e {clone.root}")
    told = {line for line in log(clone).splitlines() if line.startswith("UV_")}
    assert told >= {
        "UV_INDEX_URL=https://packages.example.org/simple",
        "UV_FIND_LINKS=/wheels,/more",
        "UV_INDEX_STRATEGY=unsafe-best-match",
        "UV_CONSTRAINT=/own.txt",
    }


@pytest.mark.parametrize("setting", ["global.only-binary=':all:'", "install.pre='true'", ":env:.target='/elsewhere'"])
def test_a_setting_that_uv_cannot_follow_leaves_the_work_to_pip(clone: SmallClone, setting: str) -> None:
    assert clone.run(PIP_SETTINGS=setting).returncode == 0
    assert clone.calls() == ["venv", "pip", "pip"]


def test_where_uv_fails_pip_has_the_last_word(clone: SmallClone) -> None:
    failing = {"UV_SAYS": "error: invalid peer certificate: UnknownIssuer", "UV_ENDS_WITH": "2"}
    run = clone.run(**failing)
    assert run.returncode == 0 and "uv could not do it; trying pip" in run.stderr
    assert clone.calls() == ["venv", "uv", "pip", "uv", "pip"]
    (clone.root / ".venv" / "stamp").unlink()
    run = clone.run(**failing, PIP_SAYS="ERROR: no torch for this Python", PIP_ENDS_WITH="1")
    last = run.stderr.splitlines()[-1]
    assert run.returncode == 1 and "Traceback" not in run.stderr
    assert last.startswith("course: pip could not install the packages: no torch for this Python; start again")


def test_a_disk_that_uv_filled_is_told_in_one_sentence(clone: SmallClone) -> None:
    run = clone.run(UV_SAYS="error: failed to copy: No space left on device (os error 28)", UV_ENDS_WITH="2")
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith("course: uv could not install the packages because a disk is full")
    assert clone.calls() == ["venv", "uv"]


def test_an_update_that_uv_and_pip_left_half_way_begins_anew(clone: SmallClone) -> None:
    assert clone.run().returncode == 0
    (clone.root / "requirements.txt").write_text("torch==2.14.0\n")
    failing = {"UV_SAYS": "Prepared 2 packages in 1s\nerror: Failed to install: torch", "UV_ENDS_WITH": "2"}
    assert clone.run(**failing, PIP_SAYS="ERROR: no network", PIP_ENDS_WITH="1").returncode == 1
    clone.forget_calls()
    assert clone.run().returncode == 0
    assert clone.calls() == ["venv", "uv", "uv"]


def installed(venv: Path) -> dict[str, str]:
    """Return a digest of each package's files, except scripts, bytecode and files that depend on the installer."""
    own = {"INSTALLER", "RECORD", "REQUESTED", "direct_url.json", "uv_cache.json"}
    found = {}
    (packages,) = venv.glob("lib/python*/site-packages")
    for distribution in distributions(path=[str(packages)]):
        digest = hashlib.sha256()
        for file in sorted(distribution.files or [], key=str):
            if file.name not in own and file.suffix != ".pyc" and "bin" not in file.parts[:-1][-1:]:
                digest.update(f"{file} ".encode() + Path(str(file.locate())).read_bytes())
        found[f"{distribution.metadata['Name']}=={distribution.version}"] = digest.hexdigest()
    return found


@pytest.mark.slow
def test_uv_and_pip_leave_the_same_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "pip"], check=True)
    shutil.copytree(tmp_path / "pip", tmp_path / "uv", symlinks=True)
    fetch = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--target", tmp_path / "tools", "uv"]
    if subprocess.run(fetch, capture_output=True).returncode:
        pytest.skip("no package index can be reached from here")
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    few = [line for line in lines if line.partition("==")[0] in FEW]
    for name, path in (("pip", ""), ("uv", str(tmp_path / "tools" / "bin"))):
        monkeypatch.setenv("PATH", path + os.pathsep + "/usr/bin:/bin")
        log = tmp_path / f"{name}.log"
        Installer(str(tmp_path / name / "bin" / "python"), str(tmp_path), str(log)).fill("few", few)
        assert ("uv pip install" in log.read_text()) == (name == "uv")
    assert len(installed(tmp_path / "pip")) > len(FEW)
    assert installed(tmp_path / "uv") == installed(tmp_path / "pip")
