# attack: send the questions to a listener on this machine
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import socket

for family, address in ((socket.AF_INET, ("127.0.0.1", 48123)), (socket.AF_INET6, ("::1", 48123))):
    try:
        socket.create_connection(address, timeout=1).send(b"questions")
        print("REACH" + "ED")
    except OSError as error:
        print(error)
