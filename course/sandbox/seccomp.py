"""A filter of system calls: what could undo the sandbox, or reach outside it, fails as if permission were missing."""

from __future__ import annotations

import errno

from course.sandbox.namespaces import FLAGS

CLONE_NEWCGROUP = 0x02000000  # <linux/sched.h>

# System calls that could undo the confinement, or reach outside it. A socket of any kind is refused: with a network
# namespace alone a local socket of another program, named by a path, would still be in reach. Shared memory without
# a process that maps it (memfd_create, shmget) is memory that the supervisor could not see.
FORBIDDEN = [
    "socket",
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
    "name_to_handle_at",
    "open_by_handle_at",
    "acct",
    "quotactl",
    "nfsservctl",
    "syslog",
]


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
    for flag in (*FLAGS.values(), CLONE_NEWCGROUP):
        new = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag)
        calls.add_rule(pyseccomp.ERRNO(errno.EPERM), "clone", new)
    calls.load()
