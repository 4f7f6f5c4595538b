"""Landlock: restrict a process to the files it is granted, with whatever version of Landlock the kernel has.

It takes three system calls, for which the C library has no functions. Source: <linux/landlock.h> and the kernel's
Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
from collections.abc import Iterable

from course.language import say
from course.sandbox.system import libc

# The same on every architecture.
SYS_CREATE_RULESET, SYS_ADD_RULE, SYS_RESTRICT_SELF = 444, 445, 446
CREATE_RULESET_VERSION, RULE_PATH_BENEATH = 1, 1
PR_SET_NO_NEW_PRIVS = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
# The rights that each version introduced. Version 1 has 13: the first four, and rights to remove and create entries.
NEW_RIGHTS = {1: (1 << 13) - 1, 2: REFER, 3: TRUNCATE, 5: IOCTL_DEV}
OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
READING = EXECUTE | READ_FILE | READ_DIR
# Environment variable with the highest version to use, for trying out what older kernels do.
AT_MOST = "COURSE_LANDLOCK_ABI"
# Scopes that a version introduced: abstract Unix sockets, and signals to processes outside the sandbox.
SCOPES = {6: 1 | 2}


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def abi() -> int:
    """Return the version of Landlock to use: the kernel's, or a lower one from the environment; 0 for none."""
    try:
        known = _syscall(SYS_CREATE_RULESET, None, ctypes.c_size_t(0), CREATE_RULESET_VERSION)
    except OSError:  # ENOSYS: not built in; EOPNOTSUPP: switched off at boot; EPERM: a container's filter
        return 0
    return min(known, int(os.environ.get(AT_MOST) or known))


def ruleset(readable: Iterable[str], writable: Iterable[str]) -> int:
    """Return the descriptor of a ruleset that grants only the files at and below the given paths.

    Newer versions cover more; what an older one lacks (truncation, signals, …) is left to other layers of the sandbox.
    Raises OSError if the kernel has no Landlock.
    """
    version = abi()
    if version < 1:
        told = say("the kernel has no Landlock, or it is not among its security modules (lsm=)")
        raise OSError(errno.ENOSYS, told)
    handled = sum(rights for since, rights in NEW_RIGHTS.items() if since <= version)
    scoped = sum(scopes for since, scopes in SCOPES.items() if since <= version)
    wanted = _Ruleset(handled, 0, scoped)
    # an old kernel accepts a longer structure if the fields it does not know are 0
    rules = _syscall(SYS_CREATE_RULESET, ctypes.byref(wanted), ctypes.c_size_t(ctypes.sizeof(wanted)), 0)
    try:
        for paths, rights in ((readable, handled & READING), (writable, handled)):
            for path in paths:
                _grant(rules, path, rights)
    except OSError:
        os.close(rules)
        raise
    return rules


def restrict(rules: int) -> None:
    """Give up all files except those that the rules grant, for this process and all it starts, irreversibly."""
    try:
        if libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl")
        _syscall(SYS_RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _grant(rules: int, path: str, rights: int) -> None:
    file = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(file).st_mode):
            rights &= OF_A_FILE
        rule = _PathBeneath(rights, file)
        _syscall(SYS_ADD_RULE, rules, RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        if not path.startswith("/proc/"):  # the inodes of /proc are dropped and recreated unless they are held open
            os.close(file)


def _syscall(number: int, *args: object) -> int:
    result = int(libc().syscall(number, *args))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
