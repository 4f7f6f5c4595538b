# attack: replace the check verb, in the notebook and in the package
# place: way1_numpy first
# expect: graded 0
# ruff: noqa

import course

course.start = lambda *_: lambda *_: print("pass")
check = course.start("way1_numpy")
