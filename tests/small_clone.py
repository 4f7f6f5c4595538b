"""A clone that sets up in a moment: its `venv` and `pip` are fakes that record how they were called."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EARLY_FILES = ["__init__.py", "__main__.py", "atomic.py", "bootstrap.py", "installation.py", "language.py", "place.py"]

FAKE_VENV = """\
import os, sys
with open(os.environ["CALLS"], "a") as calls: calls.write("venv\\n")
os.makedirs(os.path.join(sys.argv[1], "bin"))
os.symlink(sys.executable, os.path.join(sys.argv[1], "bin", "python"))
with open(os.path.join(sys.argv[1], "pyvenv.cfg"), "w") as file: file.write(f"home = {sys.base_prefix}/bin\\n")
"""
FAKE_PIP = """\
import os, sys, time
if sys.argv[1] == "config":
    print(os.environ.get("PIP_SETTINGS", ""))
    sys.exit()
with open(os.environ["CALLS"], "a") as calls: calls.write("pip " + " ".join(sys.argv[1:]) + "\\n")
time.sleep(float(os.environ.get("PIP_TAKES_S", 0)))
print(os.environ.get("PIP_SAYS", "Installing collected packages: all of them"))
sys.exit(int(os.environ.get("PIP_ENDS_WITH", 0)))
"""
FAKE_UV = f"""\
#!{sys.executable}
import os, sys
with open(os.environ["CALLS"], "a") as calls: calls.write("uv " + " ".join(sys.argv[1:]) + "\\n")
print(os.environ.get("UV_SAYS", "Resolved 2 packages in 1s"))
print(*("{{}}={{}}".format(*item) for item in os.environ.items() if item[0].startswith("UV_")), sep="\\n")
sys.exit(int(os.environ.get("UV_ENDS_WITH", 0)))
"""
FAKE_CLI = """\
import os, sys
def main():
    print(sys.prefix, sys.argv[1:])
    sys.exit(int(os.environ.get("CLI_ENDS_WITH", 0)))
"""


class SmallClone:
    """A clone that sets up in a moment."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "clone"
        self.calls_file = folder / "calls"
        self.tools = folder / "tools"
        (self.root / "course").mkdir(parents=True)
        for name in EARLY_FILES:
            shutil.copy(ROOT / "course" / name, self.root / "course")
        (self.root / "course" / "locale").symlink_to(ROOT / "course" / "locale")
        (self.root / "course" / "cli.py").write_text(FAKE_CLI)
        (self.root / "requirements.txt").write_text("torch==2.13.0\n")
        (self.root / "pyproject.toml").write_text("")
        for name, text in (("venv", FAKE_VENV), ("pip", FAKE_PIP)):
            (self.tools / name).mkdir(parents=True)
            (self.tools / name / "__init__.py").write_text("")
            (self.tools / name / "__main__.py").write_text(text)

    def offer_uv(self) -> None:
        """Put a fake uv on the PATH; otherwise there is none."""
        (self.tools / "uv").write_text(FAKE_UV)
        (self.tools / "uv").chmod(0o755)

    def begin(self, *words: str, **environment: str) -> subprocess.Popen:
        names = {"CALLS": str(self.calls_file), "PYTHONPATH": str(self.tools), "PYTHONDONTWRITEBYTECODE": "1"}
        names |= {"LC_ALL": "C.UTF-8", "PATH": str(self.tools)}  # no uv but the fake one
        return subprocess.Popen(
            [sys.executable, "-m", "course", *words],
            cwd=self.root,
            env={**os.environ, **names, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess:
        process = self.begin(*words, **environment)
        out, err = process.communicate(timeout=60)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def calls(self) -> list[str]:
        return [line.split()[0] for line in self.calls_file.read_text().splitlines()]

    def forget_calls(self) -> None:
        self.calls_file.write_text("")

    def wait_for_pip(self) -> None:
        deadline = time.monotonic() + 30
        while not self.calls_file.exists() or "pip" not in self.calls_file.read_text():
            assert time.monotonic() < deadline, "pip was never called"
            time.sleep(0.05)

    def snapshot(self) -> dict[str, int]:
        return {str(path): path.lstat().st_mtime_ns for path in self.root.rglob("*")}
