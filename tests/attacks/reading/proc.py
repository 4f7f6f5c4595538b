# attack: read other processes through /proc
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os

for process in ("self", "1", str(os.getppid()), "thread-self"):
    for file in ("environ", "cmdline", "maps", "mem", "root/etc/passwd", "cwd", "fd/3"):
        try:
            print(process, file, open(f"/proc/{process}/{file}", "rb").read(2000))
        except OSError as error:
            print(process, file, error.strerror)
