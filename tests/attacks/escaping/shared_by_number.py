# attack: look for shared memory, semaphores and message queues of other programs by their numbers
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
room = ctypes.create_string_buffer(512)
for number in range(4):
    for name, args in {
        "shmctl": (number, 3, room),
        "shmat": (number, None, 0o10000),
        "semctl": (number, 0, 3, room),
        "msgctl": (number, 3, room),
    }.items():
        if getattr(libc, name)(*args) != -1:
            print("REACH" + "ED", name, number)
