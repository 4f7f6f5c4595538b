# attack: end or stop the guard, the grader and everything else
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os
import signal

if os.getpid() == 1:  # only where it is process 1 of a world of its own: elsewhere this would end the machine's
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for process in (-1, 1):
            try:
                os.kill(process, number)
            except OSError:
                pass
else:
    os.kill(os.getppid(), signal.SIGCONT)
    print("REACH" + "ED")
