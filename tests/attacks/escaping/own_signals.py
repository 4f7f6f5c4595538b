# attack: end and stop oneself by signals, which process 1 of a namespace does not hear
# place: way1_numpy first
# rest: right
# expect: graded 20
# ruff: noqa

import os
import signal

for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGTSTP, signal.SIGSTOP, signal.SIGKILL):
    try:
        os.kill(os.getpid(), number)
    except OSError as error:
        print(error)
    if os.fork() == 0:
        try:
            os.kill(os.getppid(), number)
        finally:
            os._exit(0)
    os.wait()
