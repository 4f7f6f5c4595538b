# attack: lower the limits, the priority and the processors of the guard
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os
import resource
import signal

for process in {os.getppid()} - {0}:
    for way in (
        lambda: resource.prlimit(process, resource.RLIMIT_CPU, (600, 600)),
        lambda: os.sched_setaffinity(process, os.sched_getaffinity(0)),
        lambda: os.sched_setscheduler(process, os.SCHED_BATCH, os.sched_param(0)),
        lambda: os.setpriority(os.PRIO_PROCESS, process, 1),
        lambda: os.setpriority(os.PRIO_USER, os.getuid(), 0),
        lambda: os.killpg(os.getpgid(process), 0),
        lambda: signal.pidfd_send_signal(os.pidfd_open(process), 0),
    ):
        try:
            way()
            print("REACH" + "ED")
        except OSError as error:
            print(error)
