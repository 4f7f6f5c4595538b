# attack: patch built-in functions for whoever uses them next
# place: way1_numpy first
# expect: crashed 0
# ruff: noqa

import builtins

builtins.abs = lambda *_: 0
builtins.all = builtins.any = builtins.isinstance = lambda *_: True
builtins.NotImplementedError = builtins.Exception = KeyboardInterrupt
