"""`course lab`: JupyterLab, set up for the course."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from course import configuration
from course.errors import course_error

CLONE = Path(__file__).resolve().parents[1]

# Defaults, which users can change in JupyterLab's settings.
# `news_url=None` alone is not enough: JupyterLab 4.6 then still asks whether it may fetch news.
SETTINGS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
# The timeout of Validate, as in nbgrader_config.py, which only an instructor's folder has.
VALIDATE = {"Execute": {"timeout": 120}}
# nbgrader's extensions for instructors, hidden from students; Validate and the list of assignments stay.
DESK = ["@jupyter/nbgrader:create-assignment", "@jupyter/nbgrader:course-list", "@jupyter/nbgrader:formgrader"]

START = "START.ipynb"
WORK = "work"


def lab_command(words: Sequence[str], root: Path) -> list[str]:
    """Return the command that starts JupyterLab; `words` come last, so that they override the course's settings."""
    page = [f"--LabApp.default_url=/lab/tree/{START}"] if (root / START).is_file() else []
    return [
        sys.executable,
        "-m",
        "course.fast_import",
        "jupyterlab",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.app_settings_dir={root / '.course' / 'lab'}",
        # Open files are remembered per clone; the workspace in the home folder belongs to other projects.
        f"--LabApp.workspaces_dir={root / '.course' / 'workspaces'}",
        *page,
        *words,
    ]


def lab_folder(here: Path, clone: Path = CLONE, *, student: bool = False, language: str | None = None) -> Path:
    """Return the folder to open: `here` if it is a course or an unpacked kit, else the clone.

    student: return the folder work/ in it, with the lessons as students get them; missing files are written, existing
    ones stay. language: the course's, by default the one it is in.

    Raises CourseError if there is neither, or if the lessons are not as they were built.
    """
    if (here / START).is_file() and not (here / configuration.CONFIG).is_file():
        return here
    root = here if (here / configuration.CONFIG).is_file() else clone
    if not (root / configuration.CONFIG).is_file():
        raise course_error(
            "there is neither a course nor {start} in {here}; go to the folder of one and try again",
            start=START,
            here=here,
        )
    if language is not None:
        from course.desk.kit import course_in

        root = course_in(language, root)
    configuration.load(root)  # JupyterLab would only log what is wrong, and open without formgrader
    return lay_down(root) if student else root


def lay_down(root: Path) -> Path:
    """Write the lessons of a course into its folder work/, except files that exist there; return the folder."""
    from course.desk.kit import kit_files, lessons_of

    for name, content in kit_files(lessons_of(root), root).items():
        path = root / WORK / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError), path.open("xb") as file:
            file.write(content)
    return root / WORK


def open_lab(words: Sequence[str], *, student: bool = False, language: str | None = None) -> int:
    """Run JupyterLab until it ends and return its exit status."""
    try:
        root = lab_folder(Path.cwd(), student=student, language=language)
        (root / ".course" / "workspaces").mkdir(parents=True, exist_ok=True)
        (root / ".course" / "lab").mkdir(exist_ok=True)
        settings, hidden = root / ".course" / "lab", [] if (root / configuration.CONFIG).is_file() else DESK
        (settings / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
        (settings / "nbgrader_config.json").write_text(json.dumps(VALIDATE), encoding="utf-8")
        (settings / "page_config.json").write_text(json.dumps({"disabledExtensions": hidden}), encoding="utf-8")
    except OSError as problem:
        raise course_error(
            "JupyterLab needs a folder it can write to, and {filename} cannot be made", filename=problem.filename
        ) from None
    # so that terminals inside JupyterLab find `course` and `nbgrader`
    programs = str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)
    found = filter(None, (os.environ.get("JUPYTER_CONFIG_PATH"), str(settings)))
    paths = {"PATH": os.pathsep.join(programs), "JUPYTER_CONFIG_PATH": os.pathsep.join(found)}
    command, environment = lab_command(words, root), {**os.environ, **paths}
    if os.name == "nt":
        return subprocess.call(command, cwd=root, env=environment)
    # Replace this process, so that Ctrl-C reaches JupyterLab alone and it asks for confirmation once.
    os.chdir(root)
    return os.execve(command[0], command, environment)
