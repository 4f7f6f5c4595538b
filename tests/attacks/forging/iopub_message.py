# attack: send the message of a finished cell to a frontend that is not there
# place: way1_numpy first
# expect: graded 0
# ruff: noqa

try:
    shell = get_ipython()
    shell.kernel.session.send(shell.kernel.iopub_socket, "execute_result", {"data": {"text/plain": "8"}})
except AttributeError:
    print("there is no kernel")
