"""Grade on another kernel: Debian's, booted in a virtual machine that has a copy of this machine's files.

    python -m benchmarks.kernels [--write] [--package linux-image-6.1.0-9-amd64] [--as-user] [--every N] [COMMAND...]

Needs Debian's `qemu-system-x86`, `busybox-static` and `squashfs-tools`; the kernel's package is fetched by apt. COMMAND
runs in the clone; by default the doctor reports what keeps the sandbox's promises, and the class of attackers, handed
in before, is graded. Prints the kernel, the command's output, and its exit status. Files written there are lost with
the virtual machine. --write puts the results into docs/generated/kernels.md; kernels and users that were not tried keep
their rows.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.attacks import classroom

REPOSITORY = Path(__file__).resolve().parents[1]
META_PACKAGE = "linux-image-amd64"
# What is copied from this machine to the virtual one, besides Python and the clone.
SYSTEM = ("/bin", "/sbin", "/lib", "/lib64", "/etc", "/usr/bin", "/usr/sbin", "/usr/lib64", "/usr/lib/x86_64-linux-gnu")
# Emulated, to be the same on every machine: KVM does not start within every virtual machine. The processor is one that
# packages are built for, with no more features to emulate. Its clock counts instructions, one nanosecond each: on a
# slow or busy machine no timer is late, and time limits allow as much computation as on any other.
MACHINE = ("-accel", "tcg,thread=single", "-icount", "shift=0", "-cpu", "Nehalem", "-smp", "1", "-m", "4G")
# Modules to load; those built into a kernel are not among its files.
MODULES = (
    *("virtio", "virtio_ring", "virtio_pci_legacy_dev", "virtio_pci_modern_dev", "virtio_pci", "virtio_blk"),
    *("lz4_decompress", "zstd_decompress", "squashfs", "overlay"),
)
USER = 1000
PYTHON = ".venv/bin/python"
TABLE = REPOSITORY / "docs" / "generated" / "kernels.md"
# The doctor's report on the sandbox; its other checks do not depend on the kernel.
DOCTOR = f"{PYTHON} -c 'from course import doctor; doctor.examine(as_json=True, checks=[doctor.confinement])'"
HEAD = """# Kernels that were tried

`python -m benchmarks.kernels --write` boots Debian's own kernel in an emulated machine, with control groups of
version 2, asks the doctor there what keeps each promise, and grades the class of attackers (`tests/attacks/`), or one
in so many of its attacks and damages, with all who are honest. Each is to have the score and the status that its header
says, and none to have got through to anything.

| kernel | user | what keeps the promises | attacks and damages | graded | as told | not so |
|---|---|---|---|---|---|---|
"""
INIT = """#!/bin/busybox sh
bb=/bin/busybox
$bb mkdir -p /proc /dev /lower /upper /new
$bb mount -t proc proc /proc
# which needs which differs between kernels: one that lacks another goes in the next time round
for i in 1 2 3 4; do for module in {modules}; do $bb insmod /modules/$module.ko 2>/dev/null; done; done
$bb mount -t devtmpfs devtmpfs /dev
$bb mount -t squashfs -o ro /dev/vda /lower
$bb mount -t tmpfs -o size=80% tmpfs /upper
$bb mkdir /upper/changed /upper/work
# with an index, for else a hard link ends where its file is given to the user
$bb mount -t overlay -o index=on,lowerdir=/lower,upperdir=/upper/changed,workdir=/upper/work overlay /new
$bb mkdir -p /new/proc /new/sys /new/dev /new/tmp /new/run
$bb mount -t proc proc /new/proc
$bb mount -t sysfs sysfs /new/sys
$bb mount -t devtmpfs devtmpfs /new/dev
$bb mount -t cgroup2 cgroup2 /new/sys/fs/cgroup
$bb mkdir -p /new/dev/shm /new/dev/pts
$bb mount -t devpts devpts /new/dev/pts
$bb mount -t tmpfs tmpfs /new/dev/shm
$bb mount -t tmpfs tmpfs /new/run
$bb ip link set lo up
# no chroot: there the kernel gives no user namespaces
exec $bb switch_root /new /bin/sh /run_in_vm
"""
# Prints nothing but the marked lines itself: the command's output is read from the console.
RUN = """cd {repository}
export PATH={path} HOME=/tmp/home LANG=C.UTF-8
mkdir -p $HOME && chmod 1777 /tmp && chown {user}:{user} $HOME
# in the virtual machine only: what is written there goes with it
[ {user} = 0 ] || {{ chown -Rh {user}:{user} .course {course}; chmod o+x {closed}; }} 2>/dev/null
echo {secrets[1]} > $HOME/sentinel
export COURSE_TOKEN={secrets[0]}
# a group that is delegated to the user, as systemd does it
cd /sys/fs/cgroup && mkdir -p course/session
for group in . course; do echo "+memory +pids" > $group/cgroup.subtree_control; done
chown -R {user}:{user} course && echo $$ > course/session/cgroup.procs
cd {repository}
echo "{mark} $(uname -r)"
setpriv --reuid {user} --regid {user} --clear-groups sh -c {command}
echo "{mark} $?"
echo b > /proc/sysrq-trigger
"""
MARK, GRADED = "=== kernels:", "=== graded: "
# The folder of the class in the temporary folder of this run.
CLASS = "class"


@dataclass(frozen=True)
class Kernel:
    """A kernel's image, and the folder of its modules."""

    image: Path
    modules: Path


