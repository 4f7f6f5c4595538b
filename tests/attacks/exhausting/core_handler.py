# attack: crash children again and again, so that the machine's own program for core dumps runs as root
# place: way1_numpy first
# expect: graded 0
# ruff: noqa
import resource

# with a limit of 0 a program that takes core dumps is started all the same, with 1 it is not
soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
print("" if soft == 1 or hard == 0 else "REA" + "CHED")
