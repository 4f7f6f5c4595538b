# attack: as many empty files as there is room for, at most ten thousand
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

for i in range(10_000):
    open(f"file{i}", "w").close()
