"""Fill a virtual environment with pip: run it, show that it moves, and say in one sentence why it failed.

Standard library only, like everything that runs before `.venv` exists.
"""

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence

# What pip prints when it did not get through to the index, in the wording of pip, urllib3 and the system.
NETWORK_SIGNS = re.compile(
    r"Retrying \(Retry|NewConnectionError|Max retries exceeded|name resolution|Name or service not known"
    r"|ConnectTimeout|ReadTimeout|timed out|ProxyError|SSLError|Network is unreachable|Connection refused"
)
DISK_SIGNS = re.compile(r"No space left on device|Disk quota exceeded|\[Errno 28\]|\[Errno 122\]")
# What would lead pip, or the Python that runs it, out of the environment it is to fill.
LEADING_AWAY = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PYTHONHOME", "__PYVENV_LAUNCHER__")
# A line of life this often is enough for a log, and soon enough for somebody who watches.
HEARTBEAT_S = 15.0


class SetupError(Exception):
    """Say in one sentence why the set-up cannot go on and what to do."""


def say(text: str) -> None:
    """Write to stderr: stdout belongs to the command that was asked for."""
    print(f"course: {text}", file=sys.stderr, flush=True)


def read_notes(path: str) -> dict[str, str]:
    """Read what the marker or the stamp notes, a word and its value a line; nothing where there is no such file."""
    try:
        with open(path, encoding="utf-8") as file:
            return dict(line.rstrip("\n").split(" ", 1) for line in file if " " in line)
    except (OSError, ValueError):
        return {}


def is_mounted(folder: str) -> bool:
    return os.path.ismount(folder) or os.path.realpath(folder) in mounts()


def way_out(folder: str) -> str:
    """Return a link to a folder outside, or a mount, inside a folder: pip and emptying would go on behind it.

    A link to a file is harmless: it is replaced itself. Returns "" if there is none.
    """
    real = os.path.realpath(folder)
    for place in mounts():
        if place.startswith(real + os.sep):
            return f"what is mounted at {place}"
    for parent, folders, _ in os.walk(real):
        for path in (os.path.join(parent, name) for name in folders):
            if os.path.islink(path) and not os.path.realpath(path).startswith(real + os.sep):
                return f"the link {path}"
    return ""


def mounts() -> "list[str]":
    """Return where something is mounted, also from the same disk; empty where only Linux could tell."""
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as file:
            places = [line.split()[4] for line in file]
    except OSError:
        return []
    return [re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place) for place in places]


class Installer:
    """Run pip and venv as children that write to one log file.

    `keep_open` is a file descriptor that the children inherit; see `bootstrap.locked`.
    """

    def __init__(self, python: str, root: str, log: str, keep_open: int | None = None) -> None:
        self.python = python
        self.root = root
        self.log = log
        self.keep_open = keep_open
        self.begin = os.path.getsize(log) if os.path.exists(log) else 0

    def make_venv(self, folder: str, base_python: str) -> None:
        say("making the virtual environment")
        if self.run([base_python, "-m", "venv", folder]) or not os.path.isfile(self.python):
            raise SetupError(self.reason("`python -m venv` failed"))

    def install(self) -> None:
        say("installing packages")
        pip = [self.python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
        # PIP_USER or a `user = true` in somebody's settings makes no sense inside an environment; all other
        # settings (index, proxy, certificates, wheels) are theirs to make.
        pip += ["--no-user", "--progress-bar", "off"]
        if self.run([*pip, "-r", os.path.join(self.root, "requirements.txt")]):
            raise SetupError(self.reason("pip could not install the packages"))
        say("installing the course itself")
        # setuptools is among the requirements, so pip need not fetch it once more into a place of its own.
        if self.run([*pip, "--no-deps", "--no-build-isolation", "-e", self.root]):
            raise SetupError(self.reason("pip could not install the course itself"))

    def run(self, command: Sequence[str]) -> int:
        """Run `command` to its end and return its exit status; when interrupted, end it first."""
        kept = {name: value for name, value in os.environ.items() if name not in LEADING_AWAY}
        environment = dict(kept, PYTHONUNBUFFERED="1")
        inherited = () if self.keep_open is None or os.name == "nt" else (self.keep_open,)
        if os.path.islink(self.log):
            os.remove(self.log)
        with open(self.log, "ab") as log:
            offset = log.tell()
            log.write(("$ " + " ".join(command) + "\n").encode())
            log.flush()
            child = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.root,
                env=environment,
                pass_fds=inherited,
            )
            try:
                return self.watch(child, offset)
            except BaseException:
                child.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(timeout=5)
                child.kill()
                child.wait()
                raise

    def watch(self, child: "subprocess.Popen[bytes]", offset: int) -> int:
        started = shown = time.monotonic()
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return child.wait(timeout=0.5)
            now = time.monotonic()
            if now - shown >= HEARTBEAT_S:
                shown = now
                say(f"{now - started:4.0f} s  {summary(self.log_text(offset))}")

    def log_text(self, offset: int = 0) -> str:
        try:
            with open(self.log, "rb") as log:
                log.seek(offset)
                return log.read().decode("utf-8", "replace")
        except OSError:
            return ""

    def has_changed_anything(self) -> bool:
        """Tell whether pip got as far as touching installed packages."""
        return "Installing collected packages" in self.log_text(self.begin)

    def reason(self, what_failed: str) -> str:
        text = self.log_text(self.begin)
        if DISK_SIGNS.search(text):
            return (
                f"{what_failed} because a disk is full: it needs 1.5 GB in {self.root} and some in the "
                "folder for temporary files (TMPDIR); make room and start again"
            )
        advice = f"start again when that is put right (whole log: {self.log})"
        if NETWORK_SIGNS.search(text):
            advice = "check the network, or the proxy and index in pip's settings, and start again "
            advice += f"(whole log: {self.log})"
        return f"{what_failed}: {last_useful_line(text)}; {advice}"


def summary(text: str) -> str:
    """Put into a few words what pip is doing, from its last line that says so."""
    for line in reversed(text.splitlines()):
        found = re.match(r"\s*(Collecting|Downloading|Installing|Building|Preparing|Using cached)\s+(.*)", line)
        if found:
            verb, rest = found.groups()
            if rest.startswith("collected packages"):
                return "unpacking the packages"
            return f"{verb.lower()} {os.path.basename(rest)[:70]}"
    return "at work"


def last_useful_line(text: str) -> str:
    """Pick the line that tells most: pip's own last error, else the last line that is no notice."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("[notice]")]
    errors = [line for line in lines if re.match(r"(ERROR|Error|error|\w*Error)\b", line)]
    chosen = (errors or lines or ["no output"])[-1]
    return re.sub(r"^ERROR:\s*", "", chosen).rstrip(".;")
