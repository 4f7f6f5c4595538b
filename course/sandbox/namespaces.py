"""Messages on why the kernel creates no namespaces, given its error number, and on how to enable them."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from course.language import later, say

# Kinds of namespaces, as /proc/sys/user calls them, with their flags in <linux/sched.h>.
FLAGS = {
    "user": 0x10000000,
    "mnt": 0x00020000,
    "pid": 0x20000000,
    "net": 0x40000000,
    "ipc": 0x08000000,
    "uts": 0x04000000,
}


def refused(code: int) -> str:
    """Return why the kernel created no namespaces, given its error number, and how to enable them."""
    failed = call_failed("clone3", code)
    if code in (errno.ENOSPC, errno.EUSERS):
        kinds = [kind for kind in FLAGS if _setting(f"user/max_{kind}_namespaces") == "0"] or ["user"]
        switches = " ".join(f"user.max_{kind}_namespaces=15000" for kind in kinds)
        told = (
            later("{kind} namespaces are switched off here; as root run `sysctl -w {switches}` (clone3: {code})")
            if _setting(f"user/max_{kinds[0]}_namespaces") == "0"
            else later(
                "the limit of {kind} namespaces is reached here; as root run `sysctl -w {switches}` (clone3: {code})"
            )
        )
        return say(told, kind=kinds[0], switches=switches, code=errno.errorcode[code])
    if code == errno.EPERM:
        return say("{why} ({failed})", why=forbidden(), failed=failed)
    if code == errno.ENOSYS:
        why = say(
            "the kernel is older than Linux 5.3, or a container's seccomp profile hides the call; there start the "
            "container with a profile that allows clone3, mount and mount_setattr, see docs/machines.md"
        )
        return say("{why} ({failed})", why=why, failed=failed)
    return failed


def call_failed(name: str, code: int) -> str:
    """Return a message that a system call failed, with the system's own reason."""
    reason = os.strerror(code)
    return say("{call} failed: {reason} ({code})", call=name, reason=reason, code=errno.errorcode.get(code, code))


def forbidden() -> str:
    """Return what forbids namespaces, or actions inside them, and how to allow it."""
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return say(
            "AppArmor keeps namespaces from ordinary users, as Ubuntu does since 23.10; as root run "
            "`sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`, or install a profile that allows userns"
        )
    if _setting("kernel/unprivileged_userns_clone") == "0":
        return say(
            "namespaces are switched off for ordinary users; as root run `sysctl -w kernel.unprivileged_userns_clone=1`"
        )
    return say(
        "namespaces are forbidden, as by the seccomp profile of a container; start it with one that allows clone3, "
        "mount and mount_setattr, see docs/machines.md"
    )


def _setting(name: str) -> str:
    """Return a kernel setting; "" if there is none of that name."""
    try:
        return Path("/proc/sys", name).read_text().strip()
    except OSError:
        return ""
