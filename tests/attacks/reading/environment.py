# attack: read the environment, also the one the process was started with
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import ctypes
import os

print(dict(os.environ))
environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
i = 0
while environ[i]:
    print(environ[i])
    i += 1
# what was the environment lies above it on the stack
start = ctypes.addressof(ctypes.c_char_p.in_dll(ctypes.CDLL(None), "program_invocation_name"))
name = ctypes.c_void_p.from_address(start).value
print(ctypes.string_at(name, 300))
