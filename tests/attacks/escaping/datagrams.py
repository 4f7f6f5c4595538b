# attack: write to the machine's log and to other programs from a pair of sockets that is one's own
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import socket

for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC):
    try:
        one, _ = socket.socketpair(socket.AF_UNIX, kind)
    except OSError as error:
        print(error)
        continue
    print("REACH" + "ED")
    for address in ("/dev/log", "/run/systemd/notify", "\0abstract"):
        try:
            one.sendto(b"from student code", address)
        except OSError as error:
            print(error)
