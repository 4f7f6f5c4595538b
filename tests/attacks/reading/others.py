# attack: read what the others handed in
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import glob

for pattern in ("../*/way1_numpy/*", "../../submitted/*/*/*", "/tmp/**/submitted/*/*/*.ipynb", "/tmp/course-*/**"):
    for file in glob.glob(pattern, recursive=True):
        print("REACH" + "ED", file, open(file).read())
