# attack: fill the buffers of pairs of sockets, which are the kernel's memory
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import socket

pairs, n = [], 0
while len(pairs) < 100:
    pairs.append(socket.socketpair())
    for end in pairs[-1]:
        end.setblocking(False)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**22)
        try:
            while True:
                n += end.send(bytes(65536))
        except BlockingIOError:
            pass
    if n > 8 * 2**20:
        print("REACH" + "ED", n)
