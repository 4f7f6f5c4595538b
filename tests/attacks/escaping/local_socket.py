# attack: talk to programs of this machine through local sockets
# place: way1_numpy last
# expect: graded 0
# ruff: noqa

import socket

for address in ("/run/dbus/system_bus_socket", "/var/run/docker.sock", "\0abstract", "/tmp/.X11-unix/X0"):
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(address)
            print("REACH" + "ED")
    except OSError as error:
        print(error)
