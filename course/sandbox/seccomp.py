"""System-call filter: calls that could undo the sandbox, or reach outside it, fail as if permission were missing.

On a machine without namespaces the filter also refuses what namespaces would keep out of reach.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import mmap
import os
import signal
import struct
from functools import cache
from typing import Any

from course.language import say
from course.sandbox import system
from course.sandbox.namespaces import FLAGS

# <linux/sched.h>, <linux/prctl.h>, <asm-generic/ioctls.h>, <linux/fcntl.h>
CLONE_NEWCGROUP, CLONE_PARENT = 0x02000000, 0x8000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SCHED_CORE, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 1, 4, 62, 22, 2
# Commands of fcntl. Signals to any process through a descriptor: F_SETOWN, F_SETSIG, F_SETOWN_EX. Keeping others from
# opening a file, or watching its changes: F_SETLEASE, F_NOTIFY. Unbounded kernel memory through locks on parts of a
# file (F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW) or large pipes (F_SETPIPE_SZ).
FORBIDDEN_OF_FILES = (8, 10, 15, 1024, 1026, 6, 7, 37, 38, 1031)
MADV_COLD, MADV_PAGEOUT, RWF_NOWAIT = 20, 21, 8  # <asm-generic/mman-common.h>, <linux/fs.h>
TERMINAL_IOCTLS, FIOSETOWN, SIOCSPGRP = 0x5400, 0x8901, 0x8902
INT = 0xFFFFFFFF  # the kernel reads only the lower half of most arguments
# The last system call known here; since 424 the numbers are the same on every architecture. Newer calls fail as if they
# did not exist, and libc does without them, so no call of a later kernel is a way past this filter.
NEWEST = 439

# System calls that could undo the confinement, or reach outside it. Sockets of any kind are refused: with a network
# namespace alone, another program's local socket, named by a path, would still be in reach. So is kernel memory that
# counts for no process, which the supervisor could not see: shared memory that no process maps (memfd_create, shmget),
# data written into a socket pair, pages given to a pipe (vmsplice), watches. Watching a folder (inotify) also reveals
# the names of files in folders that may not be listed. Which pages of a file the kernel holds (mincore, preadv2 without
# waiting), and its locks, would tell one submission what another did there (fadvise64, readahead).
FORBIDDEN = """
    socket socketpair connect bind listen vmsplice io_setup
    ptrace process_vm_readv process_vm_writev pidfd_getfd kcmp migrate_pages move_pages
    mount umount2 pivot_root chroot move_mount open_tree fsopen fsmount fspick fsconfig unshare setns
    bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register keyctl add_key request_key
    kexec_load kexec_file_load init_module finit_module delete_module reboot swapon swapoff iopl ioperm
    settimeofday clock_settime clock_adjtime adjtimex acct quotactl nfsservctl syslog vhangup
    memfd_create shmget shmat shmctl msgget msgsnd msgrcv msgctl semget semop semtimedop semctl
    mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
    mincore fadvise64 readahead flock
    name_to_handle_at open_by_handle_at inotify_init inotify_init1 inotify_add_watch fanotify_init fanotify_mark
