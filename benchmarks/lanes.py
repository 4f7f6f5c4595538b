"""Grade the whole class of attackers on machines that lack something, simulated on this one by `tests/lanes.py`.

    python -m benchmarks.lanes [--write] [LANE:USER…]

USER is 0 for the current user, or, if that is root, the id of an ordinary user. --write puts the results into
docs/generated/lanes.md; lanes that were not run keep their rows.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
TABLE = REPOSITORY / "docs" / "generated" / "lanes.md"
IMPORTANT = ("container:0", "container:1000", "no-landlock:0", "no-landlock:1000")
HEAD = """# The class of attackers on machines that lack something

`python -m benchmarks.lanes --write` grades all attacks, all damages and the honest students (`tests/test_attacks.py`)
where a filter of system calls takes from this machine what others have not: `container` as Docker's default profile
does, `no-landlock` as a kernel without it, `landlock-N` an older version. Each is to have the score and the status that
its header says.

| lane | user | kernel | as their headers say | not so |
|---|---|---|---|---|
"""


def grade(lane: str, user: int) -> tuple[str, list[str]]:
    """Grade the class in a lane; return how many tests passed, and the names of those that failed."""
    words = [sys.executable, "-m", "tests.lanes", "--user", str(user), lane, sys.executable, "-m", "pytest", "-n", "0"]
    run = subprocess.run(
        [*words, "-q", "--tb=line", "-p", "no:cacheprovider", "tests/test_attacks.py"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    print(run.stdout[:4000], run.stdout[-4000:], run.stderr[-2000:], sep="\n", flush=True)
    passed = re.search(r"(\d+) passed", run.stdout)
    return passed[1] if passed else "0", re.findall(r"^(?:FAILED|ERROR) \S*?::(\S+)", run.stdout, re.M)


def rows() -> dict[str, str]:
    """Return the table's current rows by lane and user."""
    if not TABLE.exists():
        return {}
    found = re.findall(r"^(\| ([\w-]+) \| (\w+) \|.*)$", TABLE.read_text(encoding="utf-8"), re.M)
    return {f"{lane} {user}": row for row, lane, user in found if lane != "lane"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put what was found into docs/generated/lanes.md")
    parser.add_argument("lanes", nargs="*", default=IMPORTANT, metavar="LANE:USER")
    given = parser.parse_args()
    any_failed = False
    for lane, _, number in (each.partition(":") for each in given.lanes):
        user = "ordinary" if int(number or 0) or os.geteuid() else "root"
        passed, failed = grade(lane, int(number or 0))
        any_failed = any_failed or bool(failed) or passed == "0"
        row = f"| {lane} | {user} | {platform.release()} | {passed} | {', '.join(failed) or 'none'} |"
        print(row, flush=True)
        if given.write:
            table = rows() | {f"{lane} {user}": row}
            TABLE.write_text(HEAD + "\n".join(table[name] for name in sorted(table)) + "\n", encoding="utf-8")
    return int(any_failed)


if __name__ == "__main__":
    raise SystemExit(main())
