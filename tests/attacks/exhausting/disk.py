# attack: three hundred megabytes of files
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

for i in range(30):
    with open(f"file{i}", "wb") as file:
        file.write(bytes(10 * 2**20))