def fetch(folder: Path, package: str) -> Kernel:
    """Fetch a kernel's package with apt and unpack it, without installing it."""
    if package == META_PACKAGE:
        depends = _said("apt-cache", "depends", package)
        package = next(line.split()[-1] for line in depends.splitlines() if "linux-image" in line and "Depends" in line)
    subprocess.run(["apt-get", "download", "-q", package], cwd=folder, check=True, stdout=sys.stderr)
    subprocess.run(["dpkg-deb", "-x", next(folder.glob("*.deb")), folder / "unpacked"], check=True)
    return Kernel(next(folder.glob("unpacked/boot/vmlinuz*")), next(folder.glob("unpacked/lib/modules/*")))


def first_files(folder: Path, kernel: Kernel, script: str) -> Path:
    """Create the initial RAM disk: busybox, the kernel's modules, and a script that runs as process 1."""
    root = folder / "first"
    (root / "bin").mkdir(parents=True)
    (root / "modules").mkdir()
    busybox = shutil.which("busybox")
    if busybox is None:
        raise SystemExit("busybox is missing: apt-get install busybox-static")
    shutil.copy(busybox, root / "bin" / "busybox")
    for name in MODULES:
        for file in kernel.modules.rglob(f"{name}.ko"):
            shutil.copy(file, root / "modules")
    (root / "init").write_text(script)
    (root / "init").chmod(0o755)
    names = "\n".join(str(path.relative_to(root)) for path in root.rglob("*"))
    archive = subprocess.run(
        [busybox, "cpio", "-o", "-H", "newc"], cwd=root, input=names.encode(), capture_output=True, check=True
    )
    (folder / "initrd").write_bytes(archive.stdout)
    return folder / "initrd"


def disk(folder: Path) -> Path:
    """Create a file system image of the files that the virtual machine needs, each under its own path."""
    paths = [*filter(os.path.lexists, SYSTEM), Path(sys.base_prefix).resolve(), REPOSITORY, folder / CLASS]
    image = folder / "disk"
    fast = ("-no-strip", "-comp", "lz4", "-no-progress", "-quiet", "-no-xattrs")
    subprocess.run(["mksquashfs", *map(str, paths), str(image), *fast], check=True, stdout=sys.stderr)
    return image


