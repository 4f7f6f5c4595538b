# attack: become another user through a program that may
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import subprocess

for words in (
    ["su", "-c", "id"],
    ["sudo", "-n", "id"],
    ["mount"],
    ["unshare", "-r", "id"],
    ["ping", "-c1", "127.0.0.1"],
):
    try:
        print(words, subprocess.run(words, capture_output=True, timeout=1, stdin=subprocess.DEVNULL).returncode)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error)
