"""A filter of system calls: what could undo the sandbox, or reach outside it, fails as if permission were missing."""

from __future__ import annotations

import errno
import mmap

from course.sandbox.namespaces import FLAGS

CLONE_NEWCGROUP = 0x02000000  # <linux/sched.h>

# System calls that could undo the confinement, or reach outside it. A socket of any kind is refused: with a network
# namespace alone a local socket of another program, named by a path, would still be in reach. What the kernel keeps and
# no process shows as its own, the supervisor could not see: shared memory without a process that maps it (memfd_create,
# shmget), what was written into a socket pair, pages given to a pipe (vmsplice), rules of Landlock, watches.
FORBIDDEN = [
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "pidfd_getfd",
    "kcmp",
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsmount",
    "fsconfig",
    "mount_setattr",
    "unshare",
    "setns",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "io_uring_setup",
    "keyctl",
    "add_key",
    "request_key",
    "kexec_load",
    "kexec_file_load",
    "init_module",
    "finit_module",
    "delete_module",
    "reboot",
    "swapon",
    "swapoff",
    "settimeofday",
    "clock_settime",
    "adjtimex",
    "memfd_create",
    "memfd_secret",
    "shmget",
    "msgget",
    "semget",
    "mq_open",
    "vmsplice",
    "io_setup",
    "inotify_init",
    "inotify_init1",
    "fanotify_init",
    "landlock_create_ruleset",
    "name_to_handle_at",
    "open_by_handle_at",
    "acct",
    "quotactl",
    "nfsservctl",
    "syslog",
]
# <linux/fcntl.h>: F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW, F_NOTIFY, F_SETPIPE_SZ. Locks on parts of a file are
# the kernel's memory, without end.
FORBIDDEN_OF_FILES = (6, 7, 37, 38, 1026, 1031)


def filter_system_calls() -> None:
    """Take away the system calls that could undo the confinement; they fail as if permission were missing."""
    import pyseccomp  # type: ignore[import-untyped]  # it ships no types

    calls = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in FORBIDDEN:
        try:
            calls.add_rule(pyseccomp.ERRNO(errno.EPERM), name)
        except (OSError, ValueError):  # a call this architecture does not have needs no rule
            continue
    calls.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")  # its flags cannot be filtered; libc then uses clone
    masked = [("clone", 0, flag, flag) for flag in (*FLAGS.values(), CLONE_NEWCGROUP)]
    # shared memory that is unmapped, or advised away, is still there, and no process shows it
    masked.append(("mmap", 3, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS))
    masked += [("fcntl", 1, 0xFFFFFFFF, command) for command in FORBIDDEN_OF_FILES]
    for name, place, mask, value in masked:
        which = pyseccomp.Arg(place, pyseccomp.MASKED_EQ, mask, value)
        calls.add_rule(pyseccomp.ERRNO(errno.EPERM), name, which)
    calls.load()
