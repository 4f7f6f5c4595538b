"""Fill a virtual environment with uv or pip: run it, show that it moves, and say in one sentence why it failed.

Standard library only, like everything that runs before `.venv` exists.
"""

import ast
import contextlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence

from course.language import later, say

# What pip prints when it did not get through to the index, in the wording of pip, urllib3 and the system.
NETWORK_SIGNS = re.compile(
    r"Retrying \(Retry|NewConnectionError|Max retries exceeded|name resolution|Name or service not known"
    r"|ConnectTimeout|ReadTimeout|timed out|ProxyError|SSLError|Network is unreachable|Connection refused"
)
DISK_SIGNS = re.compile(r"No space left on device|Disk quota exceeded|\[Errno 28\]|\[Errno 122\]|\(os error (28|122)\)")
# What pip or uv prints once installed packages are no longer as they were.
CHANGING_SIGNS = re.compile(
    r"Installing collected packages|^(Prepared|Uninstalled|Installed) \d|Failed to \w*install", re.M
)
# How a line begins in which pip or uv says what it is doing.
DOING = {
    "Collecting": later("collecting {what}"),
    "Downloading": later("downloading {what}"),
    "Installing": later("installing {what}"),
    "Building": later("building {what}"),
    "Preparing": later("preparing {what}"),
    "Using cached": later("using cached {what}"),
}
# What would lead pip, or the Python that runs it, out of the environment it is to fill.
LEADING_AWAY = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PYTHONHOME", "__PYVENV_LAUNCHER__")
# A setting of pip that says where packages come from, and the variable by which uv is told the same.
SETTINGS_OF_BOTH = {
    "index-url": "UV_INDEX_URL",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "constraint": "UV_CONSTRAINT",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
}
# Settings of pip that change nothing about what is installed.
SETTINGS_OF_PIP = re.compile(
    r"(default-)?timeout|retries|(no-)?cache-dir|(no-)?user|(no-)?compile|(no-)?input|(no-)?color|quiet|verbose|log"
    r"|progress-bar|no-warn-.*|disable-pip-version-check|require-virtualenv|break-system-packages|root-user-action"
)
PACKAGES_FAILED = later("{tool} could not install the packages")
# A line of life this often is enough for a log, and soon enough for somebody who watches.
HEARTBEAT_S = 15.0


class SetupError(Exception):
    """Say in one sentence why the set-up cannot go on and what to do."""


def tell(text: str) -> None:
    """Write to stderr: stdout belongs to the command that was asked for."""
    print(f"course: {text}", file=sys.stderr, flush=True)


