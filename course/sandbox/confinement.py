"""Sandbox the current process irreversibly: namespaces, Landlock, a system-call filter, limits.

Each layer holds where another fails: namespaces hide the network, other processes and the disk; Landlock leaves only
Python and its packages readable; seccomp (through pyseccomp) removes the calls that could undo the rest; rlimits bound
resource use. On a machine without namespaces, the filter and the supervisor take over what namespaces protect.
"""

from __future__ import annotations

import ctypes
import errno
import os
import select
import signal
from pathlib import Path

from course.errors import CourseError
from course.language import later, say
from course.runner.devices import CPU
from course.sandbox import device_access, landlock, namespaces, own_root, processes, seccomp, system
from course.sandbox.cgroups import MORE_THREADS
from course.sandbox.job import Limits
from course.sandbox.mechanisms import Mechanisms

# <linux/sched.h>
CLONE_PARENT, CLONE_CHILD_CLEARTID, CLONE_CHILD_SETTID = 0x00008000, 0x00200000, 0x01000000
NAMESPACES = sum(namespaces.FLAGS.values())
# <sys/mount.h>, <linux/prctl.h>
MS_NOSUID, MS_NODEV, MS_REC, MS_PRIVATE = 2, 4, 0x4000, 0x40000
MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, AT_RECURSIVE, AT_FDCWD = 1, 2, 0x8000, -100
# The same on every architecture; the C library has no functions for them yet.
SYS_CLONE3, SYS_MOUNT_SETATTR = 435, 442
PR_SET_PDEATHSIG, PR_GET_TID_ADDRESS = 1, 40

# Without namespaces the kernel counts a user's threads over the whole machine: how many to allow beyond those.
SPARE_TASKS = 1024
# Signals that cannot be caught, that end the process which caused them, or that do nothing by default.
NOT_TAKEN = {
    getattr(signal, f"SIG{name}", 0)
    for name in ("KILL", "STOP", "SEGV", "BUS", "FPE", "ILL", "CHLD", "CONT", "URG", "WINCH")
}

OVERRIDE = "course grade --unconfined-i-trust-every-student"


class CannotConfine(CourseError):
    """This machine lacks a protection; the message says which."""


def cannot_confine() -> CannotConfine:
    """Return an error that says why student code cannot be sandboxed on this system, and where it can be graded."""
    told = later(
        "Student code cannot be sandboxed here: {why}. Nothing was run. Grade on a Linux machine, in WSL or in a "
        "container with Linux; or, where you trust every student, with `{option}`, without any protection."
    )
    return CannotConfine(say(told, why=system.lacking(), option=OVERRIDE))


def _call(name: str, *args: object, shown: str = "") -> None:
    """Do as `system.call` does, but raise CannotConfine."""
    try:
        system.call(name, *args, shown=shown)
    except OSError as error:
        raise CannotConfine(namespaces.call_failed(shown or name, error.errno or 0)) from None


def fork_into_namespaces() -> int:
    """Fork as os.fork does, with the child as process 1 of new namespaces: no network, no other processes or users.

    Unsharing first and forking then would take one more process, which only waits; where memory is large, that costs
    as much as the child itself. The caller must have only one thread.

    Raises CannotConfine if the kernel does not allow it.
    """
    return _fork(NAMESPACES, signal.SIGCHLD)


def fork_sibling(in_namespaces: bool = False) -> int:
    """Fork a process that is a child of this process's parent, which also has to wait for it.

    The caller must have only one thread. Raises CannotConfine if the kernel does not allow it.
    """
    return _fork(CLONE_PARENT | (NAMESPACES if in_namespaces else 0), 0)


def _fork(flags: int, end_signal: int) -> int:
    python = ctypes.pythonapi
    thread = ctypes.c_void_p()
    if system.libc().prctl(PR_GET_TID_ADDRESS, ctypes.byref(thread), 0, 0, 0) != 0:
        thread.value = None
    # <linux/sched.h>, struct clone_args: flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls.
    # The C library keeps the thread id in its memory, and its own fork has the kernel write the new id there.
    known = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID if thread.value else 0
    arguments = (ctypes.c_uint64 * 8)(flags | known, 0, thread.value or 0, 0, end_signal, 0, 0, 0)
    call = ctypes.PyDLL(None, use_errno=True).syscall  # PyDLL keeps the GIL, which the fork hooks around the call need
    call.restype = ctypes.c_long
    python.PyOS_BeforeFork()
    child = int(call(SYS_CLONE3, ctypes.byref(arguments), ctypes.c_size_t(ctypes.sizeof(arguments))))
    if child < 0 and ctypes.get_errno() == errno.ENOSYS and not flags & NAMESPACES:  # as in a container
        # the address for the thread id is the fourth or fifth argument, by architecture; the other is ignored
        child = int(call(seccomp.number_of("clone"), ctypes.c_ulong(flags | known), None, None, thread, thread))
    if child == 0:
        python.PyOS_AfterFork_Child()
        return 0
    code = ctypes.get_errno()
    python.PyOS_AfterFork_Parent()
    if child < 0:
        if code in (errno.EAGAIN, errno.ENOMEM):
            raise OSError(code, os.strerror(code))  # as a plain fork does
        raise CannotConfine(namespaces.refused(code))
    return child


def enter_namespaces(folder: Path, limits: Limits, uid: int, gid: int) -> None:
    """Set up new namespaces: the same user id as outside, all files read-only, an empty file system at the folder.

    uid, gid: those of the process that forked this one.
    """
    set_up_namespaces(uid, gid)
    private_folder(folder, limits)


