"""Fill a virtual environment with uv or pip: run it, show progress, and say in one sentence why it failed.

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

# What pip prints if it cannot reach the index, in the wording of pip, urllib3 and the system.
NETWORK_SIGNS = re.compile(
    r"Retrying \(Retry|NewConnectionError|Max retries exceeded|name resolution|Name or service not known"
    r"|ConnectTimeout|ReadTimeout|timed out|ProxyError|SSLError|Network is unreachable|Connection refused"
)
DISK_SIGNS = re.compile(r"No space left on device|Disk quota exceeded|\[Errno 28\]|\[Errno 122\]|\(os error (28|122)\)")
# What pip or uv prints once it changes installed packages.
CHANGING_SIGNS = re.compile(
    r"Installing collected packages|^(Prepared|Uninstalled|Installed) \d|Failed to \w*install", re.M
)
# The first words of pip's and uv's progress lines.
DOING = {
    "Collecting": later("collecting {what}"),
    "Downloading": later("downloading {what}"),
    "Installing": later("installing {what}"),
    "Building": later("building {what}"),
    "Preparing": later("preparing {what}"),
    "Using cached": later("using cached {what}"),
}
# Variables that would make pip, or the Python running it, work outside of the environment to fill.
LEADING_AWAY = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PYTHONHOME", "__PYVENV_LAUNCHER__")
# pip's settings about where packages come from, and the equivalent variables of uv.
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
# Settings of pip that change nothing about what is installed, and its own file of settings, which pip lists anyhow.
SETTINGS_OF_PIP = re.compile(
    r"(default-)?timeout|retries|(no-)?cache-dir|(no-)?user|(no-)?compile|(no-)?input|(no-)?color|quiet|verbose|log"
    r"|progress-bar|no-warn-.*|disable-pip-version-check|require-virtualenv|break-system-packages|root-user-action|config-file"
)
# The tests of packages, which nobody imports here.
TESTS = r"site-packages.*[/\\]tests?[/\\]"
PACKAGES_FAILED = later("{tool} could not install the packages")
# The time between progress lines: long enough for a log, short enough for somebody who watches.
HEARTBEAT_S = 15.0


class SetupError(Exception):
    """An error that says in one sentence why the set-up cannot continue and what to do."""


def tell(text: str) -> None:
    """Write to stderr: stdout belongs to the command that the user called."""
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
        # setuptools is among the requirements, so an isolated build need not fetch it once more.
        words = ["--no-deps", "--no-build-isolation", "-e", self.root]
        self.fill(later("{tool} could not install the course itself"), words)

    def fill(self, failed: str, words: Sequence[str]) -> None:
        """Install with uv if there is one, else with pip, which is also tried if uv fails, unless the disk is full.

        failed: the template of the message that a tool failed.
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
        # PIP_USER or a `user = true` in the user's settings makes no sense inside an environment; all other
        # settings (index, proxy, certificates, wheels) are respected.
        pip += ["--no-user", "--no-compile", "--progress-bar", "off"]
        if self.run([*pip, *words]):
            raise SetupError(self.reason(say(failed, tool="pip")))

    def compile(self) -> None:
        """Compile the packages on all processors, where pip uses one; files for another Python may fail to compile.

        Student code writes no bytecode, so without this each fork server would compile torch anew.
        """
        offset = os.path.getsize(self.log)
        libraries = os.path.join(os.path.dirname(os.path.dirname(self.python)), "lib")
        self.run([self.python, "-m", "compileall", "-q", "-j", "0", "-x", TESTS, libraries])
        if DISK_SIGNS.search(self.log_text(offset)):
            raise SetupError(self.reason(say(PACKAGES_FAILED, tool="compileall")))

    def run(self, command: Sequence[str], settings: "dict[str, str] | None" = None) -> int:
        """Run `command` and return its exit status; if interrupted, terminate it before raising.

        settings: environment variables for it; those set by the user win.
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

    def log_text(self, offset: int) -> str:
        try:
            with open(self.log, "rb") as log:
                log.seek(offset)
                return log.read().decode("utf-8", "replace")
        except OSError:
            return ""

    def has_changed_anything(self) -> bool:
        """Return whether uv or pip got as far as changing installed packages."""
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
    """Return the variables that make uv use pip's sources; None if a setting of pip has no equivalent in uv."""
    asked = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True, env=own_environment()
    )
    if asked.returncode:
        return None
    found = {}
    for section in ("global.", "install.", ":env:."):  # in pip's order of precedence
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
    """Describe in a few words what uv or pip is doing, from its last progress line."""
    for line in reversed(text.splitlines()):
        found = re.match(rf"\s*({'|'.join(DOING)})\s+(.*)", line)
        if found:
            verb, rest = found.groups()
            if rest.startswith("collected packages"):
                return say("unpacking the packages")
            return say(DOING[verb], what=os.path.basename(rest.partition(" (from ")[0])[:70])
    return say("at work")


def last_useful_line(text: str) -> str:
    """Return the most informative line: the last error, else the last line that is not a notice."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("[notice]")]
    errors = [line for line in lines if re.match(r"(ERROR|Error|error|\w*Error)\b", line)]
    chosen = (errors or lines or [say("no output")])[-1]
    return re.sub(r"^ERROR:\s*", "", chosen).rstrip(".;")