class Installer:
    """Run venv, uv and pip as children that write to one log file.

    `keep_open` is a file descriptor that the children inherit; see `bootstrap.locked`.
    """

    def __init__(self, python: str, root: str, log: str, keep_open: int | None = None) -> None:
        self.python = python
        self.root = root
        self.log = log
        self.keep_open = keep_open
        self.begin = os.path.getsize(log) if os.path.exists(log) else 0

    def make_venv(self, folder: str, base_python: str) -> None:
        tell(say("making the virtual environment"))
        if self.run([base_python, "-m", "venv", folder]) or not os.path.isfile(self.python):
            raise SetupError(self.reason(say("`python -m venv` failed")))

    def install(self) -> None:
        tell(say("installing packages"))
        self.fill(PACKAGES_FAILED, ["-r", os.path.join(self.root, "requirements.txt")])
        self.compile()
        tell(say("installing the course itself"))
        # setuptools is among the requirements, so it need not be fetched once more into a place of its own.
        words = ["--no-deps", "--no-build-isolation", "-e", self.root]
        self.fill(later("{tool} could not install the course itself"), words)

    def fill(self, failed: str, words: Sequence[str]) -> None:
        """Install with uv where it is, else with pip, which also has the last word where uv fails.

        failed: says that a tool could not, as a template.
        """
        uv = shutil.which("uv")
        settings = uv_settings(self.python) if uv else None
        if uv and settings is not None:
            command = [uv, "pip", "install", "--no-progress", "--color=never", "--python", self.python]
            if self.run([*command, *words], settings) == 0:
                return
            if DISK_SIGNS.search(self.log_text(self.begin)):
                raise SetupError(self.reason(say(failed, tool="uv")))
            tell(say("uv could not do it; trying pip"))
        pip = [self.python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
        # PIP_USER or a `user = true` in somebody's settings makes no sense inside an environment; all other
        # settings (index, proxy, certificates, wheels) are theirs to make.
        pip += ["--no-user", "--no-compile", "--progress-bar", "off"]
        if self.run([*pip, *words]):
            raise SetupError(self.reason(say(failed, tool="pip")))

    def compile(self) -> None:
        """Compile the packages on all processors, where pip takes one; what is for another Python is left as it is.

        Student code writes no bytecode: each fork server would compile torch anew.
        """
        offset = os.path.getsize(self.log)
        libraries = os.path.join(os.path.dirname(os.path.dirname(self.python)), "lib")
        self.run([self.python, "-m", "compileall", "-q", "-j", "0", libraries])
        if DISK_SIGNS.search(self.log_text(offset)):
            raise SetupError(self.reason(say(PACKAGES_FAILED, tool="compileall")))

    def run(self, command: Sequence[str], settings: "dict[str, str] | None" = None) -> int:
        """Run `command` to its end and return its exit status; when interrupted, end it first.

        settings: environment variables for it; what the user has set stays.
        """
        environment = {**(settings or {}), **own_environment(), "PYTHONUNBUFFERED": "1"}
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
                tell(f"{now - started:4.0f} s  {summary(self.log_text(offset))}")

    def log_text(self, offset: int = 0) -> str:
        try:
            with open(self.log, "rb") as log:
                log.seek(offset)
                return log.read().decode("utf-8", "replace")
        except OSError:
            return ""

    def has_changed_anything(self) -> bool:
        """Tell whether uv or pip got as far as touching installed packages."""
        return CHANGING_SIGNS.search(self.log_text(self.begin)) is not None

    def reason(self, failed: str) -> str:
        text = self.log_text(self.begin)
        if DISK_SIGNS.search(text):
            return say(
                "{failed} because a disk is full: it needs 1.5 GB in {folder} and some in the "
                "folder for temporary files (TMPDIR); make room and start again",
                failed=failed,
                folder=self.root,
            )
        told = later("{failed}: {line}; start again when that is put right (whole log: {log})")
        if NETWORK_SIGNS.search(text):
            told = later(
                "{failed}: {line}; check the network, or the proxy and index in pip's settings, and start again "
                "(whole log: {log})"
            )
        return say(told, failed=failed, line=last_useful_line(text), log=self.log)


def own_environment() -> "dict[str, str]":
    return {name: value for name, value in os.environ.items() if name not in LEADING_AWAY}


def uv_settings(python: str) -> "dict[str, str] | None":
    """Return the variables that make uv look where pip looks; None where pip has a setting that uv has not."""
    asked = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True, env=own_environment()
    )
    if asked.returncode:
        return None
    found = {}
    for section in ("global.", "install.", ":env:."):  # as pip ranks them
        for line in asked.stdout.splitlines():
            name, _, value = line.partition("=")
            if name.startswith(section):
                found[name[len(section) :]] = str(ast.literal_eval(value))
    if any(name not in SETTINGS_OF_BOTH and not SETTINGS_OF_PIP.fullmatch(name) for name in found):
        return None
    settings = {
        SETTINGS_OF_BOTH[name]: ("," if name == "find-links" else " ").join(value.split())
        for name, value in found.items()
        if name in SETTINGS_OF_BOTH
    }
    return dict(settings, UV_INDEX_STRATEGY="unsafe-best-match")  # all indexes are equal, as for pip


def summary(text: str) -> str:
    """Put into a few words what uv or pip is doing, from its last line that says so."""
    for line in reversed(text.splitlines()):
        found = re.match(rf"\s*({'|'.join(DOING)})\s+(.*)", line)
        if found:
            verb, rest = found.groups()
            if rest.startswith("collected packages"):
                return say("unpacking the packages")
            return say(DOING[verb], what=os.path.basename(rest)[:70])
    return say("at work")


def last_useful_line(text: str) -> str:
    """Pick the line that tells most: pip's own last error, else the last line that is no notice."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("[notice]")]
    errors = [line for line in lines if re.match(r"(ERROR|Error|error|\w*Error)\b", line)]
    chosen = (errors or lines or [say("no output")])[-1]
    return re.sub(r"^ERROR:\s*", "", chosen).rstrip(".;")