"""

# Calls that act on other processes, which a process namespace prevents, and the argument that is 0 for the caller.
ON_PROCESSES = {
    "prlimit64": 0,
    "sched_setaffinity": 0,
    "sched_setscheduler": 0,
    "sched_setparam": 0,
    "sched_setattr": 0,
    "setpriority": 1,
    "ioprio_set": 1,
}
# Calls that send a signal to a process by its id, and which argument is the signal.
SIGNALLING = {"kill": 1, "tkill": 1, "tgkill": 2, "rt_sigqueueinfo": 1, "rt_tgsigqueueinfo": 2}
# Changes to files that read-only mounts prevent: Landlock lets a file's owner change its mode, owner and times.
CHANGING = """
    chmod fchmod fchmodat chown lchown fchown fchownat utime utimes futimesat utimensat
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
"""


def filter_system_calls(namespaces: bool, landlock: int) -> None:
    """Take away the system calls that could undo the confinement; they fail as if permission were missing.

    namespaces: whether this process has its own namespaces. landlock: the version of Landlock that restricts it.
    """
    # without namespaces the filter contains the id of this process, so it cannot be made before the fork
    program = with_namespaces() if namespaces else _compiled(without_namespaces(os.getpid(), landlock))
    for code in (_known_calls_only(), program):
        buffer = ctypes.create_string_buffer(code, len(code))
        # struct sock_fprog: the number of 8-byte instructions, and their address
        laid_out = (ctypes.c_uint64 * 2)(len(code) // 8, ctypes.addressof(buffer))
        if system.libc().prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(laid_out), 0, 0) != 0:
            number = ctypes.get_errno()
            raise OSError(number, say("the filter of system calls: {reason}", reason=os.strerror(number)))


@cache
def with_namespaces() -> bytes:
    """Return the compiled filter for a process with its own namespaces, which is always the same."""
    return _compiled(_everywhere())


def _everywhere() -> Any:
    import pyseccomp  # type: ignore[import-untyped]  # it ships no types

    calls = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in FORBIDDEN.split():
        _refuse(calls, name)
    # their arguments are in memory, which a filter cannot read; libc falls back to clone and openat
    for name in ("clone3", "openat2"):
        _refuse(calls, name, code=errno.ENOSYS)
    for flag in (*FLAGS.values(), CLONE_NEWCGROUP, CLONE_PARENT):
        _refuse(calls, "clone", (0, flag, flag))
    # options that hide a process from outside, let it outlive its supervisor, or decide who shares a processor's core
    for option in (PR_SET_DUMPABLE, PR_SET_PDEATHSIG, PR_SCHED_CORE):
        _refuse(calls, "prctl", (0, INT, option))
    for command in FORBIDDEN_OF_FILES:
        _refuse(calls, "fcntl", (1, INT, command))
    for request in (FIOSETOWN, SIOCSPGRP):
        _refuse(calls, "ioctl", (1, INT, request))
    # opened neither for reading nor for writing: Landlock treats that as no access, but it suffices for ioctl
    for name, at in (("open", 1), ("openat", 2)):
        _refuse(calls, name, (at, os.O_ACCMODE, os.O_ACCMODE))
    for advice in (MADV_COLD, MADV_PAGEOUT):
        _refuse(calls, "madvise", (2, INT, advice))
    for name in ("preadv2", "pwritev2"):
        _refuse(calls, name, (5, RWF_NOWAIT, RWF_NOWAIT), code=errno.EOPNOTSUPP)
    # shared memory that is unmapped, or dropped by madvise, still exists, but counts for no process
    hidden = mmap.MAP_SHARED | mmap.MAP_ANONYMOUS
    _refuse(calls, "mmap", (3, hidden, hidden))
    return calls


def without_namespaces(pid: int, landlock: int) -> Any:
    """Return the filter for a process in the machine's own namespaces, where the user's other processes are in reach.

    pid: of the submission's first process, the only one that can be sent signals; like process 1 of a namespace it
    ignores those that end or stop it. If Landlock keeps signals inside (version 6), its children can get them, too.
    """
    import pyseccomp  # as above

    calls = _everywhere()
    refused, ignored = pyseccomp.ERRNO(errno.EPERM), pyseccomp.ERRNO(0)
    for name, at in ON_PROCESSES.items():
        calls.add_rule(refused, name, pyseccomp.Arg(at, pyseccomp.NE, 0))
    calls.add_rule(refused, "setpriority", pyseccomp.Arg(0, pyseccomp.NE, 0))  # not for all processes of a user
    calls.add_rule(refused, "ioprio_set", pyseccomp.Arg(0, pyseccomp.NE, 1))
    _refuse(calls, "pidfd_send_signal")
    for name, at in SIGNALLING.items():
        if landlock < 6:
            calls.add_rule(refused, name, pyseccomp.Arg(0, pyseccomp.NE, pid))
        for number in (signal.SIGKILL, signal.SIGSTOP):
            to_first = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, INT, pid)
            calls.add_rule(ignored, name, to_first, pyseccomp.Arg(at, pyseccomp.MASKED_EQ, INT, number))
    if landlock >= 6:
        _refuse(calls, "kill", (0, INT, 0))
        _refuse(calls, "kill", (0, 1 << 31, 1 << 31))  # all processes, or a whole group
    # all processes stay in one group, so that it can be ended as one
    for name in ("setsid", "setpgid"):
        calls.add_rule(ignored, name)
    for name in CHANGING.split():
        _refuse(calls, name)
    if landlock < 3:
        _refuse(calls, "truncate")
        for name, at in (("open", 1), ("openat", 2)):  # opened for reading, but truncated
            _refuse(calls, name, (at, os.O_ACCMODE | os.O_TRUNC, os.O_TRUNC))
    # no ioctls but those of terminals: some change files open only for reading (flags, encryption), some are a
    # device's. For each bit one rule refuses requests that differ from those of terminals in it.
    for bit in range(8, 32):
        _refuse(calls, "ioctl", (1, 1 << bit, ~TERMINAL_IOCTLS & (1 << bit)))
    # could fill the disk in one call
    _refuse(calls, "fallocate", code=errno.EOPNOTSUPP)
    return calls


def number_of(name: str) -> int:
    """Return a system call's number, which differs between architectures."""
    import pyseccomp  # as above

    return int(pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name))


def _refuse(calls: Any, name: str, argument: tuple[int, int, int] | None = None, *, code: int = errno.EPERM) -> None:
    """Add a rule that makes a call fail; given an argument's index, a mask and a value, only if they match."""
    import pyseccomp  # as above

    where = [] if argument is None else [pyseccomp.Arg(argument[0], pyseccomp.MASKED_EQ, *argument[1:])]
    with contextlib.suppress(OSError, ValueError):  # a call this architecture does not have needs no rule
        calls.add_rule(pyseccomp.ERRNO(code), name, *where)


def _compiled(calls: Any) -> bytes:
    with os.fdopen(os.memfd_create("filter"), "w+b") as file:
        calls.export_bpf(file)
        file.seek(0)
        return file.read()


def _known_calls_only() -> bytes:
    """Return a filter that makes all calls beyond the last known one fail as not implemented."""
    # struct sock_filter: code, instructions to skip if true and if false, value; from <linux/bpf_common.h>
    instructions = (
        (0x20, 0, 0, 0),  # load the call's number
        (0x25, 0, 1, NEWEST),  # greater?
        (0x06, 0, 0, 0x00050000 | errno.ENOSYS),  # return an error
        (0x06, 0, 0, 0x7FFF0000),  # allow
    )
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in instructions)
