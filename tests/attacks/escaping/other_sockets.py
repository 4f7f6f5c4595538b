# attack: raw, packet, netlink and vsock sockets
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import socket

for family in (16, 17, 38, 40, 2, 10):
    for kind in (1, 2, 3, 5):
        try:
            socket.socket(family, kind)
            print("REACH" + "ED", family, kind)
        except OSError:
            pass
