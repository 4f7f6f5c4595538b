# attack: change what is only open for reading, or not even for that
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import fcntl
import os

import numpy

file = numpy.__file__
readable = os.open(file, os.O_RDONLY)
mode = os.fstat(readable).st_mode & 0o7777
named = os.open(file, os.O_PATH)
for way in (
    lambda: os.fchmod(readable, mode),
    lambda: os.chmod(f"/proc/self/fd/{named}", mode),
    lambda: os.utime(readable),
    lambda: os.fchown(readable, os.getuid(), os.getgid()),
    lambda: os.setxattr(readable, "user.course", b"1"),
    lambda: fcntl.ioctl(readable, 0x40086602, bytes(8)),
    lambda: fcntl.fcntl(readable, 1024, fcntl.F_RDLCK),
    lambda: os.open(file, os.O_ACCMODE),
    lambda: os.open("/etc/hosts", os.O_ACCMODE),
    lambda: os.open("/dev/tty", os.O_ACCMODE),
    lambda: os.open("/dev/kvm", os.O_ACCMODE),
):
    try:
        way()
        print("REACH" + "ED")
    except OSError as error:
        print(error)
