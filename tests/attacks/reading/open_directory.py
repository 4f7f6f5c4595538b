# attack: go up from an open folder, by descriptors and by handles
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import os

root = os.open("..", os.O_RDONLY | os.O_DIRECTORY)
print(os.listdir(root), os.open("../../etc/passwd", os.O_RDONLY, dir_fd=root))