def restrict(
    folder: Path,
    limits: Limits,
    readable: list[str],
    mechanisms: Mechanisms,
    device: str = CPU,
    granted: int | None = None,
) -> None:
    """Give up files, system calls and privileges irreversibly, as far as the machine can, except what a device needs.

    granted: a ruleset made earlier by `granted_files` for the same paths and device, if there is one.
    """
    # a little more than the supervisor allows, so that the supervisor is the one to end them and say why
    n_tasks = limits.processes + MORE_THREADS if mechanisms.namespaces else mechanisms.n_tasks + SPARE_TASKS
    limit_resources(limits, n_tasks, addresses=device == CPU)
    try:
        if mechanisms.landlock:
            landlock.restrict(granted_files(folder, readable, device) if granted is None else granted)
        else:
            own_root.confine([path for paths in (readable, *device_access.paths(device)) for path in paths], folder)
    except OSError as error:
        if mechanisms.landlock:
            raise CannotConfine(f"Landlock: {error.strerror}") from error
        raise CannotConfine(say("a root file system of its own: {reason}", reason=error.strerror)) from error
    drop_privileges()
    if not mechanisms.namespaces:
        outlive_signals()
    seccomp.filter_system_calls(mechanisms.namespaces, mechanisms.landlock)


def die_with_parent(end: int | None = None) -> None:
    """End this process when its parent ends, or now if `end` of a pipe or socket to it shows that it already has."""
    if system.lacking():  # only Linux has this
        return
    system.libc().prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if end is not None:
        line = select.poll()
        line.register(end, 0)  # no event requested: a peer that is gone is reported anyway
        if line.poll(0):
            os._exit(1)


def set_up_namespaces(uid: int, gid: int) -> None:
    """Map the user into new namespaces and make every file in them read-only."""
    # Landlock lets a file's owner change its mode, owner and times; a read-only mount does not
    flags = (ctypes.c_uint64 * 4)(MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID, 0, 0, 0)
    how = (AT_FDCWD, b"/", AT_RECURSIVE, ctypes.byref(flags), ctypes.sizeof(flags))
    try:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
        _call("mount", b"none", b"/", None, MS_REC | MS_PRIVATE, None)
        _call("syscall", SYS_MOUNT_SETATTR, *how, shown="mount_setattr")
    except PermissionError as error:  # the namespaces were created, but nothing may be done in them
        failed = f"{error.strerror}: {error.filename}"
        raise CannotConfine(say("{why} ({failed})", why=namespaces.forbidden(), failed=failed)) from error
    except CannotConfine as error:
        raise CannotConfine(say("{why} ({failed})", why=namespaces.forbidden(), failed=error)) from error


def private_folder(folder: Path, limits: Limits) -> None:
    """Mount an empty file system of limited size at the folder; it disappears with the last process that sees it."""
    options = f"size={limits.disk_mib}m,nr_inodes=4096,mode=700"
    _call("mount", b"tmpfs", str(folder).encode(), b"tmpfs", MS_NOSUID | MS_NODEV, options.encode())


def granted_files(folder: Path, readable: list[str], device: str) -> int:
    """Return the descriptor of a Landlock ruleset that lets student code read the given paths and write in the folder.

    The folder includes what is mounted there later. The descriptor is for `landlock.restrict`. Raises OSError if the
    kernel has no Landlock.
    """
    read, written = device_access.paths(device)
    return landlock.ruleset([*readable, *read], [str(folder), "/dev/null", *written])


def outlive_signals() -> None:
    """Ignore signals that would end or stop this process, as process 1 of a namespace does; its children do not."""
    taken = [n for n in signal.valid_signals() if signal.getsignal(n) is signal.SIG_DFL and n not in NOT_TAKEN]

    def restore() -> None:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)

    for number in taken:
        signal.signal(number, lambda *_: None)  # unlike SIG_IGN, not inherited by programs that are started
    os.register_at_fork(after_in_child=restore)


def limit_resources(limits: Limits, n_tasks: int, *, addresses: bool = True) -> None:
    """Bound what one process may use; the supervisor outside bounds what all of them use together.

    n_tasks: how many threads the user may have, wherever the kernel counts them.
    addresses: whether to bound its address space, too.
    """
    import resource  # not on Windows

    mib = 2**20
    wanted = {
        # torch maps far more than it touches, and each thread reserves a stack: room beyond the limit for both
        resource.RLIMIT_AS: processes.address_space() + limits.memory_mib * mib + 2048 * mib,
        resource.RLIMIT_FSIZE: limits.disk_mib * mib,
        resource.RLIMIT_NPROC: n_tasks,
        resource.RLIMIT_NOFILE: 256,
        # no file is this short; with 0 (also if a container allows no more), a crash would still start the program that
        # takes core dumps, as root
        resource.RLIMIT_CORE: 1,
        # counted for a user on the whole machine: without them, other programs of the user could set no timer
        resource.RLIMIT_SIGPENDING: 64,
        resource.RLIMIT_CPU: int(limits.total_s) + 10,
    }
    if not addresses:  # device drivers map far more address space than there is memory
        del wanted[resource.RLIMIT_AS]
    for kind, value in wanted.items():
        hard = resource.getrlimit(kind)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (value, value))


def drop_privileges() -> None:
    """Drop every capability, including those of the user namespace's own root."""
    for capability in range(64):
        system.libc().prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP; fails beyond the last one, harmlessly
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # _LINUX_CAPABILITY_VERSION_3, this process
    nothing = (ctypes.c_uint32 * 6)()
    _call("capset", ctypes.byref(header), ctypes.byref(nothing))
    _call("prctl", landlock.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
