# attack: learn the names of others' files by watching the folders they are made in
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
watch = libc.inotify_init()
for folder in (b"/tmp", b"..", b"/"):
    if libc.inotify_add_watch(watch, folder, 0xFFF) >= 0:
        print("REACH" + "ED", folder)
