"""Run a command as if a feature were missing: in a container, without Landlock or with an older one, as a user.

    python -m tests.lanes [--user UID] everything|container|no-landlock|landlock-1|… COMMAND…

A seccomp filter, installed before the command starts, refuses system calls, as Docker does; for an older Landlock, an
environment variable limits the version that the course uses.
"""

from __future__ import annotations

import argparse
import ctypes
import errno
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course.building.built_notebooks import REPOSITORY
from course.sandbox import landlock, system
from course.sandbox.namespaces import FLAGS

# Docker's default profile refuses these to processes without CAP_SYS_ADMIN, which a container's root lacks
# (moby/profiles/seccomp/default.json).
REFUSED_BY_DOCKER = """
    bpf fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie mount mount_setattr move_mount open_tree
    perf_event_open quotactl quotactl_fd setdomainname sethostname setns syslog umount umount2 unshare pivot_root
    keyctl add_key request_key userfaultfd io_uring_setup io_uring_enter io_uring_register kcmp pidfd_getfd
    process_madvise process_vm_readv process_vm_writev open_by_handle_at kexec_load init_module finit_module
    delete_module reboot swapon swapoff settimeofday clock_settime acct iopl ioperm nfsservctl vhangup
"""
# The capabilities of root in a container: CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, SETPCAP,
# NET_BIND_SERVICE, NET_RAW, SYS_CHROOT, MKNOD, AUDIT_WRITE, SETFCAP.
CAPABILITIES_IN_DOCKER = (0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31)
CLONE_NEWNS, MS_BIND, MS_REC, MS_PRIVATE = 0x00020000, 4096, 0x4000, 0x40000


def _filtered(rules: Callable[[Any, Any], None]) -> None:
    import pyseccomp  # type: ignore[import-untyped]  # it ships no types

    calls = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    rules(pyseccomp, calls)
    calls.set_attr(pyseccomp.Attr.CTL_NNP, int(os.geteuid() != 0))
    calls.load()


def container() -> None:
    """Give up what a container lacks: namespaces and mounts and, for root, all but a few capabilities."""

    def rules(pyseccomp: Any, calls: Any) -> None:
        for name in REFUSED_BY_DOCKER.split():
            try:
                calls.add_rule(pyseccomp.ERRNO(errno.EPERM), name)
            except (OSError, ValueError):  # not on this architecture
                continue
        for flag in FLAGS.values():
            calls.add_rule(pyseccomp.ERRNO(errno.EPERM), "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
        calls.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")

    _filtered(rules)
    if os.geteuid() == 0:
        for capability in set(range(64)) - set(CAPABILITIES_IN_DOCKER):
            system.libc().prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP; takes effect at exec


def no_landlock() -> None:
    """Make Landlock's system calls fail with ENOSYS, as in a kernel without Landlock."""

    def rules(pyseccomp: Any, calls: Any) -> None:
        for number in (landlock.SYS_CREATE_RULESET, landlock.SYS_ADD_RULE, landlock.SYS_RESTRICT_SELF):
            calls.add_rule(pyseccomp.ERRNO(errno.ENOSYS), number)

    _filtered(rules)


def older(version: int) -> Callable[[], None]:
    return lambda: os.environ.update({landlock.AT_MOST: str(version)})


def both(first: Callable[[], None], second: Callable[[], None]) -> Callable[[], None]:
    def lacking() -> None:
        first()
        second()

    return lacking


LANES: dict[str, Callable[[], None]] = {
    "everything": lambda: None,
    "container": container,
    "no-landlock": no_landlock,
    **{f"landlock-{version}": older(version) for version in range(1, 6)},
    "container-landlock-1": both(older(1), container),
    "container-landlock-4": both(older(4), container),
    "neither": both(no_landlock, container),
}


def become(uid: int) -> None:
    """Become an ordinary user who owns the clone and can run Python even if it is installed in root's home."""
    os.umask(0o022)
    _call("unshare", CLONE_NEWNS)
    _call("mount", b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    place = Path(tempfile.mkdtemp(prefix="lane-"))
    _call("mount", b"tmpfs", str(place).encode(), b"tmpfs", 0, b"mode=755")
    prefix = Path(sys.base_prefix)
    closed = next((f for f in reversed(prefix.parents) if not f.stat().st_mode & 1), None)
    if closed is not None:  # cover it with a folder that everybody may enter and that contains only Python
        to = place / "python" / prefix.relative_to(closed)
        to.mkdir(parents=True)
        _call("mount", str(prefix).encode(), str(to).encode(), None, MS_BIND | MS_REC, None)
        _call("mount", str(place / "python").encode(), str(closed).encode(), None, MS_BIND | MS_REC, None)
    (place / "upper").mkdir()
    (place / "work").mkdir()
    layers = f"lowerdir={REPOSITORY},upperdir={place / 'upper'},workdir={place / 'work'}"
    _call("mount", b"overlay", str(REPOSITORY).encode(), b"overlay", 0, layers.encode())
    os.chdir(REPOSITORY)
    for top, folders, files in os.walk(REPOSITORY):
        folders[:] = [f for f in folders if f not in (".venv", ".git", ".mypy_cache", ".ruff_cache")]
        for name in (top, *(os.path.join(top, file) for file in files)):
            os.chown(name, uid, uid, follow_symlinks=False)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _call(name: str, *args: object) -> None:
    if getattr(system.libc(), name)(*args) != 0:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lane", choices=LANES)
    parser.add_argument("--user", type=int, default=0, help="the number of an ordinary user to become")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    if given.user and os.geteuid() == 0:
        become(given.user)
        os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.mkdtemp(prefix="lane-")
    LANES[given.lane]()
    os.execvp(given.command[0], given.command)


if __name__ == "__main__":
    main()
