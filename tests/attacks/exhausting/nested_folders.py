# attack: folders inside one another, deeper than whoever removes them may call itself
# place: way1_numpy last
# expect: graded|out_of_memory 0
# ruff: noqa

import os

for _ in range(1500):
    os.mkdir("d")
    os.chdir("d")
