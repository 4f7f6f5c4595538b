# attack: define a function that passes whenever a cell starts or ends
# place: way1_numpy first
# expect: graded 0
# ruff: noqa


def claim(*_):
    get_ipython().user_ns["check"] = lambda *args, **kwargs: print("8 of 8 points")


get_ipython().events.register("pre_run_cell", claim)
get_ipython().events.register("post_run_cell", claim)