def boot(kernel: Kernel, folder: Path, command: str, user: int) -> list[str]:
    """Run a command on a kernel; print and return its output, between lines with the kernel and the exit status."""
    path = f"{REPOSITORY}/.venv/bin:{os.environ['PATH']}"
    words = {"repository": shlex.quote(str(REPOSITORY)), "path": shlex.quote(path), "user": user, "mark": MARK}
    words |= {"course": folder / CLASS, "secrets": classroom.SECRETS}
    words["closed"] = shlex.join(map(str, [folder, *Path(sys.executable).resolve().parents]))
    inside = RUN.format(command=shlex.quote(command), **words)
    init = INIT.format(modules=" ".join(MODULES)).replace(
        "exec $bb", f"$bb cat > /new/run_in_vm <<'END'\n{inside}END\n$bb umount /proc\nexec $bb"
    )
    machine = subprocess.Popen(
        ["qemu-system-x86_64", "-nographic", "-no-reboot", "-nic", "none", *MACHINE]
        + ["-kernel", str(kernel.image), "-initrd", str(first_files(folder, kernel, init))]
        + ["-append", "console=ttyS0 quiet panic=-1 rdinit=/init"]
        + ["-drive", f"file={disk(folder)},format=raw,if=virtio,readonly=on"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    lines = []
    for line in machine.stdout or ():
        lines.append(line.rstrip())
        print(lines[-1], flush=True)
    machine.wait()
    return lines


def hand_in(root: Path, every: int) -> None:
    """Create a course in which one in `every` attacks and damaged submissions is handed in, and all honest ones."""
    harmful = [*classroom.ATTACKS, *classroom.DAMAGED]
    classroom.make_course(root)
    classroom.hand_in_class(root, [s for s in classroom.EVERYBODY if s not in harmful or harmful.index(s) % every == 0])


def grade(root: Path) -> None:
    """Grade the class, in the virtual machine, and print a line for each student."""
    for graded in classroom.grade(root, workers=1):
        told = (graded.student, graded.status, graded.score, graded.outcomes)
        through = classroom.seen_in(root, graded.student)
        as_told = classroom.is_expected(*told) and not through
        print(GRADED + json.dumps([graded.student, as_told, *told[1:], through]), flush=True)


def row(kernel: str, user: str, every: int, lines: list[str]) -> str:
    """Return the table's row for the output of the doctor and the grader."""
    promises = [json.loads(line) for line in lines if line.startswith('{"what": "confinement')]
    kept_by = sorted({mechanism for promise in promises for mechanism in promise["kept_by"]})
    students = [json.loads(line.partition(GRADED)[2]) for line in lines if line.startswith(GRADED)]
    wrong = [student for student, as_told, *_ in students if not as_told]
    wrong += [promise["what"] for promise in promises if promise["state"] != "ok"]
    share, n_right = "all" if every == 1 else f"one in {every}", sum(as_told for _, as_told, *_ in students)
    cells = (kernel, user, ", ".join(kept_by), share, str(len(students)), str(n_right), ", ".join(wrong) or "none")
    return f"| {' | '.join(cells)} |"


def write(new: str) -> None:
    """Put a row into the table, replacing an older one for the same kernel and user."""
    rows = TABLE.read_text(encoding="utf-8").splitlines()[len(HEAD.splitlines()) :] if TABLE.exists() else []
    kept = [old for old in rows if old.split("|")[1:3] != new.split("|")[1:3]]
    TABLE.write_text(HEAD + "".join(f"{line}\n" for line in sorted([*kept, new])), encoding="utf-8")


def _said(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", default=META_PACKAGE, help="Debian's package of the kernel")
    parser.add_argument("--as-user", action="store_true", help="run as an ordinary user")
    parser.add_argument("--write", action="store_true", help="put what was found into docs/generated/kernels.md")
    parser.add_argument("--every", type=int, default=1, help="hand in one in so many attacks and damages")
    parser.add_argument("--grade", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("command", nargs="*")
    given = parser.parse_args()
    if given.grade:
        grade(given.grade)
        return 0
    with tempfile.TemporaryDirectory(prefix="course-kernel-") as place:
        folder = Path(place)
        hand_in(folder / CLASS, given.every)
        default = f"{DOCTOR}; {PYTHON} -m benchmarks.kernels --grade {folder / CLASS}"
        user = USER if given.as_user else 0
        lines = boot(fetch(folder, given.package), folder, shlex.join(given.command) or default, user)
    marks = [line.partition(MARK)[2].strip() for line in lines if MARK in line]
    if len(marks) != 2:
        print("The kernel did not come to the end of the command.", file=sys.stderr)
        return 1
    found = row(marks[0], "ordinary" if user else "root", given.every, lines)
    print(found)
    if given.write:
        write(found)
    return int(marks[1])


if __name__ == "__main__":
    raise SystemExit(main())
