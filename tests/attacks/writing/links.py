# attack: write through links made in the private folder (opened for writing, no more)
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os

for target in ("/etc/hosts", os.path.expanduser("~/.bashrc"), "/proc/1/mem", "/etc/passwd"):
    for link in (os.symlink, os.link):
        try:
            link(target, "link")
            os.open("link", os.O_WRONLY)
            print("REACH" + "ED", target)
        except OSError as error:
            print(error.strerror)
        finally:
            if os.path.lexists("link"):
                os.unlink("link")
