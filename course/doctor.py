"""Check what works on this machine, and advise on what does not.

A check is a function without arguments that returns one or several `Finding`s and changes nothing; the course's folder
is the working directory. To add one, write it and append it to `CHECKS`.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from course.errors import CourseError
from course.language import language, later, listed, say
from course.privacy import who_hands_in, who_reads
from course.terminal import Printer

CLONE = Path(__file__).resolve().parents[1]
GRADEBOOK = later("gradebook")
# Prefix of the findings about the promises of the sandbox.
OF_CONFINEMENT = "confinement: "

State = Literal["ok", "limited", "missing"]
COLOURS = {later("ok"): "green", later("limited"): "yellow", later("missing"): "red"}


@dataclass(frozen=True)
class Finding:
    """The result of one check.

    `needed`: the course cannot work without it; such a finding with the state `missing` makes the doctor exit with
    status 1. `kept_by`: for a promise of the sandbox, every mechanism that keeps it here.
    """

    what: str
    state: State
    found: str
    advice: str = ""
    needed: bool = False
    kept_by: list[str] = field(default_factory=list)


Check = Callable[[], Finding | list[Finding]]


def in_python(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a module as a program, with a timeout of five minutes: longer than any takes unless it hangs."""
    return subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, cwd=CLONE, timeout=300)


def python() -> Finding:
    found = say("{version} in {folder}", version=sys.version.split()[0], folder=sys.prefix)
    return Finding("Python", "ok", found, needed=True)


def packages() -> Finding:
    """Compare the installed packages with requirements.txt; only developers' packages may be absent."""
    from packaging.requirements import Requirement

    what, file = later("packages"), CLONE / "requirements.txt"
    if not file.is_file():
        return Finding(what, "ok", say("installed without a clone, so there is no list to compare with"))
    absent, differing, needed, n_packages = [], [], True, 0
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            needed = needed and line != "# developers"
        elif line.strip():
            wanted = Requirement(line)
            if wanted.marker and not wanted.marker.evaluate():
                continue
            n_packages += 1
            try:
                installed = version(wanted.name)
            except PackageNotFoundError:
                absent.append((wanted.name, needed))
                continue
            if not wanted.specifier.contains(installed, prereleases=True):
                package, pinned = f"{wanted.name} {installed}", str(wanted.specifier).lstrip("=")
                differing.append(say("{package}, tested with {pinned}", package=package, pinned=pinned))
    advice = say("run: pip install -r requirements.txt")
    if absent:
        found = say("not installed: {names}", names=listed(name for name, _ in absent))
        return Finding(what, "missing", found, advice, needed=any(n for _, n in absent))
    if differing:
        return _advised(what, say("; ").join(differing), advice)
    return Finding(what, "ok", say("all {n} at the pinned versions", n=n_packages), needed=True)


def torch_on_cpu() -> Finding:
    """Compute a small gradient: that torch can be imported is not enough."""
    import torch

    # d/dw of (3 w)^2 at w = 2 is 36, exactly.
    weight = torch.tensor([[2.0]], requires_grad=True)
    (torch.tensor([[3.0]]) @ weight).pow(2).sum().backward()
    found = say("{version}, threads: {n}", version=torch.__version__, n=torch.get_num_threads())
    if weight.grad is None or weight.grad.item() != 36.0:
        found = say("{found}, a wrong gradient", found=found)
        return Finding("torch", "missing", found, say("reinstall torch"), needed=True)
    return Finding("torch", "ok", found, needed=True)


def gpu() -> Finding:
    """Find the device that the lessons would use, in a separate process because a broken driver may kill it."""
    run = in_python("course.runner.devices", language())
    *why_not, name = run.stdout.splitlines() or [say("trying it out crashed a process"), "cpu"]
    if name != "cpu":
        return Finding("GPU", "ok", name)
    advice = say("none needed: the lessons run on the CPU")
    return _advised("GPU", " ".join(why_not) or say("torch sees no GPU"), advice)


