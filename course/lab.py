"""JupyterLab, set up for the course."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from course import configuration
from course.errors import CourseError

CLONE = Path(__file__).resolve().parents[1]

# Defaults, not commands: whoever wants the news can switch them on in JupyterLab's settings.
# `news_url=None` alone does not do it: JupyterLab 4.6 then still asks whether it may fetch news.
SETTINGS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def lab_command(words: Sequence[str], root: Path = CLONE) -> list[str]:
    """Spell out the start of JupyterLab; `words` come last, so that they win over the course's settings."""
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.app_settings_dir={root / '.course' / 'lab'}",
        # Open files are remembered per clone; the workspace in the home folder is that of other projects.
        f"--LabApp.workspaces_dir={root / '.course' / 'workspaces'}",
        *words,
    ]


def lab_environment(root: Path = CLONE) -> dict[str, str]:
    """Extend the environment so that terminals inside JupyterLab find `course` and `nbgrader`."""
    scripts = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)])}


def open_lab(words: Sequence[str], root: Path = CLONE) -> int:
    """Run JupyterLab until it ends and return its exit status."""
    if not (root / configuration.CONFIG).is_file():
        raise CourseError(f"there is no course in {root}; run `course lab` from a clone of the course")
    configuration.load(root)  # JupyterLab would only log what is wrong, and open without formgrader
    try:
        (root / ".course" / "workspaces").mkdir(parents=True, exist_ok=True)
        (root / ".course" / "lab").mkdir(exist_ok=True)
        (root / ".course" / "lab" / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    except OSError as problem:
        raise CourseError(f"JupyterLab needs a clone it can write to, and {problem.filename} cannot be made") from None
    command, environment = lab_command(words, root), lab_environment(root)
    if os.name == "nt":
        return subprocess.call(command, cwd=root, env=environment)
    # In place of this process, so that Ctrl-C reaches JupyterLab alone and its question is asked once.
    os.chdir(root)
    return os.execve(command[0], command, environment)
