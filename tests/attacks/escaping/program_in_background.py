# attack: leave a program running that ignores every signal
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import subprocess

subprocess.Popen(["/bin/sh", "-c", "trap '' HUP INT TERM QUIT; sleep 60"], start_new_session=True)
