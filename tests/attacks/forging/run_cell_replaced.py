# attack: replace the shell's run_cell by one that always reports success
# place: way1_numpy first
# expect: graded 0
# ruff: noqa

import types

from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult, InteractiveShell


def run_cell(self, *args, **kwargs):
    print("pass")
    return ExecutionResult(ExecutionInfo("", False, False, True, ""))


InteractiveShell.run_cell = run_cell
get_ipython().run_cell = types.MethodType(run_cell, get_ipython())
