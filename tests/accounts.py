"""Two accounts on one machine: the one that runs the tests is the instructor's, the other one a student's."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from pathlib import Path

from course.building.built_notebooks import REPOSITORY
from tests import commands

# An account that every Unix has. Only root can switch to it; otherwise the student is the same user with another home.
STUDENT = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
TWO_ACCOUNTS = STUDENT.pw_uid != os.geteuid()

# The imports come first because the student's account may be unable to read the folders of Python and the course.
_AS_STUDENT = f"""
import os, sys
import dateutil.tz, nbgrader.auth, course.grading.exchange
from nbgrader import apps
if {TWO_ACCOUNTS}:
    os.setgroups([])
    os.setgid({STUDENT.pw_gid})
    os.setuid({STUDENT.pw_uid})
"""
_COMMANDS = """
from nbgrader import apps
for line in sys.argv[1:]:
    command, *words = line.split()
    app = getattr(apps, command.title().replace("_", "") + "App")
    app.launch_instance(argv=words)
    app.clear_instance()
"""


def nbgrader(folder: Path, *lines: str, exchange: Path, student: bool = False) -> str:
    """Run nbgrader commands one after the other in one process, and return their output."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "COURSE_EXCHANGE": str(exchange),
        "HOME": str(folder),
        **{f"JUPYTER_{kind}_DIR": str(folder / "home" / kind) for kind in ("CONFIG", "DATA", "RUNTIME")},
        "IPYTHONDIR": str(folder / "home" / "ipython"),
    }
    code = (_AS_STUDENT if student else "import sys") + _COMMANDS
    done = commands.run("python", "-c", code, *lines, cwd=folder, env=environment)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout + done.stderr


def can_read(path: Path) -> bool:
    """Return whether the student's account can read a file or list a folder, whatever the instructor may do."""
    script = f"import os, sys; os.setgroups([]); os.setgid({STUDENT.pw_gid}); os.setuid({STUDENT.pw_uid})\n"
    script += "path = sys.argv[1]\nos.listdir(path) if os.path.isdir(path) else open(path, 'rb').read(1)"
    done = subprocess.run([sys.executable, "-S", "-c", script, str(path)], capture_output=True, text=True)
    assert done.returncode == 0 or "PermissionError" in done.stderr, done.stderr
    return done.returncode == 0