def kernel() -> Finding:
    """Find the kernel `python3` as JupyterLab would: one in the home folder would run another Python."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    what, advice = later("kernel python3"), say("run: python -m ipykernel install --sys-prefix")
    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Finding(what, "missing", say("not installed"), advice, needed=True)
    program = spec.argv[0]
    if program in ("python", "python3") or Path(program).parent.resolve() == Path(sys.executable).parent.resolve():
        return Finding(what, "ok", say("runs this Python"), needed=True)
    advice = say("remove {folder}, which hides this environment's own", folder=spec.resource_dir)
    return _advised(what, say("runs {program}", program=program), advice)


def nbgrader_command() -> Finding:
    run = in_python("nbgrader", "--version")
    numbers = re.findall(r"\d+\.\d+\.\d+", run.stdout)
    if run.returncode or not numbers:
        last = (run.stderr.strip().splitlines() or [say("no output")])[-1]
        return Finding("nbgrader", "missing", last, say("run: pip install -r requirements.txt"), needed=True)
    return Finding("nbgrader", "ok", numbers[-1], needed=True)


def lab_extensions() -> Finding:
    from jupyter_core.paths import jupyter_path

    what, advice = later("JupyterLab's nbgrader"), say("run: pip install --force-reinstall nbgrader")
    if any((Path(folder) / "@jupyter" / "nbgrader").is_dir() for folder in jupyter_path("labextensions")):
        return Finding(what, "ok", say("Validate and formgrader are there"))
    return Finding(what, "missing", say("the extension is not installed"), advice)


def chromium() -> Finding:
    what, advice = "Chromium", say("only browser tests need it: apt install chromium")
    if path := next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None):
        return Finding(what, "ok", path)
    return Finding(what, "missing", say("no browser found"), advice)


def disk() -> Finding:
    here, free_gb = Path.cwd(), shutil.disk_usage(".").free / 1e9
    found, advice = say("{gb:.1f} GB free", gb=free_gb), say("make room on the disk that holds {folder}", folder=here)
    # A class of 300 writes six notebooks each, three times, of about 100 kB.
    state: State = "missing" if free_gb < 0.1 else "limited" if free_gb < 1 else "ok"
    return Finding(later("disk"), state, found, "" if state == "ok" else advice, needed=state != "limited")


def configuration() -> Finding:
    """Read nbgrader_config.py, as every nbgrader command does, and validate its values."""
    from course.grading.settings import course_folder

    what, advice = "nbgrader_config.py", say("fix that line, or put the file back as it was")
    try:
        course_folder(Path.cwd())
    except CourseError as problem:
        return Finding(what, "missing", str(problem), advice, needed=Path(what).exists())
    return Finding(what, "ok", say("can be read"), needed=True)


def exchange() -> Finding:
    what, folder = later("exchange"), Path.cwd() / (os.environ.get("COURSE_EXCHANGE") or "exchange")
    found, advice = say("{folder} does not exist yet", folder=folder), say("`nbgrader release_assignment` creates it")
    if not folder.is_dir():
        return _advised(what, found, advice)
    if not os.access(folder, os.W_OK | os.X_OK):
        found, advice = say("{folder} cannot be written", folder=folder), say("change its owner or its permissions")
        return Finding(what, "missing", found, advice)
    return _advised(what, *who_hands_in(folder))


def privacy() -> Finding:
    return _advised(later("privacy"), *who_reads(Path.cwd()))


def _advised(what: str, found: str, advice: str) -> Finding:
    return Finding(what, "limited" if advice else "ok", found, advice)


def gradebook() -> Finding:
    """Read the gradebook that the settings name: a local file without locking it, or a server."""
    from course.grading.database import address_of, count_submissions
    from course.grading.database_errors import integrity_error_of, lost
    from course.grading.settings import course_folder

    try:
        url = course_folder(Path.cwd()).db_url
    except CourseError:  # which `configuration` reports
        url = os.environ.get("COURSE_DB_URL") or f"sqlite:///{Path.cwd() / 'gradebook.db'}"
    advice = say("docs/scaling.md says how to set up a server")
    try:
        address = address_of(url)
        if address.get_backend_name() == "sqlite":
            file, advice = Path.cwd() / (address.database or ""), say("what is recorded is kept")
            if gone := lost(address, Path.cwd()):
                return Finding(GRADEBOOK, "missing", gone, say("restore a backup"), needed=True)
            if not file.exists():
                return Finding(GRADEBOOK, "ok", say("none yet; the first grading creates it"))
            if "locked" in (wrong := integrity_error_of(file)):
                return _advised(GRADEBOOK, say("in use by another program"), say("try again when grading has ended"))
            if wrong:
                advice = say("move {file} elsewhere, then restore a backup or grade again", file=file.name)
                return Finding(GRADEBOOK, "missing", wrong, advice, needed=True)
        n_submissions, place = count_submissions(url)
    except CourseError as problem:
        return Finding(GRADEBOOK, "missing", str(problem), advice, needed=True)
    return Finding(GRADEBOOK, "ok", say("submissions in the {place}: {n}", place=place, n=n_submissions), needed=True)


def protections() -> dict[str, list[str]]:
    """Sandbox a process as grading does a submission, and test each layer: see `selftest.by_promise`."""
    run = in_python("course.sandbox.selftest", language())
    if run.returncode:
        raise OSError((run.stderr.strip().splitlines() or [say("the self-test ended early")])[-1])
    return dict(json.loads(run.stdout.splitlines()[-1]))


def confinement() -> list[Finding]:
    """Return findings on what keeps each promise of the sandbox, which only grading needs; give each reason once."""
    where = say("docs/machines.md says what to do on each system")
    try:
        promises = protections()
    except Exception as problem:
        return [Finding(later("confinement"), "missing", say("it could not be tested: {why}", why=problem), where)]
    findings, first, its_reason = list[Finding](), "", ""
    for name, (promise, why, *kept_by) in promises.items():
        found, advice = say("{promise}: {names}", promise=say(promise), names=listed(map(say, kept_by))), ""
        if first and why == its_reason:
            found, advice = say("see “{first}”", first=say(first)), say("the same")
        elif why:
            found, advice = say("not kept: {promise}; {why}", promise=say(promise), why=say(why)), where
            first, its_reason = first or name, its_reason or why
        state: State = "missing" if why else "ok"
        findings.append(Finding(OF_CONFINEMENT + name, state, found, advice, kept_by=[] if why else kept_by))
    return findings


CHECKS: list[Check] = [
    *(python, packages, torch_on_cpu, gpu, kernel, nbgrader_command, lab_extensions, chromium, disk, configuration),
    *(exchange, privacy, gradebook, confinement),
]


def run_checks(checks: Iterable[Check]) -> list[Finding]:
    """Run every check; one that raises becomes a finding, too."""
    findings: list[Finding] = []
    for check in checks:
        try:
            found = check()
            findings += found if isinstance(found, list) else [found]
        except Exception as problem:  # whatever is broken is what the doctor has to report
            title, reason = check.__name__.replace("_", " "), f"{type(problem).__name__}: {problem}"
            findings.append(Finding(title, "missing", reason, say("run: pip install -r requirements.txt"), needed=True))
    return findings


def examine(*, as_json: bool = False, checks: Iterable[Check] | None = None) -> int:
    """Print all findings; return 1 if something is missing that the course cannot work without, else 0."""
    findings = run_checks(CHECKS if checks is None else checks)
    if as_json:
        for finding in findings:
            print(json.dumps(asdict(finding)))
    else:
        show(findings)
    return 1 if any(finding.state == "missing" and finding.needed for finding in findings) else 0


def _shown(what: str) -> str:
    """Return a finding's subject in the current language; `what` itself is never translated, for --json."""
    _, is_promise, promise = what.partition(OF_CONFINEMENT)
    return say("confinement: {promise}", promise=say(promise)) if is_promise else say(what)


def show(findings: Iterable[Finding]) -> None:
    from rich.console import Console
    from rich.text import Text

    states = {state: Text(say(state), style=colour) for state, colour in COLOURS.items()}
    rows = ((_shown(of.what), states[of.state], of.found, of.advice) for of in findings)
    heads = say("what"), say("state"), say("found"), say("what to do")
    Printer(console=Console()).show(heads, rows, say("This machine"))
